"""One segment in its files.

The folder's name tells which articles there are, in which order; the name of a file its content.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from hashlib import blake2b
from itertools import islice
from typing import Any, NamedTuple

from policysite.search.checked import name_of
from policysite.search.common import Common
from policysite.search.kept import Kept
from policysite.search.records import Tables, block_size
from policysite.search.shards import MANY, SIDED

NAMED_BITS = 10
"""So many bits of a hash choose a name in the manifest; shards beyond share it with neighbours.
One bit more where the shards tell no sides and fewer than `MANY` documents leave room for it."""


class File(NamedTuple):
    """A file of the index: `digest` tells its content, which is read when it is needed."""

    name: str
    digest: bytes
    read: Callable[[], bytes]


class Shard(NamedTuple):
    """The digest of a shard; of each parted term in it the name of the rest, and its digest."""

    digest: bytes
    tails: tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """Some of the documents, newest first, packed; the bytes of its files are kept in rows.

    `digests` are those of the entries, `size` is the sample's by which `bits` were chosen.
    """

    name: str
    digests: tuple[bytes, ...]
    tables: Tables
    bits: int
    size: int
    common: Common
    shards: tuple[Shard, ...]
    blocks: str
    records: tuple[bytes, ...]
    facets: bytes

    def about(self) -> dict[str, Any]:
        """Return what the manifest says of the segment."""
        return {
            "name": self.name,
            "documents": len(self.digests),
            "bits": self.bits,
            "shards": "".join(self._names()),
            "common": self.common.as_text(),
            "block": block_size(len(self.digests)),
            "blocks": self.blocks,
            "records": "".join(map(name_of, self.records)),
            "facets": name_of(self.facets),
            **asdict(self.tables),
        }

    @property
    def _group(self) -> int:
        """How many neighbours share a name."""
        has_room = SIDED < len(self.digests) <= MANY
        return 1 << max(0, self.bits - NAMED_BITS - has_room)

    def _names(self) -> list[str]:
        """Return the names of the shards, of each group of neighbours one."""
        group = self._group
        digests = iter(shard.digest for shard in self.shards)
        return [name_of(b"".join(islice(digests, group))) for _ in range(len(self.shards) // group)]

    def files(self, kept: Kept) -> Iterator[File]:
        """Yield the files; their bytes are read from `kept`."""

        def part(row: str, place: object) -> Callable[[], bytes]:
            return lambda: parts_of(kept, row)[place]

        names, group = self._names(), self._group
        for number, shard in enumerate(self.shards):
            row = self.row("shard", number)
            name = f"{number:x}.{names[number // group]}.bin"
            yield File(f"{self.name}/{name}", shard.digest, part(row, "shard"))
            for name, digest in shard.tails:
                yield File(f"{self.name}/{name}", digest, part(row, name))
        for number, digest in enumerate(self.records):
            row = self.row("records", number)
            yield File(
                f"{self.name}/r{number:x}.{name_of(digest)}.bin", digest, part(row, "records")
            )
        row = self.row("facets")
        yield File(
            f"{self.name}/facets.{name_of(self.facets)}.json", self.facets, part(row, "facets")
        )

    def row(self, kind: str, number: int = 0) -> str:
        """Return the name under which something of the segment is kept."""
        return f"{kind} {self.name} {number:x}"

    def rows(self) -> Iterator[str]:
        """Yield the names of all that is kept of the segment."""
        yield self.row("segment")
        yield self.row("facets")
        yield from (self.row("shard", number) for number in range(len(self.shards)))
        yield from (self.row("records", number) for number in range(len(self.records)))


def parts_of(kept: Kept, row: str) -> dict[object, bytes]:
    """Return what is kept under the name of a row."""
    value = kept.find(row)
    assert value is not None, "what the index needs is held"
    parts: dict[object, bytes] = pickle.loads(value)  # noqa: S301 -- our own
    return parts


def digest_of(data: bytes) -> bytes:
    """Return what tells a file's content from any other."""
    return blake2b(data, digest_size=8).digest()
