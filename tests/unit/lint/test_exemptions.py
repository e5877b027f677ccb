"""`lint-disable`: with a reason, where it stands, and only while it is needed."""

import pytest

from policysite.text.markdown import render
from tests.unit.lint.linting import codes

MARK = "<!-- lint-disable T101 引用原话，保留 -->"


@pytest.mark.parametrize(
    "body",
    [
        f"{MARK}\n\n甲,乙",
        f"{MARK}\n甲,乙",
        f"甲,乙{MARK}",
        f"甲{MARK}乙\n丙,丁",
        "<!-- lint-disable T101 T102 引用原话，保留 -->\n\n甲,乙(丙)",
        "<!-- lint-disable T101：引用原话，保留 -->\n\n甲,乙",
        f"{MARK}\n\n| 甲,乙 | 丙 |\n| --- | --- |\n| 丁 | 戊,己 |",
    ],
)
def test_a_finding_with_a_reason_is_accepted(body: str) -> None:
    assert codes(body) == []


def test_only_the_paragraph_is_meant() -> None:
    assert codes(f"{MARK}\n\n甲,乙\n\n丙,丁") == ["T101"]


def test_only_the_code_is_meant() -> None:
    assert codes(f"{MARK}\n\n甲,乙(丙)") == ["T102", "T102"]


@pytest.mark.parametrize("said", ["T101", "T101 无", "T101 ："])
def test_without_a_reason_the_finding_stays(said: str) -> None:
    assert sorted(codes(f"<!-- lint-disable {said} -->\n\n甲,乙")) == ["T101", "X701"]


@pytest.mark.parametrize("said", ["T999 引用原话", "F101 引用原话", "引用原话", "t101 引用原话"])
def test_an_unknown_code_is_said(said: str) -> None:
    assert codes(f"<!-- lint-disable {said} -->\n\n甲，乙") == ["X702"]


def test_a_mark_that_is_not_needed_is_said() -> None:
    assert codes(f"{MARK}\n\n甲，乙") == ["X703"]


def test_fields_take_a_comment_of_the_front_matter() -> None:
    head = "---\n标题: 甲,乙\n发布日期: 2026-03-15\n摘要: 丙,丁\n---\n\n正文。\n"
    marked = head.replace("标题", "# lint-disable T101 引用原话，保留\n标题")
    assert codes(head) == ["T101", "T101"]
    assert codes(marked) == ["T101"]


def test_personal_data_can_be_accepted_for_a_reason() -> None:
    assert codes("请打13800001234。<!-- lint-disable D603 值班手机，本人同意公开 -->") == []


@pytest.mark.parametrize("body", [f"{MARK}\n\n甲,乙", f"甲,乙{MARK}", f"- 甲,乙\n{MARK}\n- 丙"])
def test_the_mark_is_never_published(body: str) -> None:
    html = render(body).html
    assert "lint" not in html
    assert "引用原话" not in html


def test_a_mark_in_code_is_an_example() -> None:
    assert codes(f"写成`{MARK}`。") == []
