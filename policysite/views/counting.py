"""Counts the lines of logs in DuckDB's memory, block by block; nothing raw leaves it.

A read is a successful GET of an article by a person. Several within one half-hour by the same
address and agent are one, whatever the order in which logs come: half-hours are those of the clock,
not counted from the first request.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, BinaryIO
from urllib.parse import unquote

import duckdb
from duckdb import DuckDBPyConnection

from policysite.views.blocks import PARQUET, Block, BlockStore, legible, table
from policysite.views.fields import recognise_columns
from policysite.views.formats import FIELDS, Format
from policysite.views.pages import ARTICLE
from policysite.views.queries import (
    BAD,
    DISTINCT,
    ENTER,
    FRESH,
    HITS,
    NAMES,
    ONLY_HITS,
    QUIET,
    SLOT,
    STATE,
    STATE_OF_HITS,
    TABLES,
    VISITS,
    WANTED,
    ZONE,
)
from policysite.views.readers import (
    device_of,
    is_machine,
    reads_in_wechat,
    source_of,
)
from policysite.views.sources import digest

MEMORY = "700MB"
"""DuckDB's own limit; Python, the blocks and the libraries stay below 300 MB beside it."""
LATE = 24 * 3600
"""Seconds for which a slot stays open: CDNs deliver logs up to a day late (see formats.py)."""
_MANY_KEYS = 10_000_000
_MANY_ROWS = 1_000_000
_MANY_AGENTS = 100_000
_ROWS = 500_000
"""Rows of Parquet that are counted at a time."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Lines of a log, and those that could not be understood."""

    lines: int = 0
    bad: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.lines + other.lines, self.bad + other.bad)


def _hits(rows: str, kind: Format, place: int) -> str:
    """Return the statement that cuts rows into fields."""
    fields = {name: getattr(kind, name) for name in FIELDS}
    fields["wanted"] = WANTED.format(**fields)
    fields["state"] = (STATE if kind.parts else STATE_OF_HITS).format(**fields)
    statement = HITS if kind.parts else HITS + ONLY_HITS
    return statement.format(rows=rows, place=place, **fields, **NAMES)


def _classes(agent: str) -> tuple[str, str, bool, str, bool]:
    """Return the row of `agents`; COS and CloudFront write agents encoded, even twice."""
    name = unquote(unquote(agent)) if "%20" in agent or "%2520" in agent else agent
    return agent, digest(name.encode()), is_machine(name), device_of(name), reads_in_wechat(name)


