"""Cuts Markdown lines into blocks the way editors mean them.

Editors type one Enter between paragraphs, indent with full-width spaces, forget
the blank line before a list or table, and start headings in the middle of a
block. After this step a marker or an ATX heading is always the first line of its
own block, and lists nest by four spaces as the parser expects.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from policysite.text.markers import STARTS, Marker, read_marker

STX = "\x02"
"""Python-Markdown's own placeholders start with it; it never occurs in a source."""

BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1(.*)$", re.DOTALL)
"""A line that opens in bold: its groups 2 and 3 are the bold words and the rest."""

BLANKS = " \u3000\xa0\u200b\ufeff"
"""What editors indent with."""

_SYNTAX = frozenset("#*+->_[" + STX)
_OPENERS = STARTS | _SYNTAX
_INDENT = re.compile(rf"(?:[{BLANKS}]|&(?:nbsp|ensp|emsp|#12288);)+")
_BULLET = re.compile(r"[*+-] +\S")
_CONTAINER = re.compile(r"[*+-] +\S|>|\[\^[^\]]+\]:")
_ATX = re.compile(r"(#{1,6})[ \u3000\xa0]+(.*?)(?:[ \u3000]+#+)?[ \u3000]*$")
_RULE = re.compile(r"(?:- *){3,}$|(?:\* *){3,}$|(?:_ *){3,}$")
_DELIMITER = re.compile(r" *\|?(?: *:?-+:? *\|)* *:?-+:? *\|? *$")
_ENDINGS = "。；：！？…”』」)）"
# A line broken by the width of a window is longer than this; a heading is not.
_HEADING_LINE = 30


class Block(NamedTuple):
    """Lines that belong together, joined by newlines; a tuple, for there are very many.

    `marker` is set for blocks that start with a number, `signs` counts the number
    signs of an ATX heading (removed from `text`). `is_syntax` marks lists, tables
    and the like, which are left to the parser.
    """

    text: str
    marker: Marker | None = None
    signs: int = 0
    is_syntax: bool = False


def cut(lines: Sequence[str]) -> list[Block]:
    """Cut `lines` into blocks; blank lines are dropped."""
    cutter = _Cutter()
    following = iter(lines[1:])
    for line in lines:
        cutter.take(line, next(following, ""))
    cutter.close()
    return cutter.blocks


class _Cutter:
    """Collects the lines of one block at a time."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.lines: list[str] = []
        self.marker: Marker | None = None
        self.in_table = False
        # The sign that opened the list, quotation or footnote we are in, which further lines
        # may continue.
        self.container = ""
        self.indents: list[int] = []

    def take(self, line: str, following: str) -> None:
        """Add one line, closing the block before it where a new one starts."""
        text = line.lstrip(BLANKS)
        if text[:1] == "&":
            text = text[match.end() :] if (match := _INDENT.match(text)) else text
        if not text:
            self.close()
        elif self.container and self._continue(line, text):
            pass
        elif "|" in line and (self.in_table or _is_delimiter(following)):
            self._add_row(text)
        elif text[0] not in _OPENERS or not self._open(text):
            self._add_words(text)

    def close(self) -> None:
        """End the block being collected."""
        if self.lines:
            is_syntax = bool(self.container) or self.in_table
            text = "\n".join(self.lines).rstrip(BLANKS)
            self.blocks.append(Block(text, self.marker, 0, is_syntax))
            self.lines = []
        self.marker = None
        self.in_table = False

    def _continue(self, line: str, text: str) -> bool:
        """Take a line of the open list, quotation or footnote, if it is one."""
        if self.container == ">":
            return self._continue_quotation(text)
        indent = len(line) - len(line.lstrip(" "))
        if indent >= 2 or (self.indents and _BULLET.match(text)):
            return self._continue_indented(line, text, indent)
        return self._is_lazy(text) and self._append(text)

    def _continue_quotation(self, text: str) -> bool:
        if text[0] == ">" and read_marker(text.lstrip("> ")):
            self._append(">")
        return bool(self.lines) and (text[0] == ">" or self._is_lazy(text)) and self._append(text)

    def _continue_indented(self, line: str, text: str, indent: int) -> bool:
        if not self.indents:
            return self._append(line)
        is_bullet = _BULLET.match(text) is not None
        depth = self._depth(indent) if is_bullet else max(1, sum(i < indent for i in self.indents))
        # A number gets a paragraph of its own: no list that would count anew.
        if "" in self.lines if is_bullet else read_marker(text):
            self._append("")
        return self._append(" " * 4 * depth + line.lstrip(" "))

    def _is_lazy(self, text: str) -> bool:
        """Tell whether an unindented line goes on with the open paragraph, as in CommonMark."""
        starts_anew = text[0] in "#|" + STX or _CONTAINER.match(text) or read_marker(text)
        return bool(self.lines) and not starts_anew

    def _append(self, line: str) -> bool:
        self.lines.append(line)
        return True

    def _depth(self, indent: int) -> int:
        """Count the lists around a bullet; editors nest with two spaces, the parser wants four."""
        while self.indents[1:] and indent < self.indents[-1]:
            self.indents.pop()
        if indent >= self.indents[-1] + 2:
            self.indents.append(indent)
        return len(self.indents) - 1

    def _add_row(self, text: str) -> None:
        if not self.in_table:
            self._start()
            self.in_table = True
        self.lines.append(text)

    def _open(self, text: str) -> bool:
        """Start a new block if `text` is a marker or block syntax."""
        if text[0] == "#":
            return self._open_heading(text)
        if text[0] in STARTS:
            return self._open_marker(text, read_marker(text))
        if text[0] == STX or _RULE.match(text):
            self._start()
            self.blocks.append(Block(text, is_syntax=True))
            return True
        if _CONTAINER.match(text):
            self._start()
            self.lines.append(text)
            self.container = text[0]
            self.indents = [0] if _BULLET.match(text) else []
            return True
        bold = BOLD.match(text)
        return bold is not None and self._open_marker(text, read_marker(bold[2]))

    def _open_heading(self, text: str) -> bool:
        match = _ATX.match(text)
        if match is None or not match[2]:
            return False
        bold = BOLD.match(match[2])
        title = bold[2] + bold[3] if bold else match[2]
        self._start()
        self.blocks.append(Block(title, read_marker(title), len(match[1])))
        return True

    def _open_marker(self, text: str, marker: Marker | None) -> bool:
        if marker is None:
            return False
        self._start()
        self.marker = marker
        self.lines.append(text)
        return True

    def _add_words(self, text: str) -> None:
        """Add an ordinary line; after a finished marker line it is a new paragraph."""
        alone = self.marker and len(self.lines) == 1 and stands_alone(self.lines[0])
        if alone or self.in_table or self.container:
            self._start()
        self.lines.append(text)

    def _start(self) -> None:
        self.close()
        self.container = ""


def _is_delimiter(line: str) -> bool:
    return "-" in line and _DELIMITER.match(line) is not None


def stands_alone(line: str) -> bool:
    """Tell whether a line is finished, not broken by the width of a window."""
    return len(line) <= _HEADING_LINE or line[-1] in _ENDINGS
