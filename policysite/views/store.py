"""The file that keeps the counts: a DuckDB database, replaced as a whole by each run.

A run reads the old file, counts in memory, writes a new file beside the old one and renames it:
killed at any moment, it has changed nothing. Writing anew also leaves no dropped key behind in a
free page of the file.
"""

from __future__ import annotations

import os
from dataclasses import astuple
from pathlib import Path
from typing import Any

import duckdb

from policysite.views.counting import Counter
from policysite.views.ledger import Entry, Ledger

VERSION = 1

_SCHEMA = """
CREATE TABLE new.about (version INTEGER);
CREATE TABLE new.files (head VARCHAR, counted UBIGINT, tail VARCHAR, stamp VARCHAR, kind VARCHAR,
    lines UBIGINT, bad UBIGINT);
CREATE TABLE new.salts AS FROM main.salts;
CREATE TABLE new.seen AS SELECT slot, key FROM main.seen ORDER BY ALL;
"""
_READS = """
CREATE TABLE new.reads AS
SELECT page, day, source, device, CAST(sum(n) AS UINTEGER) AS n
FROM ({rows}) GROUP BY ALL ORDER BY ALL
"""
_LEFT_OUT = """
CREATE TABLE new.left_out AS
SELECT month, reason, CAST(sum(n) AS UBIGINT) AS n FROM ({rows}) GROUP BY ALL ORDER BY ALL
"""


class Unreadable(Exception):
    """The file that keeps the counts is not one of ours, or is damaged."""


class Store:
    """The counts of all runs so far."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def exists(self) -> bool:
        """Whether there were runs before."""
        return self.path.is_file()

    def load(self, counter: Counter) -> Ledger:
        """Give the counter the slots that are still open; return what was counted of which log.

        Raises:
            Unreadable: the file is damaged or of a later version.

        """
        if not self.exists:
            return Ledger([])
        db = counter.db
        try:
            db.execute(f"ATTACH '{_quoted(self.path)}' AS old (READ_ONLY)")
            about = db.execute("SELECT version FROM old.about").fetchone()
        except duckdb.Error as error:
            raise Unreadable(str(error).splitlines()[0]) from None
        if about != (VERSION,):
            raise Unreadable("版本不同")
        db.execute(
            "INSERT INTO salts FROM old.salts; INSERT INTO seen SELECT slot, key, 0 FROM old.seen"
        )
        return Ledger(Entry(*row) for row in db.execute("FROM old.files").fetchall())

    def save(self, counter: Counter, ledger: Ledger) -> None:
        """Put the new counts in the place of the old ones."""
        counter.close_slots()
        db = counter.db
        fresh = self.path.with_name(f"{self.path.name}.new")
        for left in (fresh, fresh.with_name(f"{fresh.name}.wal")):
            left.unlink(missing_ok=True)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        db.execute(f"ATTACH '{_quoted(fresh)}' AS new")
        db.execute(_SCHEMA)
        db.execute("INSERT INTO new.about VALUES (?)", [VERSION])
        if ledger.entries:
            rows = [list(astuple(entry)) for entry in sorted(ledger.entries, key=astuple)]
            db.executemany("INSERT INTO new.files VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        for table, query in (("reads", _READS), ("left_out", _LEFT_OUT)):
            both = f"SELECT * EXCLUDE (log) FROM main.{table}"
            both += f" UNION ALL FROM old.{table}" if self.exists else ""
            db.execute(query.format(rows=both))
        db.execute("DETACH new")
        if self.exists:
            db.execute("DETACH old")
        _to_disk(fresh)
        fresh.replace(self.path)
        _to_disk(self.path.parent)


def rows_of(path: Path, query: str) -> list[tuple[Any, ...]]:
    """Return what a query finds in the file that keeps the counts; it cannot change it."""
    with duckdb.connect(str(path), read_only=True) as db:
        return db.execute(query).fetchall()


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _to_disk(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk and not only on the way."""
    if os.name == "nt" and path.is_dir():
        return  # no handle to a folder there
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
