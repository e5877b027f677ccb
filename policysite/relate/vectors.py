"""Term vectors of documents, and their weights among all documents.

Whole numbers throughout: sums of whole numbers are exact, so a score depends neither on the order
of addition nor on the machine, and a list updated in place equals the list built from nothing.

Only this module and those beside it that reckon with vectors (scores, related_index) import numpy;
docs/decisions/0005 has it measured against scipy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import NamedTuple, Self, TypeAlias
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Integers: TypeAlias = NDArray[np.int64]

# A term is known by its CRC-32 modulo this: no table of terms has to be kept or stored.  With
# 30,000 terms one in 35 shares its number with another: two of the 64 that make a score.
DIMENSIONS = 1 << 20

# Sublinear term frequency, 1 + ln(count), in sixteenths; doubled it still fits a byte.
_WEIGHTS = np.array([0] + [round(16 * (1 + log(count))) for count in range(1, 256)], np.uint8)
_HEADING = 2

# Fewer find fewer siblings, more drown them in common words and cost time (measured: 0005).
HEAVIEST = 64

# Length of every row, so that a score is UNIT² times the cosine of the angle between two documents.
UNIT = 1 << 12

# A term of more documents than two to this is passed over: 4,095.
_COMMON = 12

TermVector: TypeAlias = bytes
"""The terms of one document, before any other document is known.

For n terms first n term numbers, ascending, each an unsigned little-endian 32-bit integer, then for
each a byte, its sublinear frequency in sixteenths.
"""


def term_vector(heading: Mapping[str, int], body: Mapping[str, int]) -> TermVector:
    """Make the vector of a document from the word counts of its heading and of its body."""
    counts = dict(heading)
    for word, count in body.items():
        counts[word] = counts.get(word, 0) + count
    terms = np.fromiter(map(_term, counts), "<u4", len(counts))
    weights = _WEIGHTS[np.minimum(integers(counts.values()), 255)]
    weights[: len(heading)] *= _HEADING
    order = np.lexsort((weights, terms))
    return bytes(terms[order].tobytes() + weights[order].tobytes())


@lru_cache(maxsize=1 << 17)
def _term(word: str) -> int:
    return crc32(word.encode()) % DIMENSIONS


def _terms(vectors: Iterable[TermVector]) -> Integers:
    data = b"".join([vector[: 4 * _length(vector)] for vector in vectors])
    return np.frombuffer(data, "<u4").astype(np.int64)


def _length(vector: TermVector) -> int:
    return len(vector) // 5


def _distinct(values: Integers) -> Integers:
    """Return each value once, in rising order."""
    # Asked for no counts, numpy loads its masked arrays to know that this is none: 8 milliseconds.
    return np.unique(values, return_counts=True)[0]


def holders(vectors: Sequence[TermVector], terms: Integers) -> list[int]:
    """Return the positions of the vectors that hold any of these terms, ascending."""
    wanted = np.zeros(DIMENSIONS, np.bool_)
    wanted[terms] = True
    ends = np.cumsum(integers(map(_length, vectors)))
    hits = np.flatnonzero(wanted[_terms(vectors)])
    return list(_distinct(np.searchsorted(ends, hits, side="right")).tolist())


class Rows(NamedTuple):
    """The heaviest terms of documents, weighed among all of them: a row for each, of length UNIT.

    `terms` and `values`: shape (documents, HEAVIEST). A row is filled up with zeros; no value of a
    term is zero.
    """

    terms: NDArray[np.int32]
    values: NDArray[np.uint16]

    @classmethod
    def empty(cls, count: int) -> Self:
        """Return the rows of documents without terms."""
        shape = (count, HEAVIEST)
        return cls(np.zeros(shape, np.int32), np.zeros(shape, np.uint16))

    @classmethod
    def joined(cls, parts: Sequence[Rows]) -> Self:
        """Return the rows of all parts, one after the other."""
        empty = cls.empty(0)
        return cls(*(np.concatenate(each) for each in zip(empty, *parts, strict=True)))

    def some(self, positions: slice) -> Rows:
        """Return the rows of some documents."""
        return Rows(self.terms[positions], self.values[positions])

    def equal(self, other: Rows) -> bool:
        """Return whether these are the same rows."""
        same = np.array_equal(self.terms, other.terms)
        return same and np.array_equal(self.values, other.values)

    def of(self, position: int) -> tuple[Integers, Integers]:
        """Return the terms of one document, and their values."""
        held = np.flatnonzero(self.values[position])
        return self.terms[position, held], self.values[position, held].astype(np.int64)

    def put(self, position: int, terms: Integers, values: Integers) -> bool:
        """Put in the terms of one document; return whether it had others."""
        old_terms, old_values = self.of(position)
        self.terms[position], self.values[position] = 0, 0
        self.terms[position, : len(terms)] = terms
        self.values[position, : len(values)] = values
        return not (np.array_equal(old_terms, terms) and np.array_equal(old_values, values))


@dataclass(frozen=True, slots=True, eq=False)
class TermStatistics:
    """In how many documents each term occurs.

    `frequency`: shape (DIMENSIONS,).  `total`: number of documents.
    """

    frequency: NDArray[np.int32]
    total: int

    @classmethod
    def of(cls, vectors: Sequence[TermVector]) -> Self:
        """Count the documents of every term."""
        frequency = np.bincount(_terms(vectors), minlength=DIMENSIONS)
        return cls(frequency.astype(np.int32), len(vectors))

    def changed(self, removed: Sequence[TermVector], added: Sequence[TermVector]) -> Self:
        """Return the statistics after some vectors went and others came."""
        frequency = self.frequency.copy()
        np.subtract.at(frequency, _terms(removed), 1)
        np.add.at(frequency, _terms(added), 1)
        return type(self)(frequency, self.total - len(removed) + len(added))

    def moved(self, later: Self, vectors: Iterable[TermVector]) -> Integers:
        """Return those terms of the vectors that are not as rare as they were."""
        terms = _distinct(_terms(vectors))
        return terms[np.not_equal(self._rarity(terms), later._rarity(terms))]

    def weigh(self, vector: TermVector) -> tuple[Integers, Integers]:
        """Return the heaviest terms of a document, and their values among all documents."""
        terms = _terms([vector])
        weights = np.frombuffer(vector, np.uint8)[4 * len(terms) :] * self._rarity(terms)
        if len(terms) > HEAVIEST:
            # Of equal weights the smaller term: no two keys are equal, so the choice is certain.
            keys = weights * DIMENSIONS - terms
            heaviest = np.sort(np.argpartition(keys, -HEAVIEST)[-HEAVIEST:])
            terms, weights = terms[heaviest], weights[heaviest]
        terms, weights = terms[weights > 0], weights[weights > 0]
        length = np.sqrt(np.sum(weights * weights))
        return terms, np.rint(weights * UNIT / length).astype(np.int64)

    def _rarity(self, terms: Integers) -> Integers:
        """Return how rare the terms are, in whole steps from 0 (says nothing) upwards.

        Inverse document frequency, log2(N / df), with N and df rounded down to powers of two: an
        edit that changes df by one nearly always leaves it alone. What very many documents hold
        tells none of them from the others, and would make the work grow with the square.
        """
        bits = np.frexp(self.frequency[terms])[1].astype(np.int64)
        return np.where(bits > _COMMON, 0, self.total.bit_length() - bits)


def integers(values: Iterable[int]) -> Integers:
    """Return whole numbers as an array."""
    return np.fromiter(values, np.int64)
