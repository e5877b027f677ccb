"""Reads postings as a browser does, bit by bit, to hold the packed form to its description."""

import zlib
from collections.abc import Iterator, Mapping, Sequence

from policysite.search.bits import rice_parameter
from policysite.search.shards import HEAD, LONG, NAME_BITS, RARE, SIDED
from policysite.search.terms import SIDES

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


def read_shards(
    shards: Sequence[bytes], documents: int, seed: bytes, tails: Mapping[int, bytes] | None = None
) -> Postings:
    """Return every term of a segment with its documents and classes, parted ones put together."""
    found: Postings = {}
    rest = dict(tails or {})
    for term, held, head in read_heads(shards, documents, seed):
        found[term] = head
        if len(head) < held:
            bits = _checked(rest.pop(term), seed, term)
            found[term] = sorted(head + _read_list(bits, held - len(head), held, documents))
    assert not rest
    return found


def read_heads(
    shards: Sequence[bytes], documents: int, seed: bytes
) -> Iterator[tuple[int, int, list[tuple[int, int]]]]:
    """Yield every term, how many documents have it, and those of them that the shards tell."""
    space = 1 << 32 - (len(shards).bit_length() - 1)
    for number, data in enumerate(shards):
        yield from _read_shard(_checked(data, seed, number), number, space, documents)


def _checked(data: bytes, seed: bytes, number: int) -> Bits:
    check = zlib.crc32(data[4:], zlib.crc32(b"%s %d " % (seed, number)))
    assert int.from_bytes(data[:4], "big") == check
    return Bits(data[4:])


def _read_shard(
    bits: Bits, number: int, space: int, documents: int
) -> Iterator[tuple[int, int, list[tuple[int, int]]]]:
    count = bits.number(16)
    term = number * space - 1
    for _ in range(count):
        term += bits.rice(rice_parameter(space, count)) + 1
        width = bits.zeros()
        held = (1 << width) + bits.number(width)
        parted = held > LONG and bits.bit()
        if parted:
            bits.number(NAME_BITS)
        here = HEAD if parted else held
        yield term, held, _read_list(bits, here, held, documents)


def _read_list(bits: Bits, count: int, held: int, documents: int) -> list[tuple[int, int]]:
    low = rice_parameter(documents, count)
    document, last = -1, 0
    found = []
    for _ in range(count):
        document += bits.rice(low) + 1
        kind = bits.zeros()
        told = not kind and held * RARE <= documents <= SIDED
        if told and not bits.bit():
            last = bits.number(4)
        found.append((document, kind | (last if told else 0) << SIDES))
    return found
