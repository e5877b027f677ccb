"""Related articles brought up to date: only lists that an edit can have changed are found anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from policysite.build.fingerprint import digest
from policysite.build.store import Store
from policysite.pages.article import Article
from policysite.pages.site import SPARE


class Relating:
    """The lists of articles of like content, from the store as far as it goes."""

    def __init__(self, store: Store, vectors: Mapping[str, bytes | None]) -> None:
        """Take the words of each article, as `TermVector` keeps them, by its path in content/."""
        self.store = store
        self.vectors = vectors
        self.state: tuple[bytes, Any] | None = None

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
            family = families.get(article.slug, "")
            rows.append((article.slug, article.column.path, family, vector))
        key = digest(str(count).encode(), repr(rows).encode())
        kept = self.store.meta("related")
        if kept and kept[0] == key:
            return dict(kept[1])
        lists = _find(rows, count + SPARE)
        self.state = (key, lists)
        return lists

    def save(self) -> None:
        """Keep what was found."""
        if self.state:
            self.store.put_meta("related", self.state)


def _find(rows: Sequence[tuple[str, str, str, bytes | None]], count: int) -> dict[str, Any]:
    from policysite.relate.related import Entry, build_index
    from policysite.relate.vectors import TermVector

    entries = [
        Entry(slug, tuple(path.split("/")), family, TermVector.from_bytes(vector or b"\x01"))
        for slug, path, family, vector in rows
    ]
    return build_index(entries, count).lists
