"""A manuscript as the rules see it: what is prose, and where."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property

from policysite.model.fields import ArticleFields, PageFields, TopicFields, spellings
from policysite.model.front_matter import Entry, parse
from policysite.model.scalars import Scalar
from policysite.patterns import pattern
from policysite.text.markers import STARTS, Marker, read_marker

HAN = "\u3400-\u9fff\U00020000-\U0003ffff〇"
"""汉字, for use inside a character class."""

PUT_ASIDE = "\0"
"""Stands in `Text.prose` for every character that is no prose; no rule looks for it."""

# Fields that readers see as sentences; names, numbers and addresses are not.
_PROSE_FIELDS = ("title", "subtitle", "summary", "image_alt", "withdrawn_reason")

# What is no prose, each after the sign that stands in all of it: a text of law has hardly any.
# 原文 marks a quotation that has to stay as it was printed, faults and all.
_NO_PROSE = (
    ("`", r"^[ ]{0,3}(?P<fence>```+)[^\n]*\n.*?(?:^[ ]{0,3}(?P=fence)[^\n]*$|\Z)"),
    ("~~~", r"^[ ]{0,3}(?P<tilde>~~~+)[^\n]*\n.*?(?:^[ ]{0,3}(?P=tilde)[^\n]*$|\Z)"),
    ("<!--", r"<!--\s*原文\s*-->.*?(?:<!--\s*原文完\s*-->|\Z)|<!--.*?-->"),
    ("<", r"<(?P<raw>pre|code|kbd|samp|script|style|math|svg)\b.*?</(?P=raw)\s*>"),
    ("`", r"(?P<ticks>`+)[^\n]*?(?P=ticks)"),
    ("<", r"</?[a-zA-Z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>"),
    # The target of a link or image; its words are prose, and so is its title.
    (
        "](",
        r"\]\(\s*(?:<[^>\n]*>|[^\s()。，]*(?:\([^\s()]*\)[^\s()。，]*)*"
        # A file whose name has spaces, perhaps in brackets: 会议 现场 (1).jpg
        r"|[./\w][^\n()\"']*(?:\([^\n()]*\)[^\n()\"']*)*\.[A-Za-z0-9]{2,5})"
        r"(?:\s+(?P<quote>[\"'])(?P<title>[^\n]*?)(?P=quote))?\s*\)",
    ),
    # Nearly a link: T413 says so, and its brackets are none of the text's.
    ("] (", r"\][ ]+\((?:https?://|\.{0,2}/|images/|attachments/)[^()\n]*\)"),
    # [//]: # (a comment)
    ("]:", r"^[ ]{0,3}\[[^\]\n]*\]:[ ]*(?:#|<>)[^\n]*$"),
    ("]:", r"^[ ]{0,3}\[[^\]\n]+\]:(?=[ ]*\S)(?:[ ]*(?:https?:|mailto:|/|\./|\.\./|#)\S*)?"),
    ("[^", r"\[\^[^\]\n]+\]"),
    ("://", r"(?:https?|ftp)://[^\s\"'<>\u0080-\U0010ffff]+"),
    ("www.", r"www\.[^\s\"'<>\u0080-\U0010ffff]+"),
    ("@", r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+\.[A-Za-z0-9.-]+"),
    ("{", r"\{:?[^{}\n]*\}"),
    ("&", r"&(?:#[0-9]+|#x[0-9a-fA-F]+|[a-zA-Z]+);"),
    # The rule under the head of a table.
    ("--", r"^[ ]*\|?(?:[ ]*:?-+:?[ ]*\|)+[ ]*:?-*:?[ ]*$"),
)
_VISIBLE = pattern(r"[^\n]+")
_LEAD = pattern(r"[ \t\u3000\xa0]*(?:#{1,6}[ \u3000]+)?(?:\*\*|__)?")
_LEADS = " \t\u3000\xa0#*_"


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule's hit between two offsets of `Text.source`; `values` fill the message of `code`.

    `fix` is what belongs there instead; None where a person has to think.
    """

    start: int
    end: int
    code: str
    values: Mapping[str, object] = field(default_factory=dict)
    fix: str | None = None


Line = tuple[int, str, Marker | None]
"""A line of prose without what may stand before a number, its offset, the number it begins with."""


