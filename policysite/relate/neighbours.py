"""上一篇 and 下一篇: the next newer and the next older article of the same column."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


def find_neighbours(newest_first: Sequence[T]) -> dict[T, tuple[T | None, T | None]]:
    """Return the (newer, older) neighbours of each item of one column.

    >>> find_neighbours(["c", "b", "a"])["b"]
    ('c', 'a')
    """
    bookended: list[T | None] = [None, *newest_first, None]
    return {
        item: (bookended[place], bookended[place + 2]) for place, item in enumerate(newest_first)
    }
