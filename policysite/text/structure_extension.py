"""Markdown extension that turns official numbering into headings, clauses and items."""

# mypy: allow-subclassing-any
# Python-Markdown ships no types.

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from policysite.text.blocks import STX
from policysite.text.pieces import Piece, arrange
from policysite.text.structure import finished

_ETX = "\x03"
# Control characters of a source are dropped before this point, so no author can write a tag.
_TAG = re.compile(
    rf"{STX}policysite:(h[2-5]|clause|p)\|([^|]*)\|([^|]*)\|([^{_ETX}]*){_ETX}(.*)", re.DOTALL
)


class _Arrange(Preprocessor):
    """Runs after fenced code and raw HTML have been put aside, so it never sees them.

    Most of a policy document is text without syntax. Such pieces are finished
    here and put aside as well; the parser, ten times slower, gets the others.
    """

    def run(self, lines: list[str]) -> list[str]:
        arranged: list[str] = []
        done: list[str] = []
        pieces = arrange(lines)
        for place, piece in enumerate(pieces):
            if html := finished(pieces, place):
                done.append(html)
                continue
            if done:
                arranged.append(self.md.htmlStash.store("\n".join(done)))
                done = []
            arranged.append(piece.text if piece.is_plain else _tag(piece))
        if done:
            arranged.append(self.md.htmlStash.store("\n".join(done)))
        return "\n\n".join(arranged).split("\n")


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
