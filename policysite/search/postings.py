"""Postings packed into shards: which documents hold a term, and how.

A shard holds the terms whose hash begins with its number. It is a string of bits, the first ones
highest in their byte:

    32  checksum (checked.py)
    16  how many terms
    for each term, in rising order:
        how far its hash is beyond the last one, less one   Rice code
        how many documents have it                          Elias gamma code
        if they are more than LONG: whether it is parted    1
        its postings

A posting is a document, in rising order:

    how far it is beyond the last one, less one             Rice code
    the class of the term in it (terms.py)                  unary: zeros, then a one
    if the class is 0, no more than one document in RARE has the term, and the segment has no
    more than SIDED documents (an index of many would grow by a sixth):
    whether its sides (tokens.py) are those of the last such posting of the term, or 0    1
    if not: the sides                                                                     4

A term whose postings take more than PARTED bytes is parted: the shard has the HEAD best of them
only, that is the highest in class (titles, short ones first, then often, then seldom) and among
equals the newest; the others are in a file of their own, after its checksum. What nearly every
article has costs readers little so.

The parameter of each Rice code follows from numbers that both sides know (`rice_parameter`).
docs/search.md compares the sizes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np
import numpy.typing as npt

from policysite.search.bits import Numbers, bit_lengths, rice, rice_parameters, write_bits
from policysite.search.checked import checked
from policysite.search.terms import IN_TITLE, SIDES, Classes, unpack_terms
from policysite.search.tokens import Hashes

_Marks = npt.NDArray[np.bool_]

TARGET, SMALL_TARGET, FEW, MANY = 4096, 2048, 1000, 30_000
"""Bytes that a shard has at most on average, and at least half of them: its number is a few bits.
Beyond many documents it is the small target, for there a reader's titles take more bytes; and up to
few, where small shards are not many files."""
PARTED = 4096
"""Bytes beyond which the postings of a term are parted."""
HEAD = 2048
LONG = 2 * HEAD
RARE, SIDED = 8, 5000
POSTING_BITS, TERM_BITS = 4, 20
"""What a posting takes beside the low bits of its Rice code, and a term; measured on laws and on
news, to choose the number of shards."""
AT_ONCE = 1_000_000
"""Postings that are sorted at a time, which bounds the memory that packing takes."""
MOST_PARTS = 4
"""Bits of a hash that part the postings: each part asks every document again."""
COMMON, COMMON_BITS = 400, 12
COUNT_BITS, SIDE_BITS = 16, 4


@dataclass(frozen=True, slots=True)
class Packed:
    """The shards of a segment; their number is a power of two.

    `tails` are the parted terms with the rest of their postings. `common` is a set of the terms
    that most documents have, for readers to rather look up others: bit n of its 4,096 is set if
    there is one whose hash ends with the bits n.
    """

    shards: tuple[bytes, ...]
    tails: tuple[tuple[int, bytes], ...]
    common: bytes


@dataclass(frozen=True, slots=True)
class _Postings:
    """Sorted postings: term, document, class and sides of each; `first` is where each term begins.

    `held` is how many documents have each term, of which some may be elsewhere.
    """

    hashes: Numbers
    documents: Numbers
    classes: Numbers
    sides: Numbers
    first: Numbers
    held: Numbers

    @classmethod
    def of(cls, hashes: Numbers, documents: Numbers, kinds: Classes) -> Self:
        """Return postings that are sorted already."""
        first = np.flatnonzero(np.diff(hashes, prepend=-1))
        classes, sides = (kinds & (1 << SIDES) - 1), kinds >> SIDES
        held = np.diff(np.append(first, hashes.size))
        return cls(hashes, documents, classes.astype(np.int64), sides.astype(np.int64), first, held)

    @property
    def counts(self) -> Numbers:
        """How many documents are here of each term."""
        return np.diff(np.append(self.first, self.hashes.size))

    def where(self, kept: _Marks) -> Self:
        """Return those of each term that are kept, which are some at least."""
        first = np.append(0, np.cumsum(kept))[self.first]
        return type(self)(
            self.hashes[kept], self.documents[kept], self.classes[kept], self.sides[kept],
            first, self.held,
        )  # fmt: skip


def pack_postings(documents: Sequence[bytes], seed: bytes) -> Packed:
    """Pack the terms of a segment's documents (`document_terms`), in the order of their ids.

    `seed` tells the segment from others: a shard read as one of another is found to be damaged.
    """
    unpacked = [unpack_terms(packed) for packed in documents]
    total = sum(hashes.size for hashes, _ in unpacked)
    target = TARGET if FEW < len(documents) <= MANY else SMALL_TARGET
    bits = (_size(unpacked) // target).bit_length()
    parts = min(bits, MOST_PARTS, (total // AT_ONCE).bit_length())
    shards: list[bytes] = []
    tails: list[tuple[int, bytes]] = []
    frequent: list[tuple[int, int]] = []
    for part in range(1 << parts):
        postings = _sorted(unpacked, part, parts)
        frequent = _most_frequent(postings, frequent)
        heads, parted = _part(postings, len(documents))
        tails += ((term, checked(data, seed, term)) for term, data in parted)
        for data in _write(heads, part << bits - parts, 1 << bits - parts, bits, len(documents)):
            shards.append(checked(data, seed, len(shards)))
    return Packed(tuple(shards), tuple(tails), _as_bits(term for _, term in frequent))


def _most_frequent(postings: _Postings, others: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the terms that most documents have, of these and `others`: count less, and term."""
    best = np.argsort(-postings.held, kind="stable")[:COMMON]
    terms = postings.hashes[postings.first[best]].tolist()
    counts = postings.held[best].tolist()
    return sorted([*others, *zip((-count for count in counts), terms, strict=True)])[:COMMON]


