"""One run over logs: which of them are new, how far, and what was wrong with some."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, cast

import duckdb

from policysite.views.blocks import Block, cut_blocks
from policysite.views.counting import Counter, Tally
from policysite.views.fields import recognise_json
from policysite.views.formats import Format, recognise
from policysite.views.ledger import Entry, Ledger, Start, last_bytes
from policysite.views.messages import CLOSED, COUNTED, DAMAGED, TOO_LARGE, UNKNOWN
from policysite.views.sources import Log, Packing, digest, packing

_SAMPLE = 256 << 10
_SAMPLE_LINES = 50


@dataclass(slots=True)
class Outcome:
    """What a run did: lines by kind of log, logs known already, and remarks by name of a log."""

    kinds: dict[str, Tally] = field(default_factory=dict)
    counted: int = 0
    known: int = 0
    bad: dict[str, int] = field(default_factory=dict)
    remarks: dict[str, str] = field(default_factory=dict)

    @property
    def total(self) -> Tally:
        """Return all lines of this run."""
        return sum(self.kinds.values(), Tally())


def count_logs(
    logs: Sequence[Log], counter: Counter, ledger: Ledger, tell: Callable[[str], None]
) -> Outcome:
    """Count what is new in the logs; `tell` hears of each one that was counted."""
    outcome = Outcome()
    for log in logs:
        if ledger.is_done(log):
            outcome.known += 1
            continue
        counter.begin_log()
        try:
            said = _count(log, counter, ledger)
        except (PermissionError, FileNotFoundError):
            counter.forget_log()
            said = CLOSED
        except (OSError, EOFError, zlib.error):
            counter.forget_log()
            said = DAMAGED
        except duckdb.OutOfMemoryException:
            counter.forget_log()
            said = TOO_LARGE
        if isinstance(said, str):
            outcome.remarks[log.name] = said
            continue
        if said is None or not said[1].lines:
            outcome.known += 1
            continue
        entry, tally = said
        outcome.counted += 1
        outcome.kinds[entry.kind] = outcome.kinds.get(entry.kind, Tally()) + tally
        if tally.bad:
            outcome.bad[log.name] = tally.bad
        tell(COUNTED.format(name=log.name, kind=entry.kind, lines=tally.lines))
    return outcome


def _count(log: Log, counter: Counter, ledger: Ledger) -> tuple[Entry, Tally] | str | None:
    """Count one log and put it down in the ledger, or return why not; None if there is no line."""
    with log.opened() as raw:
        how = packing(raw)
        if how is Packing.PARQUET:
            return _count_parquet(log, counter, ledger)
        stream = cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if how is Packing.GZIP else raw
        start = ledger.place(stream)
        if not isinstance(start, Start):
            return start
        kind = _kind(stream)
        if kind is None:
            return UNKNOWN
        stream.seek(start.offset)
        # A plain file may be growing; what comes while we read belongs to the next run.
        length = log.size - start.offset if how is Packing.PLAIN else -1
        return _count_stream(log, counter, ledger, start, kind, cut_blocks(stream, length))


def _count_stream(
    log: Log,
    counter: Counter,
    ledger: Ledger,
    start: Start,
    kind: Format,
    blocks: Iterator[Block],
) -> tuple[Entry, Tally]:
    tally, counted, tail = Tally(), start.offset, start.tail
    for block, part in counter.count_blocks(blocks, kind):
        tally += part
        counted += block.size
        tail = last_bytes(tail, block)
    before = Tally(start.entry.lines, start.entry.bad) if start.entry else Tally()
    total = before + tally
    entry = Entry(start.head, counted, digest(tail), log.stamp, kind.name, total.lines, total.bad)
    ledger.record(entry, start.entry)
    return entry, tally


def _count_parquet(log: Log, counter: Counter, ledger: Ledger) -> tuple[Entry, Tally] | str:
    counted = counter.count_parquet(log.opened, log.size)
    if counted is None:
        return UNKNOWN
    name, tally = counted
    entry = Entry(log.stamp, log.size, log.stamp, log.stamp, name, tally.lines, tally.bad)
    ledger.record(entry, None)
    return entry, tally


def _kind(stream: BinaryIO) -> Format | None:
    """Return the format of a log; one that only says which fields it has is asked at its head."""
    stream.seek(0)
    sample = stream.read(_SAMPLE)
    lines = sample.decode("utf-8", "replace").replace('\\"', "'").split("\n")
    lines = [line.rstrip("\r") for line in (lines[:-1] or lines)][:_SAMPLE_LINES]
    return recognise_json(lines) or recognise(lines)
