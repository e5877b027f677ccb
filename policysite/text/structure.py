"""Official numbering as headings, clauses and items: a body of plain pieces needs no parser."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policysite.text.inline import has_syntax
from policysite.text.pieces import Piece, arrange
from policysite.text.simple_blocks import build_block
from policysite.text.simple_inline import build_inline

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
    built = [finished(pieces, place) for place in range(len(pieces))]
    return "\n".join(built).strip() if all(built) else None


def finished(pieces: Sequence[Piece], place: int) -> str:
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
