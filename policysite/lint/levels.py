"""层次序数: 一、（一）1.（1） in order and without gaps (GB/T 9704—2012 7.3.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from policysite.lint.text import Finding, Text
from policysite.patterns import pattern
from policysite.text.markers import Kind, Marker
from policysite.text.numerals import to_chinese

_LEVELS = (Kind.FIRST, Kind.SECOND, Kind.THIRD, Kind.FOURTH)
_COUNTED = (Kind.CHAPTER, Kind.SECTION, *_LEVELS, Kind.CLAUSE)
_FIGURES = frozenset("一二三四五六七八九十")
_AMBIGUOUS = pattern(r"([一二三四五六七八九十]{1,3})、(?=[一二三四五六七八九十])")
# 附件：1.名册 counts as the first of what follows.
_FIRST_INLINE = pattern(r"[：:。；][ \u3000]*[（(]?[1一][.．、)）]")


@dataclass(slots=True)
class _Counts:
    """The numbers reached: in the running series of each kind, and at all."""

    running: dict[Kind, int] = field(default_factory=dict)
    reached: dict[Kind, int] = field(default_factory=dict)

    def open(self, marker: Marker) -> int | None:
        """Count `marker`; return the number before it if it does not follow that one."""
        for deeper in [kind for kind in self.running if kind > marker.kind]:
            # 条 are counted right through an act; every other series starts anew.
            if deeper is not Kind.CLAUSE:
                del self.running[deeper]
        if marker.kind is Kind.CLAUSE:
            for kind in _LEVELS:
                self.running.pop(kind, None)
                self.reached.pop(kind, None)
        last = self.running.get(marker.kind)
        follows = {1, (last or 0) + 1, self.reached.get(marker.kind, 0) + 1}
        if marker.inserted:
            follows.add(last or marker.number)
        self.running[marker.kind] = self.reached[marker.kind] = marker.number
        return None if marker.number in follows else (last or 0)

    def take_ambiguous(self, line: str) -> None:
        """Count 二、三种状态 as second after 一、; no one else takes it for a number."""
        match = _AMBIGUOUS.match(line)
        following = self.running.get(Kind.FIRST, 0) + 1
        if match and match[1] == to_chinese(following):
            self.running[Kind.FIRST] = self.reached[Kind.FIRST] = following


def numbering(text: Text) -> Iterator[Finding]:
    """T401: a number that does not follow the one before it."""
    counts = _Counts()
    before = ""
    quoted = False
    has_quotations = "“" in text.prose or "”" in text.prose
    for start, line, marker in text.lines:
        was_quoted = quoted
        if has_quotations:
            quoted = _is_open(line, quoted)
        if was_quoted:
            continue
        if marker is None or marker.kind not in _COUNTED:
            before = line
            if line[:1] in _FIGURES:
                counts.take_ambiguous(line)
            continue
        if marker.number == 2 and _FIRST_INLINE.search(before):
            counts.running[marker.kind] = 1
        before = line
        last = counts.open(marker)
        if last is not None:
            values = {"label": marker.label.strip(), "expected": _said(marker, last + 1)}
            yield Finding(start, start + len(marker.label), "T401", values)


def _is_open(line: str, is_open: bool) -> bool:
    """Tell whether a quotation goes on behind `line`."""
    opened, closed = line.rfind("“"), line.rfind("”")
    return is_open if opened == closed == -1 else opened > closed


def _said(marker: Marker, number: int) -> str:
    """Return the label that should have come, in the form of `marker`'s."""
    han = to_chinese(number)
    forms = {
        Kind.CHAPTER: f"第{han}章",
        Kind.SECTION: f"第{han}节",
        Kind.FIRST: f"{han}、",
        Kind.SECOND: f"（{han}）",
        Kind.THIRD: f"{number}.",
        Kind.FOURTH: f"（{number}）",
        Kind.CLAUSE: f"第{han}条",
    }
    return forms[marker.kind]


_NAMES = {Kind.FIRST: "一、", Kind.SECOND: "（一）", Kind.THIRD: "1.", Kind.FOURTH: "（1）"}


def skipped_levels(text: Text) -> Iterator[Finding]:
    """T402: （1） right below （一）; the first place of a text is enough to say."""
    parent: Kind | None = None
    for start, _, marker in text.lines:
        if marker is None:
            continue
        if marker.kind in (Kind.CLAUSE, Kind.ANNEX, Kind.CHAPTER):
            return
        if marker.kind not in _LEVELS:
            continue
        # 1. right below 一、 is what short lists have; nobody is led astray by it.
        if marker.kind is Kind.FOURTH and parent in (Kind.FIRST, Kind.SECOND):
            between = "、".join(
                f"“{_NAMES[kind]}”" for kind in _LEVELS if parent < kind < marker.kind
            )
            values = {"label": marker.label, "upper": _NAMES[parent], "between": between}
            yield Finding(start, start + len(marker.label), "T402", values)
            return
        parent = marker.kind


_STYLE = pattern(
    r"^(?P<lead>[ \t\u3000]*(?:#{1,6} +)?(?:\*\*)?)"
    r"(?:(?P<digits>[0-9]{1,2})[、．](?![0-9])|(?P<bracketed>（[一二三四五六七八九十0-9]{1,3}）)[、.．]"
    r"|(?P<han>[一二三四五六七八九十]{1,3})[.．](?=\S))",
    re.MULTILINE,
)


def styles_of_numbers(text: Text) -> Iterator[Finding]:
    """T403: 1、 and （一）、 and 一. instead of 1. （一） 一、."""
    for match in _STYLE.finditer(text.prose, text.body):
        start = match.end("lead")
        right = match["bracketed"] or (
            f"{match['digits']}." if match["digits"] else f"{match['han']}、"
        )
        values = {"written": text.prose[start : match.end()], "right": right}
        # 一. is plain text now and would become a heading.
        yield Finding(start, match.end(), "T403", values, None if match["han"] else right)


RULES = (numbering, skipped_levels, styles_of_numbers)
