"""Markdown extension that turns official numbering into headings, clauses and items."""

# mypy: allow-subclassing-any
# Python-Markdown ships no types.

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from policysite.text.anchors import Anchors
from policysite.text.blocks import BLANKS, BOLD, STX, cut
from policysite.text.inline import has_syntax, join_lines
from policysite.text.markers import Kind
from policysite.text.outline import quoted_blocks, titles

_ETX = "\x03"
# Control characters of a source are dropped before this point, so no author can write a tag.
_TAG = re.compile(
    rf"{STX}policysite:(h[2-5]|clause|item)\|([^|]*)\|([^{_ETX}]*){_ETX}(.*)", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of the published body before inline parsing.

    `kind` is h2 … h5, clause, item, p, or raw for blocks that only the parser
    knows (lists, tables, quotations, footnotes, placeholders). `extra` is the
    class of a heading, the label of a clause or the rank of an item.
    """

    kind: str
    text: str
    id: str = ""
    extra: str = ""


def arrange(lines: Sequence[str]) -> list[Piece]:
    """Cut `lines` into pieces and decide what each of them is."""
    blocks = cut(lines)
    quoted = quoted_blocks(blocks)
    found = titles(blocks, quoted)
    anchors = Anchors()
    pieces: list[Piece] = []
    for index, block in enumerate(blocks):
        marker = block.marker
        if title := found.get(index):
            level, name = anchors.heading(block)
            pieces.append(Piece(f"h{level}", title.text, name, "run-in" if title.body else ""))
            if title.body:
                pieces.append(Piece("p", title.body))
        elif marker and marker.kind is Kind.CLAUSE and index not in quoted:
            text = _clause_text(block.text, marker.label)
            pieces.append(Piece("clause", text, anchors.clause(marker), marker.label))
        elif marker and Kind.FIRST <= marker.kind <= Kind.CIRCLED:
            rank = str(marker.kind - Kind.SECTION)
            pieces.append(Piece("item", block.text, extra=rank))
        else:
            pieces.append(Piece("raw" if block.is_syntax else "p", block.text))
    return pieces


def _clause_text(text: str, label: str) -> str:
    """Return what follows the number of a clause, which the author may have set in bold."""
    if bold := BOLD.match(text):
        named = bold[2][len(label) :].strip(BLANKS)
        return (f"**{named}**{bold[3]}" if named else bold[3]).strip(BLANKS)
    return text[len(label) :].lstrip(BLANKS)


def _html(piece: Piece) -> str:
    """Build the element of a piece without inline syntax; the parser would build the same."""
    text = join_lines(piece.text).replace(">", "&gt;")
    match piece.kind:
        case "p":
            return f"<p>{text}</p>"
        case "item":
            return f'<p class="item item--{piece.extra}">{text}</p>'
        case "clause":
            text = f"\u3000{text}" if text else ""
            return (
                f'<p class="clause" id="{piece.id}">'
                f'<strong class="clause__number">{piece.extra}</strong>{text}</p>'
            )
    style = f' class="{piece.extra}"' if piece.extra else ""
    return f'<{piece.kind}{style} id="{piece.id}">{text}</{piece.kind}>'


class _Arrange(Preprocessor):
    """Runs after fenced code and raw HTML have been put aside, so it never sees them.

    Most of a policy document is text without syntax. Such pieces are finished
    here and put aside as well; the parser, ten times slower, gets the others.
    """

    def run(self, lines: list[str]) -> list[str]:
        arranged: list[str] = []
        finished: list[str] = []
        for piece in arrange(lines):
            if piece.kind != "raw" and not has_syntax(piece.text):
                finished.append(_html(piece))
                continue
            if finished:
                arranged.append(self.md.htmlStash.store("\n".join(finished)))
                finished = []
            arranged.append(piece.text if piece.kind in ("raw", "p") else _tag(piece))
        if finished:
            arranged.append(self.md.htmlStash.store("\n".join(finished)))
        return "\n\n".join(arranged).split("\n")


def _tag(piece: Piece) -> str:
    return f"{STX}policysite:{piece.kind}|{piece.id}|{piece.extra}{_ETX}{piece.text}"


class _Tagged(BlockProcessor):
    """Builds the elements of tagged blocks."""

    def test(self, parent: Element, block: str) -> bool:
        return block.startswith(STX + "policysite:")

    def run(self, parent: Element, blocks: list[str]) -> bool:
        match = _TAG.match(blocks[0])
        if match is None:
            return False
        blocks.pop(0)
        kind, name, extra, text = match.groups()
        if kind == "clause":
            _build_clause(parent, name, extra, text)
        elif kind == "item":
            SubElement(parent, "p", {"class": f"item item--{extra}"}).text = text
        else:
            heading = SubElement(parent, kind, {"id": name} | ({"class": extra} if extra else {}))
            heading.text = text
        return True


def _build_clause(parent: Element, name: str, label: str, text: str) -> None:
    clause = SubElement(parent, "p", {"class": "clause", "id": name})
    number = SubElement(clause, "strong", {"class": "clause__number"})
    number.text = label
    # One full-width space after the number, however the author typed the gap.
    number.tail = f"\u3000{text}" if text else None


class StructureExtension(Extension):
    """Registers the recognition of official numbering."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Put the arranging step after raw HTML (20) and the builder before lists (90)."""
        md.preprocessors.register(_Arrange(md), "policysite_arrange", 15)
        md.parser.blockprocessors.register(_Tagged(md.parser), "policysite_tagged", 95)
