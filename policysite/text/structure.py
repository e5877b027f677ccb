"""Markdown extension that turns official numbering into headings, clauses and items."""

# mypy: allow-subclassing-any
# Python-Markdown ships no types.

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from policysite.text.blocks import STX
from policysite.text.inline import has_syntax
from policysite.text.pieces import Piece, arrange
from policysite.text.simple_blocks import build_block
from policysite.text.simple_inline import build_inline

_ETX = "\x03"
# Control characters of a source are dropped before this point, so no author can write a tag.
_TAG = re.compile(
    rf"{STX}policysite:(h[2-5]|clause|p)\|([^|]*)\|([^|]*)\|([^{_ETX}]*){_ETX}(.*)", re.DOTALL
)

# What the parser takes for the beginning of a list.
_SIGN = re.compile(r"[*+-](?:\s|$)")


def _html(piece: Piece) -> str:
    """Build the element of a piece with simple words; nothing for one that needs the parser."""
    text = build_inline(piece.text)
    if text is None:
        return ""
    style = f' class="{piece.style}"' if piece.style else ""
    name = f' id="{piece.id}"' if piece.id else ""
    if piece.kind != "clause":
        return f"<{piece.kind}{style}{name}>{text}</{piece.kind}>"
    text = f"\u3000{text}" if text else ""
    return f'<p{style}{name}><strong class="clause__number">{piece.label}</strong>{text}</p>'


# Code, HTML, footnotes, and what the parser does to characters that are not as they should be.
_FOR_PARSER = re.compile(r"[<&`\t\r\x02\x03]|~~~|\[\^")


def build_document(source: str) -> str | None:
    """Return the HTML of a body all of whose pieces are simple; None for one that needs the parser.

    The parser takes as long to be told that there is nothing left to do as all the rest takes.
    """
    if _FOR_PARSER.search(source):
        return None
    pieces = arrange(source.split("\n"))
    built = [_finished(pieces, place) for place in range(len(pieces))]
    return "\n".join(built).strip() if all(built) else None


class _Arrange(Preprocessor):
    """Runs after fenced code and raw HTML have been put aside, so it never sees them.

    Most of a policy document is text without syntax. Such pieces are finished
    here and put aside as well; the parser, ten times slower, gets the others.
    """

    def run(self, lines: list[str]) -> list[str]:
        arranged: list[str] = []
        finished: list[str] = []
        pieces = arrange(lines)
        for place, piece in enumerate(pieces):
            if html := _finished(pieces, place):
                finished.append(html)
                continue
            if finished:
                arranged.append(self.md.htmlStash.store("\n".join(finished)))
                finished = []
            arranged.append(piece.text if piece.is_plain else _tag(piece))
        if finished:
            arranged.append(self.md.htmlStash.store("\n".join(finished)))
        return "\n\n".join(arranged).split("\n")


def _finished(pieces: Sequence[Piece], place: int) -> str:
    """Return the element of a piece that needs no parser, or nothing."""
    piece = pieces[place]
    if piece.kind != "raw":
        return _html(piece)
    if has_syntax(piece.text):
        return ""
    beside = (*pieces[max(place - 1, 0) : place], *pieces[place + 1 : place + 2])
    if piece.text[0] != "|" and any(p.kind == "raw" or _SIGN.match(p.text) for p in beside):
        return ""  # the parser may make one list of the two
    return build_block(piece.text)


def _tag(piece: Piece) -> str:
    return f"{STX}policysite:{piece.kind}|{piece.id}|{piece.style}|{piece.label}{_ETX}{piece.text}"


class _Tagged(BlockProcessor):
    """Builds the elements of tagged blocks."""

    def test(self, parent: Element, block: str) -> bool:
        return block.startswith(STX + "policysite:")

    def run(self, parent: Element, blocks: list[str]) -> bool:
        match = _TAG.match(blocks[0])
        if match is None:
            return False
        blocks.pop(0)
        kind, name, style, label, text = match.groups()
        given = (("class", style), ("id", name))
        attributes = {key: value for key, value in given if value}
        if kind == "clause":
            number = SubElement(SubElement(parent, "p", attributes), "strong")
            number.set("class", "clause__number")
            number.text = label
            # One full-width space after the number, however the author typed the gap.
            number.tail = f"\u3000{text}" if text else None
        else:
            SubElement(parent, kind, attributes).text = text
        return True


class StructureExtension(Extension):
    """Registers the recognition of official numbering."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Put the arranging step after raw HTML (20) and the builder before lists (90)."""
        md.preprocessors.register(_Arrange(md), "policysite_arrange", 15)
        md.parser.blockprocessors.register(_Tagged(md.parser), "policysite_tagged", 95)
