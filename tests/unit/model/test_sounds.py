"""Sounds out of the table are those that pypinyin tells."""

from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PHRASES_DICT

from policysite.model import sounds

WORDS = sorted(PHRASES_DICT)


@pytest.fixture(autouse=True, scope="module")
def _table() -> Iterator[None]:
    table = sounds.make_table()
    sounds.remember(lambda: table)
    yield
    sounds.remember(lambda: None)


def assert_as_pypinyin(run: str) -> None:
    assert sounds.sounds(run) == lazy_pinyin(run, errors=list)  # type: ignore[arg-type]
    assert sounds.initials(run) == "".join(lazy_pinyin(run, style=Style.FIRST_LETTER)).lower()


COMMON = st.sampled_from("工会重庆一不行长乐了的关于印发办法职代表大会二三四")
ANY = st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF)
PART = st.one_of(COMMON, ANY, st.sampled_from(WORDS), st.sampled_from(WORDS).map(lambda w: w[:-1]))


@settings(max_examples=500, deadline=None)
@given(st.lists(PART, min_size=1, max_size=12).map("".join))
@example("重庆市总工会")
@example("福利下不了")  # the end begins a word, 下不了台, and no other word is looked for in it
@example("䷀工会")  # nobody reads the first character
def test_any_run_has_the_sounds_that_pypinyin_tells(run: str) -> None:
    assert_as_pypinyin(run)


def test_every_word_and_its_beginnings_have_the_sounds_that_pypinyin_tells() -> None:
    for word in WORDS[::40]:
        for end in range(1, len(word) + 1):
            assert_as_pypinyin(word[:end])


def test_without_a_table_pypinyin_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sounds, "_table", lambda: None)
    assert_as_pypinyin("重庆市总工会")
