"""What the preview shows as wrong, while builds run beside and files are saved meanwhile."""

import pytest

from policysite.tools.preview.news import Finding
from policysite.tools.preview.told import Told

A, B = "content/notices/a.md", "content/notices/b.md"
WRONG = f"{A}:6:3 [T101] 中文里用了半角标点“,”。请改成“，”。"
DOUBTFUL = f"{A}:7:1 [T505] 疑似错别字。"
OTHER = f"{B} [N302] 短名重复。"
CLOSING = "有 1 处错误，网站没有更新。请按上面的提示改正后重试。"


def found(*lines: str) -> tuple[Finding, ...]:
    return tuple(Finding("error", line) for line in lines)


def texts(told: Told) -> list[str]:
    return [one.text for one in told.all()]


@pytest.fixture
def told() -> Told:
    return Told()


def test_a_mended_file_is_right_at_once(told: Told) -> None:
    told.save(A, found(WRONG))
    assert told.is_wrong
    told.save(A, ())
    assert texts(told) == []
    assert not told.is_wrong


def test_what_a_failed_build_said_of_a_file_goes_when_it_is_mended(told: Told) -> None:
    told.begin()
    told.fail(f"{WRONG}\n{CLOSING}\n")
    assert texts(told) == [WRONG, CLOSING]
    told.save(A, ())
    assert texts(told) == []


def test_what_it_said_of_others_stays(told: Told) -> None:
    told.begin()
    told.fail(f"{WRONG}\n{OTHER}\n{CLOSING}\n")
    told.save(A, ())
    assert texts(told) == [OTHER, CLOSING]


def test_a_build_that_saw_a_fault_mended_since_does_not_bring_it_back(told: Told) -> None:
    told.save(A, found(WRONG))
    told.begin()
    told.save(A, ())
    told.fail(f"{WRONG}\n{CLOSING}\n")
    assert texts(told) == []


def test_a_build_that_fails_without_naming_a_file_is_shown(told: Told) -> None:
    told.begin()
    told.save(A, ())
    told.fail("模板 article.html:3 有错：少了 endif。\n")
    assert texts(told) == ["模板 article.html:3 有错：少了 endif。"]
    told.save(A, ())
    assert told.is_wrong
    told.begin()
    told.succeed("")
    assert texts(told) == []


def test_a_fault_mended_in_another_file_goes_with_the_next_build(told: Told) -> None:
    told.save(A, (Finding("error", WRONG), Finding("warning", DOUBTFUL)))
    told.begin()
    told.succeed(f"{DOUBTFUL}\n网站已生成。\n")
    assert texts(told) == [DOUBTFUL]


def test_a_fault_saved_while_a_build_ran_stays(told: Told) -> None:
    told.begin()
    told.save(A, found(WRONG))
    told.succeed("网站已生成。\n")
    assert texts(told) == [WRONG]


def test_a_name_that_begins_alike_is_another_file(told: Told) -> None:
    told.begin()
    told.fail(f"{A}x:6:3 [T101] 错。\n")
    told.save(A, ())
    assert told.is_wrong
