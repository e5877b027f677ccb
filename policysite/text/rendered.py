"""A body ready to publish, and what the rest of the site needs to know about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from policysite.text.clauses import Clause
    from policysite.text.links import Link


class Heading(NamedTuple):
    """A heading of the body: `level` 2–5, permanent ASCII `id`, plain `text` with its number.

    A tuple, for there are ten of them in each article that is kept.
    """

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A body ready to publish.

    `text` is the plain text, one line per block, table cells parted by tabs.
    `links` holds targets as written, in the order of the document.
    """

    html: str
    headings: tuple[Heading, ...]
    text: str
    links: tuple[Link, ...]

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses (条, 款, 项), read anew from the HTML each time: few pages ask for them."""
        from policysite.text.clauses import read_clauses

        return tuple(read_clauses(self.html))


NOT_RENDERED = Rendered("", (), "", ())
"""Stands for a body that nothing can be wrong with once it is rendered, where only that was asked."""
