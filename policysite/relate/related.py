"""Related articles: for each document the others that speak of the same things.

Pure functions of the content of all documents.  A full build and any sequence of updates give
equal lists, because every step is exact (see vectors) and equal scores are ordered by id.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from policysite.relate import words

# The functions that need numpy or the segmenter import them: a build in which no article changed
# must not wait for them.
if TYPE_CHECKING:
    from policysite.relate.vectors import Row, TermStatistics, TermVector

# What a document is about is said at its beginning; appendices only blur it (measured: 0005), and
# the cost of a long one stays bounded.
_READ_CHARACTERS = 4000


@dataclass(frozen=True, slots=True)
class Document:
    """What is to be known of an article to find the related ones.

    `column`: slugs from the top section down.  `text`: plain text of the body.  `issuer`: 发文机关,
    several joined by 、.  `family`: shared by the versions of one document, '' if it has only one.
    """

    id: str
    title: str
    keywords: tuple[str, ...]
    column: tuple[str, ...]
    text: str
    issuer: str = ""
    family: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document as the index keeps it, its words reduced to a term vector."""

    id: str
    column: tuple[str, ...]
    family: str
    vector: TermVector


class Neighbour(NamedTuple):
    """A related document and its score."""

    id: str
    score: int


@dataclass(frozen=True, slots=True, eq=False)
class RelatedIndex:
    """All documents with their weights and neighbours; every mapping ascends by id."""

    count: int
    entries: Mapping[str, Entry]
    statistics: TermStatistics
    rows: Mapping[str, Row]
    neighbours: Mapping[str, tuple[Neighbour, ...]]

    @property
    def lists(self) -> dict[str, tuple[str, ...]]:
        """The ids related to each document, the best first."""
        return {id_: self.list_of(id_) for id_ in self.neighbours}

    def list_of(self, id_: str) -> tuple[str, ...]:
        """Return the ids related to one document, the best first."""
        return tuple([neighbour.id for neighbour in self.neighbours[id_]])

    def floor(self, id_: str) -> int:
        """Return the score that a document needs to enter this list."""
        neighbours = self.neighbours.get(id_, ())
        return neighbours[-1].score if 0 < len(neighbours) == self.count else 1


def find_related(documents: Sequence[Document], count: int) -> dict[str, tuple[str, ...]]:
    """Find for each document at most `count` related ones, the best first."""
    return build_index([entry_of(document) for document in documents], count).lists


def words_of(document: Document) -> tuple[str, ...]:
    """Return all of a document that its vector depends on."""
    text = document.text[:_READ_CHARACTERS]
    return (document.title, text, document.issuer, *document.keywords)


def vector_of(document: Document) -> TermVector:
    """Reduce a document to its terms."""
    from policysite.relate.vectors import term_vector

    heading = "\n".join((document.title, *document.keywords))
    body = document.text[:_READ_CHARACTERS]
    # An office names itself in all its documents, whatever they are about.
    for issuer in filter(None, re.split(r"[、，,\s]+", document.issuer)):
        heading, body = heading.replace(issuer, "\n"), body.replace(issuer, "\n")
    return term_vector(words.count_words(heading), words.count_words(body))


def entry_of(document: Document) -> Entry:
    """Make the entry of a document."""
    return Entry(document.id, document.column, document.family, vector_of(document))


def build_index(entries: Iterable[Entry], count: int) -> RelatedIndex:
    """Find the neighbours of all documents from nothing."""
    from policysite.relate.vectors import TermStatistics

    ordered = _ascending({entry.id: entry for entry in entries})
    statistics = TermStatistics.of([entry.vector for entry in ordered.values()])
    rows = {id_: statistics.weigh(entry.vector) for id_, entry in ordered.items()}
    neighbours = _Search(ordered, rows).neighbours(ordered, count)
    return RelatedIndex(count, ordered, statistics, rows, neighbours)


