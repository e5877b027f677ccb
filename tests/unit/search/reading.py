"""Reads postings as a browser does, bit by bit, to hold the packed form to its description."""

import zlib
from collections.abc import Sequence

from policysite.search.postings import rice_parameter

Postings = dict[int, list[tuple[int, int]]]


class Bits:
    """A string of bits, read from its beginning."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.place = 0

    def bit(self) -> int:
        value = self.data[self.place >> 3] >> (7 - (self.place & 7)) & 1
        self.place += 1
        return value

    def zeros(self) -> int:
        count = 0
        while not self.bit():
            count += 1
        return count

    def number(self, width: int) -> int:
        value = 0
        for _ in range(width):
            value = value << 1 | self.bit()
        return value

    def rice(self, low: int) -> int:
        return (self.zeros() << low) + self.number(low)


def read_shards(shards: Sequence[bytes], documents: int, seed: bytes) -> Postings:
    """Return every term of a segment with its documents and classes."""
    found: Postings = {}
    for number, data in enumerate(shards):
        check = zlib.crc32(data[4:], zlib.crc32(b"%s %d " % (seed, number)))
        assert int.from_bytes(data[:4], "big") == check
        found |= _read_shard(
            Bits(data[4:]), number, 1 << 32 - (len(shards).bit_length() - 1), documents
        )
    return found


def _read_shard(bits: Bits, number: int, space: int, documents: int) -> Postings:
    found: Postings = {}
    count = bits.number(16)
    term = number * space - 1
    for _ in range(count):
        term += bits.rice(rice_parameter(space, count)) + 1
        width = bits.zeros()
        held = (1 << width) + bits.number(width)
        low = rice_parameter(documents, held)
        document = -1
        found[term] = []
        for _ in range(held):
            document += bits.rice(low) + 1
            found[term].append((document, bits.zeros()))
    return found
