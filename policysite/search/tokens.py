"""From text to the terms of the index. `theme/static/js/search-engine/terms.js` does the same to queries.

A term is a 32-bit hash. Text is put into one form (`normalise`) and cut into runs of letters and
digits; every two neighbouring characters of a run are a term. Latin letters and digits carry little
each, so among themselves threes and fours are terms too: 2024 is looked up at once instead of as
20, 02 and 24. Whatever part of a text a reader types, its terms are therefore among the text's:
nothing is missed. That two terms share a hash (one pair in 30,000 terms or so) or that the terms
stand apart in the text finds too much, never too little; the reader's side checks what it shows.

What is not running text has a mark before it that no run begins with: `#2024-12` (文号),
`≈职代会` (a synonym), `'ghj` (initials of a title in pinyin).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TypeVar

import numpy as np
import numpy.typing as npt

T = TypeVar("T", bound=np.generic)
Hashes = npt.NDArray[np.uint32]
Sides = npt.NDArray[np.uint8]

WIDE = 0x2E80
"""Chinese characters begin here; two of them tell as much as four Latin letters."""
LONGEST = 4
"""The longest term among letters and digits."""

_SPACE = ord(" ")
_SIDE = np.uint32(0x9E3779B1)
_START, _STEP = np.uint32(2166136261), np.uint32(16777619)
_WIDE = r"[^\x00-\u2e7f]"  # a range up to the last character takes Python as long as a text
_AFTER_WIDE = re.compile(rf"({_WIDE}) +")
_BEFORE_WIDE = re.compile(rf" +(?={_WIDE})")
_BETWEEN = re.compile(r"[\W_]+")


def normalise(text: str) -> str:
    """Return `text` as it is compared: runs of small letters and digits, one space between two.

    Spaces beside a Chinese character are dropped first, for 2024 年 is 2024年.

    >>> normalise("示总工发〔2024〕１２ 号：Ａ4纸")
    '示总工发 2024 12号 a4纸'
    """
    text = unicodedata.normalize("NFKC", text).lower().replace("ς", "σ")
    text = _BEFORE_WIDE.sub("", _AFTER_WIDE.sub(r"\1", text))
    return _BETWEEN.sub(" ", text).strip()


def text_terms(normal: str) -> tuple[Hashes, Sides]:
    """Return every term of a normalised text, as often as it comes, and its sides each time.

    The sides are two bits of the character before it, times four, and two of the one after it; a
    space stands for none. They tell most texts with all pairs of a phrase apart from those with the
    phrase, for a third of what trigrams would take.
    """
    points = np.frombuffer(f" {normal} ".encode("utf-32-le"), np.uint32)
    side = (points * _SIDE >> np.uint32(30)).astype(np.uint8)
    found, sides = [np.empty(0, np.uint32)], [np.empty(0, np.uint8)]
    state = np.full(points.size - 2, _START)
    inside = np.ones(state.size, bool)
    for length in range(1, LONGEST + 1):
        if points.size < length + 2:
            break
        last = points[length:-1]
        state = (state[: last.size] ^ last) * _STEP
        inside = inside[: last.size] & (last != _SPACE)
        if length > 2:
            inside &= last < WIDE
        if length > 1:
            found.append(_mixed(state[inside]))
            sides.append((side[: last.size] * 4 + side[length + 1 :])[inside])
        if length == 2:
            inside &= (points[1 : last.size + 1] < WIDE) & (last < WIDE)
    return np.concatenate(found), np.concatenate(sides)


def distinct(values: npt.NDArray[T]) -> npt.NDArray[T]:
    """Return each value once, in rising order."""
    # Asked for no counts, numpy loads its masked arrays to know that this is none: 8 milliseconds.
    found: npt.NDArray[T] = np.unique(values, return_counts=True)[0]
    return found


@cache
def marked_term(text: str) -> int:
    """Return the term of a text that is looked up as a whole."""
    state = int(_START)
    for character in text:
        state = (state ^ ord(character)) * int(_STEP) & 0xFFFFFFFF
    return int(_mixed(np.array([state], np.uint32))[0])


def _mixed(state: Hashes) -> Hashes:
    """Spread the hashes evenly (the last steps of MurmurHash3), for their high bits choose a file."""
    state = (state ^ (state >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    state = (state ^ (state >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    return np.asarray(state ^ (state >> np.uint32(16)), np.uint32)
