"""Reads a PDF that holds text; its lines become paragraphs again. Each word of it wants a proof."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pdfplumber
from pdfplumber.utils.exceptions import PdfminerException

from policysite.files import reason_of
from policysite.importing.blocks import Block, CannotImport, Cell, Paragraph, Run, Source, Table
from policysite.importing.markings import HEAD, restrictions

# Fewer characters than this on a page, and it is a picture of a page.
_SCANNED = 20
# pdfminer tells of every font without a box; nobody who imports a file can do anything about it.
logging.getLogger("pdfminer").setLevel(logging.ERROR)
_MAX_PAGES = 500
# — 12 —, at the foot of a page (GB/T 9704—2012 §7.5)
_PAGE_NUMBER = re.compile(r"[—\-–－·\s]*\d{1,4}[—\-–－·\s]*")
_ENDS = "。！？；："
# Fonts draw 工 and the radical ⼯ with one sign, and PDFs of browsers and of Office then say ⼯.
_RADICALS = {code: unicodedata.normalize("NFKC", chr(code)) for code in (*range(0x2E80, 0x2FE0),)}
PROOFREAD = "文字是从 PDF 里读出来的，分段、标点和表格都可能有错，请逐字校对"
PICTURES = "PDF 里有 {count} 张图片（包括印章）没有导入，正文要用的请截取后放进 content/images"


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of print: its words, its edges and the size of its letters in points."""

    text: str
    left: float
    right: float
    size: float
    font: str
    red: bool


@dataclass(frozen=True, slots=True)
class _Frame:
    """The edges of the text and the size of its letters, in points."""

    left: float
    right: float
    em: float


def read_pdf(path: Path) -> Source:
    """Read a PDF.

    Raises:
        CannotImport: no PDF, damaged, under a password, or pictures of pages without text.

    """
    try:
        with path.open("rb") as stream, pdfplumber.open(stream) as file:
            count = len(file.pages)
            pages = [[*_page(page)] for page in file.pages] if count <= _MAX_PAGES else []
            pictures = sum(len(page.images) for page in file.pages) if pages else 0
            is_scanned = sum(len(page.chars) for page in file.pages) < _SCANNED * len(pages)
    except OSError as error:
        raise CannotImport(f"{path.name} 打不开（{reason_of(error)}）。") from None
    except PdfminerException as error:
        is_locked = "Password" in repr(error)
        said = "设有密码，请先去掉密码" if is_locked else "不是 PDF，或者已经损坏"
        raise CannotImport(f"{path.name} {said}。") from None
    except Exception as error:  # a damaged file ends in whatever the parser runs into
        kind = type(error).__name__
        raise CannotImport(f"{path.name} 已经损坏，读不出来（{kind}）。") from error
    if count > _MAX_PAGES:
        raise CannotImport(f"{path.name} 有 {count} 页，太长了，请分开导入。")
    if is_scanned or not pages:
        raise CannotImport(
            f"{path.name} 是扫描件，里面没有文字。请找原来的 Word 文件，或者先做文字识别（OCR）再导入。"
        )
    blocks = tuple(_paragraphs([part for page in pages for part in page]))
    limits = restrictions("\n".join(block.text for block in blocks[:HEAD]))
    left = [PICTURES.format(count=pictures)] if pictures else []
    return Source(blocks, remarks=(*limits, PROOFREAD, *left))


def _page(page: Any) -> Iterator[_Line | Table]:
    """Yield the lines and tables of a page from top to bottom."""
    tables = page.find_tables()
    boxes = [table.bbox for table in tables]
    free = page.filter(lambda item: not any(_is_inside(item, box) for box in boxes))
    found: list[tuple[float, _Line | Table]] = [
        (table.bbox[1], _table(table.extract(x_tolerance=6))) for table in tables
    ]
    # With pdfplumber's own tolerance of 3, 〔2026〕12 and 号 come apart.
    for line in free.extract_text_lines(x_tolerance=6, return_chars=True):
        if not _PAGE_NUMBER.fullmatch(line["text"]):
            found.append((line["top"], _line(line)))
    yield from (part for _, part in sorted(found, key=lambda pair: pair[0]))


