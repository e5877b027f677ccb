"""The line that a problem speaks of, with carets under what is wrong."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from policysite.lint.personal_data import mask

_WIDTH = 72
"""Columns of a terminal that a line may take."""

_UNSEEN = re.compile(
    "[\\x00-\\x1f\\x7f-\\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffd\ue000-\uf8ff]"
)
_STAND_IN = "¤"


def excerpt(
    line: str, number: int, column: int, end: int, hidden: Iterable[tuple[int, int]] = ()
) -> list[str]:
    """Return the line and its carets; long lines are cut around what is wrong.

    `column` and `end` count characters from 1; `end` 0 means the rest of the line. Personal data
    is covered, and so is what stands between the columns of `hidden`.
    """
    end = end or len(line.rstrip()) + 1
    shown = _UNSEEN.sub(_STAND_IN, mask(line))
    for start, stop in hidden:
        shown = shown[: start - 1] + "*" * (stop - start) + shown[stop - 1 :]
    start, stop = _window(shown, column - 1, max(end - 1, column))
    before = "…" if start else ""
    after = "…" if stop < len(shown) else ""
    gutter = f"{number:>5} | "
    gap = "".join(_blank(char) for char in before + shown[start : column - 1])
    marked = shown[column - 1 : min(max(end - 1, column), stop)] or " "
    carets = "^" * max(1, sum(map(width, marked)))
    return [f"{gutter}{before}{shown[start:stop]}{after}", f"{'':>5} | {gap}{carets}"]


def width(char: str) -> int:
    """Return how many columns a character takes.

    Marks of ambiguous width, such as “, count as one: terminals set them so unless told otherwise.
    """
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _blank(char: str) -> str:
    # A wide space is as wide as 汉字 also where fonts do not keep to two columns.
    return "\u3000" if width(char) == 2 else " " * width(char)


def _window(line: str, start: int, stop: int) -> tuple[int, int]:
    """Return the part of `line` to show: all of it, or what fits around `start` to `stop`."""
    if sum(map(width, line)) <= _WIDTH:
        return 0, len(line)
    room = _WIDTH - sum(map(width, line[start:stop]))
    first = start - _count(reversed(line[:start]), room // 2)
    room -= sum(map(width, line[first:start]))
    last = min(stop + _count(iter(line[stop:]), max(room, 8)), len(line))
    return first, max(last, min(stop, start + _WIDTH))


def _count(chars: Iterator[str], room: int) -> int:
    """Return how many of `chars` fit into `room` columns."""
    taken = 0
    for char in chars:
        room -= width(char)
        if room < 0:
            break
        taken += 1
    return taken
