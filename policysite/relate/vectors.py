"""Term vectors of documents, their weights and the scores between them.

Whole numbers throughout: sums of whole numbers are exact, so a score depends neither on the order
of addition nor on the machine, and a list updated in place equals the list built from nothing.

The only module that imports numpy; docs/decisions/0005 has it measured against scipy.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import NamedTuple, Self, TypeAlias, cast
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
_HEAVIEST = 64

# Of how many times as many as wanted the best are looked for first.
_AMPLE = 2

# Length of every row, so that a score is UNIT² times the cosine of the angle between two documents.
UNIT = 1 << 12

# A term of more documents than two to this is passed over: 4,095.
_COMMON = 12

# Two texts in one section of the site are a little nearer: an eighth of the product for the first
# level of its path and another for the whole path.
_SECTION_SHARE = 8

# A score below this means that two documents share words by chance, not a subject (judged by eye:
# 0005).  Never more than twice the product, since the sections add a quarter at most.
_MINIMUM = UNIT * UNIT * 8 // 100

# To be raised when a document would get another vector than before, so that no stored one is taken.
_FORMAT = b"\x01"

_NOTHING: Integers = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class TermVector:
    """The terms of one document, before any other document is known.

    `terms`: term numbers, ascending, each an unsigned little-endian 32-bit integer.
    `weights`: for each term a byte, its sublinear frequency in sixteenths.
    """

    terms: bytes
    weights: bytes

    def to_bytes(self) -> bytes:
        """Return the format byte 1, then n term numbers of 4 bytes, then n weights of 1 byte."""
        return _FORMAT + self.terms + self.weights

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read what `to_bytes` wrote; ValueError when it cannot have written this."""
        count, rest = divmod(len(data) - 1, 5)
        if data[:1] != _FORMAT or rest:
            raise ValueError("not a term vector")
        return cls(data[1 : 1 + 4 * count], data[1 + 4 * count :])


def term_vector(heading: Mapping[str, int], body: Mapping[str, int]) -> TermVector:
    """Make the vector of a document from the word counts of its heading and of its body."""
    counts = dict(heading)
    for word, count in body.items():
        counts[word] = counts.get(word, 0) + count
    terms = np.fromiter(map(_term, counts), "<u4", len(counts))
    weights = _WEIGHTS[np.minimum(_integers(counts.values()), 255)]
    weights[: len(heading)] *= _HEADING
    order = np.lexsort((weights, terms))
    return TermVector(terms[order].tobytes(), weights[order].tobytes())


@lru_cache(maxsize=1 << 17)
def _term(word: str) -> int:
    return crc32(word.encode()) % DIMENSIONS


def _terms(vectors: Iterable[TermVector]) -> Integers:
    data = b"".join([vector.terms for vector in vectors])
    return np.frombuffer(data, "<u4").astype(np.int64)


def holders(vectors: Sequence[TermVector], terms: Integers) -> list[int]:
    """Return the positions of the vectors that hold any of these terms, ascending."""
    wanted = np.zeros(DIMENSIONS, np.bool_)
    wanted[terms] = True
    ends = np.cumsum(_integers(len(vector.weights) for vector in vectors))
    hits = np.flatnonzero(wanted[_terms(vectors)])
    return list(np.unique(np.searchsorted(ends, hits, side="right")).tolist())


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """The heaviest terms of one document, weighed among all documents, of length UNIT."""

    terms: Integers
    values: Integers

    def equals(self, other: "Row") -> bool:
        """Tell whether both hold the same numbers."""
        return np.array_equal(self.terms, other.terms) and np.array_equal(self.values, other.values)


def pack_rows(rows: Sequence[Row]) -> tuple[bytes, bytes, bytes]:
    """Return the terms, the values and the lengths of rows, one behind the other, to be stored."""
    lengths = _integers(len(row.terms) for row in rows)
    terms = np.concatenate([_NOTHING, *[row.terms for row in rows]]).astype("<i4")
    values = np.concatenate([_NOTHING, *[row.values for row in rows]]).astype("<i4")
    return terms.tobytes(), values.tobytes(), lengths.astype("<i4").tobytes()


def unpack_rows(terms: bytes, values: bytes, lengths: bytes) -> list[Row]:
    """Return the rows that `pack_rows` was given."""
    all_terms = np.frombuffer(terms, "<i4").astype(np.int64)
    all_values = np.frombuffer(values, "<i4").astype(np.int64)
    ends = np.cumsum(np.frombuffer(lengths, "<i4"))
    rows, start = [], 0
    for end in ends.tolist():
        rows.append(Row(all_terms[start:end], all_values[start:end]))
        start = end
    return rows


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
        terms: Integers = np.unique(_terms(vectors))
        return terms[np.not_equal(self._rarity(terms), later._rarity(terms))]

    def weigh(self, vector: TermVector) -> Row:
        """Return the row of a document among all."""
        terms = _terms([vector])
        weights = np.frombuffer(vector.weights, np.uint8) * self._rarity(terms)
        if len(terms) > _HEAVIEST:
            # Of equal weights the smaller term: no two keys are equal, so the choice is certain.
            keys = weights * DIMENSIONS - terms
            heaviest = np.sort(np.argpartition(keys, -_HEAVIEST)[-_HEAVIEST:])
            terms, weights = terms[heaviest], weights[heaviest]
        terms, weights = terms[weights > 0], weights[weights > 0]
        length = np.sqrt(np.sum(weights * weights))
        return Row(terms, np.rint(weights * UNIT / length).astype(np.int64))

    def _rarity(self, terms: Integers) -> Integers:
        """Return how rare the terms are, in whole steps from 0 (says nothing) upwards.

        Inverse document frequency, log2(N / df), with N and df rounded down to powers of two: an
        edit that changes df by one nearly always leaves it alone. What very many documents hold
        tells none of them from the others, and would make the work grow with the square.
        """
        bits = np.frexp(self.frequency[terms])[1].astype(np.int64)
        return np.where(bits > _COMMON, 0, self.total.bit_length() - bits)


