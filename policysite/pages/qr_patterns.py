"""What of a QR code is the same whatever it says: ISO/IEC 18004:2015 6.3, 7.9 and 7.10.

Modules are dark (1) or light (0), by row and column.
"""

from __future__ import annotations

from itertools import product
from typing import TypeAlias

Modules: TypeAlias = dict[tuple[int, int], int]

MASK = 2
"""Trying all eight masks for the best one takes five times as long, once a page, and readers decode
any of them (7.8). Mask 2 turns every third column over."""

_ALIGNMENT = ((), *((6, n) for n in (18, 22, 26, 30, 34)), (6, 22, 38), (6, 24, 42), (6, 26, 46))
"""Where the centres of alignment patterns are, by version from 1 (annex E)."""
_LEVELS = {"m": 0b00, "q": 0b11, "h": 0b10}
# Generators of the codes that protect what a code says of itself (7.9, 7.10).
_FORMAT, _VERSION = 0b10100110111, 0b1111100100101
_FORMAT_MASK = 0b101010000010010


def side(version: int) -> int:
    """Return how many modules a row has."""
    return 17 + 4 * version


def fixed_modules(version: int, level: str) -> Modules:
    """Return every fixed module of a code by its row and column."""
    size = side(version)
    modules: Modules = {}
    for place in range(size):
        modules[6, place] = modules[place, 6] = 1 - place % 2
    for row, column in ((3, 3), (3, size - 4), (size - 4, 3)):
        modules |= _square(row, column, "11010", size)
    for row, column in product(_ALIGNMENT[version - 1], repeat=2):
        # Finder patterns stand where three of the alignment patterns would.
        if (row, column) not in {(6, 6), (6, size - 7), (size - 7, 6)}:
            modules |= _square(row, column, "101", size)
    modules |= _format(size, level)
    if version >= 7:
        modules |= _version(size, version)
    return modules


def _square(row: int, column: int, dark: str, size: int) -> Modules:
    """Return the square about a module as far as it is in the code; `dark` tells ring by ring."""
    reach = len(dark) - 1
    return {
        (row + down, column + right): int(dark[max(abs(down), abs(right))])
        for down, right in product(range(-reach, reach + 1), repeat=2)
        if 0 <= row + down < size and 0 <= column + right < size
    }


def _protected(value: int, generator: int) -> int:
    """Return a value followed by the remainder of its division, as many bits as the generator's."""
    length = generator.bit_length() - 1
    rest = value << length
    while rest.bit_length() > length:
        rest ^= generator << rest.bit_length() - length - 1
    return value << length | rest


def _format(size: int, level: str) -> Modules:
    """Return the modules that tell level and mask, twice, and the one that is always dark."""
    bits = _protected(_LEVELS[level] << 3 | MASK, _FORMAT) ^ _FORMAT_MASK
    near = (0, 1, 2, 3, 4, 5, 7, 8)  # the timing pattern lies between
    first = [*((place, 8) for place in near), *((8, place) for place in near[-2::-1])]
    second = [(8, size - 1 - place) for place in range(8)]
    second += [(size - 7 + place, 8) for place in range(7)]
    modules = {(size - 8, 8): 1}
    for place, pair in enumerate(zip(first, second, strict=True)):
        modules |= dict.fromkeys(pair, bits >> place & 1)
    return modules


def _version(size: int, version: int) -> Modules:
    """Return the modules that tell the version, twice."""
    bits = _protected(version, _VERSION)
    modules = {}
    for place in range(18):
        long, short = size - 11 + place % 3, place // 3
        modules[long, short] = modules[short, long] = bits >> place & 1
    return modules
