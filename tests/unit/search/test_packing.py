"""After an edit few files are others, and all are those that packing from nothing gives."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policysite.model.values import DocNumber
from policysite.search import packed, packing, shards
from policysite.search.entries import Entry
from policysite.search.kept import Notes
from policysite.search.packing import pack_segment
from tests.unit.search.making import DOCUMENT, DOCUMENTS, make_entries, make_entry, pack_terms

TITLES = st.sampled_from(["送清凉", "关于工会经费收支管理的通知", "职工"])
EDITS = st.lists(
    st.tuples(st.integers(0, 99), TITLES, DOCUMENT | st.none(), st.integers(0, 60)), max_size=4
)


@dataclass
class Renewed:
    """An entry that took the place of others, which are at hand."""

    entry: Entry
    former: list[Entry] = field(default_factory=list)

    def __getattr__(self, name: str) -> object:
        return getattr(self.entry, name)

    def before(self, digest: bytes) -> Entry | None:
        return next((e for e in [self.entry, *self.former] if e.digest == digest), None)


def index(entries: Sequence[Renewed | Entry], kept: Notes) -> tuple[object, dict[str, bytes]]:
    """Return what the manifest says, and the files."""
    segment = pack_segment(entries, kept)  # type: ignore[arg-type]
    return segment.about(), {file.name: file.read() for file in segment.files(kept)}


def revised(entry: Entry, title: str, added: dict[int, int] | None, dropped: int) -> Entry:
    """Return an entry with other terms: all others, or one less, or its own."""
    own = entry.terms
    if added is not None:
        own = pack_terms(added)
    elif count := len(own) // 5:
        cut = dropped % count
        terms, kinds = own[: 4 * count], own[4 * count :]
        own = terms[: 4 * cut] + terms[4 * cut + 4 :] + kinds[:cut] + kinds[cut + 1 :]
    return replace(entry, title=title, terms=own)


@given(documents=DOCUMENTS, rounds=st.lists(EDITS, max_size=4), is_tiny=st.booleans())
def test_any_edits_give_the_files_that_packing_from_nothing_gives(
    documents: list[dict[int, int]], rounds: list[list[tuple[object, ...]]], is_tiny: bool
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packing, "RECORD_BLOCKS", 1)
        patch.setattr(packed, "NAMED_BITS", 1 if is_tiny else 10)
        patch.setattr(packed, "SIDED", 0)
        patch.setattr(shards, "HEAD", 3)
        patch.setattr(shards, "LONG", 4)
        patch.setattr(shards, "PARTED", 3)
        patch.setattr(shards, "LEAST_TARGET", 8 if is_tiny else 64)
        kept = Notes()
        entries = [
            Renewed(make_entry(f"a{place}", terms=pack_terms(own)))
            for place, own in enumerate(documents * 2)
        ]
        index(entries, kept)
        for edits in rounds:
            for place, *edit in edits:
                own = entries[place % len(entries)]  # type: ignore[operator]
                own.former.append(own.entry)
                own.entry = revised(own.entry, *edit)  # type: ignore[arg-type]
            assert index(entries, kept) == index([e.entry for e in entries], Notes())


@pytest.mark.parametrize(
    "change",
    [
        {"column": "news"},
        {"issuers": ("示例省总工会",)},
        {"number": DocNumber("示总工发", 2026, 3)},
        {"kind": "通知"},
        {"day": date(2026, 11, 21)},
        {"is_document": True},
    ],
    ids=str,
)
def test_what_filters_ask_for_is_packed_from_nothing(change: dict[str, object]) -> None:
    kept = Notes()
    entries = [Renewed(e) for e in make_entries(date(2026, 9, 1), date(2026, 11, 22), 10)]
    index(entries, kept)
    entries[3].former.append(entries[3].entry)
    entries[3].entry = replace(entries[3].entry, **change)  # type: ignore[arg-type]
    assert index(entries, kept) == index([e.entry for e in entries], Notes())


def test_an_edit_changes_the_files_of_the_terms_that_differ_and_no_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shards, "LEAST_TARGET", 64)
    kept = Notes()
    terms = {term << 24: 0 for term in range(256)}
    entries = [Renewed(make_entry(f"a{n}", terms=pack_terms(terms))) for n in range(60)]
    _, before = index(entries, kept)
    entries[40].former.append(entries[40].entry)
    changed = {**terms, 7 << 24: 1, 200 << 24 | 5: 0}
    entries[40].entry = replace(entries[40].entry, terms=pack_terms(changed))
    made = dict(kept.values)
    _, after = index(entries, kept)
    assert len(before) > 100
    assert len(after.keys() - before.keys()) == 2
    assert len({row for row, value in kept.values.items() if made.get(row) != value}) == 3


def test_an_edit_of_a_title_changes_the_records_with_it_alone() -> None:
    kept = Notes()
    entries = [Renewed(e) for e in make_entries(date(2023, 1, 1), date(2026, 11, 22), 10)]
    _, before = index(entries, kept)
    entries[1200].former.append(entries[1200].entry)
    entries[1200].entry = replace(entries[1200].entry, title="换了标题")
    _, after = index(entries, kept)
    [name] = {name.rpartition("/")[2] for name in after.keys() - before.keys()}
    assert name.startswith("r1.")


def test_an_edit_of_which_the_former_entry_is_not_at_hand_is_packed_from_nothing() -> None:
    kept = Notes()
    entries = make_entries(date(2026, 9, 1), date(2026, 11, 22), 10)
    index(entries, kept)
    entries[3] = replace(entries[3], terms=pack_terms({5: 1}))
    assert index(entries, kept) == index(entries, Notes())


def test_articles_in_another_order_are_another_segment() -> None:
    one, other = make_entry("a"), make_entry("b")
    assert pack_segment([one, other], Notes()).name != pack_segment([other, one], Notes()).name
