"""When a segment is sealed, and that what is sealed stays as it is."""

from dataclasses import replace
from datetime import date

import pytest

from policysite.search import segments
from policysite.search.entries import Memo
from policysite.search.segments import Segment, pack_segment, split
from tests.unit.search.making import make_entries, make_entry

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


def test_what_is_published_in_the_period_leaves_the_sealed_segment_alone() -> None:
    entries = make_entries(date(2024, 1, 1), LATEST, terms=10, every=10)
    live, sealed = (pack_segment(part) for part in split(entries))
    new = make_entry("new", day=date(2026, 5, 3))
    later = sorted([new, *entries], key=lambda entry: entry.day, reverse=True)
    live_then, sealed_then = (pack_segment(part) for part in split(later))
    assert sealed_then == sealed
    assert live_then.name != live.name


def test_a_changed_record_changes_the_name() -> None:
    entry = make_entry()
    assert pack_segment([entry]).name != pack_segment([replace(entry, title="另一个标题")]).name


def test_packing_again_what_is_kept_is_the_same_as_packing_anew() -> None:
    kept: dict[str, bytes] = {}
    made = []

    def keep(key: str, make: object) -> bytes:
        if key not in kept:
            made.append(key)
            kept[key] = make()  # type: ignore[operator]
        return kept[key]

    memo: Memo = keep
    entries = make_entries(date(2026, 1, 1), LATEST, terms=10, every=10)
    first, second = pack_segment(entries, memo), pack_segment(entries, memo)
    assert len(made) == 1
    assert first == second == pack_segment(entries)


def test_a_segment_survives_being_kept() -> None:
    segment = pack_segment([make_entry("a"), make_entry("b")])
    assert Segment.from_bytes(segment.to_bytes()) == segment
