"""The index of related articles: for each document its neighbours, brought up to date by edits.

Kept in columns, a document a position: ten thousand are read from the store in the time of a few.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from policysite.relate.related import Document, Entry, entry_of
from policysite.relate.scores import Scorer
from policysite.relate.vectors import Integers, Rows, TermStatistics, holders, integers

_NOBODY, _GONE = -1, -2


class RelatedIndex(NamedTuple):
    """All documents, ascending by id, with their weights and neighbours.

    `near` has the positions of each document's neighbours, the best first, -1 where there are no
    more; `scores` their scores. Shape of both: (documents, size).
    """

    size: int
    entries: tuple[Entry, ...]
    rows: Rows
    near: NDArray[np.int32]
    scores: NDArray[np.int32]

    @property
    def lists(self) -> dict[str, tuple[str, ...]]:
        """The ids related to each document, the best first."""
        return self.lists_of(range(len(self.entries)))

    def lists_of(self, positions: Collection[int]) -> dict[str, tuple[str, ...]]:
        """Return the ids related to the documents at some positions."""
        ids = [entry.id for entry in self.entries]
        chosen = self.near[integers(positions)].tolist()
        return {
            ids[position]: tuple([ids[other] for other in near if other != _NOBODY])
            for position, near in zip(positions, chosen, strict=True)
        }

    def floors(self) -> Integers:
        """Return the score that another document needs to enter each list."""
        if not self.size:
            return np.ones(len(self.entries), np.int64)
        return np.where(self.near[:, -1] < 0, 1, self.scores[:, -1]).astype(np.int64)

    def showing(self, positions: AbstractSet[int]) -> Integers:
        """Return the positions of documents whose lists show any of these."""
        return np.flatnonzero(np.isin(self.near, integers(positions)).any(1))

    def find(self, positions: Iterable[int]) -> Self:
        """Return the index with the neighbours of these documents found anew."""
        wanted = sorted(positions)
        near, scores = self.near.copy(), self.scores.copy()
        for position, best in zip(wanted, self.scorer().nearest(wanted, self.size), strict=True):
            near[position], scores[position] = _NOBODY, 0
            for place, (other, score) in enumerate(best):
                near[position, place], scores[position, place] = other, score
        return self._replace(near=near, scores=scores)

    def scorer(self) -> Scorer:
        """Return what tells the scores between documents."""
        columns = [entry.column for entry in self.entries]
        return Scorer(self.rows, columns, [entry.family for entry in self.entries])

    def moved(self, entries: tuple[Entry, ...], origins: Integers) -> Self:
        """Return the index with other documents: `origins` is where each was, -1 where nowhere.

        Neighbours that are gone leave -2.
        """
        places = _places(origins, len(self.entries))
        return self._replace(
            entries=entries,
            rows=Rows(*(_at(part, origins, 0) for part in self.rows)),
            near=places[_at(self.near, origins, _NOBODY)],
            scores=_at(self.scores, origins, 0),
        )


def _places(origins: Integers, count: int) -> NDArray[np.int32]:
    """Return where each of `count` documents is now; nobody, the last one, stays nobody."""
    places = np.full(count + 1, _GONE, np.int32)
    places[_NOBODY] = _NOBODY
    places[origins[origins >= 0]] = np.flatnonzero(origins >= 0)
    return places


def _at(part: NDArray[Any], origins: Integers, empty: int) -> NDArray[Any]:
    """Return the rows at some positions, one of nothing but `empty` for -1."""
    last = np.full_like(part, empty, shape=(1, part.shape[1]))
    return np.concatenate((part, last))[origins]


def find_related(documents: Iterable[Document], count: int) -> dict[str, tuple[str, ...]]:
    """Find for each document at most `count` related ones, the best first."""
    return build_index(map(entry_of, documents), count).lists


def build_index(entries: Iterable[Entry], count: int) -> RelatedIndex:
    """Find the neighbours of all documents from nothing."""
    by_id = {entry.id: entry for entry in entries}
    ordered = tuple(by_id[id_] for id_ in sorted(by_id))
    statistics = TermStatistics.of([entry.vector for entry in ordered])
    rows = Rows.empty(len(ordered))
    for position, entry in enumerate(ordered):
        rows.put(position, *statistics.weigh(entry.vector))
    nobody = np.full((len(ordered), count), _NOBODY, np.int32)
    index = RelatedIndex(count, ordered, rows, nobody, np.zeros_like(nobody))
    return index.find(range(len(ordered)))


def update_index(
    index: RelatedIndex, changed: Iterable[Entry], removed: AbstractSet[str] = frozenset()
) -> tuple[RelatedIndex, dict[str, tuple[str, ...]]]:
    """Put in, replace and take out some documents.

    Return the index that `build_index` would make of the outcome, and those lists that are new or
    differ from before.
    """
    before = {entry.id: entry for entry in index.entries}
    put = {entry.id: entry for entry in changed if entry.id not in removed}
    touched = {id_ for id_, entry in put.items() if before.get(id_) != entry}
    touched |= before.keys() & removed
    if not touched:
        return index, {}
    merged = {id_: entry for id_, entry in (before | put).items() if id_ not in removed}
    entries = tuple(merged[id_] for id_ in sorted(merged))
    places = {id_: position for position, id_ in enumerate(before)}
    origins = integers(places.get(entry.id, _NOBODY) for entry in entries)
    old = index.moved(entries, origins)
    if len(entries).bit_length() == len(index.entries).bit_length():
        later = _updated(index, old, origins, touched)
    else:
        # The number of documents has passed a power of two, and every weight depends on that.
        later = build_index(entries, index.size)
    differs = (old.near != later.near).any(1) | (origins < 0)
    return later, later.lists_of(np.flatnonzero(differs).tolist())


def _updated(
    index: RelatedIndex, later: RelatedIndex, origins: Integers, touched: AbstractSet[str]
) -> RelatedIndex:
    """Return `later`, which is `index` with the documents moved, with all that differs anew."""
    reweighed = _reweigh(index, later, touched)
    # Lists that show what weighs differently or is gone, that of it, and those it comes into.
    stale = {position for position, entry in enumerate(index.entries) if entry.id in touched}
    stale.update(origins[sorted(reweighed)].tolist())
    showing = _places(origins, len(index.entries))[index.showing(stale - {_NOBODY})]
    reached = later.scorer().reached(sorted(reweighed), later.floors())
    return later.find(reweighed | reached | set(showing[showing >= 0].tolist()))


def _reweigh(index: RelatedIndex, later: RelatedIndex, touched: AbstractSet[str]) -> set[int]:
    """Weigh the touched documents and others that weigh differently now; return where they are."""
    old = [entry.vector for entry in index.entries if entry.id in touched]
    new = [entry.vector for entry in later.entries if entry.id in touched]
    before = TermStatistics.of([entry.vector for entry in index.entries])
    statistics = before.changed(old, new)
    moved = before.moved(statistics, old + new)
    own = {position for position, entry in enumerate(later.entries) if entry.id in touched}
    also = holders([entry.vector for entry in later.entries], moved)
    differing = {
        position
        for position in own.union(also)
        if later.rows.put(position, *statistics.weigh(later.entries[position].vector))
    }
    return own | differing
