"""What a build keeps for the next one, in one SQLite file for each output.

Nothing in it is believed without reason: a file of another program, format or output is thrown
away, every value carries a digest of itself, and whatever else is wrong with the file ends in
`Damaged`, upon which the caller starts from nothing.
"""

from __future__ import annotations

import os
import pickle
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from errno import ENOSPC
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import Any

# Without rows of their own numbers are only tables of small rows: to find a name SQLite reads all
# of each row that it compares, and one of ten megabytes stood between the others. Pages are twice as
# large as SQLite's own: a piece and a text fit in one.
_SCHEMA = """
PRAGMA page_size = 8192;
CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB);
CREATE TABLE manuscript (source TEXT PRIMARY KEY, digest BLOB, value BLOB) WITHOUT ROWID;
CREATE TABLE piece (source TEXT PRIMARY KEY, value BLOB);
CREATE TABLE body (source TEXT PRIMARY KEY, value BLOB);
CREATE TABLE entry (source TEXT PRIMARY KEY, value BLOB, seal BLOB AS (substr(value, 1, 8)));
CREATE TABLE indexed (source TEXT PRIMARY KEY, value BLOB);
CREATE TABLE lint (source TEXT PRIMARY KEY, key BLOB, value BLOB) WITHOUT ROWID;
CREATE TABLE cut (text TEXT PRIMARY KEY, words BLOB) WITHOUT ROWID;
CREATE TABLE memo (name TEXT PRIMARY KEY, value BLOB);
CREATE TABLE fact (kind TEXT, name TEXT, digest BLOB, value BLOB, PRIMARY KEY (kind, name));
CREATE TABLE job (name TEXT PRIMARY KEY, facts BLOB) WITHOUT ROWID;
CREATE TABLE read (fact TEXT, job TEXT, PRIMARY KEY (fact, job)) WITHOUT ROWID;
CREATE TABLE output (name TEXT PRIMARY KEY, job TEXT, digest BLOB, key BLOB) WITHOUT ROWID;
CREATE TABLE reason (job TEXT PRIMARY KEY, moment TEXT, count INT, facts TEXT) WITHOUT ROWID;
CREATE INDEX seal_of ON entry (source, seal);
CREATE INDEX output_of ON output (job);
"""
SEAL = 8
"""Bytes of a value that tell it from any other."""
_AT_ONCE = 500
"""How many names are looked up together; SQLite allows no query of more than 999 in old versions."""
_STORES = 16
"""How many outputs are remembered; previews and PDFs build into folders of their own."""


class Damaged(Exception):
    """The store does not hold what was put into it."""


