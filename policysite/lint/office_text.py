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
from dataclasses import replace
from html import unescape
from pathlib import PurePosixPath

from policysite.lint.office_parts import LIMIT, TAG, Budget, Passage, Unreadable, parts, words
from policysite.lint.office_sheets import read_workbook

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
                yield from _beside(archive, budget, depth)
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


_PROPERTIES = r"(?:docProps/\w+|meta)\.xml"
_SHAPES = r"xl/drawings/drawing\d+\.xml|(?:word|xl|ppt)/(?:charts/chart|diagrams/data)\d+\.xml"
_EMBEDDED = re.compile(r"(?:word|xl|ppt)/embeddings/([^/]+)")


def _beside(archive: zipfile.ZipFile, budget: Budget, depth: int) -> Iterator[Passage]:
    """Yield what goes out with an Office file beside its text: whole files in it, shapes, properties."""
    for _, xml in parts(archive, budget, _PROPERTIES):
        yield Passage("文件属性", unescape(TAG.sub("\n", xml)))
    for _, xml in parts(archive, budget, _SHAPES):
        yield Passage("图形", words(xml, "</a:p>"))
    for member in archive.infolist():
        if match := _EMBEDDED.fullmatch(member.filename):
            if depth >= DEPTH:
                raise Unreadable("large")
            for passage in passages(match[1], budget.read(archive, member), budget, depth + 1):
                yield replace(passage, place=f"嵌入的“{match[1]}”{passage.place}")


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
    for match, xml in parts(archive, budget, wanted):
        yield Passage(_WORD_PARTS[match[1]], words(xml, "</w:p>"))


def _pptx(archive: zipfile.ZipFile, budget: Budget) -> Iterator[Passage]:
    for match, xml in parts(
        archive, budget, r"ppt/(slides/slide|notesSlides/notesSlide)(\d+)\.xml"
    ):
        yield Passage(f"第{match[2]}张", words(xml, "</a:p>"))


def _open_document(archive: zipfile.ZipFile, budget: Budget) -> Iterator[Passage]:
    for match, xml in parts(archive, budget, r"(content|styles)\.xml"):
        place = "正文" if match[1] == "content" else "页眉和页脚"
        yield Passage(place, words(xml, "</text:p>"))


def _ofd(archive: zipfile.ZipFile, budget: Budget) -> Iterator[Passage]:
    for match, xml in parts(archive, budget, r".*Pages?[/_](\d+)/Content\.xml"):
        texts = re.findall(r"<(?:ofd:)?TextCode\b[^>]*>([^<]*)<", xml)
        yield Passage(f"第{int(match[1]) + 1}页", unescape("\n".join(texts)))


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
    ".docx": _docx, ".docm": _docx, ".dotx": _docx, ".xlsx": read_workbook, ".xlsm": read_workbook, ".pptx": _pptx,
    ".odt": _open_document, ".ods": _open_document, ".odp": _open_document, ".ofd": _ofd,
}  # fmt: skip
# Embedded objects of old programs are .bin.
_OLD_OFFICE = {".doc", ".xls", ".ppt", ".wps", ".et", ".dps", ".rtf", ".bin"}
_PLAIN = {".txt", ".csv", ".tsv", ".md", ".html", ".htm", ".xml", ".json"}
_WORDLESS = {
    ".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".bmp", ".tif", ".tiff", ".mp3",
    ".m4a", ".wav", ".mp4", ".webm", ".ttf", ".otf", ".woff2",
}  # fmt: skip
