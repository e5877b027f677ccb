"""Runs of a Word file: their look, and how they are put together again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from policysite.importing.blocks import Inline, Run


def heading_of(look: Mapping[str, str]) -> int:
    """Return the level of a heading, 0 for other paragraphs; the title counts as the first."""
    level = look.get("outlineLvl", "")
    if level.isdigit() and int(level) < 9:
        return int(level) + 1
    return 1 if look.get("style") == "title" else 0


def run_of(text: str, look: Mapping[str, str], url: str) -> Run:
    """Return text in the look that its properties give it."""
    size, colour = look.get("sz", ""), look.get("color", "").upper()
    position = {"superscript": "super", "subscript": "sub"}.get(look.get("vertAlign", ""), "")
    return Run(
        text=text,
        bold=bool(look.get("b")),
        size=float(size) / 2 if size.replace(".", "", 1).isdigit() else 0,
        red=_is_red(colour),
        font=look.get("font", ""),
        position=position,
        url=url,
    )


def _is_red(colour: str) -> bool:
    if len(colour) != 6:
        return False
    try:
        red, green, blue = (int(colour[n : n + 2], 16) for n in (0, 2, 4))
    except ValueError:
        return False
    return red > 160 and green < 80 and blue < 80


def lines_of(inlines: Iterable[Inline | None]) -> Iterator[list[Inline]]:
    """Cut what stands in a paragraph at its line breaks, which are None."""
    line: list[Inline] = []
    for inline in inlines:
        if inline is None:
            yield line
            line = []
        else:
            line.append(inline)
    yield line


def merged(line: list[Inline]) -> Iterator[Inline]:
    """Join runs of one look: Word cuts a sentence wherever its author once paused."""
    for _, group in groupby(enumerate(line), lambda pair: _look_of(*pair)):
        inlines = [inline for _, inline in group]
        first = inlines[0]
        if isinstance(first, Run):
            text = "".join(i.text for i in inlines if isinstance(i, Run))
            if text:
                yield Run(
                    text, first.bold, first.size, first.red, first.font, first.position, first.url
                )
        else:
            yield first


def _look_of(place: int, inline: Inline) -> tuple[object, ...]:
    if isinstance(inline, Run):
        return (inline.bold, inline.size, inline.red, inline.font, inline.position, inline.url)
    return (place,)
