"""The index of related articles in the store: in parts, of which an edit writes few anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from policysite.engine.store import Damaged, Store, seal
from policysite.relate.related import Entry
from policysite.relate.related_index import RelatedIndex
from policysite.relate.vectors import Rows

_INDEX = "related index"
_TOGETHER = 256
"""Documents whose words are kept together: at 10,000 one of 40 parts holds an edited article."""


def sealed_parts(index: RelatedIndex, before: RelatedIndex | None) -> Mapping[str, bytes]:
    """Return by their names those parts of an index, sealed, that `before` has not got."""
    return {f"{_INDEX}{name}": seal(part) for name, part in _parts(index, before)}


def _parts(index: RelatedIndex, before: RelatedIndex | None) -> Iterator[tuple[str, object]]:
    yield "", (index.size, len(index.entries), index.near, index.scores)
    for start in range(0, len(index.entries), _TOGETHER):
        some = slice(start, start + _TOGETHER)
        entries = index.entries[some]
        if before is None or entries != before.entries[some]:
            # In columns and without names, as very many are read in a moment.
            yield f" entries {start}", tuple(zip(*entries, strict=True))
        rows = index.rows.some(some)
        if before is None or not rows.equal(before.rows.some(some)):
            yield f" rows {start}", tuple(rows)


def find_index(store: Store) -> RelatedIndex | None:
    """Return the index of the last build, if there is one.

    Raises:
        Damaged: it is not whole.

    """
    if not (head := store.meta(_INDEX)):
        return None
    size, total, near, scores = head
    starts = range(0, total, _TOGETHER)
    columns = [_part(store, f" entries {start}") for start in starts]
    rows = [Rows(*_part(store, f" rows {start}")) for start in starts]
    entries = tuple(chain.from_iterable(map(Entry, *some) for some in columns))
    return RelatedIndex(size, entries, Rows.joined(rows), near, scores)


def _part(store: Store, name: str) -> Any:
    if not (part := store.meta(f"{_INDEX}{name}")):
        raise Damaged(store.path)
    return part
