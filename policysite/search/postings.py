"""Postings, sorted: which documents hold a term, and how. What shards are written from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from policysite.search.bits import Numbers
from policysite.search.terms import Classes, unpack_terms

_NARROW = 1 << 16
"""Documents that two bytes can tell apart."""
_PLACE_BITS = 31
"""Bits of a document in a key, so that it is no negative number."""


@dataclass(frozen=True, slots=True)
class Change:
    """Another set of terms of one document: both as `document_terms` packs them."""

    document: int
    before: bytes
    after: bytes


@dataclass(frozen=True, slots=True)
class Postings:
    """Terms in rising order, how many documents have each; and those, each with its kind.

    A kind is a class and sides, as in `unpack_terms`.
    """

    terms: Numbers
    counts: Numbers
    documents: Numbers
    kinds: Classes

    @classmethod
    def of(cls, hashes: Numbers, documents: Numbers, kinds: Classes) -> Self:
        """Return postings that are sorted already, by term and then by document."""
        first = np.flatnonzero(np.diff(hashes, prepend=-1))
        counts = np.diff(np.append(first, hashes.size))
        return cls(hashes[first], counts, documents, kinds)

    @property
    def ends(self) -> Numbers:
        """Where the postings of each term end, after a 0 for where the first ones begin."""
        return np.append(0, np.cumsum(self.counts))

    @property
    def hashes(self) -> Numbers:
        """The term of each posting."""
        return np.repeat(self.terms, self.counts)

    def divide(self, borders: Numbers) -> Iterator[Self]:
        """Yield the postings of the terms from each border up to the next."""
        cuts = np.searchsorted(self.terms, borders)
        edges = self.ends[cuts]
        for a, b, start, end in zip(cuts, cuts[1:], edges, edges[1:], strict=False):
            own = slice(int(start), int(end))
            yield type(self)(
                self.terms[a:b], self.counts[a:b], self.documents[own], self.kinds[own]
            )

    def to_bytes(self, documents: int) -> bytes:
        """Return them as bytes, to be kept, where there are so many documents in all."""
        width = "<u2" if documents <= _NARROW else "<u4"
        parts = (
            np.array([self.terms.size], "<u4"), self.terms.astype("<u4"),
            self.counts.astype("<u4"), self.documents.astype(width), self.kinds,
        )  # fmt: skip
        return b"".join(part.tobytes() for part in parts)

    @classmethod
    def from_bytes(cls, data: bytes, documents: int) -> Self:
        """Return the postings that `to_bytes` made the bytes of."""
        size = int.from_bytes(data[:4], "little")
        terms, counts = np.frombuffer(data, "<u4", 2 * size, 4).astype(np.int64).reshape(2, size)
        total, start = int(counts.sum()), 4 + 8 * size
        width = "<u2" if documents <= _NARROW else "<u4"
        found = np.frombuffer(data, width, total, start).astype(np.int64)
        return cls(terms, counts, found, np.frombuffer(data, np.uint8, total, len(data) - total))

    @classmethod
    def join(cls, parts: Sequence[Self]) -> Self:
        """Return the postings of parts that follow upon each other."""
        return cls(
            np.concatenate([part.terms for part in parts]),
            np.concatenate([part.counts for part in parts]),
            np.concatenate([part.documents for part in parts]),
            np.concatenate([part.kinds for part in parts]),
        )

    def exchange(self, gone: Numbers, came: Numbers, kinds: Classes) -> Self:
        """Return postings without those that are `gone` and with those that `came`, with kinds.

        Each is a key as in `keys_of`, in rising order; what comes in another kind is in both.
        """
        keys = keys_of(self.hashes, self.documents)
        kept = np.ones(keys.size, bool)
        kept[np.searchsorted(keys, gone)] = False
        places = np.searchsorted(keys[kept], came)
        merged = np.insert(keys[kept], places, came)
        return self.of(
            terms_of(merged),
            merged & (1 << _PLACE_BITS) - 1,
            np.insert(self.kinds[kept], places, kinds),
        )


def keys_of(hashes: Numbers, documents: Numbers | int) -> Numbers:
    """Return a number for each posting, in whose order postings are sorted."""
    return hashes << _PLACE_BITS | documents


def terms_of(keys: Numbers) -> Numbers:
    """Return the term of each key."""
    return keys >> _PLACE_BITS


def gather(
    unpacked: Sequence[tuple[npt.NDArray[np.uint32], Classes]], part: int, parts: int
) -> Postings:
    """Return the postings whose hash begins with the bits `part`, of which there are `parts`.

    `unpacked` are the terms of all documents, in the order of their ids.
    """
    ends = [part << 32 - parts, (part + 1) << 32 - parts]
    cuts = [np.searchsorted(hashes, ends) for hashes, _ in unpacked]
    hashes = np.concatenate([h[a:b] for (h, _), (a, b) in zip(unpacked, cuts, strict=True)])
    kinds = np.concatenate([c[a:b] for (_, c), (a, b) in zip(unpacked, cuts, strict=True)])
    sizes = [b - a for a, b in cuts]
    order = np.argsort(hashes, kind="stable")
    documents = np.repeat(np.arange(len(unpacked)), sizes)[order]
    return Postings.of(hashes[order].astype(np.int64), documents, kinds[order])


def differences(changes: Sequence[Change]) -> tuple[Numbers, Numbers, Classes]:
    """Return the postings that changes take away and those that they bring: see `exchange`."""
    gone, came, kinds = [], [], []
    for change in changes:
        (old, old_kinds), (new, new_kinds) = map(unpack_terms, (change.before, change.after))
        olds = old.astype(np.int64) << 8 | old_kinds
        news = new.astype(np.int64) << 8 | new_kinds
        # Of a document each term is there once.
        lost = np.setdiff1d(olds, news, assume_unique=True)
        found = np.setdiff1d(news, olds, assume_unique=True)
        gone.append(keys_of(lost >> 8, change.document))
        came.append(keys_of(found >> 8, change.document))
        kinds.append((found & 255).astype(np.uint8))
    arriving = np.concatenate(came)
    order = np.argsort(arriving)
    return np.sort(np.concatenate(gone)), arriving[order], np.concatenate(kinds)[order]
