"""The words of a workbook, row by row, each with the head of its table."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from html import unescape

from policysite.lint.office_parts import Budget, Passage, parts, words

_ITEM = re.compile(r"<si\b.*?</si>|<si/>", re.DOTALL)
_SAID = re.compile(r"<t\b[^>]*>([^<]*)</t>")
_PHONETIC = re.compile(r"<rPh\b.*?</rPh>", re.DOTALL)
_ROW = re.compile(r"<row\b[^>]*?(?:\br=\"(\d+)\")?[^>]*>(.*?)</row>", re.DOTALL)
_CELL = re.compile(r"<c\b(?P<head>[^>]*?)(?:/>|>(?P<body>.*?)</c>)", re.DOTALL)
_VALUE = re.compile(r"<v>([^<]*)</v>")


def read_workbook(archive: zipfile.ZipFile, budget: Budget) -> Iterator[Passage]:
    """Yield the rows of all sheets, hidden ones too, and the comments."""
    shared: list[str] = []
    for _, xml in parts(archive, budget, r"xl/sharedStrings\.xml"):
        items = (_PHONETIC.sub("", item) for item in _ITEM.findall(xml))
        shared += [unescape("".join(_SAID.findall(item))) for item in items]
    names: list[str] = []
    for _, xml in parts(archive, budget, r"xl/workbook\.xml"):
        names = [unescape(name) for name in re.findall(r"<sheet\b[^>]*?\bname=\"([^\"]*)\"", xml)]
    for match, xml in parts(archive, budget, r"xl/worksheets/sheet(\d+)\.xml"):
        place = int(match[1]) - 1
        name = names[place] if place < len(names) else match[1]
        yield from _rows(xml, f"工作表“{name}”", shared)
    for _, xml in parts(archive, budget, r"xl/(?:comments\d*|threadedComments/\w+)\.xml"):
        yield Passage("批注", words(xml, "</comment>"))


def _rows(xml: str, sheet: str, shared: list[str]) -> Iterator[Passage]:
    head = ""
    for number, row in enumerate(_ROW.finditer(xml), 1):
        cells = (_cell(cell, shared) for cell in _CELL.finditer(row[2]))
        if line := "\t".join(cells).strip():
            yield Passage(f"{sheet}第{row[1] or number}行", line, head)
            # The head of a list stands in one of its first rows, below titles and dates.
            if number <= _HEAD_ROWS:
                head += line


_HEAD_ROWS = 5


def _cell(cell: re.Match[str], shared: list[str]) -> str:
    body = cell["body"] or ""
    value = _VALUE.search(body)
    if value is None:
        return unescape("".join(_SAID.findall(body)))
    if 't="s"' in cell["head"] and value[1].isdecimal() and int(value[1]) < len(shared):
        return shared[int(value[1])]
    if re.fullmatch(r"[0-9.]+E\+?[0-9]{1,2}", value[1]):
        return f"{float(value[1]):.0f}"
    return unescape(value[1])
