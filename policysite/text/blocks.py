"""Cuts Markdown lines into blocks the way editors mean them.

Editors type one Enter between paragraphs, indent with full-width spaces, forget
the blank line before a list or table, and start headings in the middle of a
block. After this step every block stands between blank lines, and a marker or an
ATX heading is always the first line of its own block.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from policysite.text.markers import STARTS, Marker, read_marker

STX = "\x02"
"""Python-Markdown's own placeholders start with it; it never occurs in a source."""

_BLANKS = " \u3000\xa0\u200b\ufeff"
_SYNTAX = frozenset("#*+->_`|[" + STX)
_INTERESTING = STARTS | _SYNTAX
_BULLET = re.compile(r"[*+-] +\S")
_ATX = re.compile(r"(#{1,6})[ \u3000\xa0]+(.*?)(?:[ \u3000]+#+)?[ \u3000]*$")
_RULE = re.compile(r"(?:-[ ]*){3,}$|(?:\*[ ]*){3,}$|(?:_[ ]*){3,}$")
_DELIMITER = re.compile(r" *\|?(?: *:?-+:? *\|)* *:?-+:? *\|? *$")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1(.*)$")
_ENDINGS = "。；：！？…”』」)）"
# A line broken by the width of a window is longer than this; a heading is not.
_HEADING_LINE = 30


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together, joined by newlines.

    `marker` is set for blocks that start with a number, `atx` is the count of
    number signs of an ATX heading (already removed from `text`), `lead` is the
    length of an opening the author set in bold, as in `**（一）加强领导。**各级…`.
    `is_syntax` marks lists, tables and the like, which are left to the parser.
    """

    text: str
    marker: Marker | None = None
    atx: int = 0
    lead: int = 0
    is_syntax: bool = False


def cut(lines: Sequence[str]) -> list[Block]:
    """Cut `lines` into blocks; blank lines are dropped."""
    cutter = _Cutter()
    following = iter(lines[1:])
    for line in lines:
        cutter.take(line, next(following, ""))
    return cutter.finish()


class _Cutter:
    """Collects the lines of one block at a time."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.lines: list[str] = []
        self.marker: Marker | None = None
        self.lead = 0
        self.inside = False  # a list, footnote or quotation that indented lines continue
        self.table = False
        self.indents: list[int] = []

    def take(self, line: str, following: str) -> None:
        """Add one line, closing the block before it where a new one starts."""
        bare = line.strip(_BLANKS)
        if not bare:
            self.close()
            return
        indent = len(line) - len(line.lstrip(" "))
        if self.inside and (indent >= 2 or self.lines) and self.continues(line, bare, indent):
            return
        content = line.lstrip(_BLANKS)
        if "|" in line and self.takes_table_row(content, following):
            return
        if self.table:
            self.close()
        if content[0] not in _INTERESTING or not self.opens(content):
            self.add_plain(content)

    def continues(self, line: str, bare: str, indent: int) -> bool:
        """Take a line of an open list, footnote or quotation."""
        bullet = _BULLET.match(bare) is not None
        if indent < 2 and not bullet:
            if bare[0] in STARTS and read_marker(bare) or bare[0] in "#|[" + STX:
                self.close()
                self.inside = False
                return False
            self.lines.append(line.lstrip(_BLANKS) if bare[0] != ">" else line)
            return True
        if bullet:
            line = " " * 4 * self.depth(indent) + line.strip(" ")
        elif self.indents:
            line = " " * max(4 * len([i for i in self.indents if i < indent]), 4) + line.lstrip(" ")
        self.lines.append(line)
        return True

    def depth(self, indent: int) -> int:
        """Count the lists around a bullet; editors nest with two spaces, the parser wants four."""
        while self.indents and indent < self.indents[-1]:
            self.indents.pop()
        if not self.indents or indent >= self.indents[-1] + 2:
            self.indents.append(indent)
        return len(self.indents) - 1

    def takes_table_row(self, line: str, following: str) -> bool:
        """Take a row of a table, or the header row that a delimiter row follows."""
        if not self.table:
            if "|" not in following and "-" not in following or not _DELIMITER.match(following):
                return False
            self.close()
            self.table = True
            self.inside = False
        self.lines.append(line)
        return True

    def opens(self, line: str) -> bool:
        """Start a new block if `line` is a marker or block syntax."""
        if line[0] == "#":
            return self.opens_atx(line)
        if line[0] in "*_" and (match := _BOLD.match(line)) and read_marker(match[2]):
            self.open_marker(match[2] + match[3], len(match[2]) if match[3].strip() else 0)
            return True
        if line[0] in STARTS:
            if read_marker(line) is None:
                return False
            self.open_marker(line, 0)
            return True
        if _RULE.match(line) or line[0] == STX:
            self.close()
            self.blocks.append(Block(line, is_syntax=True))
            self.inside = False
            return True
        if _BULLET.match(line) or line[0] == ">" or line.startswith("[^"):
            self.close()
            self.lines.append(line)
            self.inside = True
            self.indents = [0] if _BULLET.match(line) else []
            return True
        return False

    def opens_atx(self, line: str) -> bool:
        match = _ATX.match(line)
        if match is None or not match[2]:
            return False
        text = match[2]
        if bold := _BOLD.match(text):
            text = bold[2] + bold[3]
        self.close()
        self.inside = False
        self.blocks.append(Block(text, read_marker(text), len(match[1])))
        return True

    def open_marker(self, line: str, lead: int) -> None:
        self.close()
        self.inside = False
        self.marker = read_marker(line)
        self.lead = lead
        self.lines.append(line)

    def add_plain(self, line: str) -> None:
        """Add an ordinary line, after a finished marker line as a new paragraph."""
        self.inside = False
        if self.marker and len(self.lines) == 1 and _stands_alone(self.lines[0]):
            self.close()
        self.lines.append(line)

    def close(self) -> None:
        """End the block being collected."""
        if self.lines:
            is_syntax = self.inside or self.table
            self.blocks.append(Block("\n".join(self.lines), self.marker, 0, self.lead, is_syntax))
            self.lines = []
        self.marker, self.lead, self.table = None, 0, False

    def finish(self) -> list[Block]:
        self.close()
        return self.blocks


def _stands_alone(line: str) -> bool:
    return len(line) <= _HEADING_LINE or line[-1] in _ENDINGS
