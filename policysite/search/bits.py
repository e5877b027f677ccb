"""Numbers written as bits, the first ones highest in their byte; many at once.

`out` has one element for each bit, to be packed in the end.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]
Bits = npt.NDArray[np.uint8]


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


def put(out: Bits, places: Numbers, values: Numbers, widths: Numbers) -> None:
    """Write the lowest bits of each value, as many as its width, the highest first."""
    for bit in range(int(widths.max(initial=0))):
        chosen = widths > bit
        out[places[chosen] + bit] = values[chosen] >> (widths[chosen] - 1 - bit) & 1


def put_rice(out: Bits, places: Numbers, values: Numbers, low: Numbers) -> None:
    """Write each value's high bits as so many zeros and a one, then its `low` low bits."""
    stops = places + (values >> low)
    out[stops] = 1
    put(out, stops + 1, values, low)
