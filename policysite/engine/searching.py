"""The job of the search index: from entries made with the pieces, and segments packed before.

An edit reads the entries of the articles that changed, as they were indexed and as they are, and
packs the shards of the terms that differ; of all others a card is kept.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from policysite.engine.jobs import Output
from policysite.engine.memory import Memory
from policysite.engine.store import SEAL, Store, unseal
from policysite.engine.trace import Log
from policysite.pages.selection import searched
from policysite.pages.site import Site
from policysite.search.entries import Entry
from policysite.search.index import plan_index

_CARDS = "cards"


class Card(NamedTuple):
    """What is kept of an entry; `seal` tells which one it was made of, `day` is an ordinal."""

    seal: bytes
    url: str
    day: int
    postings: int


@dataclass(slots=True)
class Kept:
    """An entry in the store, as `policysite.search.entries.Listed`."""

    store: Store
    source: str
    digest: bytes
    url: str
    day: date
    postings: int

    def read(self) -> Entry:
        """Return the entry."""
        return _read(self.store, self.source)

    def before(self, digest: bytes) -> Entry | None:
        """Return the entry of this digest that the last index was made of, if it is at hand."""
        if digest == self.digest:
            return self.read()
        found = self.store.rows("SELECT value FROM indexed WHERE source = ?", self.source)
        if not found or found[0][0][:SEAL] != digest:
            return None
        entry: Entry = unseal(found[0][0])
        return entry


class IndexJob:
    """Makes the index of search; only what changed of its segments is packed again."""

    def __init__(self, store: Store, memory: Memory, log: Log) -> None:
        self.store, self.memory, self.log = store, memory, log

    def __call__(self, site: Site) -> Iterator[Output]:
        """Yield the files of the index."""
        # All entries, without a look at the articles themselves: see `policysite.engine.facts`.
        self.log.note("texts", "*")
        self.log.note("all", "articles")
        cards = self._cards()
        ordered = []
        for article in searched(site.articles):
            seal, url, day, postings = cards[article.source]
            kept = Kept(self.store, article.source, seal, url, date.fromordinal(day), postings)
            ordered.append(kept)
        for file in plan_index(site, self.memory, ordered):
            yield Output(*file)

    def _cards(self) -> dict[str, tuple[bytes, str, int, int]]:
        """Return the cards of all entries, of which those are made that are not kept."""
        value = self.memory.find(_CARDS)
        # Columns: ten thousand cards take ten times as long to read.
        columns = pickle.loads(value) if value else ((),) * 5  # noqa: S301 -- our own
        kept = dict(zip(columns[0], zip(*columns[1:], strict=True), strict=True))
        seals = self.store.rows("SELECT source, seal FROM entry INDEXED BY seal_of")
        cards = {}
        for source, seal in seals:
            card = kept.get(source)
            cards[source] = card if card and card[0] == seal else self._make_card(source, seal)
        if cards != kept:
            rows = (list(cards), *zip(*cards.values(), strict=True))
            self.memory.put(_CARDS, pickle.dumps(rows))
        return cards

    def _make_card(self, source: str, seal: bytes) -> Card:
        entry = _read(self.store, source)
        return Card(seal, entry.url, entry.day.toordinal(), entry.postings)


def _read(store: Store, source: str) -> Entry:
    entry: Entry = unseal(store.value("SELECT value FROM entry WHERE source = ?", source))
    return entry
