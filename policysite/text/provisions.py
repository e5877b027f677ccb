"""The parts of a published text that can be named: clauses (条), and headings with what follows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from policysite.text.plain import plain_text

NOTES = "注释"

# A mark on a line of its own before each part; no text can hold these control characters.
_MARK = "<p>\x02{kind}\x1f{id}\x1f{label}\x03</p>{rest}"
_START = re.compile(
    r'<(?P<level>h[2-5])\b[^>]*?\bid="(?P<heading>[^"]*)"[^>]*>(?P<title>.*?)</(?P=level)>'
    r'|<p class="clause" id="(?P<clause>[^"]*)"><strong class="clause__number">(?P<number>[^<]*)'
    r"</strong>"
    r'|<div class="footnote">',
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Provision:
    """A part of a text: `kind` clause, heading or opening; `id` is its anchor on the page.

    `label` is 第十二条 or the heading; `lines` are the paragraphs up to the next provision.
    """

    kind: str
    id: str
    label: str
    lines: tuple[str, ...]

    @property
    def name(self) -> str:
        """What to call it; an opening has no label."""
        return self.label or "开头"


def cut_provisions(html: str) -> tuple[Provision, ...]:
    """Cut published HTML into its provisions, in order; nothing is left out."""
    return tuple(_gather(plain_text(_START.sub(_marked, html)).split("\n")))


def _marked(start: re.Match[str]) -> str:
    if start["clause"] is not None:
        return _MARK.format(kind="clause", id=start["clause"], label=start["number"], rest="<p>")
    if start["heading"] is not None:
        title = start["title"]
        return _MARK.format(kind="heading", id=start["heading"], label=title, rest="")
    return _MARK.format(kind="heading", id="", label=NOTES, rest="<div>")


def _gather(lines: list[str]) -> Iterator[Provision]:
    head, gathered = ("opening", "", ""), list[str]()
    for line in lines:
        if not line.startswith("\x02"):
            gathered += [line.strip("\u3000")] if line else []
            continue
        if gathered or head[0] != "opening":
            yield Provision(*head, tuple(gathered))
        kind, name, label = line.strip("\x02\x03").split("\x1f")
        head, gathered = (kind, name, label), []
    if gathered or head[0] != "opening":
        yield Provision(*head, tuple(gathered))
