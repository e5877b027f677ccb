"""Markdown that is nearly right, and what has no end."""

import pytest

from policysite.lint.term_tables import common_terms
from policysite.model.fields import ArticleFields
from policysite.text.markdown import render
from policysite.tools.fix import mend
from tests.unit.lint.linting import HEAD, codes, problems

NEARLY = {
    "##一、总体要求": "## 一、总体要求",
    "[办事指南] (/a.md)已经公布。": "[办事指南](/a.md)已经公布。",
    "[办事指南]（/a.md）已经公布。": "[办事指南](/a.md)已经公布。",
    "【办事指南】（https://www.example.com/a）": "[办事指南](https://www.example.com/a)",
    "！[会场](/images/a.jpg)": "![会场](/images/a.jpg)",
    "![会场]（/images/a.jpg）": "![会场](/images/a.jpg)",
    "** 注意 **按时报送。": "**注意**按时报送。",
    "**注意 **按时报送。": "**注意**按时报送。",
}


@pytest.mark.parametrize("body", NEARLY)
def test_signs_that_would_be_shown_are_found_and_mended(body: str) -> None:
    assert codes(body) == ["T413"]
    assert f"“{NEARLY[body][:5]}" in problems(body)[0].text
    assert mend(HEAD + body, ArticleFields, common_terms()) == HEAD + NEARLY[body]
    html = render(NEARLY[body], lambda target: target, title="").html
    assert any(tag in html for tag in ("<h2", "<a ", "<img", "<strong>"))
    assert not any(sign in html for sign in ("##", "](", "**", "】（", "！<"))


@pytest.mark.parametrize("body", ["~~旧标准~~新标准", "==重点==", "｜ 项目 ｜ 标准 ｜"])
def test_signs_that_this_site_does_not_know_are_left_to_people(body: str) -> None:
    (found,) = problems(body)
    assert (found.code, found.fix) == ("T413", None)


@pytest.mark.parametrize(
    "body",
    [
        "## 一、总体要求",
        "#安全生产月#活动启动。",
        "参加#工会进万家#活动。",
        "见[办事指南](/a.md)（试行）。",
        "[2026]（以下简称本年）",
        "【本报讯】（记者许知微）各地工会开展活动。",
        "手机138****1234和**重点**。",
        "2 ** 3 ** 4",
        "`[甲]（/a.md）`",
        "![会场](/images/a.jpg)！[办事指南](/a.md)",
        "甲==乙",
    ],
)
def test_what_is_right_or_no_markup_is_left_alone(body: str) -> None:
    assert "T413" not in codes(body)


@pytest.mark.parametrize(
    ("body", "missing"),
    [
        ("第一段。\n\n<!-- 待定\n\n第二段。", "-->"),
        ("第一段。\n\n```\n甲\n\n第二段。", "```"),
        ("<table>\n<tr><th>甲</th></tr>\n\n第二段。", "</table>"),
        ("<div>\n甲\n\n第二段。", "</div>"),
    ],
)
def test_what_has_no_end_is_found_where_it_begins(body: str, missing: str) -> None:
    (found,) = [found for found in problems(body) if found.code == "T414"]
    assert f"“{missing}”" in found.text


def test_what_has_an_end_is_left_alone() -> None:
    body = "<!-- 说明 -->\n\n```\n<div>\n```\n\n<table>\n<tr><th>甲</th></tr>\n</table>"
    assert "T414" not in codes(body.replace("<div>\n", ""))


def test_a_note_needs_a_mark_and_a_text() -> None:
    assert codes("每人300元[^1]，另加100元[^2]。\n\n[^1]: 按月。\n\n[^3]: 多余。") == [
        "T415",
        "T415",
    ]
    assert codes("每人300元[^1]。\n\n[^1]: 按月。") == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("当a<b且c>d时。", ["T416"]),
        ("<NAME>收。", ["T416"]),
        ("当a < b时。", []),
        ("<各单位>要重视。", []),
        ("<https://www.example.com/>", []),
        ("<ruby>疍<rt>dàn</rt></ruby>家", []),
        ("`<name>`", []),
    ],
)
def test_words_in_angle_brackets_that_browsers_hide_are_errors(
    body: str, expected: list[str]
) -> None:
    assert codes(body) == expected
