"""What has been counted of every log, known by what it says and not by what it is called.

A log is known by its first line. How far it was counted holds only if the bytes before that place
are still the ones that were counted; so a file may be renamed, rotated, copied, compressed or
continued, and is counted once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from policysite.views.blocks import Block
from policysite.views.messages import CHANGED, SHORTER
from policysite.views.sources import Log, digest

_TAIL = 4096
_HEAD = 1 << 20


@dataclass(frozen=True, slots=True)
class Entry:
    """A log as far as it was counted.

    `head` stands for its first line, `tail` for the last bytes before `counted`, which counts
    unpacked bytes; `stamp` for the file as it lay there; `lines` and `bad` count its lines.
    """

    head: str
    counted: int
    tail: str
    stamp: str
    kind: str
    lines: int
    bad: int


@dataclass(frozen=True, slots=True)
class Start:
    """From where to count a log: the entry that it continues, if any, and its last bytes."""

    head: str
    entry: Entry | None = None
    tail: bytes = b""

    @property
    def offset(self) -> int:
        """Return the unpacked bytes that are counted already."""
        return self.entry.counted if self.entry else 0


class Ledger:
    """The entries of all logs."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.changed = False
        self._by_head: dict[str, list[Entry]] = defaultdict(list)
        self._stamps: set[str] = set()
        for entry in entries:
            self._put(entry)

    @property
    def entries(self) -> list[Entry]:
        """Return all entries."""
        return [entry for entries in self._by_head.values() for entry in entries]

    def _put(self, entry: Entry) -> None:
        self._by_head[entry.head].append(entry)
        self._stamps.add(entry.stamp)

    def is_done(self, log: Log) -> bool:
        """Whether the log lies there exactly as it did when it was counted to its end."""
        return log.stamp in self._stamps

    def place(self, stream: BinaryIO) -> Start | str | None:
        """Return from where to count the log in `stream`, or why it is left alone.

        None if it has no whole line yet.
        """
        line = first_line(stream.read(_HEAD))
        if not line:
            return None
        head = digest(line)
        known = sorted(self._by_head.get(head, ()), key=lambda entry: -entry.counted)
        if not known:
            return Start(head)
        for entry in known:
            tail = self._tail(stream, entry.counted)
            if tail is not None and digest(tail) == entry.tail:
                return Start(head, entry, tail)
        reached = any(self._tail(stream, entry.counted) is not None for entry in known)
        return CHANGED if reached else SHORTER

    @staticmethod
    def _tail(stream: BinaryIO, counted: int) -> bytes | None:
        length = min(counted, _TAIL)
        stream.seek(counted - length)
        found = stream.read(length)
        return found if len(found) == length else None

    def record(self, entry: Entry, instead_of: Entry | None) -> None:
        """Put down how far a log is counted now."""
        if instead_of:
            self._by_head[instead_of.head].remove(instead_of)
        self._put(entry)
        self.changed = True


def first_line(data: bytes) -> bytes:
    """Return the first whole line that is neither empty nor a comment, or nothing."""
    lines: Sequence[bytes] = data.split(b"\n")[:-1]
    return next((line for line in lines if line.strip() and not line.startswith(b"#")), b"")


def last_bytes(before: bytes, block: Block) -> bytes:
    """Return the bytes that `Entry.tail` is made of, after `block` followed `before`."""
    return (before + block.last(_TAIL))[-_TAIL:]
