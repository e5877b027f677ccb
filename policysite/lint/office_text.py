"""The words inside attachments: Office files, PDF, plain text, and archives of these.

Nothing here follows an entity, a link or a macro: XML is read as text. What unpacks to more than
`LIMIT` bytes, or nests deeper than `DEPTH`, is refused instead of filling the memory.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from html import unescape
from pathlib import PurePosixPath

LIMIT = 128 * 1024 * 1024
"""Bytes that one attachment may unpack to, all its members together."""

DEPTH = 3
"""Archives inside archives."""

_MEMBERS = 5000


# All that zipfile raises for archives that someone cut, changed or made up.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    ValueError,
)


class Unreadable(Exception):
    """An attachment cannot be read; its text is a key of `messages_desk.UNREADABLE`."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of an attachment and where they stand: 第2页, 工作表“名单”第3行.

    `context` is the head of the table that they are a row of.
    """

    place: str
    text: str
    context: str = ""


@dataclass(slots=True)
class Budget:
    """What is left of `LIMIT` while one attachment is unpacked."""

    left: int = LIMIT

    def read(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
        """Return a member whole.

        Raises:
            Unreadable: it is encrypted, or larger than what is left.

        """
        if member.flag_bits & 0x1:
            raise Unreadable("password")
        with archive.open(member) as stream:
            data = stream.read(self.left + 1)
        self.left -= len(data)
        if self.left < 0:
            raise Unreadable("large")
        return data


def passages(
    name: str, data: bytes, budget: Budget | None = None, depth: int = 0
) -> Iterator[Passage]:
    """Yield the words of the file `name`; nothing for pictures, sound and film.

    Raises:
        Unreadable: the file is damaged, locked, too large, or of a form that is not known.

    """
    budget = budget or Budget()
    kind = PurePosixPath(name).suffix.lower()
    if len(data) > LIMIT:
        raise Unreadable("large")
    try:
        if kind in _ARCHIVES:
            yield from _archive(data, budget, depth)
        elif kind in _OFFICE:
            with _opened(data) as archive:
                yield from _OFFICE[kind](archive, budget)
        elif kind == ".pdf":
            yield from _pdf(data)
        elif kind in _OLD_OFFICE:
            yield from _old_office(data)
        elif kind in _PLAIN:
            yield from _plain(data)
        elif kind not in _WORDLESS:
            raise Unreadable("unknown")
    except _BROKEN as error:
        raise Unreadable("damaged") from error


def _opened(data: bytes) -> zipfile.ZipFile:
    # A .docx with a password is an OLE file, not a zip.
    if data[:4] == b"\xd0\xcf\x11\xe0":
        raise Unreadable("password")
    archive = zipfile.ZipFile(io.BytesIO(data))
    if len(archive.infolist()) > _MEMBERS:
        raise Unreadable("large")
    return archive


def _archive(data: bytes, budget: Budget, depth: int) -> Iterator[Passage]:
    if depth >= DEPTH:
        raise Unreadable("large")
    with _opened(data) as archive:
        for member in archive.infolist():
            if member.is_dir():
                continue
            name = _name(member)
            for passage in passages(name, budget.read(archive, member), budget, depth + 1):
                yield replace(passage, place=f"“{name}”{passage.place}")


def _name(member: zipfile.ZipInfo) -> str:
    """Return a member's name; Windows writes it in GBK without saying so."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gbk")
    except UnicodeError:
        return member.filename


_TAG = re.compile(r"<[^>]*>")
_RUN_BREAK = re.compile(r"<(?:w:tab|w:br|w:cr|a:br|text:tab|text:line-break|text:s)\b[^>]*>")


def _words(xml: str, paragraph_end: str) -> str:
    """Return the text of an XML part, a line for each paragraph."""
    lines = (_TAG.sub("", _RUN_BREAK.sub(" ", part)) for part in xml.split(paragraph_end))
    return unescape("\n".join(line for line in lines if line.strip()))


def _parts(
    archive: zipfile.ZipFile, budget: Budget, wanted: str
) -> Iterator[tuple[re.Match[str], str]]:
    for member in archive.infolist():
        if match := re.fullmatch(wanted, member.filename):
            yield match, budget.read(archive, member).decode("utf-8", "replace")


_WORD_PARTS = {
    "document": "正文",
    "header": "页眉",
    "footer": "页脚",
    "footnotes": "脚注",
    "endnotes": "尾注",
    "comments": "批注",
}


def _docx(archive: zipfile.ZipFile, budget: Budget) -> Iterator[Passage]:
    wanted = rf"word/({'|'.join(_WORD_PARTS)})\d*\.xml"
    for match, xml in _parts(archive, budget, wanted):
        yield Passage(_WORD_PARTS[match[1]], _words(xml, "</w:p>"))


def _pptx(archive: zipfile.ZipFile, budget: Budget) -> Iterator[Passage]:
    for match, xml in _parts(
        archive, budget, r"ppt/(slides/slide|notesSlides/notesSlide)(\d+)\.xml"
    ):
        yield Passage(f"第{match[2]}张", _words(xml, "</a:p>"))


