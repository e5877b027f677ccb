"""Problems and the messages that they show."""

import re
from pathlib import Path
from string import Formatter

import pytest

import policysite
from policysite.messages import MESSAGES
from policysite.problems import Level, errors, problem

PACKAGE = Path(policysite.__file__).parent
USED = {
    code
    for path in PACKAGE.rglob("*.py")
    if not path.name.startswith("messages")
    for code in re.findall(r"[\"\[]([A-Z]\d{3})[\"\]]", path.read_text("utf-8"))
}


def test_a_problem_is_printed_with_path_line_and_code() -> None:
    found = problem("F103", "content/a.md", 3, line_text="请尽快发布")
    assert str(found).startswith("content/a.md:3:1 [F103] 这一行没有看懂：“请尽快发布”。")


def test_a_problem_of_a_whole_file_has_no_line() -> None:
    assert str(problem("F110", "content/a.md")).startswith("content/a.md [F110] ")


def test_problems_are_ordered_by_file_line_and_column() -> None:
    found = [
        problem("F110", "b.md"),
        problem("F109", "a.md", 10),
        problem("F114", "a.md", 2, 5),
        problem("F102", "a.md", 2, 1),
    ]
    assert [(p.path, p.line, p.code) for p in sorted(found)] == [
        ("a.md", 2, "F102"), ("a.md", 2, "F114"), ("a.md", 10, "F109"), ("b.md", 0, "F110")
    ]  # fmt: skip


def test_only_errors_stop_a_build() -> None:
    found = [problem("F110", "a.md"), problem("F109", "a.md"), problem("F114", "a.md")]
    assert [p.level for p in found] == [Level.ERROR, Level.WARNING, Level.INFO]
    assert errors(found) == found[:1]


def test_an_unknown_code_or_a_forgotten_value_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        problem("F999", "a.md")
    with pytest.raises(KeyError):
        problem("F103", "a.md")


def test_the_form_for_programs_has_every_part() -> None:
    assert problem("F109", "a.md", 1).as_dict().keys() == {
        "path", "line", "column", "code", "text", "level", "end_column", "fix"
    }  # fmt: skip


@pytest.mark.parametrize("code", MESSAGES)
def test_every_message_has_a_level_and_a_reason(code: str) -> None:
    message = MESSAGES[code]
    assert re.fullmatch(r"[A-Z]\d{3}", code)
    assert Level(message.level)
    assert message.why.endswith("。")


@pytest.mark.parametrize("code", MESSAGES)
def test_every_message_is_a_chinese_sentence_with_chinese_marks(code: str) -> None:
    text = Formatter().vformat(MESSAGES[code].text, (), _Anything())
    assert re.search(r"[。）x]$", text)
    assert not re.search(r"[\u4e00-\u9fff][,;?!]", text)


def test_every_message_is_used_and_every_code_that_is_used_has_one() -> None:
    assert set(MESSAGES) == USED


class _Anything(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "x"
