"""Bar charts as values for a template: where each bar stands and how long it is, in SVG units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, log10

WIDTH, HEIGHT = 720, 220
_BASE = 190
_TOP = 24


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: `x` and `y` of its upper left corner; the label stands below, the value above."""

    label: str
    value: int
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """Return where label and value are centred."""
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True, slots=True)
class Chart:
    """A column chart with the lines of its scale: value and height."""

    bars: tuple[Bar, ...]
    lines: tuple[tuple[int, float], ...]
    width: int = WIDTH
    height: int = HEIGHT
    base: int = _BASE


def column_chart(values: Sequence[tuple[str, int]]) -> Chart:
    """Return a chart with a bar for each label and value, left to right."""
    top = nice_ceiling(max((value for _, value in values), default=0))
    room = WIDTH - 56
    step = room / max(len(values), 1)
    scale = (_BASE - _TOP) / top
    bars = tuple(
        Bar(
            label,
            value,
            x=round(56 + place * step + step * 0.18, 1),
            y=round(_BASE - value * scale, 1),
            width=round(min(step * 0.64, 48), 1),
            height=round(value * scale, 1),
        )
        for place, (label, value) in enumerate(values)
    )
    lines = tuple((top * part // 4, round(_BASE - top * part / 4 * scale, 1)) for part in range(5))
    return Chart(bars, lines)


def nice_ceiling(value: int) -> int:
    """Return the end of a scale: at least `value`, and a multiple of four that reads well.

    >>> nice_ceiling(0), nice_ceiling(7), nice_ceiling(310), nice_ceiling(12_345)
    (4, 8, 320, 16000)
    """
    if value <= 4:
        return 4
    unit = 10 ** int(log10(value))
    steps = (unit * factor / 5 for factor in (6, 8, 10, 12, 16, 20, 24, 32, 40))
    return next(int(ceil(step / 4) * 4) for step in steps if step >= value)
