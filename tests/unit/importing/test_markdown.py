"""What is imported and what readers see are the same words."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from policysite.importing.blocks import Paragraph, Run, Source
from policysite.importing.markdown import heading_level, write_markdown
from policysite.text.markdown import render
from policysite.text.plain import plain_text

SIGNS = "甲乙。，“”：（）《》〔〕·—…\\`*_{}[]<>#+-.!|~=^$&;:'\"/@%1 2a0"
words = st.text(SIGNS, min_size=1, max_size=25).map(str.strip).filter(bool)


def body(*paragraphs: Paragraph) -> str:
    return write_markdown(paragraphs, Source(paragraphs), {})


def seen(markdown: str) -> str:
    return re.sub(r"\s", "", plain_text(render(markdown).html))


@given(st.lists(words, min_size=1, max_size=4))
def test_no_sign_of_the_text_is_taken_for_markdown(lines: list[str]) -> None:
    """Between two 汉字 it cannot be a list either, and typography is the same."""
    wrapped = [f"甲{line}乙" for line in lines]
    html = render(body(*(Paragraph((Run(line),)) for line in wrapped))).html
    assert not re.search(r"<(?!/?p\b|/?a\b|span|/span|wbr|br)", html), html


@given(words)
def test_no_beginning_of_a_paragraph_makes_a_list_a_heading_or_a_quotation(line: str) -> None:
    if re.match(r"第|[一二三四五六七八九十]+、|[（(]", line):
        return
    html = render(body(Paragraph((Run(f"{line}甲"),)))).html
    assert not re.search(r"<(?:ul|ol|blockquote|pre|code|table|dl|hr)", html), html


def test_bold_inside_a_sentence_is_kept() -> None:
    text = body(Paragraph((Run("甲"), Run("重点 ", bold=True), Run("乙。"))))
    assert text == "甲**重点** 乙。\n"


def test_a_paragraph_that_is_bold_all_through_needs_no_mark() -> None:
    assert body(Paragraph((Run("全部加粗。", bold=True),))) == "全部加粗。\n"


def test_the_bold_lead_of_a_numbered_paragraph_becomes_its_title() -> None:
    text = body(Paragraph((Run("加强领导。", bold=True), Run("要落实。")), number="（一）"))
    assert text == "（一）加强领导。要落实。\n"
    assert "<h3" in render("一、甲\n\n" + text).html


def test_positions_above_and_below_the_line_are_kept() -> None:
    assert body(Paragraph((Run("10m"), Run("2", position="super")))) == "10m<sup>2</sup>\n"


def test_a_third_level_with_a_space_is_no_list() -> None:
    text = body(Paragraph((Run("1. 加强领导"),)))
    assert "<ol" not in render(text).html
    assert seen(text) == "1.加强领导"


def test_headings_are_told_by_their_fonts_only_where_no_number_tells_them() -> None:
    assert heading_level(Paragraph((Run("总体要求", font="黑体"),))) == 2
    assert heading_level(Paragraph((Run("基本原则", font="楷体_GB2312"),))) == 3
    assert heading_level(Paragraph((Run("一、总体要求", font="黑体"),))) == 0
    assert heading_level(Paragraph((Run("这是一句话。", font="黑体"),))) == 0
    assert heading_level(Paragraph((Run("甲", font="黑体"), Run("乙", font="宋体")))) == 0
    assert heading_level(Paragraph((Run("标题"),), level=1)) == 2
