"""Charts as SVG: lines and bars, with their figures in text for those who do not see them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from markupsafe import Markup

WIDTH, HEIGHT = 320, 132
_LEFT, _RIGHT, _TOP, _BOTTOM = 30, 12, 12, 22


class Point(NamedTuple):
    """A score of 100 on a day."""

    day: date
    points: float


def score_bar(points: float) -> Markup:
    """Return a bar as long as a score of 100; the figure stands beside it in the text."""
    return Markup(
        '<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="bar__ground" width="100" height="6"/>'
        '<rect class="bar__value bar__value--{}" width="{}" height="6"/></svg>'
    ).format(tone(points), f"{points:g}")


def tone(points: float) -> str:
    """Return how good a score is: full, good, or poor (below 60 a site fails)."""
    if points >= 100:
        return "full"
    return "good" if points >= 60 else "poor"


def trend(points: Sequence[Point]) -> Markup:
    """Return a line of scores over time, by equal steps; nothing for fewer than two."""
    if len(points) < 2:
        return Markup("")
    # From the ten below the lowest score, so that a change shows; never less than twenty points.
    low = max(0.0, min(80.0, (min(p.points for p in points) - 5) // 10 * 10))
    step = (WIDTH - _LEFT - _RIGHT) / (len(points) - 1)
    places = [
        (_LEFT + step * number, _height(point.points, low)) for number, point in enumerate(points)
    ]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    said = "，".join(f"{p.day:%Y-%m-%d} {p.points:g} 分" for p in points)
    return Markup(
        '<svg class="trend" viewBox="0 0 {width} {height}" role="img" aria-label="历次得分：{said}">'
        '{scale}<polyline class="trend__line" points="{line}"/>{dots}{labels}</svg>'
    ).format(
        width=WIDTH,
        height=HEIGHT,
        said=said,
        scale=_scale(low),
        line=line,
        dots=Markup("").join(_dot(x, y) for x, y in places),
        labels=_labels(points, places),
    )


def _height(points: float, low: float) -> float:
    span = HEIGHT - _TOP - _BOTTOM
    return _TOP + span * (100 - points) / (100 - low)


def _scale(low: float) -> Markup:
    rows = Markup("")
    for value in dict.fromkeys((100.0, round((100 + low) / 2), low)):
        y = _height(value, low)
        rows += Markup(
            '<line class="trend__rule" x1="{}" x2="{}" y1="{:.1f}" y2="{:.1f}"/>'
            '<text class="trend__text" x="{}" y="{:.1f}" text-anchor="end">{:g}</text>'
        ).format(_LEFT, WIDTH - _RIGHT, y, y, _LEFT - 6, y + 4, value)
    return rows


def _dot(x: float, y: float) -> Markup:
    return Markup('<circle class="trend__dot" cx="{:.1f}" cy="{:.1f}" r="3"/>').format(x, y)


def _labels(points: Sequence[Point], places: Sequence[tuple[float, float]]) -> Markup:
    """Return the first and the last day below the line."""
    text = Markup("")
    for place, anchor in ((0, "start"), (-1, "end")):
        text += Markup(
            '<text class="trend__text" x="{:.1f}" y="{}" text-anchor="{}">{}</text>'
        ).format(places[place][0], HEIGHT - 4, anchor, f"{points[place].day:%Y-%m-%d}")
    return text


def share_bar(number: int, most: int) -> Markup:
    """Return a bar as long as a number beside the greatest one."""
    width = 100 * number / most if most else 0.0
    return Markup(
        '<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="bar__value--good" width="{:.1f}" height="6"/></svg>'
    ).format(width)


def columns_chart(name: str, labels: Sequence[str], numbers: Sequence[int]) -> Markup:
    """Return upright bars, each with its number; nothing where all are zero."""
    if not any(numbers):
        return Markup("")
    step = WIDTH / len(numbers)
    said = "，".join(f"{label} {number}" for label, number in zip(labels, numbers, strict=True))
    bars = Markup("").join(
        _upright(step * place, step, number, max(numbers), label)
        for place, (label, number) in enumerate(zip(labels, numbers, strict=True))
    )
    return Markup(
        '<svg class="trend" viewBox="0 0 {} {}" role="img" aria-label="{}：{}">{}</svg>'
    ).format(WIDTH, HEIGHT, name, said, bars)


def _upright(left: float, step: float, number: int, most: int, label: str) -> Markup:
    height = (HEIGHT - 2 * _BOTTOM) * number / most
    top = HEIGHT - _BOTTOM - height
    middle = left + step / 2
    return Markup(
        '<rect class="bar__value--good" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>'
        '<text class="trend__text trend__text--small" x="{:.1f}" y="{:.1f}" text-anchor="middle">{}</text>'
        '<text class="trend__text trend__text--small" x="{:.1f}" y="{}" text-anchor="middle">{}</text>'
    ).format(
        left + step * 0.2, top, step * 0.6, height,
        middle, top - 4, number, middle, HEIGHT - 6, label,
    )  # fmt: skip