def _as_bits(terms: Iterable[int]) -> bytes:
    bits = np.zeros(1 << COMMON_BITS, np.uint8)
    for term in terms:
        bits[term & (1 << COMMON_BITS) - 1] = 1
    return np.packbits(bits).tobytes()


def _size(unpacked: Sequence[tuple[Hashes, Classes]]) -> int:
    """Return about how many bytes all shards have: those of a 16th of all hashes, times 16."""
    if not unpacked:
        return 0
    sample = [hashes[: np.searchsorted(hashes, 1 << 28)] for hashes, _ in unpacked]
    _, counts = np.unique(np.concatenate(sample), return_counts=True)
    each = counts * (rice_parameters(len(unpacked), counts) + POSTING_BITS) + TERM_BITS
    return int(np.minimum(each, 8 * PARTED).sum()) << 1


def _sorted(unpacked: Sequence[tuple[Hashes, Classes]], part: int, parts: int) -> _Postings:
    """Return the postings whose hash begins with the bits `part`, of which there are `parts`."""
    ends = [part << 32 - parts, (part + 1) << 32 - parts]
    cuts = [np.searchsorted(hashes, ends) for hashes, _ in unpacked]
    hashes = np.concatenate([h[a:b] for (h, _), (a, b) in zip(unpacked, cuts, strict=True)])
    kinds = np.concatenate([c[a:b] for (_, c), (a, b) in zip(unpacked, cuts, strict=True)])
    sizes = [b - a for a, b in cuts]
    order = np.argsort(hashes, kind="stable")
    documents = np.repeat(np.arange(len(unpacked)), sizes)[order]
    return _Postings.of(hashes[order].astype(np.int64), documents, kinds[order])


@dataclass(frozen=True, slots=True)
class _Codes:
    """How each posting is written: a number, and how many bits it takes with leading zeros."""

    values: Numbers
    sizes: Numbers

    @classmethod
    def of(cls, postings: _Postings, documents: int) -> Self:
        """Return the codes of postings in a segment of so many documents."""
        counts = postings.counts
        gaps = np.diff(postings.documents, prepend=0) - 1
        gaps[postings.first] = postings.documents[postings.first]
        values, sizes = rice(gaps, np.repeat(rice_parameters(documents, counts), counts))
        values = values << postings.classes + 1 | 1
        sizes += postings.classes + 1
        is_told = (postings.held * RARE <= documents) & (documents <= SIDED)
        tells = np.repeat(is_told, counts) & (postings.classes == 0)
        others = _others(postings, np.repeat(np.arange(counts.size), counts), tells)
        same = tells & ~others
        values[same] = values[same] << 1 | 1
        values[others] = values[others] << 1 + SIDE_BITS | postings.sides[others]
        return cls(values, sizes + tells + SIDE_BITS * others)


