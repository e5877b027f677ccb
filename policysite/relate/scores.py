"""Scores between documents, and the best of each: whole numbers, as in vectors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from policysite.pool import spread
from policysite.relate.vectors import DIMENSIONS, UNIT, Integers, Rows, integers

# Of how many times as many as wanted the best are looked for first.
_AMPLE = 2

# Two texts in one section of the site are a little nearer: an eighth of the product for the first
# level of its path and another for the whole path.
_SECTION_SHARE = 8
_MOST_BY_SECTIONS = 1.25

# One value in so many tells nearly which are the best: to part all of them takes thrice the time.
_SAMPLE = 8

# So many documents in a row are looked at in one process: of a thousand on, all cores have some.
_RUN = 16

# A score below this means that two documents share words by chance, not a subject (judged by eye:
# 0005).  Never more than twice the product, since the sections add a quarter at most.
_MINIMUM = UNIT * UNIT * 8 // 100


class _Postings(NamedTuple):
    """Which documents hold which terms, ascending by term."""

    terms: NDArray[np.int32]
    owners: Integers
    values: NDArray[np.float64]

    def products(self, terms: Integers, values: Integers, total: int) -> NDArray[np.float64]:
        """Return the product of a row with each of the `total` rows: whole numbers, as floats."""
        starts, ends = (
            np.searchsorted(self.terms, terms, side=side).tolist() for side in ("left", "right")
        )
        places = [slice(*bounds) for bounds in zip(starts, ends, strict=True)]
        if not places:
            return np.zeros(total)
        owners = np.concatenate([self.owners[place] for place in places])
        parts = [self.values[place] * value for place, value in zip(places, values, strict=True)]
        products = np.bincount(owners, np.concatenate(parts), minlength=total)
        return cast(NDArray[np.float64], products)


class Scorer:
    """Scores between the rows of all documents, by an inverted index.

    `sections`: the section path of each document, its slugs joined by /.  `families`: the family
    of each, '' for none.
    """

    def __init__(self, rows: Rows, sections: Sequence[str], families: Sequence[str]) -> None:
        self._rows = rows
        self._levels = (_numbered(path.split("/")[0] for path in sections), _numbered(sections))
        self._families = families

    def nearest(self, positions: Sequence[int], count: int) -> Iterator[list[tuple[int, int]]]:
        """Yield for each document the best (position, score), at most one of each family."""
        postings = self._postings(positions)

        def best(run: Sequence[int]) -> list[list[tuple[int, int]]]:
            return [self._best(place, *self._near(postings, place), count) for place in run]

        runs = [positions[start : start + _RUN] for start in range(0, len(positions), _RUN)]
        return chain.from_iterable(spread(best, runs, "查找相关文章"))

    def reached(self, positions: Sequence[int], floors: Integers) -> set[int]:
        """Return the documents with which any of these scores at least that document's floor."""
        postings = self._postings(positions)
        reached: set[int] = set()
        for position in positions:
            others, scores = self._scored(position, *self._near(postings, position))
            reached.update(others[scores >= floors[others]].tolist())
        return reached

    def _best(
        self, position: int, others: Integers, products: NDArray[np.float64], count: int
    ) -> list[tuple[int, int]]:
        # Thousands may be near. What scores as much as the best few products is in order without the
        # others, and sections add a quarter at most.
        few = _AMPLE * count
        if len(products) > few:
            floor = _least_of_best(products, few)
            chosen = np.flatnonzero(products * _MOST_BY_SECTIONS >= floor)
            found, scores = self._scored(position, others[chosen], products[chosen])
            chosen = np.flatnonzero(scores >= floor)
            best = self._first(found[chosen], scores[chosen], count)
            if len(best) == count:
                return best
        return self._first(*self._scored(position, others, products), count)

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

    def _near(self, postings: _Postings, position: int) -> tuple[Integers, NDArray[np.float64]]:
        """Return the documents that may be near one, ascending, and their products with it."""
        terms, values = self._rows.of(position)
        products = postings.products(terms, values, len(self._families))
        products[position] = 0
        others = np.flatnonzero(products >= _MINIMUM // 2)
        return others, products[others]

    def _scored(
        self, position: int, others: Integers, products: NDArray[np.float64]
    ) -> tuple[Integers, Integers]:
        """Return those of these documents that are near, and their scores."""
        shared = sum(level[others] == level[position] for level in self._levels)
        found = products.astype(np.int64)
        scores = found + found // _SECTION_SHARE * shared
        near = scores >= _MINIMUM
        return others[near], scores[near]

    def _postings(self, positions: Sequence[int]) -> _Postings:
        """Return the postings of the terms of these rows: all that is needed to score them."""
        wanted = np.zeros(DIMENSIONS, np.bool_)
        wanted[self._rows.terms[positions]] = True
        terms, values = self._rows.terms.ravel(), self._rows.values.ravel()
        chosen = np.flatnonzero(wanted[terms] & (values > 0))
        chosen = chosen[np.argsort(terms[chosen])]
        owners = chosen // self._rows.terms.shape[1]
        return _Postings(terms[chosen], owners, values[chosen].astype(np.float64))


def _least_of_best(values: NDArray[np.float64], count: int) -> float:
    """Return the least of the `count` greatest values."""
    some = values[::_SAMPLE]
    if len(some) > count:
        # What is less than the best of some is not among the best of all.
        values = values[values >= np.partition(some, -count)[-count]]
    return float(np.partition(values, -count)[-count])


def _numbered(values: Iterable[str]) -> Integers:
    """Number the values so that equal ones have equal numbers."""
    numbers: dict[str, int] = {}
    return integers(numbers.setdefault(value, len(numbers)) for value in values)