class _Postings(NamedTuple):
    """Which documents hold which terms, ascending by term."""

    terms: Integers
    owners: Integers
    values: NDArray[np.float64]

    def products(self, row: Row, total: int) -> NDArray[np.float64]:
        """Return the product of a row with each of the `total` rows: whole numbers, as floats."""
        starts = np.searchsorted(self.terms, row.terms, side="left")
        lengths = np.searchsorted(self.terms, row.terms, side="right") - starts
        # The postings of all terms in one array: starts[i] … starts[i] + lengths[i] for each i.
        shifts = np.repeat(starts - np.cumsum(lengths) + lengths, lengths)
        chosen = shifts + np.arange(len(shifts))
        products = self.values[chosen] * np.repeat(row.values, lengths)
        return cast(
            NDArray[np.float64], np.bincount(self.owners[chosen], products, minlength=total)
        )


class Scorer:
    """Scores between the rows of all documents, by an inverted index.

    `sections`: the section path of each document.  `families`: the family of each, '' for none.
    """

    def __init__(
        self, rows: Sequence[Row], sections: Sequence[tuple[str, ...]], families: Sequence[str]
    ) -> None:
        self._rows = rows
        self._terms = np.concatenate([_NOTHING, *[row.terms for row in rows]])
        self._values = np.concatenate([_NOTHING, *[row.values for row in rows]]).astype(np.float64)
        self._owners = np.repeat(np.arange(len(rows)), _integers(len(row.terms) for row in rows))
        self._levels = (_numbered(path[:1] for path in sections), _numbered(sections))
        self._families = families

    def nearest(self, positions: Sequence[int], count: int) -> list[list[tuple[int, int]]]:
        """Return for each document the best (position, score), at most one of each family."""
        return [self._best(*scored, count) for scored in self._scored(positions)]

    def reached(self, positions: Sequence[int], floors: Sequence[int]) -> set[int]:
        """Return the documents with which any of these scores at least that document's floor."""
        floor = _integers(floors)
        reached: set[int] = set()
        for others, scores in self._scored(positions):
            reached.update(others[scores >= floor[others]].tolist())
        return reached

    def _best(self, others: Integers, scores: Integers, count: int) -> list[tuple[int, int]]:
        # Thousands may be near: to put the best few in order is enough, but for large families.
        few = _AMPLE * count
        if len(scores) > few:
            floor = np.partition(scores, -few)[-few]
            chosen = np.flatnonzero(scores >= floor)
            best = self._first(others[chosen], scores[chosen], count)
            if len(best) == count:
                return best
        return self._first(others, scores, count)

    def _first(self, others: Integers, scores: Integers, count: int) -> list[tuple[int, int]]:
        order = np.argsort(-scores, kind="stable")
        best: list[tuple[int, int]] = []
        shown = set()
        for place in order:
            if len(best) == count:
                break
            other = int(others[place])
            family = self._families[other]
            if family not in shown:
                best.append((other, int(scores[place])))
            if family:
                shown.add(family)
        return best

    def _scored(self, positions: Sequence[int]) -> Iterator[tuple[Integers, Integers]]:
        """Yield for each position the documents near it, ascending, and their scores."""
        postings = self._postings([self._rows[position] for position in positions])
        for position in positions:
            products = postings.products(self._rows[position], len(self._rows))
            products[position] = 0
            others = np.flatnonzero(products >= _MINIMUM // 2)
            shared = sum(level[others] == level[position] for level in self._levels)
            found = products[others].astype(np.int64)
            scores = found + found // _SECTION_SHARE * shared
            near = scores >= _MINIMUM
            yield others[near], scores[near]

    def _postings(self, rows: Sequence[Row]) -> _Postings:
        """Return the postings of the terms of these rows: all that is needed to score them."""
        wanted = np.zeros(DIMENSIONS, np.bool_)
        for row in rows:
            wanted[row.terms] = True
        chosen = np.flatnonzero(wanted[self._terms])
        chosen = chosen[np.argsort(self._terms[chosen])]
        return _Postings(self._terms[chosen], self._owners[chosen], self._values[chosen])


def _numbered(values: Iterable[tuple[str, ...]]) -> Integers:
    """Number the values so that equal ones have equal numbers."""
    numbers: dict[tuple[str, ...], int] = {}
    return _integers(numbers.setdefault(value, len(numbers)) for value in values)


def _integers(values: Iterable[int]) -> Integers:
    return np.fromiter(values, np.int64)
