"""Reads the pages of an old site: the text of a node as paragraphs and tables, and what it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree
from lxml import html as lxml_html

from policysite.importing.blocks import (
    Block,
    CannotImport,
    Cell,
    Inline,
    Paragraph,
    Picture,
    Run,
    Table,
)
from policysite.importing.runs import merged

ATTACHED = (
    ".doc", ".docx", ".wps", ".xls", ".xlsx", ".et", ".ppt", ".pptx", ".pdf", ".ofd", ".zip",
    ".rar", ".7z", ".txt", ".csv", ".rtf", ".mp3", ".mp4",
)  # fmt: skip
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([A-Za-z0-9_-]+)", re.IGNORECASE)
_BLOCKS = {
    "p", "div", "section", "article", "center", "blockquote", "pre", "ul", "ol", "dl", "dd", "dt",
    "h1", "h2", "h3", "h4", "h5", "h6", "li", "figure", "figcaption", "form", "fieldset", "hr",
    "tbody", "tr", "td", "th",
}  # fmt: skip
_NEVER = {"script", "style", "noscript", "iframe", "object", "embed", "input", "select", "button",
          "textarea", "template", "svg", "head", "title"}  # fmt: skip
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_ALIGN = re.compile(r"text-align\s*:\s*(center|right)", re.IGNORECASE)
_FONT = re.compile(r"font-family\s*:[^;]*?(黑体|simhei|楷体|kaiti)", re.IGNORECASE)
_CONTROL = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]")
"""Characters that no XML, and so no tree of lxml's, may hold."""
_BLANKS = re.compile(r"[ \t\r\n\f\xa0]+")


def decode(data: bytes, encoding: str = "") -> str:
    """Return the text of a page, in the encoding it names, UTF-8 or gb18030.

    A page that says gb2312 is read as gb18030, which holds all of it and the rare characters that
    old editors put into it all the same.

    Raises:
        CannotImport: it is in none of them.

    """
    named = _CHARSET.search(data[:2048])
    told = encoding or (named[1].decode("ascii") if named else "")
    told = "gb18030" if told.lower() in ("gb2312", "gbk", "gb_2312-80") else told
    for name in filter(None, ("utf-8-sig" if not encoding else "", told, "gb18030")):
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    raise CannotImport("认不出网页的编码，请在规则里写 encoding")


def parse(text: str, url: str) -> Any:
    """Return the root of a page; all its addresses are made whole by `url`, its own.

    Raises:
        CannotImport: there is nothing in it.

    """
    try:
        root = lxml_html.document_fromstring(_CONTROL.sub("", text))
    except (etree.ParserError, ValueError) as error:
        raise CannotImport(f"网页读不出来（{error}）") from None
    base = _whole(root.xpath("string(//base/@href)"), url) or url
    for node in root.iter("a", "img"):
        name = "href" if node.tag == "a" else "src"
        if name in node.attrib:
            node.set(name, _whole(node.get(name), base))
    return root


def _whole(address: str, base: str) -> str:
    """Return an address made whole; nothing where it is none, which old pages are full of."""
    try:
        whole = urljoin(base, _CONTROL.sub("", address).strip())
        urlsplit(whole)
    except ValueError:
        return ""
    return whole


@dataclass(slots=True)
class Text:
    """What the body of a page holds: its blocks, its pictures by name, the files it links to.

    `pictures` and `files` map the name in the text to the whole address on the old site.
    """

    blocks: tuple[Block, ...]
    pictures: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)


def read_text(node: Any) -> Text:
    """Return what stands in a node of a page."""
    reader = _Reader()
    blocks = tuple(_trimmed(reader.blocks(node, Run(""), "left")))
    return Text(blocks, reader.pictures, reader.files)


