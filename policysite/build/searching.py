"""The job of the search index: from entries made with the pieces, and segments packed before."""

from __future__ import annotations

from collections.abc import Iterator

from policysite.build.jobs import Output, ready
from policysite.build.memory import Memory
from policysite.build.store import Store, unseal
from policysite.build.trace import Log
from policysite.pages.site import Site
from policysite.search.entries import Entry
from policysite.search.index import plan_index


class IndexJob:
    """Makes the index of search; only its segments that changed are packed again."""

    def __init__(self, store: Store, memory: Memory, log: Log) -> None:
        self.store, self.memory, self.log = store, memory, log

    def __call__(self, site: Site) -> Iterator[Output]:
        """Yield the files of the index."""
        # The texts of all articles, as one fact: see `policysite.build.facts`.
        self.log.note("texts", "*")
        rows = self.store.rows("SELECT source, value FROM entry")
        entries: dict[str, Entry] = {source: unseal(value) for source, value in rows}
        ordered = [entries[article.source_path] for article in site.articles]
        for name, data in plan_index(site, self.memory, ordered):
            yield ready(name, data)