class Counter:
    """Counts into memory; store.py reads what was there before and writes what is there then."""

    def __init__(self, addresses: Mapping[str, str], domain: str, latest: int) -> None:
        """Count reads at these `addresses` of the site at `domain`.

        A line later than `latest` (seconds since 1970) comes from a clock that is wrong.
        """
        # No place to spill to: what does not fit the memory is an error, never a file of addresses.
        self.db = duckdb.connect(
            config={
                "memory_limit": MEMORY, "temp_directory": "", "preserve_insertion_order": False,
                "enable_external_file_cache": False,
            }
        )  # fmt: skip
        self.db.execute(QUIET)
        self.domain = domain
        self.latest = latest
        self.log = 0
        self.store = BlockStore()
        self.db.register_filesystem(self.store)
        self.db.execute(files("policysite.views").joinpath("count.sql").read_text("utf-8"))
        self.db.execute(TABLES)
        self._insert("addresses", addresses.items())

    def count_blocks(self, blocks: Iterator[Block], kind: Format) -> Iterator[tuple[Block, Tally]]:
        """Count a log's blocks of whole lines; yield each with its tally.

        While one is counted, the next one is read and cut into fields.
        """
        scanner = self.db.cursor()
        scanner.execute(QUIET)
        with ThreadPoolExecutor(1) as ahead:
            coming = ahead.submit(self._scan, blocks, kind, 0, scanner)
            place = 0
            while scanned := coming.result():
                block, lines = scanned
                coming = ahead.submit(self._scan, blocks, kind, 1 - place, scanner)
                yield block, Tally(lines, self._enter(place))
                place = 1 - place

    def _scan(
        self, blocks: Iterator[Block], kind: Format, place: int, scanner: DuckDBPyConnection
    ) -> tuple[Block, int] | None:
        """Cut the next block into fields, into the table of `place`; return it and its number of
        lines, or nothing."""
        block = next(blocks, None)
        if block is None:
            return None
        lines = block.lines  # here, for nobody waits for this thread while `_enter` is at work
        self.store.blocks[place] = legible(block, escaped=not kind.parts)
        if not kind.parts:
            rows = table(place, kind.cut_at, kind.columns)
        else:
            rows = f"(SELECT {kind.parts} AS parts FROM {table(place)} WHERE NOT ({kind.files}))"
        scanner.execute(_hits(rows, kind, place))
        return block, lines

    def count_parquet(self, opened: Callable[[], BinaryIO], size: int) -> tuple[str, Tally] | None:
        """Count a Parquet file; return its kind too, or None if it lacks the columns."""
        self.store.parquet, self.store.parquet_size = opened, size
        try:
            return self._count_parquet(f"read_parquet('{PARQUET}', file_row_number = true)")
        finally:
            self.store.close_all()

    def _count_parquet(self, source: str) -> tuple[str, Tally] | None:
        columns = [row[0] for row in self.db.execute(f"DESCRIBE FROM {source}").fetchall()]
        kind = recognise_columns(columns)
        if kind is None:
            return None
        tally = Tally(self._one(f"SELECT count(*) FROM {source}"))
        for start in range(0, tally.lines, _ROWS):
            part = f"file_row_number BETWEEN {start} AND {start + _ROWS - 1}"
            rows = f"(SELECT {kind.parts} AS parts FROM {source} WHERE {part})"
            self.db.execute(_hits(rows, kind, 0))
            tally += Tally(0, self._enter(0))
        return kind.name, tally

    def begin_log(self) -> None:
        """Count for another log from here on, so that `forget_log` spares those before."""
        self.log += 1

    def forget_log(self) -> None:
        """Take back what was counted since the last log was begun."""
        for name in ("seen", "reads", "left_out"):
            self.db.execute(f"DELETE FROM {name} WHERE log = {self.log}")

    def new_reads(self) -> int:
        """Return how many reads this run has found."""
        return self._one("SELECT sum(n) FROM reads")

    def left_out(self) -> dict[str, int]:
        """Return how many requests for articles this run has left out, by reason."""
        rows = self.db.execute("SELECT reason, sum(n) FROM left_out GROUP BY ALL ORDER BY ALL")
        return {reason: int(n) for reason, n in rows.fetchall()}

    def _enter(self, place: int) -> int:
        """Count what was cut into fields; return how many lines were no records."""
        latest = {"latest": self.latest}
        self.db.execute(DISTINCT.format(article=ARTICLE, place=place))
        bad = self._one(BAD.format(place=place), latest)
        self._classify(place)
        self.db.execute(VISITS.format(place=place, **NAMES), latest)
        self.db.execute(FRESH)
        self.db.execute(ENTER.format(log=self.log))
        self._make_room()
        return bad

    def _classify(self, place: int) -> None:
        """Look at every agent, referring host and day that is new, once."""
        agents = self._new("agent", "agents", place)
        self._insert("agents", map(_classes, agents))
        hosts = self._new("host", "hosts", place)
        self._insert("hosts", ((host, source_of(host, self.domain)) for host in hosts))
        days = self.db.execute(
            f"SELECT DISTINCT (seconds + {ZONE}) // 86400 AS day FROM moments"
            " WHERE seconds IS NOT NULL AND day NOT IN (SELECT day FROM salts)"
        ).fetchall()
        self._insert("salts", ((day, secrets.token_hex(8)) for (day,) in days))

    def _new(self, column: str, known: str, place: int) -> list[str]:
        found = self.db.execute(
            f"SELECT DISTINCT {column} FROM hits{place} ANTI JOIN {known} USING ({column}) WHERE whole"
        ).fetchall()
        return [value for (value,) in found]

    def _make_room(self) -> None:
        """Keep the working tables small in a run over very many lines."""
        if self._one("SELECT count(*) FROM agents") > _MANY_AGENTS:
            self.db.execute("DELETE FROM agents")
        if self._one("SELECT count(*) FROM reads") > _MANY_ROWS:
            self.db.execute(
                "CREATE OR REPLACE TABLE reads AS SELECT page, day, source, device,"
                " CAST(sum(n) AS UINTEGER) AS n, log FROM reads GROUP BY ALL"
            )
        if self._one("SELECT count(*) FROM seen") > _MANY_KEYS:
            self.close_slots()

    def close_slots(self) -> None:
        """Drop the keys of all slots that get no more lines, and the salts of their days.

        The newest line decides, not the clock: logs may be counted long after they were written.
        """
        newest = self._one("SELECT coalesce(max(slot), 0) FROM seen")
        oldest = newest - LATE // SLOT
        self.db.execute("DELETE FROM seen WHERE slot < $oldest", {"oldest": oldest})
        day = (oldest * SLOT + ZONE) // 86400
        self.db.execute("DELETE FROM salts WHERE day < $day", {"day": day})

    def _insert(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        columns = [list(column) for column in zip(*rows, strict=True)]
        if columns:
            values = ", ".join(["unnest(?)"] * len(columns))
            self.db.execute(f"INSERT INTO {table} SELECT {values}", columns)

    def _one(self, query: str, values: Mapping[str, object] | None = None) -> int:
        row = self.db.execute(query, values or {}).fetchone()
        return int(row[0]) if row and row[0] is not None else 0
