"""Postings packed into shards: the files in which readers look a term up.

A shard holds the terms whose hash begins with its number. It is a string of bits, the first ones
highest in their byte:

    32  checksum (checked.py)
    16  how many terms
    for each term, in rising order:
        how far its hash is beyond the last one, less one   Rice code
        how many documents have it                          Elias gamma code
        if they are more than LONG: whether it is parted    1
        if it is: the name of the file with the rest        24
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

The parameter of each Rice code follows from numbers that both sides know (`rice_parameter`). No
shard depends on any other, nor on anything but its own postings and the number of documents.
docs/search.md compares the sizes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from policysite.search.bits import Numbers, bit_lengths, rice, rice_parameters, write_bits
from policysite.search.checked import checked, name_bits
from policysite.search.postings import Postings
from policysite.search.terms import IN_TITLE, SIDES, Classes
from policysite.search.tokens import Hashes

TARGET, SMALL_TARGET, LEAST_TARGET = 4096, 2048, 1024
LEAST, FEW, MANY = 250, 1000, 30_000
"""Bytes that a shard has at most on average, and at least half of them: its number is a few bits.
Up to few documents, where small shards are not many files, it is the small target, and up to the
least the least: few long articles have many terms. Beyond many documents a reader's titles take
more bytes, so that it is the small target again."""
PARTED = 4096
"""Bytes beyond which the postings of a term are parted."""
HEAD = 2048
LONG = 2 * HEAD
RARE, SIDED = 8, 5000
POSTING_BITS, TERM_BITS = 4, 20
"""What a posting takes beside the low bits of its Rice code, and a term; measured on laws and on
news, to choose the number of shards."""
COUNT_BITS, SIDE_BITS, NAME_BITS = 16, 4, 24
_SAMPLED = 1 << 28
"""The hashes below it, a 16th of all, tell how much space the shards take."""
_WHOLE = -1


@dataclass(frozen=True, slots=True)
class Shard:
    """A shard with its checksum; `tails` are its parted terms, each with the rest of its postings."""

    number: int
    data: bytes
    tails: tuple[tuple[int, bytes], ...]


def sample_size(terms: Numbers, counts: Numbers, documents: int) -> int:
    """Return about how many bits the terms take that are among the sampled ones."""
    own = counts[terms < _SAMPLED]
    each = own * (rice_parameters(documents, own) + POSTING_BITS) + TERM_BITS
    return int(np.minimum(each, 8 * PARTED).sum())


def sample(unpacked: Sequence[tuple[Hashes, Classes]]) -> int:
    """Return the `sample_size` of all terms of the documents of a segment."""
    found = [hashes[: np.searchsorted(hashes, _SAMPLED)] for hashes, _ in unpacked]
    terms, counts = np.unique(np.concatenate(found), return_counts=True)
    return sample_size(terms.astype(np.int64), counts, len(unpacked))


def shard_bits(size: int, documents: int) -> int:
    """Return how many bits of a hash choose a shard, from the size of the sample."""
    target = TARGET if FEW < documents <= MANY else SMALL_TARGET
    target = LEAST_TARGET if documents <= LEAST else target
    return (size * 2 // target).bit_length()


@dataclass(frozen=True, slots=True)
class _Heads:
    """What stands in the shards: of some terms a part only, of which `labels` tell the file."""

    postings: Postings
    held: Numbers
    labels: Numbers
    tails: dict[int, bytes] = field(default_factory=dict)


def write_shards(
    postings: Postings, numbers: Numbers, bits: int, documents: int, seed: bytes
) -> Iterator[Shard]:
    """Yield the shards of some numbers, in rising order; `postings` are all that they hold.

    `seed` tells the segment from others: a shard read as one of another is found to be damaged.
    """
    heads = _part(postings, documents, seed)
    places = np.searchsorted(numbers, np.array([*heads.tails], np.int64) >> 32 - bits)
    tails: list[list[tuple[int, bytes]]] = [[] for _ in numbers]
    for place, tail in zip(places.tolist(), heads.tails.items(), strict=True):
        tails[place].append(tail)
    for number, data, own in zip(
        numbers.tolist(), _write(heads, numbers, bits, documents), tails, strict=True
    ):
        yield Shard(number, checked(data, seed, number), tuple(own))


def _codes(postings: Postings, held: Numbers, documents: int) -> tuple[Numbers, Numbers]:
    """Return how each posting is written: a number, and how many bits with its leading zeros."""
    counts = postings.counts
    first = postings.ends[:-1]
    classes = (postings.kinds & (1 << SIDES) - 1).astype(np.int64)
    gaps = np.diff(postings.documents, prepend=0) - 1
    gaps[first] = postings.documents[first]
    values, sizes = rice(gaps, np.repeat(rice_parameters(documents, counts), counts))
    values = values << classes + 1 | 1
    sizes += classes + 1
    if documents > SIDED:
        return values, sizes
    sides = (postings.kinds >> SIDES).astype(np.int64)
    tells = np.repeat(held * RARE <= documents, counts) & (classes == 0)
    others = _others(sides, np.repeat(np.arange(counts.size), counts), tells)
    same = tells & ~others
    values[same] = values[same] << 1 | 1
    values[others] = values[others] << 1 + SIDE_BITS | sides[others]
    return values, sizes + tells + SIDE_BITS * others


def _others(sides: Numbers, term: Numbers, tells: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Return which postings tell sides that are not the last ones of their term."""
    places = np.flatnonzero(tells)
    own, terms = sides[places], term[places]
    last = np.append(0, own)[:-1]
    last[np.diff(terms, prepend=-1) > 0] = 0
    found = np.zeros(tells.size, bool)
    found[places] = own != last
    return found


