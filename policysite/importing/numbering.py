"""Word's automatic numbers, exactly as Word prints them (ECMA-376 Part 1 §17.9)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from policysite.importing.package import W
from policysite.text.numerals import to_chinese

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
          (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_CHINESE = {
    "chineseCounting", "chineseCountingThousand", "chineseLegalSimplified", "japaneseCounting",
    "japaneseDigitalTenThousand", "ideographDigital", "koreanCounting", "taiwaneseCounting",
    "taiwaneseCountingThousand", "taiwaneseDigital",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered."""

    start: int
    format: str
    text: str
    legal: bool = False
    restart: int | None = None


@dataclass(slots=True)
class _List:
    levels: Mapping[int, Level]
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts the numbered paragraphs of one document, which are shown to it in their order."""

    def __init__(self, root: Any) -> None:
        self._lists: dict[str, _List] = {}
        self._nums: dict[str, tuple[str, dict[int, int]]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is None:
            return
        for abstract in root.iter(f"{W}abstractNum"):
            levels = {_depth(e): _level(e) for e in abstract.iter(f"{W}lvl")}
            self._lists[abstract.get(f"{W}abstractNumId", "")] = _List(levels)
        for num in root.iter(f"{W}num"):
            target = num.find(f"{W}abstractNumId")
            starts = {
                _depth(change): _number(change.find(f"{W}startOverride"), 1)
                for change in num.iter(f"{W}lvlOverride")
                if change.find(f"{W}startOverride") is not None
            }
            if target is not None:
                self._nums[num.get(f"{W}numId", "")] = (target.get(f"{W}val", ""), starts)

    def count(self, num: str, depth: int) -> str | None:
        """Return the number of the next paragraph of a list, None for a bullet.

        `num` and `depth` are the paragraph's w:numId and w:ilvl.
        """
        name, starts = self._nums.get(num, ("", {}))
        counted = self._lists.get(name)
        if counted is None or depth not in counted.levels:
            return ""
        level = counted.levels[depth]
        self._advance(counted, depth, level, num, starts)
        if level.format == "bullet":
            return None
        return re.sub(r"%([1-9])", lambda m: self._shown(counted, int(m[1]) - 1, level), level.text)

    def _advance(
        self, counted: _List, depth: int, level: Level, num: str, starts: Mapping[int, int]
    ) -> None:
        counts = counted.counts
        if depth in starts and (num, depth) not in self._begun:
            counts[depth] = starts[depth]
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else level.start
        self._begun.add((num, depth))
        for above in range(depth):
            if above in counted.levels:
                counts.setdefault(above, counted.levels[above].start)
        for below in [place for place in counts if place > depth]:
            restart = counted.levels[below].restart if below in counted.levels else None
            # w:lvlRestart 0: never; n: only when level n (counted from 1) or one above it goes on.
            if restart is None or depth < restart:
                del counts[below]

    def _shown(self, counted: _List, depth: int, level: Level) -> str:
        own = counted.levels.get(depth)
        if own is None:
            return ""
        form = "decimal" if level.legal else own.format
        return write_number(counted.counts.get(depth, own.start), form)


def _depth(element: Any) -> int:
    """Return the w:ilvl of a level, from 0 to 8."""
    depth = element.get(f"{W}ilvl", "0")
    return int(depth) if re.fullmatch("[0-8]", depth) else 0


def _level(element: Any) -> Level:
    restart = element.find(f"{W}lvlRestart")
    return Level(
        start=_number(element.find(f"{W}start"), 0),
        format=_value(element.find(f"{W}numFmt"), "decimal"),
        text=_value(element.find(f"{W}lvlText"), ""),
        legal=element.find(f"{W}isLgl") is not None,
        restart=None if restart is None else _number(restart, 0),
    )


def _value(element: Any, otherwise: str) -> str:
    return otherwise if element is None else str(element.get(f"{W}val", otherwise))


def _number(element: Any, otherwise: int) -> int:
    value = _value(element, str(otherwise))
    return int(value) if re.fullmatch(r"-?\d{1,9}", value) else otherwise


def write_number(number: int, form: str) -> str:
    """Write a number in one of Word's forms (ECMA-376 §17.18.59); decimal if it is unknown.

    >>> [write_number(12, form) for form in ("chineseCountingThousand", "decimalEnclosedCircle")]
    ['十二', '⑫']
    """
    if form == "none" or number < 0:
        return ""
    if form in _CHINESE:
        return to_chinese(number)
    if form in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if form in ("upperRoman", "lowerRoman") and 1 <= number < 4000:
        return _roman(number).upper() if form == "upperRoman" else _roman(number)
    if form in ("upperLetter", "lowerLetter") and number:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form == "ideographTraditional" and 1 <= number <= len(_STEMS):
        return _STEMS[number - 1]
    if form == "ideographZodiac" and 1 <= number <= len(_BRANCHES):
        return _BRANCHES[number - 1]
    return f"{number:02}" if form == "decimalZero" else str(number)


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        written += letters * count
    return written