@dataclass(frozen=True)
class Text:
    """A manuscript for the rules: line ends are `\\n`, offsets count characters.

    `prose` is as long as `source`; `body` is the offset of the body. `fields` are the entries of
    the front matter by key.
    """

    source: str
    prose: str
    body: int
    fields: Mapping[str, Entry]

    @classmethod
    def of(cls, source: str) -> Text:
        """Read a whole file."""
        front = parse(source, "", _keys())
        lines_before = front.body_line - 1
        body = _offset_of_line(source, lines_before)
        head = _prose_of_fields(source[:body], front.entries)
        return cls(source, head + _prose_of_body(source[body:]), body, front.entries)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.source))]

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column, both from 1."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def line_at(self, offset: int) -> str:
        """Return the line of the source on which an offset lies."""
        start = self.source.rfind("\n", 0, offset) + 1
        end = self.source.find("\n", offset)
        return self.source[start : end if end != -1 else None]

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines of the body that hold anything."""
        return tuple(_lines(self.prose, self.body))

    def paragraphs(self) -> Iterator[tuple[int, str]]:
        """Yield each paragraph of the body's prose with its offset; blank lines part them."""
        position = self.body
        for part in self.prose[self.body :].split("\n\n"):
            yield position, part
            position += len(part) + 2


def normalised(source: str) -> str:
    """Return a file's text with plain line ends and without a byte order mark."""
    return source.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


@cache
def _keys() -> Mapping[str, str]:
    models = (ArticleFields, PageFields, TopicFields)
    return {name.lower(): key for model in models for name, key in spellings(model).items()}


def _offset_of_line(source: str, lines: int) -> int:
    offset = 0
    for _ in range(lines):
        offset = source.find("\n", offset) + 1
        if not offset:
            return len(source)
    return offset


def _prose_of_fields(head: str, entries: Mapping[str, Entry]) -> str:
    """Put everything aside but the values that are sentences."""
    lines = [PUT_ASIDE * len(line) for line in head.split("\n")]
    written = head.split("\n")
    for key in _PROSE_FIELDS:
        value = entries[key].value if key in entries else None
        if isinstance(value, Scalar) and 0 < value.line <= len(lines):
            at = value.column - 1
            line = written[value.line - 1]
            lines[value.line - 1] = PUT_ASIDE * at + _prose_of_value(line[at:])
    return "\n".join(lines)


def _prose_of_value(value: str) -> str:
    """Put the quotes of YAML aside."""
    bare = value.strip()
    if len(bare) > 1 and bare[0] == bare[-1] and bare[0] in "\"'":
        inner = value[value.index(bare[0]) + 1 : value.rindex(bare[0])].replace(
            '\\"', PUT_ASIDE * 2
        )
        return (
            value[: value.index(bare[0])]
            + PUT_ASIDE
            + inner
            + PUT_ASIDE
            + value[value.rindex(bare[0]) + 1 :]
        )
    return value


def _prose_of_body(body: str) -> str:
    present = tuple(index for index, (sign, _) in enumerate(_NO_PROSE) if sign in body)
    return _no_prose(present).sub(_put_aside, body) if present else body


@cache
def _no_prose(present: tuple[int, ...]) -> re.Pattern[str]:
    """Build the pattern of what a body may hold; a short one is many times as fast."""
    return pattern("|".join(_NO_PROSE[index][1] for index in present), re.DOTALL | re.MULTILINE)


def _lines(prose: str, position: int) -> Iterator[Line]:
    for line in prose[position:].split("\n"):
        if line:
            lead = _LEAD.match(line) if line[0] in _LEADS else None
            skipped = lead.end() if lead else 0
            rest = line[skipped:]
            yield position + skipped, rest, read_marker(rest) if rest[:1] in STARTS else None
        position += len(line) + 1


def _put_aside(match: re.Match[str]) -> str:
    put_aside = _VISIBLE.sub(lambda line: PUT_ASIDE * len(line[0]), match[0])
    if not match.groupdict().get("title"):
        return put_aside
    start, end = (match.start("title") - match.start(), match.end("title") - match.start())
    return put_aside[:start] + match["title"] + put_aside[end:]
