"""Facts in the store: compared and written all at once, or looked up one by one."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from policysite.engine.facts import Facts
from policysite.engine.store import Store, seal, unseal

_AT_ONCE = 10_000
"""How many facts are packed together."""


class Shelf(Mapping[str, bytes]):
    """The digests of facts by name as the last build left them, but for those put in their place."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.put: dict[str, bytes] = {}
        self.contents: dict[str, object] = {}
        self.packed: list[bytes] = []

    def __getitem__(self, name: str) -> bytes:
        if name in self.put:
            return self.put[name]
        found = self._find("digest", name)
        if found is None:
            raise KeyError(name)
        return bytes(found)

    def __iter__(self) -> Iterator[str]:
        kept = self.store.rows("SELECT kind || ':' || name FROM fact")
        return iter({**dict.fromkeys(name for (name,) in kept), **self.put})

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _find(self, what: str, name: str) -> Any:
        kind, _, rest = name.partition(":")
        query = f"SELECT {what} FROM fact WHERE kind = ? AND name = ?"  # noqa: S608 -- a column
        found = self.store.rows(query, kind, rest)
        return found[0][0] if found else None

    def value(self, name: str) -> Any:
        """Return the value kept with a fact.

        Raises:
            KeyError: there is no such fact, or none with a value.

        """
        if name in self.contents:
            return self.contents[name]
        found = self._find("value", name)
        if found is None:
            raise KeyError(name)
        return unseal(found)

    def names(self, kind: str) -> list[str]:
        """Return the names of all facts of a kind."""
        query = "SELECT name FROM fact WHERE kind = ? AND value IS NOT NULL ORDER BY name"
        return [name for (name,) in self.store.rows(query, kind)]

    def exchange(self, name: str, digest: bytes, value: object = None) -> None:
        """Put another digest and value in the place of a fact's."""
        self.put[name] = digest
        if value is not None:
            self.contents[name] = value

    def pack(self) -> None:
        """Hold what was put in place as bytes until it is saved: there are ten facts of each article."""
        rows = self._rows()
        while some := list(islice(rows, _AT_ONCE)):
            self.packed.append(pickle.dumps(some, pickle.HIGHEST_PROTOCOL))
        self.put, self.contents = {}, {}

    def _rows(self) -> Iterator[tuple[str, bytes, object]]:
        """Yield what was put in place, each with its digest and its value."""
        for some in self.packed:
            yield from pickle.loads(some)  # noqa: S301 -- see `pack`
        yield from ((name, self.put[name], self.contents.get(name)) for name in sorted(self.put))

    def save(self, gone: Iterable[str] = ()) -> None:
        """Keep what was put in place, and drop what is `gone`; the caller holds the transaction."""
        rows = (
            (*name.split(":", 1), digest, None if value is None else seal(value))
            for name, digest, value in self._rows()
        )
        self.store.write("INSERT OR REPLACE INTO fact VALUES (?, ?, ?, ?)", rows)
        dropped = (tuple(name.split(":", 1)) for name in gone)
        self.store.write("DELETE FROM fact WHERE kind = ? AND name = ?", dropped)


def differing(store: Store, facts: Facts) -> tuple[Shelf, set[str]]:
    """Return a shelf with all that `facts` differ in put in place, and the names of what is gone."""
    kept = store.rows("SELECT kind || ':' || name, digest FROM fact")
    old = dict(kept)
    shelf = Shelf(store)
    if not old:
        shelf.put, shelf.contents = facts.digests, facts.values
    for name, found in facts.digests.items() if old else ():
        if old.pop(name, None) != found:
            shelf.exchange(name, found, facts.values.get(name))
    return shelf, set(old)
