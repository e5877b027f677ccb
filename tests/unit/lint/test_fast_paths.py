"""Quick ways through a text: each finds exactly what the way that it spares would find."""

import re
from itertools import chain, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from policysite.lint import characters, figures, levels, markup, pasted, punctuation, typos
from policysite.lint.text import Text
from policysite.text.markers import read_marker
from tests.unit.lint.linting import HEAD

SIGNS = st.text(alphabet="012年月日二○〇零十一 .-/,:。，！（）()《》“”\n三O</p>\t至", max_size=40)
CHARS = st.text(alphabet="工\u200b\ufeff\ue000\ufffd⼯１Ａｚ％．\u00ad\u2028会", max_size=12)
LINES = st.lists(
    st.sampled_from([
        "一、", "二、三种状态", "（一）", "1.", "（1）", "第一条 ", "甲", "“", "”", "\n", "\n\n", "# ", "**", "　", "附件1",
        "三、", "：1.甲", "2.", "第三条 ",
    ]),
    max_size=20,
).map("".join)  # fmt: skip


def text_of(body: str) -> Text:
    return Text.of(HEAD + body)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(SIGNS)
def test_years_and_months_are_found_by_their_signs_as_by_their_digits(prose: str) -> None:
    months = [match.span() for match in re.finditer("[0-9]{1,2} ?月", prose)]
    assert [month.span() for month in figures._months(prose)] == months
    short = [match.span("y") for match in re.finditer("(?P<y>[0-9]{2})年[0-9]{1,2}月", prose)]
    found = figures._SHORT_YEAR.finditer(prose)
    assert [(match.start() - 2, match.start()) for match in found] == short
    years = re.finditer(
        "(?<![〇零○一二三四五六七八九])[一二][〇零○OＯ0oо一二三四五六七八九]{3}年", prose
    )
    found = figures._ZERO_YEAR.finditer(prose)
    assert [(match.start() - 4, match.end()) for match in found] == [m.span() for m in years]


@settings(max_examples=300, deadline=None, derandomize=True)
@given(SIGNS)
def test_what_is_looked_for_first_stands_in_all_that_is_looked_for(prose: str) -> None:
    if figures._CHINESE.search(prose):
        assert figures._HAN_MONTH.search(prose)
    if figures._ISO.search(prose):
        assert any(mark in prose for mark in "-./")
    if figures._SIGNATURE.search(prose):
        assert figures._DAY_ENDS_LINE.search(prose)
    if punctuation._HALF_WIDTH.search(prose):
        assert any(mark in prose for mark in ",;:!?.")
    if punctuation._REPEATED.search(prose):
        pairs = any(pair in prose for pair in punctuation._EMPTY_PAIRS)
        assert pairs or punctuation._TWO_MARKS.search(prose)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(CHARS)
def test_odd_characters_are_found_together_as_each_by_its_rule(body: str) -> None:
    text = text_of(body)
    rules = (
        characters.invisible_characters,
        characters.private_characters,
        characters.lookalike_characters,
        characters.full_width_letters,
    )
    each = list(chain.from_iterable(rule(text) for rule in rules))
    assert list(characters.odd_characters(text)) == each


@settings(max_examples=200, deadline=None, derandomize=True)
@given(LINES)
def test_lines_are_read_once_as_each_rule_would_read_them(body: str) -> None:
    text = text_of(body)
    for start, line, marker in text.lines:
        assert text.prose.startswith(line, start)
        assert marker == read_marker(line)
    quoted = [levels._is_open(line, False) for _, line, _ in text.lines]
    assert not any(quoted) or "“" in text.prose
    for _, line, _ in text.lines:
        assert line[:1] in levels._FIGURES or not levels._AMBIGUOUS.match(line)


PARTICLE = "的"
TOKENS = st.lists(st.sampled_from(["安", "全", PARTICLE, "生产", "，", "a", "\n"]), max_size=8)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(TOKENS)
def test_single_characters_side_by_side_are_all_found(tokens: list[str]) -> None:
    joined = typos._SIGN + typos._SIGN.join(tokens) + typos._SIGN
    han = "[\u4e00-\u9fff]"
    pairs = [
        place
        for place, (first, second) in enumerate(pairwise(tokens))
        if re.fullmatch(han, first) and re.fullmatch(han, second)
        and {first, second} != {PARTICLE}
    ]  # fmt: skip
    starts = [len(typos._SIGN.join(["", *tokens[:place]])) for place in pairs]
    assert [match.start() for match in typos._LEFT_OVER.finditer(joined)] == starts


MARKUP = st.lists(
    st.sampled_from([
        "!", "！", "[", "［", "【", "]", "］", "】", "(", "（", "/a", "images/甲.png", ")", "）", "*", "**", " ", "　",
        "甲", "#", "##", "\n", "\n\n", "[乙](/b)", "！[丙](/c.png)", "https://a.cn/",
    ]),
    max_size=16,
).map("".join)  # fmt: skip


@settings(max_examples=600, deadline=None, derandomize=True)
@given(MARKUP)
def test_markdown_that_is_nearly_right_is_found_by_its_signs(body: str) -> None:
    place = markup._PLACE
    slow = re.compile(
        rf"(?P<mark>[!！]?)[\[［【](?P<words>[^\[\]［］【】\n]*)[\]］】][ \u3000]*[(（](?P<place>{place})[)）]"
    )
    marks = markup._PICTURE_MARKS
    found = markup._LINK.finditer(body)
    spans = [
        (m.start() - (body[max(m.start() - 1, 0) : m.start()] in marks), m.end()) for m in found
    ]
    assert spans == [match.span() for match in slow.finditer(body)]
    bold = re.compile(r"(?<!\*)\*\*(?:[ \u3000]+[^*\n]*?|[^*\n]*?[^*\s][ \u3000]+)\*\*(?!\*)")
    found = markup._BOLD.finditer(body)
    assert [m.span() for m in found] == [match.span() for match in bold.finditer(body)]
    if markup._HEADING.search(body):
        assert markup._MAY_BE_HEADING.search(body)


LINES_OF_TEXT = st.lists(
    st.sampled_from(
        [
            "各级工会要加强领导。",
            "甲",
            "一、乙。",
            "> 丙",
            "- 丁",
            "# 戊",
            "　",
            "",
            "",
            "**己。**",
            "庚。  ",
        ]
    ),
    max_size=12,
).map("\n".join)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(LINES_OF_TEXT)
def test_lines_that_run_on_are_found_in_their_blocks_as_in_the_whole_text(body: str) -> None:
    text = text_of(body)
    whole = list(pasted._joined(text.prose[text.body :], text.body))
    assert list(pasted.joined_lines(text)) == whole
