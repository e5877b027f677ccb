"""Entries for tests, each stating only what it is about."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from hypothesis import strategies as st

from policysite.search.entries import Entry
from policysite.search.kept import Notes
from policysite.search.packing import pack_segment
from policysite.search.terms import SIDES, document_terms

PLAIN = Entry(
    url="/2026/summer-heat.html",
    title="关于做好送清凉工作的通知",
    day=date(2026, 3, 15),
    column="notices",
    issuers=(),
    kind="",
    number=None,
    is_document=False,
    terms=document_terms("关于做好送清凉工作的通知", "各级工会要把防暑用品送到一线。"),
)
Document = dict[int, int]
"""The terms of a document, each with its kind."""
KINDS = st.integers(0, 8) | st.integers(0, 15).map(lambda sides: sides << SIDES)
DOCUMENT: st.SearchStrategy[Document] = st.dictionaries(
    st.integers(0, 2**32 - 1) | st.integers(0, 40), KINDS, max_size=30
)
DOCUMENTS = st.lists(DOCUMENT, min_size=1, max_size=12)


def make_entry(slug: str = "summer-heat", **values: object) -> Entry:
    """Return an entry with some of its `values` changed."""
    entry = replace(PLAIN, **values)  # type: ignore[arg-type]
    return replace(entry, url=f"/{entry.day.year}/{slug}.html")


def make_entries(first: date, last: date, terms: int, every: int = 1) -> list[Entry]:
    """Return an entry of `terms` terms for each day, the newest first."""
    packed = np.arange(terms, dtype="<u4").tobytes() + bytes(terms)
    days = (last - first).days
    return [
        make_entry(f"a{place}", day=last - timedelta(place), terms=packed)
        for place in range(0, days + 1, every)
    ]


def pack_terms(document: Document) -> bytes:
    """Return the terms of a document as `document_terms` does."""
    terms = sorted(document)
    return np.array(terms, "<u4").tobytes() + bytes(document[term] for term in terms)


@dataclass(frozen=True)
class Packing:
    """The shards of some documents, and the rest of parted terms."""

    documents: int
    seed: bytes
    shards: tuple[bytes, ...]
    tails: tuple[tuple[int, bytes], ...]


def pack(documents: Sequence[Document]) -> Packing:
    """Pack documents, given by their terms alone."""
    kept = Notes()
    entries = [make_entry(f"a{n}", terms=pack_terms(own)) for n, own in enumerate(documents)]
    segment = pack_segment(entries, kept)
    shards: dict[int, bytes] = {}
    tails: dict[int, bytes] = {}
    for file in segment.files(kept):
        name = file.name.rpartition("/")[2].partition(".")[0]
        if name[0] == "t":
            tails[int(name[1:], 16)] = file.read()
        elif name[0] != "r" and name != "facets":
            shards[int(name, 16)] = file.read()
    return Packing(
        len(documents),
        segment.name.encode(),
        tuple(shards[number] for number in range(1 << segment.bits)),
        tuple(tails.items()),
    )
