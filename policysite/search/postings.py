"""Postings packed into shards: which documents hold a term, and how.

A shard holds the terms whose hash begins with its number. It is a string of bits, the first ones
highest in their byte:

    32  checksum (checked.py)
    16  how many terms
    for each term, in rising order:
        how far its hash is beyond the last one, less one   Rice code
        how many documents have it                          Elias gamma code
        for each document, in rising order:
            how far it is beyond the last one, less one     Rice code
            the class of the term in it (terms.py)          unary: zeros, then a one

The parameter of each Rice code follows from numbers that both sides know (`rice_parameter`).
docs/search.md compares the sizes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from policysite.search.checked import checked
from policysite.search.terms import Classes, unpack_terms
from policysite.search.tokens import Hashes

Numbers = npt.NDArray[np.int64]

TARGET = 4096
"""Bytes that a shard has at most on average, and at least half of them: its number is a few bits."""
POSTING_BITS, TERM_BITS = 6, 20
"""What a posting and a term take, measured on laws and on news; chooses the number of shards."""
AT_ONCE = 1_000_000
"""Postings that are sorted at a time, which bounds the memory that packing takes."""
MOST_PARTS = 4
"""Bits of a hash that part the postings: each part asks every document again."""
COMMON, COMMON_BITS = 400, 12
COUNT_BITS = 16


@dataclass(frozen=True, slots=True)
class Packed:
    """The shards of a segment; their number is a power of two.

    `common` is a set of the terms that most documents have, for readers to rather look up others:
    bit n of its 4,096 is set if there is one whose hash ends with the bits n.
    """

    shards: tuple[bytes, ...]
    common: bytes


@dataclass(frozen=True, slots=True)
class _Postings:
    """Sorted postings: term, document and class of each; `first` is where each term begins."""

    hashes: Numbers
    documents: Numbers
    classes: Numbers
    first: Numbers

    @property
    def counts(self) -> Numbers:
        """How many documents each term has."""
        return np.diff(np.append(self.first, self.hashes.size))


def rice_parameter(space: int, count: int) -> int:
    """Return how many low bits to write as they are, for `count` numbers rising up to `space`.

    >>> rice_parameter(3000, 1), rice_parameter(3000, 300), rice_parameter(3000, 2900)
    (11, 2, 0)
    """
    return max(1, space * 11 // (count * 16)).bit_length() - 1


def pack_postings(documents: Sequence[bytes], seed: bytes) -> Packed:
    """Pack the terms of a segment's documents (`document_terms`), in the order of their ids.

    `seed` tells the segment from others: a shard read as one of another is found to be damaged.
    """
    unpacked = [unpack_terms(packed) for packed in documents]
    total = sum(hashes.size for hashes, _ in unpacked)
    size = (total * POSTING_BITS + _distinct(unpacked) * TERM_BITS) // 8
    bits = (size // TARGET).bit_length()
    parts = min(bits, MOST_PARTS, (total // AT_ONCE).bit_length())
    shards: list[bytes] = []
    frequent: list[tuple[int, int]] = []
    for part in range(1 << parts):
        postings = _sorted(unpacked, part, parts)
        frequent = _most_frequent(postings, frequent)
        for data in _write(postings, part << bits - parts, 1 << bits - parts, bits, len(documents)):
            shards.append(checked(data, seed, len(shards)))
    return Packed(tuple(shards), _as_bits(term for _, term in frequent))


def _most_frequent(postings: _Postings, others: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the terms that most documents have, of these and `others`: count less, and term."""
    best = np.argsort(-postings.counts, kind="stable")[:COMMON]
    terms = postings.hashes[postings.first[best]].tolist()
    counts = postings.counts[best].tolist()
    return sorted([*others, *zip((-count for count in counts), terms, strict=True)])[:COMMON]


def _as_bits(terms: Iterable[int]) -> bytes:
    bits = np.zeros(1 << COMMON_BITS, np.uint8)
    for term in terms:
        bits[term & (1 << COMMON_BITS) - 1] = 1
    return np.packbits(bits).tobytes()


def _distinct(unpacked: Sequence[tuple[Hashes, Classes]]) -> int:
    """Return about how many different terms there are: those of a 16th of all hashes, times 16."""
    if not unpacked:
        return 0
    sample = [hashes[: np.searchsorted(hashes, 1 << 28)] for hashes, _ in unpacked]
    return int(np.unique(np.concatenate(sample)).size) << 4