def _others(postings: _Postings, term: Numbers, tells: _Marks) -> _Marks:
    """Return which postings tell sides that are not the last ones of their term."""
    places = np.flatnonzero(tells)
    sides, terms = postings.sides[places], term[places]
    last = np.append(0, sides)[:-1]
    last[np.diff(terms, prepend=-1) > 0] = 0
    found = np.zeros(tells.size, bool)
    found[places] = sides != last
    return found


def _part(postings: _Postings, documents: int) -> tuple[_Postings, list[tuple[int, bytes]]]:
    """Return what is written into shards, and of each parted term the packed rest."""
    if postings.held.max(initial=0) <= LONG:
        return postings, []
    totals = np.add.reduceat(_Codes.of(postings, documents).sizes, postings.first)
    kept = np.ones(postings.hashes.size, bool)
    tails = []
    for place in np.flatnonzero((postings.held > LONG) & (totals > 8 * PARTED)).tolist():
        start = postings.first[place]
        own = slice(start, start + postings.held[place])
        classes = postings.classes[own]
        # Class 3 is the shortest title; 2, 1 and 0 come after all titles.
        rank = np.where(classes < IN_TITLE, 1000 - classes, classes)
        kept[own] = False
        kept[start + np.argsort(rank, kind="stable")[:HEAD]] = True
        rest = np.zeros(kept.size, bool)
        rest[own] = ~kept[own]
        tails.append((int(postings.hashes[start]), _write_tail(postings, rest, place, documents)))
    return postings.where(kept), tails


def _write_tail(postings: _Postings, rest: _Marks, place: int, documents: int) -> bytes:
    tail = _Postings(
        postings.hashes[rest], postings.documents[rest], postings.classes[rest],
        postings.sides[rest], np.zeros(1, np.int64), postings.held[place : place + 1],
    )  # fmt: skip
    codes = _Codes.of(tail, documents)
    ends = np.cumsum(codes.sizes)
    return write_bits(int(ends[-1] + 7) // 8, ends, codes.values)


def _write(
    postings: _Postings, lowest: int, shards: int, bits: int, documents: int
) -> Iterator[bytes]:
    """Yield the bytes of `shards` shards from `lowest` on, without their checksums."""
    first, held = postings.first, postings.held
    terms = postings.hashes[first]
    shard = (terms >> 32 - bits) - lowest
    holds = np.bincount(shard, minlength=shards)
    assert holds.max() < 1 << COUNT_BITS, "a shard of some kilobytes holds some hundred terms"

    begins = np.diff(shard, prepend=-1) > 0
    steps = np.diff(terms, prepend=0) - 1
    steps[begins] = terms[begins] - ((shard[begins] + lowest) << 32 - bits)
    step, step_size = rice(steps, rice_parameters(1 << 32 - bits, holds)[shard])
    # A count of so many bits has one zero less before it, and then perhaps whether it is parted.
    flag = (held > LONG).astype(np.int64)
    count, count_size = held << flag | (postings.counts < held), 2 * bit_lengths(held) - 1 + flag

    codes = _Codes.of(postings, documents)
    sizes = codes.sizes.copy()
    sizes[first] += step_size + count_size
    ends = np.append(0, np.cumsum(sizes))
    used = np.diff(
        ends[np.append(first, sizes.size)][np.searchsorted(shard, np.arange(shards + 1))]
    )
    starts = np.append(0, np.cumsum((used + COUNT_BITS + 7) // 8))
    shift = starts[:-1] * 8 + COUNT_BITS - np.append(0, np.cumsum(used))[:-1]
    begin = ends[first] + shift[shard]
    data = write_bits(
        int(starts[-1]),
        np.concatenate([
            starts[:-1] * 8 + COUNT_BITS, begin + step_size, begin + step_size + count_size,
            ends[1:] + np.repeat(shift[shard], postings.counts),
        ]),
        np.concatenate([holds, step, count, codes.values]),
    )  # fmt: skip
    yield from (data[a:b] for a, b in pairwise(starts.tolist()))
