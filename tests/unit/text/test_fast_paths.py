"""Quick ways through the text: each gives exactly what the way it spares gives."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import MonkeyPatch

from policysite.text import markdown, outline, plain, structure, typography
from policysite.text.inline import has_syntax
from policysite.text.markdown import convert, render
from policysite.text.plain import inline_text, plain_text
from policysite.text.rendered import Rendered
from policysite.text.simple_blocks import build_block
from policysite.text.simple_inline import build_inline
from policysite.tools.bench.corpus import make_corpus

WORDS = st.text(alphabet="工会职 　1A.a、。（>)\"'|-+#:=~", max_size=7)
BULLETS = st.lists(
    st.tuples(
        st.sampled_from(["- ", "* ", "+ ", "-  ", "-", "  - ", "- - ", "- > ", "- # "]), WORDS
    ),
    min_size=1,
    max_size=4,
).map(lambda items: "\n".join(f"{sign}{words}" for sign, words in items))
ROWS = st.lists(WORDS, max_size=4).map(lambda cells: f"| {' | '.join(cells)} |")
SEPARATORS = st.lists(st.sampled_from(["---", ":-", "-:", ":-:", " - "]), max_size=4).map(
    lambda cells: f"|{'|'.join(cells)}|"
)
TABLES = st.tuples(ROWS, SEPARATORS, st.lists(ROWS | WORDS, max_size=3)).map(
    lambda parts: "\n".join([parts[0], parts[1], *parts[2]])
)
OTHERS = st.sampled_from(
    [
        "一、总则",
        "（一）范围",
        "第一条 甲",
        "表1 名额",
        "甲**乙**",
        "  续行",
        "> 引文",
        "```\n码\n```",
        "",
    ]
)
BODIES = st.lists(
    st.tuples(BULLETS | TABLES | OTHERS | WORDS, st.sampled_from(["\n", "\n\n"])), max_size=6
).map(lambda parts: "".join(text + end for text, end in parts))


def rendered_by_parser(source: str) -> Rendered:
    """Render with every list and table left to the parser."""
    with MonkeyPatch.context() as patch:
        patch.setattr(structure, "build_block", lambda text: "")
        return render(source)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(BODIES)
def test_lists_and_tables_built_early_equal_those_from_the_parser(source: str) -> None:
    assert render(source) == rendered_by_parser(source)


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("- 甲\n- 乙", 1),
        ("- 甲\n\n文\n\n- 乙 > 丙", 2),
        ("- 甲\n\n- 乙", 0),
        ("表1 名额\n\n| 单位 | 名额 |\n|:--|--:|\n| 甲 | 3 |\n| 乙 |\n| 丙 | 4 | 多 |", 1),
        ("| 甲 |\n|---|\n| 乙 |", 1),
    ],
)
def test_common_lists_and_tables_need_no_parser(
    source: str, wanted: int, monkeypatch: MonkeyPatch
) -> None:
    assert render(source) == rendered_by_parser(source)
    built: list[str] = []

    def build(text: str) -> str:
        built.append(build_block(text))
        return built[-1]

    monkeypatch.setattr(structure, "build_block", build)
    render(source)
    assert all(built) and len(built) == wanted


MARKS = st.lists(
    st.sampled_from(
        [
            *(
                "**",
                "**甲**",
                "**。",
                "*",
                "_",
                "[乙](/c)",
                "[",
                "](",
                ")",
                "!",
                "^",
                "[^1]",
                "[^1]: 注",
            ),
            *(
                "工会",
                "张",
                "李",
                "和",
                "2026",
                "X",
                "/a/",
                "、",
                "，",
                "。",
                "：",
                " ",
                "　",
                "\u200b",
            ),
            *(
                "\n",
                "\n\n",
                "  \n",
                "- ",
                "一、",
                "（一）",
                "第一条 ",
                "| a |",
                "|---|",
                ">",
                "#",
                "# ",
            ),
            *("\\", "`", "~~~", "{", "&amp;", "<", "+", "\t", "https://x.cn/1"),
        ]
    ),
    max_size=14,
).map("".join)


def converted_by_parser(source: str) -> str:
    """Convert with the whole document, and whatever has a mark in it, left to the parser."""
    with MonkeyPatch.context() as patch:
        patch.setattr(markdown, "build_document", lambda source: None)
        patch.setattr(
            structure, "build_inline", lambda text: None if has_syntax(text) else build_inline(text)
        )
        return convert(source)


@settings(max_examples=1500, deadline=None, derandomize=True)
@given(MARKS)
def test_marked_words_built_early_equal_those_from_the_parser(source: str) -> None:
    assert convert(source) == converted_by_parser(source)


def test_made_up_articles_come_out_as_from_the_parser_and_need_it_not() -> None:
    for entry in make_corpus(60):
        assert structure.build_document(entry.body) == converted_by_parser(entry.body)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("**乙。**丙", "<strong>乙。</strong>丙"),
        ("见[办法](/2026/a.html)。", '见<a href="/2026/a.html">办法</a>。'),
        ("3 > 2", "3 &gt; 2"),
        ("", ""),
    ],
)
def test_bold_words_and_links_need_no_parser(text: str, wanted: str) -> None:
    assert build_inline(text) == wanted


@pytest.mark.parametrize(
    "text",
    ["张**，电话138****1234", "**甲*", "![图](/a.png)", "[甲][乙]", "**甲** > 乙", "- **甲**"],
)
def test_what_is_not_simple_is_left_to_the_parser(text: str) -> None:
    assert build_inline(text) is None


@settings(max_examples=500, deadline=None, derandomize=True)
@given(st.text(alphabet="工会 a\n\t\r\xa0　<p>&amp;;/'\"", max_size=20))
def test_text_without_markup_is_its_own_text(html: str) -> None:
    with MonkeyPatch.context() as patch:
        patch.setattr(plain, "_MARKUP", re.compile(""))
        expected = plain_text(html), inline_text(html)
    assert (plain_text(html), inline_text(html)) == expected


TAGS = st.lists(
    st.sampled_from([
        "<p>", "</p>", '<a href="/a">', "</a>", "<h2 id=\"s1\">", "<td>", "</td>", "</TD>", "<pre>", "</pre>", "<code>",
        "</code>", "<!-- ", " -->", "<script>", "</SCRIPT>", "<STYLE>", "</style>", '<sup id="fnref:1">1</sup>',
        '<A CLASS="footnote-backref">1</a>', "<template>", "</template>", "<strong>", "<img", ">", "<", "<b ", "a > b",
        '"', "'", "-", "--", "...", "。。。", "工会", "甲", "x", " ", "\n", "\t", "&quot;", "《", "》", "（", "）", "号",
    ]),
    max_size=14,
).map("".join)  # fmt: skip


@settings(max_examples=600, deadline=None, derandomize=True)
@given(TAGS)
def test_html_is_called_quiet_only_if_it_has_nothing_to_set(html: str) -> None:
    if typography._is_quiet(html):
        assert "".join(typography._composed_tokens(html)) == html


def test_common_articles_are_seen_to_be_quiet() -> None:
    html = render(
        "一、总则\n\n甲（乙）。\n\n- 丙\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n[丁](/d)"
    ).html
    assert typography._is_quiet(html)
    assert not typography._is_quiet(f'<p>"甲"</p>{html}')


@settings(max_examples=400, deadline=None, derandomize=True)
@given(TAGS)
def test_what_is_unseen_is_looked_for_wherever_it_may_be(html: str) -> None:
    if plain._UNSEEN.search(html):
        assert plain._MAY_BE_UNSEEN.search(html)
    if plain._CELL_END.search(html):
        assert "</t" in html or "</T" in html


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(alphabet="（）()《》“”*甲。", max_size=12))
def test_a_title_is_balanced_as_each_of_its_pairs_is(text: str) -> None:
    pairs = all(text.count(opening) == text.count(closing) for opening, closing in outline._PAIRS)
    assert outline._is_balanced(text) == (text.count("**") % 2 == 0 and pairs)
