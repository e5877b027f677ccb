"""Numbers as bits, the first ones highest in their byte; many at once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]

_UNIT = 16
_UNITS = 4
"""So many units hold any value that `write_bits` takes, wherever it begins."""


def rice_parameter(space: int, count: int) -> int:
    """Return how many low bits to write as they are, for `count` numbers rising up to `space`.

    >>> rice_parameter(3000, 1), rice_parameter(3000, 300), rice_parameter(3000, 2900)
    (11, 2, 0)
    """
    return max(1, space * 11 // (count * 16)).bit_length() - 1


def rice_parameters(space: int, counts: Numbers) -> Numbers:
    """Return `rice_parameter` of each count."""
    return bit_lengths(np.maximum(1, space * 11 // (np.maximum(1, counts) * 16))) - 1


def bit_lengths(values: Numbers) -> Numbers:
    """Return how many bits each value has without leading zeros."""
    return np.frexp(values.astype(np.float64))[1].astype(np.int64)


def rice(values: Numbers, low: Numbers) -> tuple[Numbers, Numbers]:
    """Return the Rice code of each value: its high bits as so many zeros and a one, then `low` bits.

    A code is a number and how many bits it takes; its leading zeros need no number.
    """
    return values & (1 << low) - 1 | 1 << low, (values >> low) + 1 + low


def write_bits(size: int, ends: Numbers, values: Numbers) -> bytes:
    """Return `size` bytes that hold values of less than 48 bits, each up to its end, else zeros."""
    shifted = values << (-ends % _UNIT)
    last = (ends - 1) // _UNIT
    units = np.zeros(size // 2 + 1)
    for unit in range(_UNITS):
        part = shifted >> _UNIT * unit & (1 << _UNIT) - 1
        # No two values share a bit, so that sums are as good as unions.
        units += np.bincount(np.maximum(last - unit, 0), part, units.size)
    return units.astype(">u2").tobytes()[:size]
