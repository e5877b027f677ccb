"""Decides which numbered blocks are headings.

The number alone does not tell: `（一）` opens a part of a notice as well as one
line of an enumeration. The rules, in order:

- 附件1 on a line of its own, 编 章 节, and whatever the author marks with `#` are
  headings.
- Inside a 条, and inside a quotation, numbers are items (项), never headings.
- A block can be a heading if its first sentence is short, see `_title`.
- A series (（一）（二）…) is one of items if it follows `附件：`, starts elsewhere than
  at one, has a member ending with ；, if no more than half of its members can be
  headings, or if half of them or more would have nothing beneath them.
- In a series of headings a long member without punctuation at its end is one too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from policysite.text.blocks import BOLD, Block
from policysite.text.markers import Kind

# A title of an official document's part fits one and a half lines of 28 characters.
LONGEST_LEAD = 40
# A single sentence that is longer than this is a statement, not a title.
LONGEST_SENTENCE = 25

_PUNCTUATION = "。！？；，、：;,:…"
_CONTINUES = tuple("；，、：;,:")
_LISTS_ON = tuple("；;，、")
_STOP = re.compile(r"[。！？]")
_PAIRS = tuple(zip("（(《〈“「『〔[{", "）)》〉”」』〕]}", strict=True))
_MARKUP = re.compile(r"\*\*|__|\{[:#.][^}]*\}|\[\^[^\]]*\]")
_ATTACHMENTS = re.compile(r"附件?[0-9一二三四五六七八九十]{0,3}[：:]")


@dataclass(frozen=True, slots=True)
class Title:
    """A heading cut from a block: its `text`, and the paragraph `body` run in after it."""

    text: str
    body: str = ""


def titles(blocks: Sequence[Block], quoted: frozenset[int]) -> dict[int, Title]:
    """Return the headings among `blocks` by position; `quoted` blocks are none."""
    found: dict[int, Title] = {}
    in_clause = False
    for index, block in enumerate(blocks):
        kind = block.marker.kind if block.marker else None
        if kind is Kind.CLAUSE:
            in_clause = index not in quoted or in_clause
            continue
        title = None
        if block.signs or (kind is not None and kind <= Kind.SECTION and index not in quoted):
            title = Title(_unbold(block.text))
        elif kind is None or kind is Kind.CIRCLED or index in quoted:
            continue
        elif not in_clause or (kind is Kind.FIRST and not _introduced(blocks, index)):
            title = _title(block)
        if title:
            found[index] = title
            in_clause = False
    for series in _series(blocks, quoted):
        _settle(blocks, series, found)
    return found


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
        balance = text.count("“") - text.count("”")
        if block.signs or not opened:
            opened, pending = balance > 0, []
            continue
        pending.append(index)
        if balance - text.startswith("“") < 0:
            inside.update(pending)
            opened = False
    return frozenset(inside)


def _unbold(text: str) -> str:
    bold = BOLD.match(text)
    return bold[2] + bold[3] if bold else text


def _title(block: Block) -> Title | None:
    """Cut the heading off a numbered block, or return None if it is an item."""
    if bold := _bold_title(block):
        return bold
    text = _unbold(block.text)
    end = _first_stop(text)
    title, body = text[:end].strip(), text[end:].strip()
    length = len(_MARKUP.sub("", title))
    if length > LONGEST_LEAD:
        return None
    if body:
        return None if body.endswith(_LISTS_ON) else Title(title, body)
    if title.endswith(_CONTINUES) or (title[-1] in "。！" and length > LONGEST_SENTENCE):
        return None
    return Title(title)


def _bold_title(block: Block) -> Title | None:
    """Cut where the author's bold ends: **（一）加强领导。**各级… and （一）**加强领导。**各级…."""
    label = block.marker.label if block.marker and not BOLD.match(block.text) else ""
    bold = BOLD.match(block.text[len(label) :])
    if bold is None or not bold[3].strip() or bold[3].strip().endswith(_LISTS_ON):
        return None
    title = label + bold[2]
    return Title(title, bold[3].strip()) if len(title) <= LONGEST_LEAD else None


def _first_stop(text: str) -> int:
    """Return the end of the first sentence that closes what it opens."""
    for match in _STOP.finditer(text):
        if _is_balanced(text[: match.end()]):
            return match.end()
    return len(text)


def _is_balanced(text: str) -> bool:
    return text.count("**") % 2 == 0 and all(
        text.count(opening) == text.count(closing) for opening, closing in _PAIRS
    )


def _introduced(blocks: Sequence[Block], index: int) -> bool:
    """Tell whether an enumeration is running: after ：, or between items ending with ；."""
    return index > 0 and blocks[index - 1].text.endswith(("：", ":", "；", ";"))


def _series(blocks: Sequence[Block], quoted: frozenset[int]) -> list[list[int]]:
    """Group the positions of 一、 （一） 1. （1） that count on under one parent."""
    done: list[list[int]] = []
    running: dict[int, tuple[int, list[int]]] = {}
    for index, block in enumerate(blocks):
        marker = block.marker
        if marker is None or not Kind.FIRST <= marker.kind <= Kind.FOURTH:
            if block.signs or (marker and marker.kind is not Kind.CIRCLED):
                running.clear()
            continue
        if index in quoted:
            continue
        for deeper in [kind for kind in running if kind > marker.kind]:
            del running[deeper]
        last, members = running.get(marker.kind, (0, []))
        if marker.number <= last or not members:
            members = []
            done.append(members)
        members.append(index)
        running[marker.kind] = (marker.number, members)
    return done


def _settle(blocks: Sequence[Block], series: list[int], found: dict[int, Title]) -> None:
    """Make a series one kind: take away its stray headings, or add the long ones."""
    if any(blocks[index].signs for index in series):
        return
    if _enumerates(blocks, series, found):
        for index in series:
            found.pop(index, None)
    else:
        found |= {i: Title(_unbold(blocks[i].text)) for i in series if _is_long_title(blocks[i])}


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
    empty = sum(_is_empty(blocks, index, found[index]) for index in titled)
    return len(titled) * 2 <= len(series) or empty * 2 >= len(series)


def _is_empty(blocks: Sequence[Block], index: int, title: Title) -> bool:
    """Tell whether a heading would have nothing beneath it."""
    if title.body:
        return False
    if index + 1 == len(blocks):
        return True
    here, following = blocks[index].marker, blocks[index + 1]
    if following.signs:
        return True
    return bool(here and following.marker and following.marker.kind <= here.kind)


def _is_long_title(block: Block) -> bool:
    return len(block.text) > LONGEST_LEAD and block.text.rstrip("”’）)*_")[-1:] not in _PUNCTUATION
