"""The job of the search index: from entries made with the pieces, and segments packed before.

An edit reads the entries of the articles that changed and of the segment that they are in; of all
others a card is kept.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from policysite.build.fingerprint import digest
from policysite.build.jobs import Output, ready
from policysite.build.memory import Memory
from policysite.build.store import Store, unseal, unseal_bytes
from policysite.build.trace import Log
from policysite.pages.site import Site
from policysite.search.entries import Entry
from policysite.search.index import MANIFEST, plan_index

_CARDS = "cards "
"""Begins the name of what is kept of all cards; the rest is a digest of the entries' seals."""


class Card(NamedTuple):
    """What is kept of an entry; `seal` tells which one it was made of."""

    seal: bytes
    url: str
    day: date
    digest: bytes
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
        """Return the entry's own digest."""
        return self.card.digest

    @property
    def postings(self) -> int:
        """Return how many terms it has."""
        return self.card.postings

    def read(self) -> Entry:
        """Return the entry."""
        return _read(self.store, self.source)


class IndexJob:
    """Makes the index of search; only its segments that changed are packed again."""

    def __init__(self, store: Store, memory: Memory, log: Log) -> None:
        self.store, self.memory, self.log = store, memory, log

    def __call__(self, site: Site) -> Iterator[Output]:
        """Yield the files of the index."""
        # The texts of all articles, as one fact: see `policysite.build.facts`.
        self.log.note("texts", "*")
        cards = self._cards()
        ordered = [
            Kept(self.store, article.source_path, cards[article.source_path])
            for article in site.articles
        ]
        for name, data in plan_index(site, self.memory, ordered):
            if name == MANIFEST:
                yield ready(name, data)
            else:
                # The folder's name tells the content of its files.
                yield Output(name, digest(name.encode()), lambda data=data: data)  # type: ignore[misc]

    def _cards(self) -> dict[str, Card]:
        """Return the cards of all entries, of which those are made that are not kept."""
        seals = dict(self.store.rows("SELECT source, substr(value, 1, 8) FROM entry"))
        name = _CARDS + digest(repr(sorted(seals.items())).encode()).hex()
        cards: dict[str, Card] = pickle.loads(  # noqa: S301 -- our own, see `unseal_bytes`
            self.memory(name, lambda: pickle.dumps(self._make_cards(seals)))
        )
        return cards

    def _make_cards(self, seals: dict[str, bytes]) -> dict[str, Card]:
        rows = self.store.rows("SELECT value FROM memo WHERE name GLOB ?", f"{_CARDS}*")
        kept: dict[str, Card] = {}
        for (value,) in rows:
            kept |= pickle.loads(unseal_bytes(value))  # noqa: S301 -- as above
        cards = {}
        for source, seal in seals.items():
            card = kept.get(source)
            cards[source] = card if card and card.seal == seal else self._make_card(source, seal)
        return cards

    def _make_card(self, source: str, seal: bytes) -> Card:
        entry = _read(self.store, source)
        return Card(seal, entry.url, entry.day, entry.digest, entry.postings)


def _read(store: Store, source: str) -> Entry:
    [(value,)] = store.rows("SELECT value FROM entry WHERE source = ?", source)
    entry: Entry = unseal(value)
    return entry
