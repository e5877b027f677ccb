"""The terms that most documents of a segment have, for readers to rather look up others."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from typing import NamedTuple, Self

import numpy as np

from policysite.search.bits import Numbers
from policysite.search.postings import Postings

COMMON, COMMON_BITS = 400, 12
SHARE = 32
"""A term is common only if more than one document in so many has it."""


class Common(NamedTuple):
    """Terms that more than a share of the documents have, and how many do."""

    terms: Numbers
    counts: Numbers

    @classmethod
    def of(cls, postings: Postings, documents: int) -> Self:
        """Return those of some postings."""
        often = postings.counts * SHARE > documents
        return cls(postings.terms[often], postings.counts[often])

    @classmethod
    def join(cls, parts: Sequence[Common]) -> Self:
        """Return those of parts that have no term in common."""
        return cls(
            np.concatenate([part.terms for part in parts]),
            np.concatenate([part.counts for part in parts]),
        )

    def outside(self, numbers: Numbers, bits: int) -> Common:
        """Return those that are in none of some shards."""
        others = ~np.isin(self.terms >> 32 - bits, numbers)
        return Common(self.terms[others], self.counts[others])

    def as_text(self) -> str:
        """Return a set of the most common in base64: bit n is set if the hash of one ends with n."""
        best = np.lexsort((self.terms, -self.counts))[:COMMON]
        bits = np.zeros(1 << COMMON_BITS, np.uint8)
        bits[self.terms[best] & (1 << COMMON_BITS) - 1] = 1
        return b64encode(np.packbits(bits).tobytes()).decode()
