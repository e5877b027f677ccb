"""Related articles brought up to date: only lists that an edit can have changed are found anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from policysite.build.fingerprint import digest
from policysite.build.store import Damaged, Store, seal
from policysite.pages.article import Article
from policysite.pages.near import SPARE
from policysite.pool import WORTH_IT, apart

if TYPE_CHECKING:
    from policysite.relate.related import Entry, RelatedIndex

Row = tuple[str, str, str, bytes]
"""Slug, path of the column, family and words of an article."""


class Relating:
    """The lists of articles of like content, from the store as far as it goes."""

    def __init__(self, store: Store, vectors: Mapping[str, bytes | None]) -> None:
        """Take the words of each article, as `TermVector` keeps them, by its path in content/."""
        self.store = store
        self.vectors = vectors
        self.found: list[tuple[str, bytes]] = []

    def relate(
        self, listed: Sequence[Article], families: Mapping[str, str], count: int
    ) -> Mapping[str, Sequence[str]]:
        """Return for each article at most `count` others, and some to spare."""
        if not count:
            return {}
        rows = []
        for article in sorted(listed, key=lambda a: a.slug):
            assert article.column, "an article has its column from its folder"
            vector = self.vectors[article.source_path]
            assert vector, "an article in lists has its words"
            family = families.get(article.slug, "")
            rows.append((article.slug, article.column.path, family, vector))
        key = _key(count, rows)
        kept = self.store.meta("related")
        if kept and kept[0] == key:
            return dict(kept[1])
        if len(rows) < WORTH_IT:
            return self._find(key, rows, count + SPARE)

        def find() -> tuple[Mapping[str, tuple[str, ...]], list[tuple[str, bytes]]]:
            return self._find(key, rows, count + SPARE), self.found

        # What is reckoned with takes twice the memory of what is found.
        lists, self.found = apart(find)
        return lists

    def _find(self, key: bytes, rows: Sequence[Row], count: int) -> Mapping[str, tuple[str, ...]]:
        from policysite.relate.related import build_index, update_index

        before = self.store.meta("related index")
        if before and before[0] == count:
            index = _unpacked(before)
            old = {row[0]: row for row in before[1]}
            changed = [_entry(row) for row in rows if old.pop(row[0], None) != row]
            index, _ = update_index(index, changed, old.keys() - {row[0] for row in rows})
        else:
            index = build_index([_entry(row) for row in rows], count)
        self._hold(key, index, rows)
        return index.lists

    def revise(self, words: Mapping[str, bytes], count: int) -> Mapping[str, Sequence[str]]:
        """Return the lists that other words of some articles, by slug, make other than before.

        Raises:
            Damaged: what the last build found is not there.

        """
        from policysite.relate.related import update_index

        before = self.store.meta("related index")
        if not before or before[0] != count + SPARE:
            raise Damaged
        rows = [(*row[:3], words.get(row[0], row[3])) for row in before[1]]
        changed = [_entry(row) for row in rows if row[0] in words]
        index, lists = update_index(_unpacked(before), changed)
        self._hold(_key(count, rows), index, rows)
        return lists

    def _hold(self, key: bytes, index: RelatedIndex, rows: Sequence[Row]) -> None:
        self.found = [
            ("related", seal((key, index.lists))),
            ("related index", seal(_packed(index, rows))),
        ]

    def save(self) -> None:
        """Keep what was found."""
        for name, value in self.found:
            self.store.put_sealed(name, value)


def _key(count: int, rows: Sequence[Row]) -> bytes:
    parts = (part if isinstance(part, bytes) else part.encode() for row in rows for part in row)
    return digest(str(count).encode(), *parts)


def _entry(row: Row) -> Entry:
    from policysite.relate.related import Entry
    from policysite.relate.vectors import TermVector

    slug, path, family, vector = row
    return Entry(slug, tuple(path.split("/")), family, TermVector.from_bytes(vector))


def _packed(index: RelatedIndex, rows: Sequence[Row]) -> tuple[object, ...]:
    from policysite.relate.vectors import pack_rows

    near = [[tuple(n) for n in index.neighbours[row[0]]] for row in rows]
    return (index.count, rows, pack_rows([index.rows[row[0]] for row in rows]), near)


def _unpacked(kept: tuple[Any, ...]) -> RelatedIndex:
    from policysite.relate.related import Neighbour, RelatedIndex
    from policysite.relate.vectors import TermStatistics, unpack_rows

    count, rows, packed, near = kept
    slugs = [row[0] for row in rows]
    entries = {row[0]: _entry(row) for row in rows}
    return RelatedIndex(
        count,
        entries,
        TermStatistics.of([entry.vector for entry in entries.values()]),
        dict(zip(slugs, unpack_rows(*packed), strict=True)),
        {s: tuple(Neighbour(*n) for n in each) for s, each in zip(slugs, near, strict=True)},
    )
