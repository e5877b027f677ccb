"""The acts (办法, 条例 …) in a published text and their clauses: 条, 款 and 项 with their anchors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from policysite.patterns import pattern
from policysite.text.numerals import to_chinese
from policysite.text.plain import inline_text
from policysite.text.roles import ACT_TITLE

CLAUSE = '<p class="clause" id="'
"""How a 条 starts; a text without it has no clauses."""

# t12, t12z1, t12-b; then 款 and 项: see anchors.py.
_ID = r"t[0-9]+(?:z[0-9]+)?(?P<series>-[a-z])?"
_PLACE = pattern(
    rf'<h[2-5] class="{ACT_TITLE}"[^>]*>(?P<title>.*?)</h[2-5]>'
    rf'|<p (?:class="(?:clause|item item--2)" )?id="(?P<id>{_ID}(?:-[0-9]+)*)"',
    re.DOTALL,
)
_CLAUSE = pattern(
    rf'{CLAUSE}(?P<clause>[^"]*)"><strong class="clause__number">(?P<label>[^<]*)'
    rf'|<p (?:class="item item--2" )?id="(?P<part>{_ID}(?P<steps>(?:-[0-9]+)+))"'
)
_SERIES = pattern(_ID)


@dataclass(frozen=True, slots=True)
class Clause:
    """A 条, 款 or 项: its `id` such as t12-2, its `label` such as 第十二条第二款.

    `parent` is the id of the 条 that a 款 or 项 stands in, empty for a 条. The first 款 is the 条.
    """

    id: str
    label: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """A text with a 第一条 of its own: its title, if it has one in the document, and its clauses.

    Their `ids` all have `series` in them: nothing for the first act, -b for the second.
    """

    title: str
    series: str
    ids: frozenset[str] = field(repr=False)

    def clause(self, number: int, inserted: int = 0) -> str:
        """Return the id of 第N条之M, nothing if there is none."""
        name = f"t{number}z{inserted}" if inserted else f"t{number}"
        return name + self.series if name + self.series in self.ids else ""

    def paragraph(self, clause: str, number: int) -> str:
        """Return the id of a 款; the first one has that of its 条."""
        name = clause if number == 1 else f"{clause}-{number}"
        return name if name in self.ids else ""

    def item(self, clause: str, paragraph: int, number: int) -> str:
        """Return the id of a 项; for `paragraph` 0 if it is the only one of its number."""
        if paragraph:
            name = f"{clause}-{paragraph}-{number}"
            return name if name in self.ids else ""
        found = []
        while self.paragraph(clause, paragraph := paragraph + 1):
            found += [name] if (name := self.item(clause, paragraph, number)) else []
        return found[0] if len(found) == 1 else ""


def series_of(clause: str) -> str:
    """Return the part of a clause's id that tells its act."""
    found = _SERIES.match(clause)
    return (found["series"] or "") if found else ""


def read_acts(html: str) -> tuple[Act, ...]:
    """Return the acts of published HTML in their order."""
    if CLAUSE not in html:
        return ()
    titles: dict[str, str] = {}
    ids: dict[str, list[str]] = {}
    pending = ""
    for title, name, series in _PLACE.findall(html):
        if not name:
            pending = title
        elif series in ids:
            ids[series].append(name)
        else:
            ids[series], titles[series], pending = [name], inline_text(pending), ""
    return tuple(Act(titles[series], series, frozenset(found)) for series, found in ids.items())


def read_clauses(html: str) -> Iterator[Clause]:
    """Yield the clauses of published HTML in their order, each 条 before its 款 and 项."""
    if CLAUSE not in html:
        return
    clause = Clause("", "")
    parts: list[tuple[str, list[str]]] = []
    for place in _CLAUSE.finditer(html):
        if place["clause"] is None:
            parts.append((place["part"], place["steps"][1:].split("-")))
            continue
        yield from _parts(clause, parts)
        parts.clear()
        clause = Clause(place["clause"], place["label"])
        yield clause
    yield from _parts(clause, parts)


def _parts(clause: Clause, parts: list[tuple[str, list[str]]]) -> Iterator[Clause]:
    """Yield the 款 and 项 of a 条; where it has one 款 only, a 项 is cited without it."""
    is_single = all(steps[0] == "1" for _, steps in parts)
    for name, steps in parts:
        paragraph, *item = (to_chinese(int(step)) for step in steps)
        label = clause.label if is_single else f"{clause.label}第{paragraph}款"
        yield Clause(name, label + (f"第{item[0]}项" if item else ""), clause.id)
