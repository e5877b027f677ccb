"""Summaries cut from the plain text of a body."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from policysite.patterns import pattern
from policysite.text.markers import Kind, read_marker

ELLIPSIS = "……"
_SENTENCE_ENDS = "。！？"
_PAIRS = {"《": "》", "〔": "〕", "（": "）", "“": "”", "‘": "’", "【": "】", "(": ")"}
_CLOSERS = "”’）》】〕)"
_PAIRED = pattern(f"[{re.escape(''.join((*_PAIRS, *_PAIRS.values())))}]")
_LONGEST_HEADING = 40
# Addressees of a document and salutations of a speech.
_ADDRESSEES = pattern(
    r"各[^。；！？]{1,150}[：:]|[^。；！？]{0,80}"
    r"(?:工会|部门|单位|机关|公司|委员会|局|办公室|同志们?|代表们?|朋友们?|职工们?)[：:]"
)
_ADOPTION = pattern(r"（[^）]*(?:通过|修正|修订|公布|印发|施行)[^）]*）")
_PUNCTUATION = pattern(r"[。！？；，：]")
# Two neighbours inside a Latin word, 3.5, 1,000, 12%, 2026年, 三十, 5万元.
_JOINED = pattern(
    r"[A-Za-z0-9]{2}|[0-9〇一二三四五六七八九十百千万亿][0-9.,:%％年月日时分号万亿元条章人次名个"
    r"〇一二三四五六七八九十百千]|[.,:-][0-9]"
)


def summarise(text: str, limit: int = 120, headings: Collection[str] = ()) -> str:
    """Summarise `text` (one line per block) by its opening, in at most `limit` characters.

    Ends with a sentence where one ends in the second half of the room, else with
    …… after a comma or word. Leaves out addressees, table rows, the lines given as
    `headings` and what looks like one, and stops there if half of the room is
    filled. Never cuts inside 《》, 〔〕, other pairs or a
    number: a title longer than `limit` comes out whole.
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    opening = "".join(_joined(_opening(lines, limit, set(headings)))) or " ".join(lines)
    if len(opening) <= limit:
        return opening
    points = _Points(opening, limit)
    return points.at_sentence() or points.at_pause() or points.anywhere()


def _opening(lines: list[str], limit: int, headings: set[str]) -> Iterator[str]:
    """Yield the running text up to a heading behind which no more is needed."""
    length = 0
    for line in lines:
        if line.removesuffix("。") in headings or _is_heading(line):
            if length >= limit // 2:
                return
        elif "\t" not in line and not _ADDRESSEES.fullmatch(line):
            yield line
            length += len(line)


def _joined(lines: Iterable[str]) -> Iterator[str]:
    """Yield `lines` without their clause numbers, with a space where two would collide."""
    before = ""
    for line in lines:
        marker = read_marker(line)
        is_clause = marker is not None and marker.kind is Kind.CLAUSE
        words = line[len(marker.label) :].strip() if marker and is_clause else line
        if before and before[-1] not in _CLOSERS and not _PUNCTUATION.match(before[-1]):
            yield " "
        yield words
        before = words or before


def _is_heading(line: str) -> bool:
    if _ADOPTION.fullmatch(line):
        return True
    if len(line) > _LONGEST_HEADING:
        return False
    marker = read_marker(line)
    if marker and marker.kind <= Kind.FOURTH:
        return not line.endswith(("；", "，")) and "。" not in line[:-1] and "：" not in line
    return not _PUNCTUATION.search(line)


class _Points:
    """The places where `text` may be cut so that at most `limit` characters remain."""

    def __init__(self, text: str, limit: int) -> None:
        self.text = text
        self.limit = limit
        self.free = _outside_pairs(text)

    def at_sentence(self) -> str:
        """Cut after the last full sentence, if it fills half of the room."""
        for ends in (_SENTENCE_ENDS, "；"):
            for end in range(self.limit, self.limit // 2 - 1, -1):
                last = self.text[:end].rstrip(_CLOSERS)[-1:]
                if last and last in ends and self.free[end]:
                    return self.text[:end]
        return ""

    def at_pause(self) -> str:
        """Cut before the last comma or space that leaves room for ……."""
        for end in range(self.limit - len(ELLIPSIS), self.limit // 2 - 1, -1):
            if self.text[end] in "，、：； \u3000" and self.free[end]:
                return self.text[:end].rstrip(" \u3000") + ELLIPSIS
        return ""

    def anywhere(self) -> str:
        """Cut at the last place outside pairs, words and numbers; past `limit` if need be."""
        room = max(self.limit - len(ELLIPSIS), 1)
        for end in (*range(room, 0, -1), *range(room + 1, len(self.text))):
            if self.free[end] and not self._joins(end):
                return self.text[:end].rstrip("，、：； \u3000") + ELLIPSIS
        return self.text

    def _joins(self, end: int) -> bool:
        """Tell whether the characters on both sides belong to one number or Latin word."""
        return _JOINED.fullmatch(self.text[end - 1 : end + 1]) is not None


def _outside_pairs(text: str) -> list[bool]:
    """Return for each position of `text` whether no bracket or quote is open there.

    A bracket that is never closed opens nothing.
    """
    free = [True] * (len(text) + 1)
    opened: list[tuple[str, int]] = []
    for match in _PAIRED.finditer(text):
        index, char = match.start(), match[0]
        if char in _PAIRS:
            opened.append((_PAIRS[char], index))
        elif any(closer == char for closer, _ in opened):
            while opened:
                closer, start = opened.pop()
                if closer == char:
                    free[start + 1 : index + 1] = [False] * (index - start)
                    break
    return free
