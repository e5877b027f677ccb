"""The index in two segments: one that is worked on, one that is sealed.

**The rule.** The live segment holds everything, as long as that is no more than `LIVE` postings.
Otherwise it holds the year, half-year, quarter or month of the newest article, the longest that is
within `LIVE`, or else the month. What is older is sealed. So the content alone decides, not the
history of builds; an article of these days changes the live segment only; and the sealed one is
packed anew when a period ends, or when one of its articles is changed or withdrawn: there is no
list of deleted documents, nothing of a withdrawn article stays in any file.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from policysite.search.entries import FORMAT, Entry, Listed, Memo, no_memo
from policysite.search.postings import pack_postings
from policysite.search.records import Tables, block_size, pack_facets, pack_records

LIVE = 600_000
"""Postings that the live segment may have: about 0.6 MB with all its files."""
_MONTHS = (12, 6, 3, 1)


@dataclass(frozen=True, slots=True)
class Segment:
    """Some of the documents, newest first, packed: `about` is what the manifest says of them."""

    about: dict[str, Any]
    files: tuple[tuple[str, bytes], ...]

    @property
    def name(self) -> str:
        """Return the name of the folder, which tells its content."""
        return str(self.about["name"])

    def to_bytes(self) -> bytes:
        """Return the segment as one string of bytes, to be kept."""
        head = [self.about, [[name, len(data)] for name, data in self.files]]
        return json.dumps(head).encode() + b"\n" + b"".join(data for _, data in self.files)

    @classmethod
    def from_bytes(cls, kept: bytes) -> Segment:
        """Return the segment that `to_bytes` made the bytes of."""
        head, _, rest = kept.partition(b"\n")
        about, files = json.loads(head)
        return cls(about, tuple(_cut(rest, files)))


def _name(files: Sequence[tuple[str, bytes]]) -> str:
    digest = sha256()
    for name, data in files:
        digest.update(f"{name} {len(data)} ".encode() + data)
    return digest.hexdigest()[:12]


def _cut(data: bytes, files: Sequence[tuple[str, int]]) -> Iterator[tuple[str, bytes]]:
    place = 0
    for name, length in files:
        yield name, data[place : place + length]
        place += length


def split(entries: Sequence[Listed]) -> list[Sequence[Listed]]:
    """Divide entries, newest first, into the live ones and the sealed ones, if there are any."""
    if not entries:
        return []
    total = 0
    within = len(entries)
    for place, entry in enumerate(entries):
        total += entry.postings
        if total > LIVE:
            within = place
            break
    if within == len(entries):
        return [entries]
    starts = [_period_start(entries[0].day, months) for months in _MONTHS]
    counts = [sum(entry.day >= start for entry in entries) for start in starts]
    live = next((count for count in counts if count <= within), counts[-1])
    return [part for part in (entries[:live], entries[live:]) if part]


def _period_start(day: date, months: int) -> date:
    """Return the first day of the year, half-year, quarter or month of `day`.

    >>> _period_start(date(2026, 8, 19), 3)
    datetime.date(2026, 7, 1)
    """
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def pack_segment(entries: Sequence[Listed], memo: Memo = no_memo) -> Segment:
    """Pack entries, newest first."""
    digest = sha256(str(FORMAT).encode())
    for entry in entries:
        digest.update(entry.digest)
    seed = digest.hexdigest()[:16]
    return Segment.from_bytes(
        memo(
            f"segment {digest.hexdigest()}",
            lambda: _pack([entry.read() for entry in entries], seed).to_bytes(),
        )
    )


def _pack(entries: Sequence[Entry], seed: str) -> Segment:
    tables = Tables.of(entries)
    postings = pack_postings([entry.terms for entry in entries], seed.encode())
    records, blocks = pack_records(entries, tables, seed.encode())
    files = [(f"{number:x}.bin", data) for number, data in enumerate(postings.shards)]
    files += [(f"t{term:08x}.bin", data) for term, data in postings.tails]
    files += [
        ("records.bin", records),
        ("facets.json", pack_facets(entries, tables, seed.encode())),
    ]
    about = {
        "name": _name(files),
        "seed": seed,
        "documents": len(entries),
        "bits": len(postings.shards).bit_length() - 1,
        "common": b64encode(postings.common).decode(),
        "block": block_size(len(entries)),
        "blocks": blocks,
        **asdict(tables),
    }
    return Segment(about, tuple(files))
