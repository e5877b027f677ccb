"""What each block of a body is published as, decided before inline parsing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from policysite.text.anchors import Anchors
from policysite.text.blocks import BLANKS, BOLD, Block, cut
from policysite.text.markers import Kind, Marker
from policysite.text.outline import Title, quoted_blocks, titles
from policysite.text.roles import find_roles, is_paragraph_of_law


class Piece(NamedTuple):
    """A block of the published body before inline parsing; a tuple, for there are very many.

    `kind` is h2 … h5, clause, p, or raw for blocks that only the parser knows (lists, tables,
    quotations, footnotes, placeholders). `style` is the class of its element, `label` the number
    of a clause.
    """

    kind: str
    text: str
    id: str = ""
    style: str = ""
    label: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether the parser would make the same of it by itself."""
        return self.kind == "raw" or (self.kind == "p" and not self.id and not self.style)


def arrange(lines: Sequence[str]) -> list[Piece]:
    """Cut `lines` into pieces and decide what each of them is."""
    blocks = cut(lines)
    quoted = quoted_blocks(blocks)
    found = titles(blocks, quoted)
    arranger = _Arranger(find_roles(blocks, found, quoted))
    for index, block in enumerate(blocks):
        if title := found.get(index):
            arranger.add_heading(index, block, title)
        else:
            arranger.add(index, block, is_quoted=index in quoted)
    return arranger.pieces


class _Arranger:
    """Collects the pieces of one document; `roles` are classes of blocks by position."""

    def __init__(self, roles: Mapping[int, str]) -> None:
        self.roles = roles
        self.anchors = Anchors()
        self.pieces: list[Piece] = []

    def add_heading(self, index: int, block: Block, title: Title) -> None:
        """Add a heading, and the paragraph run in after it."""
        level, name = self.anchors.heading(block)
        style = "run-in" if title.body else self.roles.get(index, "")
        self.pieces.append(Piece(f"h{level}", title.text, name, style))
        if title.body:
            self.pieces.append(Piece("p", title.body))

    def add(self, index: int, block: Block, *, is_quoted: bool) -> None:
        """Add any other block; in a quotation numbers count for nothing here."""
        marker, role = block.marker, self.roles.get(index, "")
        if marker and marker.kind is Kind.CLAUSE and not is_quoted:
            text = _clause_text(block.text, marker.label)
            name = self.anchors.clause(marker)
            self.pieces.append(Piece("clause", text, name, "clause", marker.label))
        elif marker and Kind.FIRST <= marker.kind <= Kind.CIRCLED:
            name = "" if is_quoted or role else self.anchors.item(marker)
            self.pieces.append(Piece("p", block.text, name, _item_style(marker, role)))
        elif block.is_syntax:
            self.pieces.append(Piece("raw", block.text))
        else:
            counts = not is_quoted and not role and is_paragraph_of_law(block.text)
            name = self.anchors.paragraph() if counts else ""
            self.pieces.append(Piece("p", block.text, name, role))


def _item_style(marker: Marker, role: str) -> str:
    style = f"item item--{marker.kind - Kind.SECTION}"
    return f"{style} {role}" if role else style


def _clause_text(text: str, label: str) -> str:
    """Return what follows the number of a clause, which the author may have set in bold."""
    if bold := BOLD.match(text):
        named = bold[2][len(label) :].strip(BLANKS)
        return (f"**{named}**{bold[3]}" if named else bold[3]).strip(BLANKS)
    return text[len(label) :].lstrip(BLANKS)