def _sorted(unpacked: Sequence[tuple[Hashes, Classes]], part: int, parts: int) -> _Postings:
    """Return the postings whose hash begins with the bits `part`, of which there are `parts`."""
    ends = [part << 32 - parts, (part + 1) << 32 - parts]
    cuts = [np.searchsorted(hashes, ends) for hashes, _ in unpacked]
    hashes = np.concatenate([h[a:b] for (h, _), (a, b) in zip(unpacked, cuts, strict=True)])
    classes = np.concatenate([c[a:b] for (_, c), (a, b) in zip(unpacked, cuts, strict=True)])
    sizes = [b - a for a, b in cuts]
    order = np.argsort(hashes, kind="stable")
    hashes = hashes[order].astype(np.int64)
    documents = np.repeat(np.arange(len(unpacked)), sizes)[order]
    first = np.flatnonzero(np.diff(hashes, prepend=-1))
    return _Postings(hashes, documents, classes[order].astype(np.int64), first)


def _write(
    postings: _Postings, lowest: int, shards: int, bits: int, documents: int
) -> Iterator[bytes]:
    """Yield the bytes of `shards` shards from `lowest` on, without their checksums."""
    first, counts = postings.first, postings.counts
    terms = postings.hashes[first]
    shard = (terms >> 32 - bits) - lowest
    held = np.bincount(shard, minlength=shards)
    assert held.max() < 1 << COUNT_BITS, "a shard of some kilobytes holds some hundred terms"

    begins = np.diff(shard, prepend=-1) > 0
    steps = np.diff(terms, prepend=0) - 1
    steps[begins] = terms[begins] - ((shard[begins] + lowest) << 32 - bits)
    low = _rice_parameters(1 << 32 - bits, held)[shard]
    width = _bit_lengths(counts)
    heads = (steps >> low) + low + 2 * width

    gaps = np.diff(postings.documents, prepend=0) - 1
    gaps[first] = postings.documents[first]
    small = np.repeat(_rice_parameters(documents, counts), counts)
    sizes = (gaps >> small) + small + postings.classes + 2
    sizes[first] += heads

    ends = np.append(0, np.cumsum(sizes))
    used = np.diff(ends[np.append(first, gaps.size)][np.searchsorted(shard, np.arange(shards + 1))])
    lengths = (used + COUNT_BITS + 7) // 8
    starts = np.append(0, np.cumsum(lengths))
    shift = starts[:-1] * 8 + COUNT_BITS - np.append(0, np.cumsum(used))[:-1]
    places = ends[:-1] + np.repeat(shift[shard], counts)

    out = np.zeros(int(starts[-1]) * 8, np.uint8)
    _put(out, starts[:-1] * 8, held, np.full(shards, COUNT_BITS))
    _put_rice(out, places[first], steps, low)
    _put(out, places[first] + (steps >> low) + low + width, counts, width)
    places[first] += heads
    _put_rice(out, places, gaps, small)
    out[places + (gaps >> small) + 1 + small + postings.classes] = 1
    data = np.packbits(out).tobytes()
    yield from (data[a:b] for a, b in pairwise(starts.tolist()))


def _put_rice(out: npt.NDArray[np.uint8], places: Numbers, values: Numbers, low: Numbers) -> None:
    """Write each value's high bits as so many zeros and a one, then its `low` low bits."""
    stops = places + (values >> low)
    out[stops] = 1
    _put(out, stops + 1, values, low)


def _put(out: npt.NDArray[np.uint8], places: Numbers, values: Numbers, widths: Numbers) -> None:
    """Write the lowest bits of each value, as many as its width, the highest first."""
    for bit in range(int(widths.max(initial=0))):
        chosen = widths > bit
        out[places[chosen] + bit] = values[chosen] >> (widths[chosen] - 1 - bit) & 1


def _rice_parameters(space: int, counts: Numbers) -> Numbers:
    """Return `rice_parameter` of each count."""
    return _bit_lengths(np.maximum(1, space * 11 // (np.maximum(1, counts) * 16))) - 1


def _bit_lengths(values: Numbers) -> Numbers:
    return np.frexp(values.astype(np.float64))[1].astype(np.int64)
