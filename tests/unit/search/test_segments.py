"""When a segment is sealed."""

from datetime import date

import pytest

from policysite.search import segments
from policysite.search.segments import split
from tests.unit.search.making import make_entries

LATEST = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _small_segments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segments, "LIVE", 1000)


def test_a_small_site_has_one_segment() -> None:
    entries = make_entries(date(2024, 1, 1), LATEST, terms=10, every=20)
    assert split(entries) == [entries]


def test_an_empty_site_has_none() -> None:
    assert split([]) == []


@pytest.mark.parametrize(
    ("every", "start"),
    [
        (10, date(2026, 1, 1)),
        (2, date(2026, 7, 1)),
        (1, date(2026, 10, 1)),
    ],
)
def test_the_longest_period_that_is_small_enough_is_live(every: int, start: date) -> None:
    entries = make_entries(date(2022, 1, 1), LATEST, terms=10, every=every)
    live, sealed = split(entries)
    assert min(entry.day for entry in live) >= start > sealed[0].day
    assert [*live, *sealed] == entries


def test_a_month_is_live_even_if_it_is_large() -> None:
    live, _ = split(make_entries(date(2025, 1, 1), LATEST, terms=300))
    assert {(entry.day.year, entry.day.month) for entry in live} == {(2026, 11)}
