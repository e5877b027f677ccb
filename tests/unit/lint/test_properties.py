"""Whatever someone typed, the rules answer; they never stop with a traceback."""

from hypothesis import given
from hypothesis import strategies as st

from policysite.lint.rules import lint
from policysite.lint.term_tables import common_terms
from policysite.lint.text import Text, normalised
from policysite.model.manuscript import read_article
from tests.unit.lint.linting import HEAD
from tests.unit.making import NOTICES, NOW

PIECES = st.sampled_from([
    "---\n", "标题: ", "标题：", "发布日期: 2026-03-15\n", "附件:\n  - 甲: a.docx\n", "\n", "\n\n", "　", " ", "\t",
    "一、", "（一）", "(1)", "1.", "1、", "第一条 ", "第十条之一", "《", "》", "（", "）", "(", ")", "“", "”", "\"", "'",
    "，", ",", "。", "。。", ";", ":", "!", "![图](a.jpg)", "](", "[", "```", "`", "<", ">", "<table>", "<!--", "-->",
    "<!-- lint-disable T101 理由如此 -->", "<!-- 原文 -->", "<!-- 原文完 -->", "| 甲 |", "|---|", "2026年2月30日",
    "二〇二六年", "〔2026〕", "[2026]12号", "示总工发", "11010519491231002X", "13800001234", "附件", "附件：1.甲",
    "１００", "\u200b", "\ue000", "⼯", "\0", "\x0b", "\ufeff", "\r\n", "𠮷", "帐户", "{", "}", "&nbsp;", "&", "@",
    "https://a.b/", "工会", "10-20%", "98年5月", "# ", "**", "- ", "> ", "[^1]", "[^1]: ", "~~~",
])  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=5), max_size=40).map("".join)


@given(TEXTS)
def test_any_text_is_answered_with_places_inside_it(text: str) -> None:
    for source in (text, HEAD + text):
        lines = normalised(source).split("\n")
        for found in lint(source, "a.md", common_terms()):
            assert 1 <= found.line <= len(lines)
            assert 1 <= found.column <= len(lines[found.line - 1]) + 1
            assert found.column <= found.end_column <= len(lines[found.line - 1]) + 1


@given(TEXTS)
def test_prose_is_as_long_as_the_text_and_has_its_lines(text: str) -> None:
    source = normalised(HEAD + text)
    prose = Text.of(source).prose
    assert len(prose) == len(source)
    assert [at for at, char in enumerate(prose) if char == "\n"] == [
        at for at, char in enumerate(source) if char == "\n"
    ]


@given(TEXTS)
def test_any_front_matter_is_read_or_refused_with_its_line(text: str) -> None:
    for source in (text, "---\n" + text + "\n---\n正文", HEAD + text):
        _, problems = read_article(source, "a.md", "notices/2026-03-15-a.md", NOTICES, NOW)
        assert all(
            0 <= found.line <= source.count("\n") + source.count("\r") + 1 for found in problems
        )
