"""Suspected typos: words that fall apart and are whole with another character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policysite.lint.text import Text
from policysite.lint.typos import _lines, suspected_typos
from tests.unit.lint.linting import HEAD, codes


def suspected(body: str) -> list[tuple[str, object]]:
    found = suspected_typos(Text.of(HEAD + body))
    return [((HEAD + body)[f.start : f.end], f.values["right"]) for f in found]


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("安全声产", "安全生产"),
        ("集体协尚", "集体协商"),
        ("劳动争意", "劳动争议"),
        ("民煮管理", "民主管理"),
        ("惯彻落实", "贯彻落实"),
    ],
)
def test_a_broken_word_is_found_inside_a_sentence(written: str, right: str) -> None:
    assert suspected(f"各级工会要认真做好{written}的各项工作。") == [(written, right)]


@pytest.mark.parametrize(
    "body",
    [
        "因工负伤的职工。",
        "省总工会印发。",
        "她拿得出手。",
        "`安全声产`",
        "安全声产是一个词，安全声产还是一个词。",
        "青川市南屏市",
    ],
)
def test_right_words_names_code_and_what_is_written_twice_are_left_alone(body: str) -> None:
    assert suspected(body) == []


def test_a_suspicion_can_be_accepted() -> None:
    assert codes("安全声产。<!-- lint-disable T505 照录职工原信 -->") == []


@given(st.text(alphabet="安全声产集体协尚的\x01\n，a", max_size=30))
def test_any_text_is_answered_in_its_own_places(body: str) -> None:
    for written, _ in suspected(body):
        assert len(written) == 4


def test_the_lists_hold_what_they_say() -> None:
    assert all(len(word) == 4 for line in _lines("phrases.txt") for word in line.split())
    assert all(len(set(line)) == len(line) > 1 for line in _lines("homophones.txt"))
