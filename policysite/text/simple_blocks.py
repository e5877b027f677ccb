"""Lists and tables of plain words, built as the parser would build them, at a tenth of its time.

Only the forms that editors use most are known here; anything else is left to the parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

# An item that starts with a sign may open a list, heading or quotation of its own.
_LIST = re.compile(r"(?:[*+-] +[\w《“（〔](?:.*\S)?\n)+")
_BULLET = re.compile(r"^[*+-] +", re.MULTILINE)
_TABLE = re.compile(r"\|.*\|\n\|(?: *:?-+:? *\|)+\n(?:\|.*\|\n)+")
_ALIGN = {(True, True): "center", (True, False): "left", (False, True): "right"}


def build_block(text: str) -> str:
    """Return the HTML of a list or table without inline syntax, or nothing for what is not plain.

    A list must stand apart from others: the parser joins lists that follow each other.
    """
    return _build_table(text) if text[0] == "|" else _build_list(text)


def _build_list(text: str) -> str:
    """Return a list without lists in it."""
    if not _LIST.fullmatch(text + "\n"):
        return ""
    items = _BULLET.sub("", text).replace(">", "&gt;").split("\n")
    rows = "".join([f"<li>{item}</li>\n" for item in items])
    return f"<ul>\n{rows}</ul>"


def _build_table(text: str) -> str:
    """Return a table each of whose lines begins and ends with a bar."""
    if not _TABLE.fullmatch(text + "\n"):
        return ""
    head, separator, *rows = (_cells(line) for line in text.replace(">", "&gt;").split("\n"))
    if len(head) != len(separator):
        return ""
    styles = [_style(cell) for cell in separator]
    body = "".join(_row("td", row, styles) for row in rows)
    return (
        f"<table>\n<thead>\n{_row('th', head, styles)}</thead>\n<tbody>\n{body}</tbody>\n</table>"
    )


def _cells(line: str) -> list[str]:
    return [cell.strip(" ") for cell in line[1:-1].split("|")]


def _style(separator: str) -> str:
    side = _ALIGN.get((separator[0] == ":", separator[-1] == ":"))
    return f' style="text-align: {side};"' if side else ""


def _row(tag: str, cells: Sequence[str], styles: Sequence[str]) -> str:
    return "".join(("<tr>\n", *_built(tag, cells, styles), "</tr>\n"))


def _built(tag: str, cells: Sequence[str], styles: Sequence[str]) -> Iterator[str]:
    for place, style in enumerate(styles):
        cell = cells[place] if place < len(cells) else ""
        yield f"<{tag}{style}>{cell}</{tag}>\n"
