"""The front matter as editors type it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policysite.model.fields import ArticleFields, spellings
from policysite.model.front_matter import Entry, FrontMatter, parse
from policysite.model.scalars import Pair, Scalar, Value

KEYS = {name.lower(): key for name, key in spellings(ArticleFields).items()}


def read(text: str) -> FrontMatter:
    return parse(text, "content/x.md", KEYS)


def fenced(*lines: str) -> FrontMatter:
    return read("\n".join(["---", *lines, "---", "", "正文。"]))


def said(front: FrontMatter) -> list[tuple[str, int, int]]:
    """Return code, line and column of every problem."""
    return [(found.code, found.line, found.column) for found in front.problems]


def plain(value: Value) -> object:
    """Return a value without its places."""
    if isinstance(value, Scalar):
        return value.text
    return [(i.name.text, i.value.text) if isinstance(i, Pair) else i.text for i in value]


def test_a_canonical_header_is_read_without_a_word() -> None:
    front = fenced("标题: 关于做好送清凉工作的通知", "关键词:", "  - 高温津贴", "  - 防暑降温")
    assert front.problems == ()
    assert front.entries["title"] == Entry("标题", 2, Scalar("关于做好送清凉工作的通知", 2, 5))
    assert front.entries["keywords"].value == (Scalar("高温津贴", 4, 5), Scalar("防暑降温", 5, 5))
    assert (front.body, front.body_line) == ("正文。", 8)


@pytest.mark.parametrize(
    ("line", "key", "text", "problems"),
    [
        pytest.param("title: 通知", "title", "通知", [], id="an English key"),
        pytest.param("Title: 通知", "title", "通知", [], id="an English key with a capital"),
        pytest.param("发布 日期: x", "date", "x", [], id="a key with a space in it"),
        pytest.param('"标题": 通知', "title", "通知", [], id="a quoted key"),
        pytest.param("标题 : 通知", "title", "通知", [], id="a space before the colon"),
        pytest.param("标题:   通知  ", "title", "通知", [], id="spaces around the value"),
        pytest.param("标题：通知", "title", "通知", [("F104", 2, 3)], id="a full-width colon"),
        pytest.param("标题： 通知", "title", "通知", [("F104", 2, 3)], id="full-width and a space"),
        pytest.param("标题:通知", "title", "通知", [("F104", 2, 3)], id="no space after the colon"),
        pytest.param("标题:　通知", "title", "通知", [("F104", 2, 3)], id="a full-width space"),
        pytest.param("标题:\t通知", "title", "通知", [("F104", 2, 3)], id="a tab after the colon"),
        pytest.param('标题: "示例: 通知"', "title", "示例: 通知", [], id="double quotes"),
        pytest.param("标题: '示例: 通知'", "title", "示例: 通知", [], id="single quotes"),
        pytest.param('标题: "甲\\"乙"', "title", '甲"乙', [], id="an escaped quote"),
        pytest.param("标题: '甲''乙'", "title", "甲'乙", [], id="a doubled quote"),
        pytest.param('标题: "通知" # 暂定', "title", "通知", [], id="a comment after quotes"),
        pytest.param(
            "标题: 示例: 通知", "title", "示例: 通知", [("F111", 2, 5)], id="a colon inside"
        ),
        pytest.param(
            "标题: 通知 #1", "title", "通知 #1", [("F111", 2, 5)], id="a number sign inside"
        ),
        pytest.param(
            "标题: *通知", "title", "*通知", [("F111", 2, 5)], id="an asterisk at the start"
        ),
        pytest.param('标题: "通知', "title", '"通知', [("F111", 2, 5)], id="a quote never closed"),
        pytest.param("标题: 9:00开会", "title", "9:00开会", [], id="a time inside"),
        pytest.param("标题:", "title", "", [], id="nothing at all"),
        pytest.param("栏目: 通知", "栏目", "通知", [], id="an unknown key is kept under its label"),
    ],
)
def test_a_line_gives_its_field(
    line: str, key: str, text: str, problems: list[tuple[str, int, int]]
) -> None:
    front = fenced(line)
    assert {name: plain(entry.value) for name, entry in front.entries.items()} == {key: text}
    assert said(front) == problems


@pytest.mark.parametrize(
    ("lines", "expected", "problems"),
    [
        pytest.param(["  - 甲", "  - 乙"], ["甲", "乙"], [], id="indented"),
        pytest.param(["- 甲", "- 乙"], ["甲", "乙"], [], id="not indented"),
        pytest.param(['  - "甲: 乙"'], ["甲: 乙"], [], id="quoted"),
        pytest.param(["  - 甲", "", "  - 乙"], ["甲", "乙"], [], id="with a blank line"),
        pytest.param(["  - 甲", "# 注", "  - 乙"], ["甲", "乙"], [], id="with a comment"),
        pytest.param(["  - 甲", "  # 注", "  - 乙"], ["甲", "乙"], [], id="an indented comment"),
        pytest.param(["  -甲", "  -乙"], ["甲", "乙"], [("F107", 3, 1)], id="no space after -"),
        pytest.param(["－ 甲", "· 乙"], ["甲", "乙"], [("F107", 3, 1)], id="other bullets"),
        pytest.param(["\t- 甲"], ["甲"], [("F115", 3, 1)], id="a tab"),
        pytest.param(["　- 甲"], ["甲"], [("F115", 3, 1)], id="a full-width space"),
        pytest.param(["  - 甲", "  乙"], ["甲"], [("F103", 4, 1)], id="a line without bullet"),
        pytest.param(["  -"], [""], [], id="an empty item is kept for the field to judge"),
        pytest.param(["  - https://a.cn/1"], ["https://a.cn/1"], [], id="an address is no pair"),
    ],
)
def test_a_list_gives_its_items(
    lines: list[str], expected: list[str], problems: list[tuple[str, int, int]]
) -> None:
    front = fenced("关键词:", *lines)
    assert plain(front.entries["keywords"].value) == expected
    assert said(front) == problems


@pytest.mark.parametrize(
    ("text", "expected", "problems"),
    [
        pytest.param("[甲, 乙]", ["甲", "乙"], [], id="two items"),
        pytest.param("[]", [], [], id="none"),
        pytest.param("[\"甲,乙\", '丙']", ["甲,乙", "丙"], [], id="quoted items"),
        pytest.param("[甲，乙、丙]", ["甲", "乙", "丙"], [("F107", 2, 6)], id="full-width commas"),
        pytest.param("[甲,\n  乙]", ["甲", "乙"], [], id="over two lines"),
    ],
)
def test_a_flow_list_gives_its_items(
    text: str, expected: list[str], problems: list[tuple[str, int, int]]
) -> None:
    front = fenced(f"关键词: {text}")
    assert plain(front.entries["keywords"].value) == expected
    assert said(front) == problems


def test_items_of_a_flow_list_have_their_own_columns() -> None:
    assert fenced("关键词: [甲, 乙]").entries["keywords"].value == (
        Scalar("甲", 2, 7),
        Scalar("乙", 2, 10),
    )


@pytest.mark.parametrize(
    ("item", "name", "value"),
    [
        pytest.param("申报表: a/x.docx", "申报表", "a/x.docx", id="as it should be"),
        pytest.param("申报表：a/x.docx", "申报表", "a/x.docx", id="a full-width colon"),
        pytest.param("申报表:a/x.docx", "申报表", "a/x.docx", id="no space"),
        pytest.param("申报表: /a/x.docx", "申报表", "/a/x.docx", id="a leading slash"),
        pytest.param(
            "附件1：申报表: a/x.docx", "附件1：申报表", "a/x.docx", id="a colon in the name"
        ),
        pytest.param('"甲: 乙": a/x.docx', "甲: 乙", "a/x.docx", id="a quoted name"),
        pytest.param('"甲": "a/x.docx"', "甲", "a/x.docx", id="both quoted"),
        pytest.param("原文: https://a.cn/1", "原文", "https://a.cn/1", id="an address as value"),
    ],
)
def test_an_item_with_a_name_is_a_pair(item: str, name: str, value: str) -> None:
    front = fenced("附件:", f"  - {item}")
    value_read = front.entries["attachments"].value
    assert isinstance(value_read, tuple)
    (pair,) = value_read
    assert isinstance(pair, Pair)
    assert (pair.name.text, pair.value.text, pair.whole.text) == (name, value, item)
    assert (pair.name.line, pair.name.column) == (3, 5)
    assert item[pair.value.column - 5 :].strip('"') == value
    assert front.problems == ()


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        pytest.param(["摘要: |", "  一", "  二"], "一\n二", id="kept lines"),
        pytest.param(["摘要: >-", "  一", "  二"], "一二", id="joined lines, Chinese has no space"),
        pytest.param(["摘要: |", "  # 一"], "# 一", id="a number sign is text"),
        pytest.param(["摘要: |", "  - 一", "  - 二"], "- 一\n- 二", id="a dash is text"),
        pytest.param(
            ["摘要: 一", "  二"], "一 二", id="no block: joined with a space, as YAML does"
        ),
    ],
)
def test_text_may_run_over_several_lines(lines: list[str], text: str) -> None:
    front = fenced(*lines)
    assert plain(front.entries["summary"].value) == text
    assert front.problems == ()


@pytest.mark.parametrize(
    ("text", "problems", "body", "body_line"),
    [
        pytest.param("---\n标题: 甲\n---\n正文", [], "正文", 4, id="no blank line before the body"),
        pytest.param("\n\n---\n标题: 甲\n---\n\n正文", [], "正文", 7, id="blank lines at the top"),
        pytest.param("---\n标题: 甲\n---\n\n\n正文\n\n", [], "正文", 6, id="blank lines around"),
        pytest.param("---\n标题: 甲\n---\n", [], "", 4, id="no body"),
        pytest.param("---\n标题: 甲\n\n---\n正文", [], "正文", 5, id="a blank line inside"),
        pytest.param("---\n# 注\n标题: 甲\n---\n正文", [], "正文", 5, id="a comment inside"),
        pytest.param("——\n标题: 甲\n———\n正", [("F112", 1, 1), ("F112", 3, 1)], "正", 4, id="Word"),
        pytest.param(
            "+++\n标题: 甲\n+++\n正", [("F112", 1, 1), ("F112", 3, 1)], "正", 4, id="Hugo"
        ),
        pytest.param("-----\n标题: 甲\n---\n正文", [("F112", 1, 1)], "正文", 4, id="long fence"),
        pytest.param("标题: 甲\n\n正文", [("F113", 1, 1)], "正文", 3, id="no fence at all"),
        pytest.param("标题: 甲\n---\n\n正文", [("F113", 1, 1)], "正文", 4, id="only the end"),
        pytest.param("---\n标题: 甲\n\n正文", [("F102", 2, 1)], "正文", 4, id="only the start"),
        pytest.param("\ufeff---\n标题: 甲\n---\n正文", [("F109", 1, 1)], "正文", 4, id="BOM"),
        pytest.param(
            "---\r\n标题: 甲\r\n---\r\n正\r\n文", [("F114", 1, 1)], "正\n文", 4, id="CRLF"
        ),
        pytest.param("---\r标题: 甲\r---\r正文", [("F114", 1, 1)], "正文", 4, id="CR"),
        pytest.param("---\n标题: 甲\n---\n正\x0b文", [("F116", 4, 2)], "正\x0b文", 4, id="control"),
        pytest.param("---\n标题: 甲\n---\n一\n\n---\n\n二", [], "一\n\n---\n\n二", 4, id="a rule"),
    ],
)
def test_the_header_ends_where_the_editor_meant_it(
    text: str, problems: list[tuple[str, int, int]], body: str, body_line: int
) -> None:
    front = read(text)
    assert plain(front.entries["title"].value) == "甲"
    assert said(front) == problems
    assert (front.body, front.body_line) == (body, body_line)


@pytest.mark.parametrize("text", ["", "\n\n", "正文。\n标题: 甲", "# 标题\n", "﻿"])
def test_a_file_without_header_is_all_body(text: str) -> None:
    front = read(text)
    assert [found.code for found in front.problems][-1] == "F101"
    assert front.entries == {}
    assert front.body == text.strip("\n\ufeff")


def test_an_unknown_line_is_reported_with_its_line_and_not_published() -> None:
    front = fenced("标题: 甲", "请尽快发布", "  今天")
    assert said(front) == [("F103", 3, 1), ("F103", 4, 1)]
    assert "请尽快发布" in front.problems[0].text
    assert front.body == "正文。"


def test_the_second_of_two_equal_fields_is_an_error_and_the_first_stays() -> None:
    front = fenced("标题: 甲", "title: 乙")
    assert plain(front.entries["title"].value) == "甲"
    assert said(front) == [("F105", 3, 1)]
    assert "第 2 行" in front.problems[0].text


def test_without_closing_fence_the_body_begins_at_the_first_blank_line() -> None:
    front = read("---\n标题: 甲\n正文紧跟着\n\n第二段")
    assert said(front) == [("F102", 3, 1), ("F103", 3, 1)]
    assert front.body == "第二段"


def test_what_should_be_quoted_is_shown_quoted() -> None:
    (found,) = fenced(r'标题: 甲: "乙"\丙').problems
    assert found.text.endswith(r'"甲: \"乙\"\\丙"。')


_TOKENS = st.sampled_from(
    ["---", "——", "标题", "关键词", "栏", ": ", "：", ":", "- ", "-", "  ", "\t", "　", "#", " #", '"',
     "'", "[", "]", ", ", "，", "|", ">", "甲", "乙丙", "a", "1", "\n", "\n", "\n", "\r\n", "\ufeff", "\x0b"]
)  # fmt: skip
_FILES = st.lists(_TOKENS, max_size=40).map("".join) | st.text(max_size=80)


@given(_FILES)
def test_no_line_of_any_file_is_ever_lost(text: str) -> None:
    front = read(text)
    lines = re.split(r"\r\n|\r|\n", text.lstrip("\ufeff"))
    reported = {found.line for found in front.problems}
    kept = {line for entry in front.entries.values() for line in _lines(entry)}
    values = "\n".join(_letters(_text(entry.value)) for entry in front.entries.values())
    is_second = False
    for number, line in enumerate(lines, 1):
        # What stands below the second of two equal fields is reported with it.
        is_second = any(p.code == "F105" and p.line == number for p in front.problems) or (
            is_second and (not line.strip() or line[:1] in " \t　-－·•#")
        )
        assert (
            not _letters(line)
            or is_second
            or number in reported | kept
            or line.lstrip(" \t　").startswith("#")
            or (number >= front.body_line and line in front.body)
            or _letters(line) in values
        ), (number, line)


@given(_FILES)
def test_every_problem_points_into_the_file(text: str) -> None:
    lines = text.count("\n") + text.count("\r") + 1
    for found in read(text).problems:
        assert 1 <= found.line <= lines
        assert found.column >= 1


def _letters(text: str) -> str:
    return re.sub(r"\W|_", "", text)


def _text(value: Value) -> str:
    if isinstance(value, Scalar):
        return value.text
    return "\n".join(i.whole.text if isinstance(i, Pair) else i.text for i in value)


def _lines(entry: Entry) -> set[int]:
    value = (entry.value,) if isinstance(entry.value, Scalar) else entry.value
    return {entry.line, *((i.whole if isinstance(i, Pair) else i).line for i in value)}