def _open_document(archive: zipfile.ZipFile, budget: Budget) -> Iterator[Passage]:
    for _, xml in _parts(archive, budget, r"content\.xml"):
        yield Passage("正文", _words(xml, "</text:p>"))


def _ofd(archive: zipfile.ZipFile, budget: Budget) -> Iterator[Passage]:
    for match, xml in _parts(archive, budget, r".*Pages?[/_](\d+)/Content\.xml"):
        texts = re.findall(r"<(?:ofd:)?TextCode\b[^>]*>([^<]*)<", xml)
        yield Passage(f"第{int(match[1]) + 1}页", unescape("\n".join(texts)))


_ITEM = re.compile(r"<si\b.*?</si>|<si/>", re.DOTALL)
_SAID = re.compile(r"<t\b[^>]*>([^<]*)</t>")
_PHONETIC = re.compile(r"<rPh\b.*?</rPh>", re.DOTALL)
_ROW = re.compile(r"<row\b[^>]*?(?:\br=\"(\d+)\")?[^>]*>(.*?)</row>", re.DOTALL)
_CELL = re.compile(r"<c\b(?P<head>[^>]*?)(?:/>|>(?P<body>.*?)</c>)", re.DOTALL)
_VALUE = re.compile(r"<v>([^<]*)</v>")


def _xlsx(archive: zipfile.ZipFile, budget: Budget) -> Iterator[Passage]:
    shared: list[str] = []
    for _, xml in _parts(archive, budget, r"xl/sharedStrings\.xml"):
        items = (_PHONETIC.sub("", item) for item in _ITEM.findall(xml))
        shared += [unescape("".join(_SAID.findall(item))) for item in items]
    names: list[str] = []
    for _, xml in _parts(archive, budget, r"xl/workbook\.xml"):
        names = [unescape(name) for name in re.findall(r"<sheet\b[^>]*?\bname=\"([^\"]*)\"", xml)]
    for match, xml in _parts(archive, budget, r"xl/worksheets/sheet(\d+)\.xml"):
        place = int(match[1]) - 1
        name = names[place] if place < len(names) else match[1]
        yield from _rows(xml, f"工作表“{name}”", shared)
    for _, xml in _parts(archive, budget, r"xl/(?:comments\d*|threadedComments/\w+)\.xml"):
        yield Passage("批注", _words(xml, "</comment>"))


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


def _pdf(data: bytes) -> Iterator[Passage]:
    """Yield the text layer of each page; a PDF without any is a scan."""
    # Loads a library of 8 MB: only when there is a PDF.
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(data)
    except PdfiumError as error:
        raise Unreadable("password" if "password" in str(error).lower() else "damaged") from error
    has_words = False
    try:
        for number in range(len(document)):
            page = document[number]
            text_page = page.get_textpage()
            text = text_page.get_text_range().replace("\r\n", "\n")
            text_page.close()
            page.close()
            has_words |= bool(text.strip())
            yield Passage(f"第{number + 1}页", text)
    except PdfiumError as error:
        raise Unreadable("damaged") from error
    finally:
        document.close()
    if not has_words:
        raise Unreadable("scan")


_OLD_RUN = re.compile(rb"(?:[\x20-\x7e]\x00){11,}|[\x20-\x7e]{11,}")


def _old_office(data: bytes) -> Iterator[Passage]:
    """Yield the runs of digits and letters in a Word or Excel file of before 2007.

    Its text is UTF-16 or one byte a character; its formats are not worth a reader of their own.
    """
    runs = (run.replace(b"\x00", b"").decode("ascii") for run in _OLD_RUN.findall(data))
    yield Passage("里面", "\n".join(runs))


def _plain(data: bytes) -> Iterator[Passage]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            lines = data.decode(encoding).splitlines()
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(lines, 1):
            yield Passage(f"第{number}行", line)
        return
    raise Unreadable("damaged")


_Reader = Callable[[zipfile.ZipFile, Budget], Iterator[Passage]]
_ARCHIVES = {".zip"}
_OFFICE: Mapping[str, _Reader] = {
    ".docx": _docx, ".docm": _docx, ".dotx": _docx, ".xlsx": _xlsx, ".xlsm": _xlsx, ".pptx": _pptx,
    ".odt": _open_document, ".ods": _open_document, ".odp": _open_document, ".ofd": _ofd,
}  # fmt: skip
_OLD_OFFICE = {".doc", ".xls", ".ppt", ".wps", ".et", ".dps", ".rtf"}
_PLAIN = {".txt", ".csv", ".tsv", ".md", ".html", ".htm", ".xml", ".json"}
_WORDLESS = {
    ".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".bmp", ".tif", ".tiff", ".mp3",
    ".m4a", ".wav", ".mp4", ".webm", ".ttf", ".otf", ".woff2",
}  # fmt: skip