def _is_inside(item: Any, box: Sequence[float]) -> bool:
    middle = ((item["x0"] + item["x1"]) / 2, (item["top"] + item["bottom"]) / 2)
    return bool(box[0] <= middle[0] <= box[2] and box[1] <= middle[1] <= box[3])


def _line(line: Any) -> _Line:
    chars = line["chars"]
    size = Counter(round(char["size"], 1) for char in chars).most_common(1)[0][0]
    font = Counter(char["fontname"] for char in chars).most_common(1)[0][0]
    colour: Sequence[float] = chars[0].get("non_stroking_color") or ()
    red = len(colour) == 3 and colour[0] > 0.6 and max(colour[1:]) < 0.3
    return _Line(_plain(line["text"]), line["x0"], line["x1"], size, _font(font), red)


def _plain(text: str) -> str:
    return text.replace("\n", "").translate(_RADICALS)


def _font(name: str) -> str:
    """Return 黑体 or 楷体, which tell a level, from the name that a PDF gives a font."""
    if re.search(r"SimHei|Heiti|-Hei", name, re.IGNORECASE):
        return "黑体"
    return "楷体" if re.search(r"KaiTi|Kai(?:GB|_)", name, re.IGNORECASE) else ""


def _table(rows: Sequence[Sequence[str | None]]) -> Table:
    return Table(tuple(tuple(map(_cell, row)) for row in rows))


def _cell(text: str | None) -> Cell:
    return Cell((Paragraph((Run(_plain(text or "")),)),))


def _paragraphs(parts: Sequence[_Line | Table]) -> Iterator[Block]:
    lines = [part for part in parts if isinstance(part, _Line)]
    if not lines:
        yield from (part for part in parts if isinstance(part, Table))
        return
    frame = _Frame(
        left=_usual(line.left for line in lines),
        right=max(line.right for line in lines),
        em=_usual(line.size for line in lines for _ in line.text),
    )
    gathered: list[_Line] = []
    for part in parts:
        if isinstance(part, Table):
            yield from _paragraph(gathered, frame)
            gathered = []
            yield part
        elif gathered and not _goes_on(gathered[-1], part, frame):
            yield from _paragraph(gathered, frame)
            gathered = [part]
        else:
            gathered.append(part)
    yield from _paragraph(gathered, frame)


def _usual(values: Iterable[float]) -> float:
    """Return the most frequent value: where most lines begin, the size of most letters."""
    return float(Counter(round(value) for value in values).most_common(1)[0][0])


def _goes_on(before: _Line, line: _Line, frame: _Frame) -> bool:
    """Tell whether a line continues the one before: that one is full, this one not indented."""
    is_full = before.right > frame.right - 1.6 * frame.em
    is_flush = abs(line.left - frame.left) < 0.8 * frame.em
    same = abs(before.size - line.size) < 0.5 and before.font == line.font
    if _align(line, frame) == "center" and (is_full or _align(before, frame) == "center"):
        return same and line.size > frame.em
    if _align(before, frame) == "right":
        return False
    return same and is_full and is_flush and not (before.text[-1] in _ENDS and not is_full)


def _align(line: _Line, frame: _Frame) -> str:
    before, after = line.left - frame.left, frame.right - line.right
    if before > 3 * frame.em and after < 5 * frame.em and before > 2 * after:
        return "right"
    return "center" if before > frame.em and abs(before - after) < frame.em else "left"


def _paragraph(lines: Sequence[_Line], frame: _Frame) -> Iterator[Paragraph]:
    if not lines:
        return
    first = lines[0]
    text = "".join(line.text.strip() for line in lines)
    run = Run(text, size=first.size, red=first.red, font=first.font)
    # A title may fill its first line from edge to edge.
    is_title = first.size > frame.em and any(_align(line, frame) == "center" for line in lines)
    yield Paragraph((run,), "center" if is_title else _align(first, frame))
