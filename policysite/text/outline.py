"""Decides which numbered blocks are headings.

The number alone does not tell: `（一）` opens a part of a notice as well as one
line of an enumeration. The rules, in order:

- 附件1 on a line of its own, 编 章 节, and whatever the author marks with `#` are
  headings.
- Inside a 条, and inside a quotation, numbers are items (项), never headings.
- A block can be a heading if its first sentence is short, see `_title`.
- A series (（一）（二）…) is one of items if it follows `附件：`, starts neither at one
  nor where the last one left off, has a member ending with ；, if no more than half
  of its members can be headings, or if half of them or more would have nothing
  beneath them.
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
_PAIRED = re.compile(f"[{re.escape(''.join(map(''.join, _PAIRS)))}]")
_MARKUP = re.compile(r"\*\*|__|\{[:#.][^}]*\}|\[\^[^\]]*\]")
ATTACHMENTS = re.compile(r"附件?[0-9一二三四五六七八九十]{0,3}[：:]")
"""How a 附件说明 starts."""


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
    end = len(text) if _is_bold_title(block.text) else _first_stop(text)
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


def _is_bold_title(text: str) -> bool:
    """Tell a line wholly in bold, such as **4.谁可以申请？怎样申请？**; a paragraph is longer."""
    bold = BOLD.match(text)
    return bold is not None and not bold[3].strip() and len(bold[2]) <= LONGEST_LEAD


def _first_stop(text: str) -> int:
    """Return the end of the first sentence that closes what it opens."""
    for match in _STOP.finditer(text):
        if _is_balanced(text[: match.end()]):
            return match.end()
    return len(text)


def _is_balanced(text: str) -> bool:
    return text.count("**") % 2 == 0 and (
        not _PAIRED.search(text)
        or all(text.count(opening) == text.count(closing) for opening, closing in _PAIRS)
    )


def _introduced(blocks: Sequence[Block], index: int) -> bool:
    """Tell whether an enumeration is running: after ：, or between items ending with ；."""
    return index > 0 and blocks[index - 1].text.endswith(("：", ":", "；", ";"))


@dataclass(slots=True)
class _Series:
    """Positions of 一、 or （一） … that count on under one parent.

    `is_begun` tells whether it starts at one or where its kind left off before:
    opinions often number （一） … （二十） right through.
    """

    positions: list[int]
    is_begun: bool


def _series(blocks: Sequence[Block], quoted: frozenset[int]) -> list[_Series]:
    """Group the numbered blocks that count on under one parent."""
    done: list[_Series] = []
    running: dict[int, _Series] = {}
    reached: dict[int, int] = {}
    for index, block in enumerate(blocks):
        if index in quoted:
            continue
        marker = block.marker
        if marker is None or not Kind.FIRST <= marker.kind <= Kind.FOURTH:
            if block.signs or (marker and marker.kind is not Kind.CIRCLED):
                running.clear()
            continue
        for deeper in [kind for kind in running if kind > marker.kind]:
            del running[deeper]
        last = reached.get(marker.kind, 0)
        if marker.kind not in running or marker.number <= last:
            running[marker.kind] = _Series([], marker.number in (1, last + 1))
            done.append(running[marker.kind])
        running[marker.kind].positions.append(index)
        reached[marker.kind] = marker.number
    return done


def _settle(blocks: Sequence[Block], series: _Series, found: dict[int, Title]) -> None:
    """Make a series one kind: take away its stray headings, or add the long ones."""
    at = series.positions
    if any(blocks[index].signs for index in at):
        return
    if _enumerates(blocks, series, found):
        for index in at:
            found.pop(index, None)
    else:
        for index in at:
            if index not in found and _is_long_title(blocks[index].text):
                found[index] = Title(_unbold(blocks[index].text))


def _enumerates(blocks: Sequence[Block], series: _Series, found: dict[int, Title]) -> bool:
    """Tell whether a series lists things instead of opening parts."""
    at = series.positions
    marker = blocks[at[0]].marker
    if not series.is_begun and marker and marker.kind > Kind.FIRST:
        return True
    if at[0] and ATTACHMENTS.match(blocks[at[0] - 1].text):
        return True
    if any(blocks[index].text.endswith(("；", ";")) for index in at):
        return True
    titled = [index for index in at if index in found]
    empty = sum(_is_empty(blocks, index, found[index]) for index in titled)
    return len(titled) * 2 <= len(at) or empty * 2 >= len(at)


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


def _is_long_title(text: str) -> bool:
    words = _MARKUP.sub("", text).rstrip("”’）)")
    return len(words) > LONGEST_LEAD and words[-1] not in _PUNCTUATION