class Store:
    """The open file; see `open_store`."""

    def __init__(self, path: Path, *, is_new: bool = False) -> None:
        self.path = path
        self.is_new = is_new
        self.owner = os.getpid()
        self._connect()
        if is_new:
            # It has no mark before it is closed (`recovery`), so it is enough that the disk has all of
            # it then: a build from nothing would wait for the disk hundreds of times.
            self.database.execute("PRAGMA synchronous = OFF")

    def _connect(self) -> None:
        self.process = os.getpid()
        self.database = sqlite3.connect(self.path, isolation_level=None)

    @property
    def is_mine(self) -> bool:
        """Whether this process opened the file, and not the one that it was forked from."""
        return os.getpid() == self.owner

    def close(self) -> None:
        """Let go of the file; what is in a new one is on the disk then."""
        self.database.close()
        if self.is_new and self.is_mine:
            with self.path.open("rb") as file:
                os.fsync(file.fileno())

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Return all rows of a query.

        Raises:
            Damaged: the file cannot be read.
            OSError: the disk is full.

        """
        if os.getpid() != self.process:
            # SQLite forbids to carry a connection through a fork, even to close it.
            self.inherited = self.database
            self._connect()
        try:
            return self.database.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise self._fault(error) from error

    def value(self, query: str, *values: object) -> bytes:
        """Return the value that a query finds.

        Raises:
            Damaged: there is none.

        """
        for (found,) in self.rows(query, *values):
            return bytes(found)
        raise Damaged(self.path)

    def rows_of(self, query: str, names: Iterable[str]) -> Iterator[tuple[Any, ...]]:
        """Yield all rows of a query that ends in `IN`, for many names: one by one takes ten times as long.

        Raises:
            Damaged: the file cannot be read.

        """
        left = iter(names)
        while some := tuple(islice(left, _AT_ONCE)):
            yield from self.rows(f"{query} ({','.join('?' * len(some))})", *some)

    def write(self, query: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Run a statement for each row.

        Very many rows should come in the order of their keys: otherwise each goes to another page
        of the table, and a hundred thousand articles take minutes.

        Raises:
            Damaged: the file cannot be written.
            OSError: the disk is full.

        """
        assert self.is_mine, "processes that were forked only read"
        try:
            self.database.executemany(query, rows)
        except sqlite3.DatabaseError as error:
            raise self._fault(error) from error

    def _fault(self, error: sqlite3.DatabaseError) -> Exception:
        """Return what is wrong; that the disk is full is no fault of what the file holds."""
        if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
            return OSError(ENOSPC, os.strerror(ENOSPC), str(self.path))
        return Damaged(self.path)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all that is written within, or nothing."""
        self.rows("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            with suppress(sqlite3.Error):
                self.database.execute("ROLLBACK")
            raise
        self.rows("COMMIT")

    def meta(self, name: str) -> Any:
        """Return a value kept under a name, or None."""
        found = self.rows("SELECT value FROM meta WHERE name = ?", name)
        return unseal(found[0][0]) if found else None

    def put_meta(self, name: str, value: object) -> None:
        """Keep a value under a name."""
        self.put_sealed(name, seal(value))

    def put_sealed(self, name: str, value: bytes) -> None:
        """Keep a value that was sealed before."""
        self.write("INSERT OR REPLACE INTO meta VALUES (?, ?)", [(name, value)])


def seal(value: object) -> bytes:
    """Return a value as bytes that show if they were altered."""
    return seal_bytes(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))


def seal_bytes(data: bytes) -> bytes:
    """Return bytes with a digest before them."""
    return blake2b(data, digest_size=SEAL).digest() + data


def unseal(data: bytes) -> Any:
    """Return the value that `seal` made bytes of.

    Raises:
        Damaged: they were altered.

    """
    return pickle.loads(unseal_bytes(data))  # noqa: S301 -- our own, see `unseal_bytes`


def unseal_bytes(data: bytes) -> bytes:
    """Return the bytes that `seal_bytes` was given.

    Raises:
        Damaged: they were altered.

    """
    held = data[SEAL:]
    if not isinstance(data, bytes) or blake2b(held, digest_size=SEAL).digest() != data[:SEAL]:
        raise Damaged
    return held


def open_store(path: Path, program: bytes) -> Store:
    """Open the store of an output; one that another program made is emptied first.

    Raises:
        Damaged: it cannot be read; the caller is to `discard` it.

    """
    path.parent.mkdir(parents=True, exist_ok=True)
    tidy(path)
    try:
        store = _usable(path, program)
        if store is None:
            discard(path)
            store = Store(path, is_new=True)
            store.database.executescript(_SCHEMA)
            store.put_meta("program", program)
    except sqlite3.DatabaseError as error:
        raise Damaged(path) from error
    return store


def tidy(path: Path) -> None:
    """Remove what is kept of places that nobody has built, or checked, for the longest time."""
    others = [other for other in path.parent.glob(f"*{path.suffix}") if other != path]
    others.sort(key=_last_used, reverse=True)
    for other in others[_STORES - 1 :]:
        discard(other)
    for mark in path.parent.glob("*.left"):
        if not mark.with_suffix(path.suffix).exists():
            mark.unlink(missing_ok=True)


def _last_used(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # a build of another place has just discarded it
        return 0.0


def mark_of(path: Path) -> Path:
    """Return where it is noted how a store was left: see `recovery`."""
    return path.with_suffix(".left")


def _usable(path: Path, program: bytes) -> Store | None:
    if not path.is_file():
        return None
    store = Store(path)
    try:
        if store.meta("program") == program:
            return store
    except Damaged:
        pass
    store.close()
    return None


def discard(path: Path) -> None:
    """Remove a store and what SQLite keeps beside it."""
    for name in (path.name, f"{path.name}-journal", f"{path.name}-wal", f"{path.name}-shm"):
        path.with_name(name).unlink(missing_ok=True)
    mark_of(path).unlink(missing_ok=True)
