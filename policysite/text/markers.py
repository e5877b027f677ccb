"""Recognises the numbers that structure official documents, at the start of a line.

Levels 一、 （一） 1. （1） after GB/T 9704—2012 §7.3.3, 附件1 after its annex rules; 编 分编 章 节 条 after
《立法技术规范（试行）（一）》.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from policysite.patterns import pattern
from policysite.text.numerals import NUMERALS, to_int


class Kind(IntEnum):
    """What a marker opens, outermost first."""

    ANNEX = 0
    PART = 1
    SUBPART = 2
    CHAPTER = 3
    SECTION = 4
    FIRST = 5
    SECOND = 6
    THIRD = 7
    FOURTH = 8
    CIRCLED = 9
    CLAUSE = 10


@dataclass(frozen=True, slots=True)
class Marker:
    """A number read from the start of a line.

    `label` is the number as written (`（一）`, `第十二条`), `inserted` the M of
    第N条之M (0 otherwise).
    """

    kind: Kind
    number: int
    label: str
    inserted: int = 0


_HAN = f"[{NUMERALS}]+"
_GAP = "[ \u3000\xa0]"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_DIGITS = "0123456789０１２３４５６７８９"
# 依照第（一）项 broken before the bracket is a reference, not a marker.
_NO_REFERENCE = r"(?!、[（(]|[至和或](?:第|[（(])|[项款](?:规定|情形|所|的|、|，|。|和|或|至|中))"

# 【…】 straight after 第一条, or （…） with a gap behind it, names the clause.
_UNIT = pattern(
    rf"第({_HAN}|[{_DIGITS}]{{1,4}})"
    rf"(?:(编|分编|章|节)(?={_GAP}|$)|条(?:之({_HAN}))?(?={_GAP}|【|（[^）]*）{_GAP}|$))"
)
_ANNEX = pattern(rf"附件({_HAN}|[{_DIGITS}]{{1,2}})?{_GAP}*")
_FIRST = pattern(rf"({_HAN})、")
_BRACKETED = pattern(rf"[（(](?:({_HAN})|([{_DIGITS}]{{1,3}}))[)）]{_NO_REFERENCE}")
# A digit behind the point makes a decimal, unless a year starts there: 1.2026年底前….
_THIRD = pattern(rf"([{_DIGITS}]{{1,3}})[.．、](?:(?=(?:19|20)[0-9][0-9]年)|(?![{_DIGITS}]))")
_UNITS = {"编": Kind.PART, "分编": Kind.SUBPART, "章": Kind.CHAPTER, "节": Kind.SECTION}

STARTS = frozenset(NUMERALS + "第附（(" + _DIGITS + _CIRCLED)
"""A line that starts with anything else carries no marker."""


def read_marker(line: str) -> Marker | None:
    """Read the marker at the start of `line`, or return None."""
    start = line[:1]
    if start not in STARTS:
        return None
    if start == "第":
        return _unit(line)
    if start in "（(":
        return _bracketed(line)
    if start == "附":
        match = _ANNEX.fullmatch(line)
        return match and _marker(Kind.ANNEX, match[1] or "0", match[0].rstrip())
    if start in NUMERALS:
        return _first(line)
    if start in _CIRCLED:
        return Marker(Kind.CIRCLED, _CIRCLED.index(start) + 1, start)
    match = _THIRD.match(line)
    return match and _marker(Kind.THIRD, match[1], match[0])


@lru_cache(maxsize=4096)
def _marker(kind: Kind, number: str, label: str, inserted: str = "") -> Marker | None:
    """Build a marker; None if the number is none, like 一十百."""
    try:
        return Marker(kind, to_int(number), label, to_int(inserted) if inserted else 0)
    except ValueError:
        return None


def _unit(line: str) -> Marker | None:
    match = _UNIT.match(line)
    if match is None:
        return None
    number, unit, inserted = match.groups()
    kind = _UNITS[unit] if unit else Kind.CLAUSE
    return _marker(kind, number, match[0], inserted or "")


def _bracketed(line: str) -> Marker | None:
    match = _BRACKETED.match(line)
    if match is None:
        return None
    kind = Kind.SECOND if match[1] else Kind.FOURTH
    return _marker(kind, match[1] or match[2], match[0])


def _first(line: str) -> Marker | None:
    match = _FIRST.match(line)
    marker = match and _marker(Kind.FIRST, match[1], match[0])
    if marker is None:
        return None
    # 三、四线城市 counts; 三、四项措施到位 has no number of its own and is lost to this rule.
    following = line[len(marker.label) :]
    count = following[: len(following) - len(following.lstrip(NUMERALS))]
    counted = count and _marker(Kind.FIRST, count, count)
    return None if counted and counted.number == marker.number + 1 else marker
