"""Tables: the names of columns, and rows and cells that would not be shown as such."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policysite.lint.text import Finding, Text
from policysite.patterns import pattern

_HTML_TABLE = pattern(r"<table\b.*?</table\s*>", re.DOTALL | re.IGNORECASE)
_RULE = pattern(r"^[ ]*\|?(?:[ ]*:?-+:?[ ]*\|)+[ ]*:?-*:?[ ]*$", re.MULTILINE)
# Rows as editors write them: each line begins and ends with a bar.
_ROWS = pattern(r"(?:^[ \t\u3000]*\|.*\|[ \t\u3000]*(?:\n|\Z))+", re.MULTILINE)
_BAR_IN_CELL = pattern(r"\\\||`[^`\n]*`")
_BLANKS = " \t\u3000"


def table_headers(text: Text) -> Iterator[Finding]:
    """T407: a table whose columns have no name, which nobody who listens to it can follow."""
    source = text.source
    if "|" in source:
        for match in _RULE.finditer(source, text.body):
            end = match.start() - 1
            start = source.rfind("\n", 0, max(end, 0)) + 1
            head = source[start:end]
            cells = [cell.strip() for cell in head.strip().strip("|").split("|")]
            # The corner above the names of rows may stay empty.
            if "|" in head and not all(cells[1:] or cells):
                yield Finding(start, end, "T407")
    if "<table" in source:
        for match in _HTML_TABLE.finditer(source, text.body):
            if "<th" not in re.sub("<thead", "", match[0]):
                yield Finding(match.start(), match.start() + len("<table"), "T407")


def rows(text: Text) -> Iterator[Finding]:
    """T408: rows that are no table; T409: cells beyond the columns, which nobody would see."""
    if "|" not in text.source:
        return
    for match in _ROWS.finditer(text.source, text.body):
        # Of a row in a code fence nothing is prose.
        if "|" not in text.prose[match.start() : match.end()]:
            continue
        head, *below = match[0].rstrip("\n").split("\n")
        rule = below[0] if below else ""
        start = match.start() + len(head) - len(head.lstrip(_BLANKS))
        if not _RULE.fullmatch(rule) or _cells(rule) != _cells(head):
            columns = " | ".join(["---"] * _cells(head))
            yield Finding(start, match.start() + len(head), "T408", {"rule": f"| {columns} |"})
            continue
        yield from _overfull(_cells(head), below, match.start() + len(head) + 1)


def _overfull(columns: int, lines: list[str], start: int) -> Iterator[Finding]:
    for line in lines:
        if (count := _cells(line)) > columns:
            values = {"count": count, "columns": columns}
            yield Finding(start, start + len(line), "T409", values)
        start += len(line) + 1


def _cells(line: str) -> int:
    return _BAR_IN_CELL.sub("", line).strip(_BLANKS).count("|") - 1


RULES = (table_headers, rows)