def _part(postings: Postings, documents: int, seed: bytes) -> _Heads:
    """Return what is written into shards, and of each parted term the packed rest."""
    held = postings.counts
    heads = _Heads(postings, held, np.full(held.size, _WHOLE))
    if held.max(initial=0) <= LONG:
        return heads
    ends = postings.ends
    _, sizes = _codes(postings, held, documents)
    totals = np.add.reduceat(sizes, ends[:-1])
    kept = np.ones(postings.documents.size, bool)
    counts = held.copy()
    for place in np.flatnonzero((held > LONG) & (totals > 8 * PARTED)).tolist():
        own = slice(int(ends[place]), int(ends[place + 1]))
        kept[own] = _best(postings.kinds[own])
        counts[place] = HEAD
        rest = Postings(
            postings.terms[place : place + 1], held[place : place + 1] - HEAD,
            postings.documents[own][~kept[own]], postings.kinds[own][~kept[own]],
        )  # fmt: skip
        term = int(postings.terms[place])
        heads.tails[term] = _write_tail(rest, held[place : place + 1], documents, seed)
        heads.labels[place] = name_bits(heads.tails[term])
    best = Postings(postings.terms, counts, postings.documents[kept], postings.kinds[kept])
    return _Heads(best, held, heads.labels, heads.tails)


def _best(kinds: Classes) -> npt.NDArray[np.bool_]:
    """Return which of a term's postings its shard has."""
    classes = (kinds & (1 << SIDES) - 1).astype(np.int64)
    # Class 3 is the shortest title; 2, 1 and 0 come after all titles.
    rank = np.where(classes < IN_TITLE, 1000 - classes, classes)
    best = np.zeros(kinds.size, bool)
    best[np.argsort(rank, kind="stable")[:HEAD]] = True
    return best


def _write_tail(rest: Postings, held: Numbers, documents: int, seed: bytes) -> bytes:
    values, sizes = _codes(rest, held, documents)
    ends = np.cumsum(sizes)
    data = write_bits(int(ends[-1] + 7) // 8, ends, values)
    return checked(data, seed, int(rest.terms[0]))


def _write(heads: _Heads, numbers: Numbers, bits: int, documents: int) -> Iterator[bytes]:
    """Yield the bytes of the shards of some numbers, without their checksums."""
    postings, held = heads.postings, heads.held
    terms, first = postings.terms, postings.ends[:-1]
    shard = np.searchsorted(numbers, terms >> 32 - bits)
    holds = np.bincount(shard, minlength=numbers.size)
    assert holds.max() < 1 << COUNT_BITS, "a shard of some kilobytes holds some hundred terms"

    begins = np.diff(shard, prepend=-1) > 0
    steps = np.diff(terms, prepend=0) - 1
    steps[begins] = terms[begins] - (numbers[shard[begins]] << 32 - bits)
    step, step_size = rice(steps, rice_parameters(1 << 32 - bits, holds)[shard])
    count, count_size = _count_codes(held, heads.labels)

    values, sizes = _codes(postings, held, documents)
    sizes[first] += step_size + count_size
    ends = np.append(0, np.cumsum(sizes))
    used = np.diff(
        ends[np.append(first, sizes.size)][np.searchsorted(shard, np.arange(numbers.size + 1))]
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
        np.concatenate([holds, step, count, values]),
    )  # fmt: skip
    yield from (data[a:b] for a, b in pairwise(starts.tolist()))


def _count_codes(held: Numbers, labels: Numbers) -> tuple[Numbers, Numbers]:
    """Return how it is written how many documents have each term, and whether it is parted."""
    # A count of so many bits has one zero less before it.
    flag = (held > LONG).astype(np.int64)
    parted = labels != _WHOLE
    values, sizes = held << flag | parted, 2 * bit_lengths(held) - 1 + flag
    values[parted] = values[parted] << NAME_BITS | labels[parted]
    return values, sizes + NAME_BITS * parted
