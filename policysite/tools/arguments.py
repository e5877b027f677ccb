"""Lets tasks take bare words: `python3 tasks.py check a.md b.md`, as pre-commit calls it."""

from __future__ import annotations

import gc
import os
import sys
from collections import deque
from collections.abc import Iterator
from typing import NoReturn

BARE_WORDS = {
    "check": "--path",
    "explain": "--code",
    "fix": "--path",
    "pdf": "--slug",
    "rollback": "--generation",
    "views": "--log",
}
"""The tasks that take bare words, and the option that each word stands for."""
FLAGS = frozenset({"--dry-run", "--fewer", "--learn", "--quiet", "--report", "--staged", "--yes"})
"""The options of these tasks that no value follows."""


def run_tasks(argv: list[str]) -> None:
    """Run the named task as `invoke` would."""
    from policysite.environment import ROOT
    from policysite.tools.program import Tasks

    # The tasks are found from any folder; what they work on is looked for where the person stands.
    place = ["--search-root", str(ROOT)]
    # Asked for help alone, Invoke would tell of itself before it has found any task.
    words = [] if argv[1:] in (["--help"], ["-h"]) else spell_out(argv[1:])
    Tasks(name="tasks.py", binary="tasks.py").run([argv[0], *place, *words])
    sys.exit(0)


def build_at_once(arguments: list[str]) -> bool:
    """Return whether the task was a plain build, and do it.

    Invoke and all tasks take longer to load than an edit to publish.
    """
    asked = _read_options(arguments[1:]) if arguments[:1] == ["build"] else None
    if asked is None:
        return False
    from policysite.tools.commands import build

    gc.disable()  # most builds are of an edit, and to collect once takes longer than its page
    build(asked["content"], asked["output"], asked["config"], asked["date"])
    return True


def check_at_once(arguments: list[str]) -> bool:
    """Return whether the task was a check as editors and git hooks ask for it, and do it."""
    asked = _read_check(arguments[1:]) if arguments[:1] == ["check"] else None
    if asked is None:
        return False
    gc.set_threshold(100_000)  # nearly all that is loaded and read lives to the end
    from policysite.tools.desk import check

    paths, options = asked
    try:
        check(
            paths,
            str(options.get("format", "text")),
            str(options.get("content", "content")),
            date=str(options.get("date", "")),
            changed=options.get("changed", ""),
            staged=bool(options.get("staged")),
        )
    except SystemExit as ended:
        leave(int(ended.code or 0))
    return True


def _read_check(arguments: list[str]) -> tuple[list[str], dict[str, str | bool]] | None:
    """Return the paths and options of `check`, None if there is any that Invoke must read.

    >>> _read_check(["a.md", "--format", "json", "--staged"])
    (['a.md'], {'format': 'json', 'staged': True})
    """
    paths: list[str] = []
    options: dict[str, str | bool] = {}
    words = deque(arguments)
    while words:
        word = words.popleft()
        name, equals, value = word.removeprefix("--").partition("=")
        if not word.startswith("-"):
            paths.append(word)
        elif word == "--staged" or (word == "--changed" and not (words and words[0][:1] != "-")):
            options[name] = True
        elif name in ("format", "content", "date") or (name == "changed" and equals):
            options[name] = value if equals else (words.popleft() if words else "")
            if not options[name]:
                return None
        else:
            return None
    return paths, options


def leave(status: int = 0) -> NoReturn:
    """End the process as it is: to take all that it holds apart takes longer than many an edit."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def _read_options(arguments: list[str]) -> dict[str, str] | None:
    """Return the options of `build`, None if there is any other."""
    options = {"content": "", "output": "", "config": "pelicanconf.py", "date": ""}
    pairs = iter(arguments)
    for argument in pairs:
        name, equals, value = argument.removeprefix("--").partition("=")
        value = value if equals else next(pairs, "")
        if not argument.startswith("--") or name not in options or not value:
            return None  # Invoke has the words for it
        options[name] = value
    return options


def spell_out(arguments: list[str]) -> list[str]:
    """Give each bare word of a task the option that Invoke wants: it knows no repeated argument.

    >>> spell_out(["check", "a.md", "--format", "json", "b.md"])
    ['check', '--path', 'a.md', '--format', 'json', '--path', 'b.md']
    """
    task = arguments[0] if arguments else ""
    if task not in BARE_WORDS:
        return arguments
    return [task, *_with_option(arguments[1:], BARE_WORDS[task])]


def _with_option(arguments: list[str], option: str) -> Iterator[str]:
    value_follows = False
    for argument in arguments:
        if value_follows or argument.startswith("-"):
            yield argument
            value_follows = (
                argument.startswith("-") and "=" not in argument and argument not in FLAGS
            )
        else:
            yield from (option, argument)
