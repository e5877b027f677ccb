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

from policysite.build.jobs import Output
from policysite.build.memory import Memory
from policysite.build.store import SEAL, Store, unseal
from policysite.build.trace import Log
from policysite.pages.selection import searched
from policysite.pages.site import Site
from policysite.search.entries import Entry
from policysite.search.index import plan_index

_CARDS = "cards"


class Card(NamedTuple):
    """What is kept of an entry; `seal` tells which one it was made of."""

    seal: bytes
    url: str
    day: date
    postings: int


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry in the store, as `policysite.search.entries.Listed`."""

    store: Store
    source: str
    card: Card

    @property
    def url(self) -> str:
        """Return the address."""
        return self.card.url

    @property
    def day(self) -> date:
        """Return the day of publication."""
        return self.card.day

    @property
    def digest(self) -> bytes:
        """Return what tells the entry from any other."""
        return self.card.seal

    @property
    def postings(self) -> int:
        """Return how many terms it has."""
        return self.card.postings

    def read(self) -> Entry:
        """Return the entry."""
        return _read(self.store, self.source)

    def before(self, digest: bytes) -> Entry | None:
        """Return the entry of this digest that the last index was made of, if it is at hand."""
        if digest == self.card.seal:
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
        # All entries, without a look at the articles themselves: see `policysite.build.facts`.
        self.log.note("texts", "*")
        self.log.note("all", "articles")
        cards = self._cards()
        ordered = [
            Kept(self.store, article.source, cards[article.source])
            for article in searched(site.articles)
        ]
        for file in plan_index(site, self.memory, ordered):
            yield Output(*file)

    def _cards(self) -> dict[str, Card]:
        """Return the cards of all entries, of which those are made that are not kept."""
        value = self.memory.find(_CARDS)
        kept: dict[str, Card] = pickle.loads(value) if value else {}  # noqa: S301 -- our own
        seals = self.store.rows(f"SELECT source, substr(value, 1, {SEAL}) FROM entry")  # noqa: S608
        cards = {}
        for source, seal in seals:
            card = kept.get(source)
            cards[source] = card if card and card.seal == seal else self._make_card(source, seal)
        if cards != kept:
            self.memory.put(_CARDS, pickle.dumps(cards))
        return cards

    def _make_card(self, source: str, seal: bytes) -> Card:
        entry = _read(self.store, source)
        return Card(seal, entry.url, entry.day, entry.postings)


def _read(store: Store, source: str) -> Entry:
    [(value,)] = store.rows("SELECT value FROM entry WHERE source = ?", source)
    entry: Entry = unseal(value)
    return entry