class _Reader:
    def __init__(self) -> None:
        self.pictures: dict[str, str] = {}
        self.files: dict[str, str] = {}

    def blocks(self, node: Any, look: Run, align: str) -> Iterator[Block]:
        """Yield the blocks of a node; what stands between two of its blocks is a paragraph."""
        line: list[Inline] = []
        align = _align(node, align)
        for part in self._parts(node, _look(node, look)):
            if part is None:
                yield from _paragraph(line, align, node)
                line = []
            elif not isinstance(part, tuple):
                line.append(part)
            else:
                yield from _paragraph(line, align, node)
                line = []
                element, own = part
                if element.tag == "table":
                    yield from self._table(element, own, align)
                else:
                    yield from self.blocks(element, own, align)
        yield from _paragraph(line, align, node)

    def _parts(self, node: Any, look: Run) -> Iterator[Inline | tuple[Any, Run] | None]:
        """Yield runs and pictures, None for a line break, and blocks with the look around them."""
        if node.text:
            yield replace(look, text=node.text)
        for child in node:
            if isinstance(child.tag, str) and child.tag not in _NEVER and not _is_hidden(child):
                yield from self._part(child, look)
            if child.tail:
                yield replace(look, text=child.tail)

    def _part(self, child: Any, look: Run) -> Iterator[Inline | tuple[Any, Run] | None]:
        if child.tag == "br":
            yield None
        elif child.tag == "img":
            yield from self._picture(child)
        elif child.tag in _BLOCKS or child.tag == "table":
            yield child, look
        elif child.tag == "a" and child.get("href"):
            yield from self._link(child, look)
        else:
            yield from self._parts(child, _look(child, look))

    def _link(self, child: Any, look: Run) -> Iterator[Inline | tuple[Any, Run] | None]:
        url = child.get("href", "").strip()
        path = unquote(urlsplit(url).path)
        words = "".join(child.itertext()).strip()
        if path.lower().endswith(ATTACHED):
            self.files.setdefault(words or path.rsplit("/", 1)[-1], url)
            url = ""
        elif not url.startswith(("http://", "https://", "mailto:")):
            url = ""
        yield from self._parts(child, replace(_look(child, look), url=url))

    def _picture(self, child: Any) -> Iterator[Picture]:
        url = child.get("src", "").strip()
        if not url.startswith(("http://", "https://")):
            return
        name = url
        self.pictures[name] = url
        yield Picture(name, child.get("alt", "").strip())

    def _table(self, element: Any, look: Run, align: str) -> Iterator[Block]:
        """Yield a table; one of a single column is a layout of old, and its text is the text."""
        rows = [
            [cell for cell in row if cell.tag in ("td", "th")]
            for row in element.iter("tr")
            if next(row.iterancestors("table")) is element
        ]
        if all(len(row) <= 1 for row in rows):
            for row in rows:
                for cell in row:
                    yield from self.blocks(cell, look, align)
            return
        yield Table(tuple(tuple(self._cell(cell, look) for cell in row) for row in rows if row))

    def _cell(self, cell: Any, look: Run) -> Cell:
        blocks = [*_trimmed(self.blocks(cell, look, "left"))]
        flat = (p for b in blocks for p in (_flat(b)))
        return Cell(tuple(flat), _count(cell, "rowspan"), _count(cell, "colspan"))


def _flat(block: Block) -> Iterator[Paragraph]:
    if isinstance(block, Paragraph):
        yield block
    elif isinstance(block, Table):
        yield from (p for row in block.rows for cell in row for p in cell.paragraphs)


def _count(cell: Any, name: str) -> int:
    value = cell.get(name, "1").strip()
    return int(value) if value.isdigit() and 0 < int(value) <= 200 else 1


def _look(node: Any, look: Run) -> Run:
    style = node.get("style") or ""
    font = _FONT.search(style)
    families = {"黑体": "黑体", "simhei": "黑体", "楷体": "楷体", "kaiti": "楷体"}
    return replace(
        look,
        bold=look.bold or node.tag in ("b", "strong") or bool(_BOLD.search(style)),
        font=families[font[1].lower()] if font else look.font,
        position={"sup": "super", "sub": "sub"}.get(node.tag, look.position),
    )


def _align(node: Any, align: str) -> str:
    found = _ALIGN.search(node.get("style") or "")
    if node.tag == "center":
        return "center"
    told = found[1].lower() if found else (node.get("align") or "").lower()
    return told if told in ("left", "center", "right") else align


def _is_hidden(node: Any) -> bool:
    style = re.sub(r"\s", "", node.get("style") or "").lower()
    return "display:none" in style or node.get("hidden") is not None


def _paragraph(line: list[Inline], align: str, node: Any) -> Iterator[Paragraph]:
    runs = [replace(i, text=_BLANKS.sub(" ", i.text)) if isinstance(i, Run) else i for i in line]
    paragraph = Paragraph(tuple(merged(runs)), align, level=_level(node), bullet=node.tag == "li")
    if paragraph.text.strip(" \u3000") or any(isinstance(i, Picture) for i in runs):
        yield paragraph


def _level(node: Any) -> int:
    return max(int(node.tag[1]) - 1, 1) if re.fullmatch("h[1-6]", node.tag) else 0


def _trimmed(blocks: Iterator[Block]) -> Iterator[Block]:
    """Take the blanks off the ends of paragraphs: 首行缩进 is the theme's."""
    for block in blocks:
        if not isinstance(block, Paragraph):
            yield block
            continue
        inlines = list(block.inlines)
        if isinstance(inlines[0], Run):
            inlines[0] = replace(inlines[0], text=inlines[0].text.lstrip(" \u3000"))
        if isinstance(inlines[-1], Run):
            inlines[-1] = replace(inlines[-1], text=inlines[-1].text.rstrip(" \u3000"))
        yield replace(block, inlines=tuple(inlines))