def update_index(
    index: RelatedIndex, changed: Iterable[Entry], removed: AbstractSet[str] = frozenset()
) -> tuple[RelatedIndex, dict[str, tuple[str, ...]]]:
    """Put in, replace and take out some documents.

    Return the index that `build_index` would make of the outcome, and those lists that are new or
    differ from before.
    """
    put = {entry.id: entry for entry in changed}
    touched = {id_ for id_, entry in put.items() if index.entries.get(id_) != entry}
    touched |= index.entries.keys() & removed
    if not touched:
        return index, {}
    merged = {**index.entries, **put}
    entries = _ascending({id_: entry for id_, entry in merged.items() if id_ not in removed})
    if len(entries).bit_length() == len(index.entries).bit_length():
        later = _updated(index, entries, touched)
    else:
        # The number of documents has passed a power of two, and every weight depends on that.
        later = build_index(entries.values(), index.count)
    return later, _differing(index, later)


def _differing(before: RelatedIndex, after: RelatedIndex) -> dict[str, tuple[str, ...]]:
    replaced = [
        id_ for id_, list_ in after.neighbours.items() if list_ is not before.neighbours.get(id_)
    ]
    return {
        id_: after.list_of(id_)
        for id_ in replaced
        if id_ not in before.neighbours or after.list_of(id_) != before.list_of(id_)
    }


def _ascending(entries: Mapping[str, Entry]) -> dict[str, Entry]:
    return {id_: entries[id_] for id_ in sorted(entries)}


def _updated(
    index: RelatedIndex, entries: Mapping[str, Entry], touched: AbstractSet[str]
) -> RelatedIndex:
    statistics, reweighed = _reweighed(index, entries, touched)
    rows = {id_: reweighed.get(id_) or index.rows[id_] for id_ in entries}
    search = _Search(entries, rows)
    stale = reweighed.keys() | touched
    wanted = reweighed.keys() | _showing(index, stale) | search.reached(reweighed, index)
    found = search.neighbours(entries.keys() & wanted, index.count)
    neighbours = {id_: found[id_] if id_ in found else index.neighbours[id_] for id_ in entries}
    return RelatedIndex(index.count, entries, statistics, rows, neighbours)


def _reweighed(
    index: RelatedIndex, entries: Mapping[str, Entry], touched: AbstractSet[str]
) -> tuple[TermStatistics, dict[str, Row]]:
    """Return the new statistics and the rows of the touched documents and others that differ."""
    from policysite.relate.vectors import holders

    old = [index.entries[id_].vector for id_ in touched if id_ in index.entries]
    new = [entries[id_].vector for id_ in touched if id_ in entries]
    statistics = index.statistics.changed(old, new)
    moved = index.statistics.moved(statistics, old + new)
    ids = tuple(entries)
    rows = {id_: statistics.weigh(entries[id_].vector) for id_ in ids if id_ in touched}
    for position in holders([entry.vector for entry in entries.values()], moved):
        id_ = ids[position]
        row = statistics.weigh(entries[id_].vector)
        if id_ not in touched and not row.equals(index.rows[id_]):
            rows[id_] = row
    return statistics, rows


def _showing(index: RelatedIndex, ids: AbstractSet[str]) -> set[str]:
    """Return the documents whose lists show any of these."""
    return {
        id_
        for id_, neighbours in index.neighbours.items()
        if any(neighbour.id in ids for neighbour in neighbours)
    }


class _Search:
    """A Scorer that speaks of ids instead of positions."""

    def __init__(self, entries: Mapping[str, Entry], rows: Mapping[str, Row]) -> None:
        from policysite.relate.vectors import Scorer

        self._ids = tuple(entries)
        self._positions = {id_: position for position, id_ in enumerate(self._ids)}
        self._scorer = Scorer(
            [rows[id_] for id_ in self._ids],
            [entry.column for entry in entries.values()],
            [entry.family for entry in entries.values()],
        )

    def neighbours(self, ids: Iterable[str], count: int) -> dict[str, tuple[Neighbour, ...]]:
        """Find the best neighbours of these documents."""
        wanted = list(ids)
        best = self._scorer.nearest([self._positions[id_] for id_ in wanted], count)
        return {
            id_: tuple([Neighbour(self._ids[position], score) for position, score in pairs])
            for id_, pairs in zip(wanted, best, strict=True)
        }

    def reached(self, ids: Iterable[str], index: RelatedIndex) -> set[str]:
        """Return the documents into whose lists of that index any of these may have come."""
        floors = [index.floor(id_) for id_ in self._ids]
        positions = [self._positions[id_] for id_ in ids]
        return {self._ids[position] for position in self._scorer.reached(positions, floors)}
