"""Decides which numbered blocks are headings, and at what level, with what id.

The number alone does not tell: `（一）` opens a part of a notice as well as one
line of an enumeration. The rules, in order:

- 编 章 节 and whatever the author marks with `#` are headings.
- Inside a 条, and inside a quotation, numbers are items (项), never headings.
- A block can be a heading if its first sentence is short, see `_lead`.
- A series (（一）（二）…) is one of items if it follows `附件：`, starts elsewhere than
  at one, has a member ending with ；, if no more than half of its members can be
  headings, or if half of them or more would have nothing beneath them.
- In a series of headings a long member without punctuation at its end is one too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from policysite.text.blocks import Block
from policysite.text.markers import Kind

# A title of an official document's part fits one and a half lines of 28 characters.
LONGEST_LEAD = 40
# A single sentence that is longer than this is a statement, not a title.
LONGEST_SENTENCE = 25

_CONTINUES = tuple("；，、：;,:")
_PUNCTUATION = "。！？；，、：;,:…"
_STOP = re.compile(r"[。！？](?:$|(?=.))")
_PAIRS = ("（）", "()", "《》", "〈〉", "“”", "「」", "『』", "〔〕", "[]", "{}")
_MARKUP = re.compile(r"\*\*|__|\{[:#.][^}]*\}|\[\^[^\]]*\]")
_ATTACHMENTS = re.compile(r"附件?[0-9一二三四五六七八九十]{0,3}[：:]")


@dataclass(frozen=True, slots=True)
class Title:
    """A heading cut from a block: its `text`, and the paragraph `body` run in after it."""

    text: str
    body: str


def titles(blocks: Sequence[Block], quoted: frozenset[int]) -> dict[int, Title]:
    """Return the headings among `blocks` by position; `quoted` blocks are none."""
    found: dict[int, Title] = {}
    in_clause = False
    for index, block in enumerate(blocks):
        marker = block.marker
        if block.atx and not (marker and marker.kind is Kind.CLAUSE):
            found[index] = Title(block.text, "")
            in_clause = False
        elif marker is None or index in quoted:
            continue
        elif marker.kind is Kind.CLAUSE:
            in_clause = True
        elif marker.kind <= Kind.SECTION:
            found[index] = Title(block.text, "")
            in_clause = False
        elif marker.kind is Kind.CIRCLED:
            continue
        elif not in_clause or marker.kind is Kind.FIRST and not _introduced(blocks, index):
            if title := _lead(block):
                found[index] = title
                in_clause = False
    for series in _series(blocks, quoted):
        if any(blocks[index].atx for index in series):
            continue
        if _enumerates(blocks, series, found):
            for index in series:
                found.pop(index, None)
        else:
            found |= {i: Title(blocks[i].text, "") for i in series if _is_long_title(blocks[i])}
    return found


def _lead(block: Block) -> Title | None:
    """Cut the heading off a numbered block, or return None if it is an item."""
    text = block.text
    if block.lead:
        return Title(text[: block.lead], text[block.lead :].strip())
    end = _first_stop(text)
    title, body = text[:end].strip(), text[end:].strip()
    length = len(_MARKUP.sub("", title))
    if body:
        return Title(title, body) if length <= LONGEST_LEAD and _whole(body) else None
    if title.endswith(_CONTINUES) or length > LONGEST_LEAD:
        return None
    if title[-1] in "。！" and length > LONGEST_SENTENCE:
        return None
    return Title(title, "")


def _first_stop(text: str) -> int:
    """Return the end of the first sentence that closes what it opens."""
    for match in _STOP.finditer(text):
        if _balanced(text[: match.end()]):
            return match.end()
    return len(text)


def _balanced(text: str) -> bool:
    return text.count("**") % 2 == 0 and all(
        text.count(opening) == text.count(closing) for opening, closing in _PAIRS
    )


def _is_long_title(block: Block) -> bool:
    return len(block.text) > LONGEST_LEAD and block.text.rstrip("”’）)")[-1:] not in _PUNCTUATION


def _whole(body: str) -> bool:
    return not body.endswith(("；", ";", "，", "、"))


def _introduced(blocks: Sequence[Block], index: int) -> bool:
    """Tell whether an enumeration is running: after ：, or between items ending with ；."""
    return index > 0 and blocks[index - 1].text.endswith(("：", ":", "；", ";"))


def _series(blocks: Sequence[Block], quoted: frozenset[int]) -> list[list[int]]:
    """Group the positions of numbered blocks that count on under one parent."""
    done: list[list[int]] = []
    running: dict[int, tuple[int, list[int]]] = {}
    for index, block in enumerate(blocks):
        marker = block.marker
        rank = marker.kind if marker else 0
        if block.atx and not marker or rank in (*range(1, 5), Kind.CLAUSE):
            running.clear()
            continue
        if marker is None or index in quoted:
            continue
        for deeper in [kind for kind in running if kind > rank]:
            del running[deeper]
        last, members = running.get(rank, (0, []))
        if not members or marker.number <= last:
            members = []
            done.append(members)
        members.append(index)
        running[rank] = (marker.number, members)
    return done


def _enumerates(blocks: Sequence[Block], series: list[int], found: dict[int, Title]) -> bool:
    """Tell whether a series lists things instead of opening parts."""
    first = blocks[series[0]].marker
    if first and first.kind > Kind.FIRST and first.number != 1:
        return True
    if series[0] and _ATTACHMENTS.fullmatch(blocks[series[0] - 1].text):
        return True
    if any(blocks[index].text.endswith(("；", ";")) for index in series):
        return True
    titled = [index for index in series if index in found]
    empty = sum(_is_empty(blocks, index, found) for index in titled)
    return len(titled) * 2 <= len(series) or len(series) > 1 and empty * 2 >= len(series)


def _is_empty(blocks: Sequence[Block], index: int, found: dict[int, Title]) -> bool:
    """Tell whether a heading would have nothing beneath it."""
    title = found.get(index)
    if title is None or title.body:
        return False
    if index + 1 == len(blocks):
        return True
    here, following = blocks[index].marker, blocks[index + 1]
    if following.atx:
        return True
    return bool(here and following.marker and following.marker.kind <= here.kind)


def quoted_blocks(blocks: Sequence[Block]) -> frozenset[int]:
    """Return the positions of blocks inside quotations that run over several paragraphs.

    Each paragraph of such a quotation may open with “ again; only the last one
    closes. A quotation that is never closed quotes nothing.
    """
    inside: set[int] = set()
    pending: list[int] = []
    opened = False
    for index, block in enumerate(blocks):
        text = block.text
        if block.atx:
            opened = False
        balance = text.count("“") - text.count("”")
        if not opened:
            opened, pending = balance > 0, []
            continue
        pending.append(index)
        if balance - text.startswith("“") < 0:
            inside.update(pending)
            opened = False
    return frozenset(inside)
