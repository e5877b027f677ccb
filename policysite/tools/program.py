"""Runs tasks through Invoke, and says in Chinese what it did not understand of the command line."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable
from difflib import get_close_matches

from invoke.exceptions import Exit, ParseError
from invoke.program import Program

from policysite.environment import INTERRUPTED, INTERRUPTED_STATUS

_UNKNOWN = re.compile(r"No idea what '(?P<word>.*)' is!")
_NO_VALUE = re.compile(r"Flag <Argument: (?P<name>[\w-]+).*> needed value")
_MISSING = re.compile(
    r"'(?P<task>.*)' did not receive required positional arguments: (?P<names>.*)"
)
_NO_NUMBER = re.compile(r"invalid literal for int\(\) .*: (?P<value>.*)")


class Tasks(Program):
    """The program behind `tasks.py`."""

    def parse_tasks(self) -> None:
        """Read the command line.

        Raises:
            Exit: it cannot be understood; the message says why.

        """
        try:
            super().parse_tasks()
        except (ParseError, ValueError) as error:
            names = self.collection.task_names if self.collection else ()
            raise Exit(in_chinese(str(error), names), 1) from None

    def print_help(self) -> None:
        """Say how to run a task, and which there are, instead of the options of Invoke itself."""
        print("用法：python3 tasks.py <任务> [选项]，例如 python3 tasks.py serve")
        print("一个任务有哪些选项：python3 tasks.py --help <任务>\n")
        self.list_tasks()

    def print_task_help(self, name: str) -> None:
        """Say what a task does and which options it takes."""
        options = self.parser.contexts[name].help_tuples()
        print(f"用法：python3 tasks.py {name} [选项]\n")
        print(f"{inspect.getdoc(self.collection[name])}\n")
        if options:
            print("选项：\n")
            self.print_columns(options)

    def task_list_opener(self, extra: str = "") -> str:
        """Return the words above the list of tasks; the colon behind them is Invoke's."""
        return "全部任务"

    def execute(self) -> None:
        """Run the tasks.

        Raises:
            Exit: the person has pressed Ctrl+C.

        """
        try:
            super().execute()
        except KeyboardInterrupt:
            raise Exit(INTERRUPTED, INTERRUPTED_STATUS) from None


def in_chinese(said: str, tasks: Iterable[str]) -> str:
    """Return what Invoke said of the command line in Chinese; `tasks` are the names that exist.

    >>> in_chinese("No idea what 'chek' is!", ["build", "check"])
    '没有 chek 这个任务，你是不是想写 check？全部任务见 python3 tasks.py --list。'
    """
    if match := _UNKNOWN.match(said):
        word = match["word"]
        if word.startswith("-"):
            return f"没有 {word} 这个选项。可用的选项见 python3 tasks.py --help，后面写任务的名称。"
        near = get_close_matches(word, list(tasks), n=1)
        hint = f"，你是不是想写 {near[0]}？" if near else "。"
        return f"没有 {word} 这个任务{hint}全部任务见 python3 tasks.py --list。"
    if match := _NO_VALUE.match(said):
        return f"--{match['name']} 后面要写内容。"
    if match := _MISSING.match(said):
        task = match["task"]
        return f"{task} 还缺少内容。写法见 python3 tasks.py --help {task}。"
    if match := _NO_NUMBER.match(said):
        return f"{match['value']} 的地方要写一个整数。"
    return f"命令没有看懂：{said}"
