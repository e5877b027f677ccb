"""Related articles brought up to date: only lists that an edit can have changed are found anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from policysite.engine.store import Damaged, Store
from policysite.pages.article import Article
from policysite.pages.near import SPARE
from policysite.pool import WORTH_IT, apart
from policysite.relate.related import Entry

# What reckons with vectors is loaded where there is something to reckon: it needs numpy.


class Relating:
    """The lists of articles of like content, from the store as far as it goes."""

    def __init__(self, store: Store, vectors: Mapping[str, bytes | None]) -> None:
        """Take the words of each article, as `vector_of` has them, by its path in content/."""
        self.store = store
        self.vectors = vectors
        self.found: Mapping[str, bytes] = {}

    def relate(
        self, listed: Sequence[Article], families: Mapping[str, str], count: int
    ) -> Mapping[str, Sequence[str]]:
        """Return for each article at most `count` others, and some to spare."""
        if not count:
            return {}
        entries = []
        for article in sorted(listed, key=lambda a: a.slug):
            assert article.column, "an article has its column from its folder"
            vector = self.vectors[article.source_path]
            assert vector is not None, "an article in lists has its words"
            family = families.get(article.slug, "")
            entries.append(Entry(article.slug, article.column.path, family, vector))
        if len(entries) < WORTH_IT:
            return self._find(entries, count + SPARE)

        def find() -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, bytes]]:
            return self._find(entries, count + SPARE), self.found

        # What is reckoned with takes twice the memory of what is found.
        lists, self.found = apart(find)
        return lists

    def _find(self, entries: Sequence[Entry], count: int) -> Mapping[str, tuple[str, ...]]:
        from policysite.engine.kept_index import find_index, sealed_parts
        from policysite.relate.related_index import build_index, update_index

        before = find_index(self.store)
        if before is None or before.size != count:
            index = build_index(entries, count)
            self.found = sealed_parts(index, None)
            return index.lists
        gone = {entry.id for entry in before.entries} - {entry.id for entry in entries}
        index, _ = update_index(before, entries, gone)
        if index is not before:
            self.found = sealed_parts(index, before)
        return index.lists

    def revise(self, words: Mapping[str, bytes], count: int) -> Mapping[str, Sequence[str]]:
        """Return the lists that other words of some articles, by slug, make other than before.

        Raises:
            Damaged: what the last build found is not there.

        """
        from policysite.engine.kept_index import find_index, sealed_parts
        from policysite.relate.related_index import update_index

        before = find_index(self.store)
        if before is None or before.size != count + SPARE:
            raise Damaged
        held = (entry for entry in before.entries if entry.id in words)
        changed = [entry._replace(vector=words[entry.id]) for entry in held]
        index, lists = update_index(before, changed)
        self.found = sealed_parts(index, before)
        return lists

    def save(self) -> None:
        """Keep what was found."""
        for name, part in self.found.items():
            self.store.put_sealed(name, part)
