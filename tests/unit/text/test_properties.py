"""What holds for any body at all."""

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pytest import MonkeyPatch

from policysite.text import structure
from policysite.text.markdown import render
from policysite.text.typography import compose

BITS = [
    "一、",
    "（一）",
    "(二)",
    "1.",
    "1、",
    "2016.",
    "（1）",
    "①",
    "附件1",
    "第一章",
    "第三节",
    "##",
    "#######",
    "#号",
    "--",
    "-",
    "*",
    ">",
    "|",
    "|---|---|",
    "---",
    "***",
    "```",
    "`",
    "**",
    "__",
    "[^1]",
    "[^1]:",
    "[链接](/a.md)",
    "![图](/i.png)",
    "![",
    "](",
    "<table>",
    "</table>",
    "<p>",
    "</p>",
    "<",
    ">",
    "&",
    "&amp;",
    "<!--",
    "-->",
    "<![CDATA[",
    "<!",
    "<?",
    "</",
    "<br>",
    "<script>",
    "</code>",
    "<pre>",
    "“",
    "”",
    '"',
    "'",
    "...",
    "。",
    "；",
    "：",
    "，",
    "工会",
    "职工",
    "Latin",
    "it's",
    "http://a.cn/x--y",
    "{#id}",
    "{:.c}",
    "\\",
    "表1",
    "[1]:",
    "😀",
    "3.5亿",
    "138****1234",
    "张*三、",
]
BITS += [
    "\n",
    "\n",
    "\n\n",
    "  \n",
    "　",
    "\t",
    "    ",
    "第一条 ",
    "第二条之一　",
    "- ",
    "  - ",
    "# ",
    "\x00",
    "\x02",
    "\r",
]
SOURCES = st.lists(st.sampled_from(BITS) | st.text(max_size=5), max_size=25).map("".join)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(SOURCES)
@example("<![")
@example("\x02policysite:h2|x|y\x03甲")
@example("\x02wzxhzdk:0\x03")
@example(">" * 300)
@example("- " * 300)
def test_any_input_renders_and_renders_the_same_again(source: str) -> None:
    rendered = render(source)
    assert render(source) == rendered
    assert compose(rendered.html) == rendered.html


@settings(max_examples=300, deadline=None, derandomize=True)
@given(SOURCES)
def test_generated_ids_are_unique_ascii_and_levels_unbroken(source: str) -> None:
    rendered = render(source.replace("<", "").replace("{", ""))
    ids = [h.id for h in rendered.headings] + [c.id for c in rendered.clauses]
    assert len(ids) == len(set(ids))
    assert all(name.isascii() for name in ids)
    levels = [1, *(h.level for h in rendered.headings)]
    assert all(b <= a + 1 for a, b in pairwise(levels))


WORDS = st.text(alphabet="工会职工权益保障ABCxyz", min_size=1, max_size=6)
OPENINGS = ["", "一、", "（一）", "1. ", "1.", "第一条 ", "第一章 ", "## ", "- ", "> ", "  - "]
OPENINGS += ["　　", "①", "（1）", "2016. ", "| ", "#", "**", "附件", "    "]
LINES = st.lists(
    st.tuples(
        st.sampled_from(OPENINGS),
        WORDS,
        st.sampled_from(["", "。", "；", "：", "，", "。还有。"]),
        st.sampled_from(["\n", "\n\n"]),
    ),
    max_size=12,
)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(LINES)
def test_no_word_and_no_number_of_the_source_is_lost(
    lines: list[tuple[str, str, str, str]],
) -> None:
    text = render("".join("".join(line) for line in lines)).text
    text = text.replace("\n", "").replace(" ", "")
    position = 0
    for opening, words, _, _ in lines:
        position = text.index(words, position) + len(words)
        assert opening.strip("-*#>| 　") in text


@pytest.mark.parametrize(
    "source",
    [
        "甲 > 乙\n丙\n\n一、丁\n\n（一）戊。己。\n\n第一条　庚\n（一）辛；\n\n第二条\n\n附件\n\n癸",
        "各市总工会：\n\n　　通知如下。\n1.甲。乙\n2.丙。丁\n- 戊\n\n文",
    ],
)
def test_pieces_finished_early_equal_those_from_the_parser(
    source: str, monkeypatch: MonkeyPatch
) -> None:
    early = render(source)
    monkeypatch.setattr(structure, "has_syntax", lambda text: True)
    assert render(source) == early


@settings(max_examples=200, deadline=None, derandomize=True)
@given(LINES)
def test_finishing_early_never_changes_the_result(
    lines: list[tuple[str, str, str, str]],
) -> None:
    source = "".join("".join(line) for line in lines)
    early = render(source)
    with MonkeyPatch.context() as patch:
        patch.setattr(structure, "has_syntax", lambda text: True)
        assert render(source).text == early.text
        assert render(source).headings == early.headings
