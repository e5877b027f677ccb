"""Values that a job makes use of again in the next build, by name: kept for as long as needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from policysite.engine.store import Store, seal, seal_bytes, unseal, unseal_bytes


class Remembered(NamedTuple):
    """What one job asked for: the names of all, and the values of those that are new."""

    names: frozenset[str]
    made: dict[str, bytes]


class CutTexts(Mapping[str, tuple[str, ...]]):
    """The texts that were cut into words in earlier builds."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.is_new = not store.rows("SELECT 1 FROM cut LIMIT 1")

    def __getitem__(self, text: str) -> tuple[str, ...]:
        query = "SELECT words FROM cut WHERE text = ?"
        found = [] if self.is_new else self.store.rows(query, text)
        if not found:
            raise KeyError(text)
        words: tuple[str, ...] = unseal(found[0][0])
        return words

    def __iter__(self) -> Iterator[str]:
        return (text for (text,) in self.store.rows("SELECT text FROM cut"))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def add(self, new: Mapping[str, tuple[str, ...]]) -> None:
        """Keep more of them; the caller holds the transaction."""
        rows = ((text, seal(words)) for text, words in sorted(new.items()))
        self.store.write("INSERT OR REPLACE INTO cut VALUES (?, ?)", rows)


class Memory:
    """Remembers values from one build to the next; jobs may run in other processes."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.names: set[str] = set()
        self.made: dict[str, bytes] = {}

    def find(self, name: str) -> bytes | None:
        """Return the value of a name, if there is one."""
        self.names.add(name)
        if name in self.made:
            return self.made[name]
        found = self.store.rows("SELECT value FROM memo WHERE name = ?", name)
        return unseal_bytes(found[0][0]) if found else None

    def put(self, name: str, value: bytes) -> None:
        """Keep a value in the place of any other of this name."""
        self.names.add(name)
        self.made[name] = value

    def hold(self, names: Iterable[str]) -> None:
        """Keep values as they are."""
        self.names.update(names)

    def taken(self) -> Remembered:
        """Return what was asked for since the last time, and begin anew."""
        taken = Remembered(frozenset(self.names), self.made)
        self.names, self.made = set(), {}
        return taken

    def save(self, kept: Remembered) -> None:
        """Keep what a job asked for and nothing of before; the caller holds the transaction."""
        if not kept.names:
            return
        known = {name for (name,) in self.store.rows("SELECT name FROM memo")}
        rows = [(name, seal_bytes(value)) for name, value in kept.made.items()]
        self.store.write("INSERT OR REPLACE INTO memo VALUES (?, ?)", rows)
        gone = [(name,) for name in known - kept.names]
        self.store.write("DELETE FROM memo WHERE name = ?", gone)
