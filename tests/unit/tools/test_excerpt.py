"""The line of a problem with its carets: they stand under what is wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policysite.tools.excerpt import excerpt, width


def columns(text: str) -> int:
    return sum(map(width, text))


@pytest.mark.parametrize(
    ("line", "column", "end", "gap", "carets"),
    [
        ("各级工会,要", 5, 6, 8, 1),
        ("各级工会，要", 5, 6, 8, 2),
        ("abc，要", 4, 5, 3, 2),
        ("“工会”,要", 5, 6, 6, 1),
        ("𠮷,要", 2, 3, 2, 1),
        ("甲\u200b乙", 2, 3, 2, 1),
        ("标题:  甲", 4, 0, 5, 4),
        ("", 1, 0, 0, 1),
    ],
)
def test_carets_stand_under_wide_and_narrow_characters(
    line: str, column: int, end: int, gap: int, carets: int
) -> None:
    shown, marks = excerpt(line, 7, column, end)
    assert shown.startswith("    7 | ")
    below = marks[8:]
    assert columns(below.rstrip("^")) == gap
    assert below.count("^") == carets


def test_a_long_line_is_cut_around_what_is_wrong() -> None:
    line = "工" * 300 + "," + "会" * 300
    shown, marks = excerpt(line, 1, 301, 302)
    assert columns(shown) < 100
    at = columns(marks[: marks.index("^")])
    before = shown[: next(n for n in range(len(shown)) if columns(shown[:n]) == at)]
    assert shown[len(before)] == ","


def test_personal_data_is_covered() -> None:
    shown, _ = excerpt("请打13800001234，护照E12345678", 1, 1, 2, [(17, 26)])
    assert shown == "    1 | 请打138****1234，护照*********"


@given(st.text(max_size=200), st.integers(1, 210), st.integers(0, 220))
def test_any_line_and_any_place_can_be_shown(line: str, column: int, end: int) -> None:
    shown, marks = excerpt(line.replace("\n", ""), 1, column, end)
    assert "\n" not in shown + marks
    assert "^" in marks
