"""Text becomes terms, so that whatever part of a text is looked up, its terms are among the text's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policysite.search.tokens import marked_term, normalise, text_terms

TEXTS = st.text(
    st.sampled_from("工会经费第条的一号月日2024abcＡ１〔〕（）《》，。、 \n-%"), max_size=60
)


def terms(text: str) -> set[int]:
    return set(text_terms(normalise(text))[0].tolist())


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("ＷＰＳ　文档", "wps文档"),
        ("第 １２ 条", "第12条"),
        ("示总工发〔2024〕12号", "示总工发 2024 12号"),
        ("示总工发（2024）12号", "示总工发 2024 12号"),
        ("trade  union", "trade union"),
        ("工会\n经费", "工会 经费"),
        ("8%的、工会", "8 的 工会"),
    ],
)
def test_text_is_compared_without_width_case_and_marks(written: str, compared: str) -> None:
    assert normalise(written) == compared


def test_two_characters_side_by_side_are_a_term() -> None:
    assert terms("工会经费") == {marked_term(pair) for pair in ("工会", "会经", "经费")}


def test_no_term_spans_a_mark() -> None:
    assert marked_term("会职") not in terms("工会、职工")


def test_numbers_are_terms_as_a_whole_and_in_parts() -> None:
    parts = {"20", "02", "24", "202", "024", "2024", "4年"}
    assert terms("2024年") == {marked_term(part) for part in parts}


def test_threes_and_fours_are_not_made_of_chinese_characters() -> None:
    assert marked_term("工会经") not in terms("工会经费")
    assert marked_term("24年") not in terms("2024年")


def test_a_term_is_the_same_number_for_ever() -> None:
    # The script in readers' caches computes the same; a change here needs a new FORMAT.
    assert [marked_term("工会"), marked_term("#2024-12")] == [20271551, 3908358468]


@given(TEXTS, st.data())
def test_the_terms_of_a_part_are_among_those_of_the_whole(text: str, data: st.DataObject) -> None:
    whole = normalise(text)
    start = data.draw(st.integers(0, len(whole)))
    part = whole[start : data.draw(st.integers(start, len(whole)))]
    assert set(text_terms(part)[0].tolist()) <= set(text_terms(whole)[0].tolist())
