"""Recognises the numbers that structure official documents, at the start of a line.

Levels 一、 （一） 1. （1） after GB/T 9704—2012 §7.3.3; 编 分编 章 节 条 after
《立法技术规范（试行）（一）》.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from policysite.text.numerals import NUMERALS, to_int


class Kind(IntEnum):
    """What a marker opens, outermost first."""

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
_NO_REFERENCE = r"(?!、|[至和或](?:第|[（(])|[项款][^目项])"

# 【…】 straight after 第一条, or （…） with a gap behind it, names the clause.
_UNIT = re.compile(
    rf"第({_HAN}|[{_DIGITS}]{{1,4}})"
    rf"(?:(编|分编|章|节)(?={_GAP}|$)|条(?:之({_HAN}))?(?={_GAP}|【|（[^）]*）{_GAP}|$))"
)
_FIRST = re.compile(rf"({_HAN})、")
_BRACKETED = re.compile(rf"[（(](?:({_HAN})|([{_DIGITS}]{{1,3}}))[)）]{_NO_REFERENCE}")
# A digit behind the point makes a decimal, unless a year starts there: 1.2026年底前….
_THIRD = re.compile(rf"([{_DIGITS}]{{1,3}})[.．、](?:(?=(?:19|20)[0-9][0-9]年)|(?![{_DIGITS}]))")
_UNITS = {"编": Kind.PART, "分编": Kind.SUBPART, "章": Kind.CHAPTER, "节": Kind.SECTION}

STARTS = frozenset(NUMERALS + "第（(" + _DIGITS + _CIRCLED)
"""A line that starts with anything else carries no marker."""


def read_marker(line: str) -> Marker | None:
    """Read the marker at the start of `line`, or return None."""
    start = line[:1]
    if start not in STARTS:
        return None
    try:
        if start == "第":
            return _unit(line)
        if start in "（(":
            return _bracketed(line)
        if start in NUMERALS:
            return _first(line)
    except ValueError:  # 一十百 and the like: written with numerals, but no number
        return None
    if start in _CIRCLED:
        return Marker(Kind.CIRCLED, _CIRCLED.index(start) + 1, start)
    match = _THIRD.match(line)
    return match and Marker(Kind.THIRD, int(match[1]), match[0])


def _unit(line: str) -> Marker | None:
    match = _UNIT.match(line)
    if match is None:
        return None
    number, unit, inserted = match.groups()
    if unit:
        return Marker(_UNITS[unit], to_int(number), match[0])
    return Marker(Kind.CLAUSE, to_int(number), match[0], to_int(inserted) if inserted else 0)


def _bracketed(line: str) -> Marker | None:
    match = _BRACKETED.match(line)
    if match is None:
        return None
    if match[1]:
        return Marker(Kind.SECOND, to_int(match[1]), match[0])
    return Marker(Kind.FOURTH, int(match[2]), match[0])


def _first(line: str) -> Marker | None:
    match = _FIRST.match(line)
    if match is None:
        return None
    number = to_int(match[1])
    following = line[match.end() :]
    # 三、四线城市 counts; 三、四项措施到位 has no number of its own and is lost to this rule.
    if following[:1] in NUMERALS and _leading_number(following) == number + 1:
        return None
    return Marker(Kind.FIRST, number, match[0])


def _leading_number(text: str) -> int | None:
    try:
        return to_int(text[: len(text) - len(text.lstrip(NUMERALS))])
    except ValueError:
        return None
