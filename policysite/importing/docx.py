"""Reads a .docx: its text as Word prints it, with numbering, tables, text boxes and notes.

Converters lose merged cells, automatic numbers or text boxes, or show what a tracked change had
deleted; docs/decisions/0023 has them compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from policysite.importing.blocks import (
    Block,
    CannotImport,
    Cell,
    Inline,
    Note,
    Paragraph,
    Picture,
    Run,
    Source,
    Table,
)
from policysite.importing.elements import (
    DELETED,
    MC,
    REVISIONS,
    is_contents,
    is_deleted,
    is_fallback,
    present,
    spans,
)
from policysite.importing.markings import HEAD, restrictions
from policysite.importing.numbering import Numbering
from policysite.importing.package import Package, R, W
from policysite.importing.runs import heading_of, lines_of, merged, run_of
from policysite.importing.styles import Styles

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_V = "{urn:schemas-microsoft-com:vml}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"

_BREAKS = {f"{W}br", f"{W}cr"}
# Word's own signs in fonts without Unicode: boxes, ticks, dots.
_SYMBOLS = {
    0xF0A8: "□",
    0xF06F: "□",
    0xF0FE: "☑",
    0xF052: "☑",
    0xF0FC: "✓",
    0xF06C: "●",
    0xF0B7: "·",
}
PICTURES = {".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"}


def read_docx(path: Path, *, accept_revisions: bool = False) -> Source:
    """Read a .docx.

    Raises:
        CannotImport: no sound .docx; or it has tracked changes or comments that nobody accepted.

    """
    package = Package(path)
    body = package.xml(package.main).find(f"{W}body")
    if body is None:
        raise CannotImport(f"{path.name} 里没有正文。")
    walker = _Walker(package)
    if not accept_revisions:
        _refuse_revisions(path.name, package)
    blocks = tuple(walker.blocks(body))
    notes = walker.notes()
    edges = ["".join(root.itertext(f"{W}t")) for root in package.edges()]
    head = "\n".join([*edges, *(block.text for block in blocks[:HEAD])])
    remarks = dict.fromkeys([*restrictions(head), *walker.remarks])
    return Source(blocks, notes, walker.pictures, tuple(remarks))


def _refuse_revisions(name: str, package: Package) -> None:
    """Refuse what its authors have not agreed on: what is deleted in it is still in the file."""
    parts = [package.xml(package.main), package.part("footnotes"), package.part("endnotes")]
    changes = sum(1 for root in parts if root is not None for _ in root.iter(*REVISIONS))
    comments = package.part("comments")
    remarks = 0 if comments is None else sum(1 for _ in comments.iter(f"{W}comment"))
    found = [f"{changes}处修订"] * bool(changes) + [f"{remarks}条批注"] * bool(remarks)
    if found:
        raise CannotImport(
            f"{name} 里有{'、'.join(found)}，不是定稿。请在 Word 里接受或拒绝全部修订、删除批注后再导入；"
            "确认按“全部接受”导入的，加 --accept-revisions。"
        )


class _Walker:
    """Walks one document from its first paragraph to its last."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.styles = Styles(package.part("styles"))
        self.numbering = Numbering(package.part("numbering"))
        self.relations = package.relations(package.main)
        self.pictures: dict[str, bytes] = {}
        self.remarks: list[str] = []
        self._notes: dict[str, tuple[str, str]] = {}

    def blocks(self, parent: Any) -> Iterator[Block]:
        """Yield what stands in a body, a cell, a text box or a note."""
        for child in parent:
            if child.tag == f"{W}p":
                yield from self.paragraphs(child)
            elif child.tag == f"{W}tbl":
                yield self.table(child)
            elif child.tag == f"{W}sdt" and is_contents(child):
                self.remarks.append("目录没有导入，网站会自己生成目录")
            elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}moveTo", f"{W}customXml",
                               f"{W}smartTag"):  # fmt: skip
                yield from self.blocks(child)

    def paragraphs(self, element: Any) -> Iterator[Block]:
        """Yield a paragraph, its text boxes before it; a line break in it begins another one."""
        properties = element.find(f"{W}pPr")
        look = self.styles.paragraph(properties)
        if look.get("style", "").startswith(("toc ", "目录")):
            return
        boxes: list[Any] = []
        inlines = [*self._inlines(element, look, "", boxes)]
        for box in boxes:
            yield from self.blocks(box)
        number = self._number(look)
        for place, line in enumerate(lines_of(inlines)):
            yield Paragraph(
                inlines=tuple(merged(line)),
                align={"center": "center", "right": "right", "end": "right"}.get(
                    look.get("jc", ""), "left"
                ),
                level=heading_of(look),
                number="" if place else number or "",
                bullet=number is None and not place,
            )

    def _number(self, look: dict[str, str]) -> str | None:
        num, depth = look.get("numId", "0"), look.get("ilvl") or "0"
        if num == "0" or not depth.isdigit():
            return ""
        return self.numbering.count(num, int(depth))

    def _inlines(
        self, parent: Any, look: dict[str, str], url: str, boxes: list[Any]
    ) -> Iterator[Inline | None]:
        """Yield what stands in a paragraph; None is a line break."""
        for child in parent:
            tag = child.tag
            if not isinstance(tag, str) or tag in DELETED or is_fallback(child):
                continue
            if tag == f"{W}r":
                yield from self._run(child, look, url, boxes)
            elif tag == f"{W}hyperlink":
                target = self.relations.get(child.get(f"{R}id", ""), "")
                outside = target if target.startswith(("http://", "https://", "mailto:")) else ""
                yield from self._inlines(child, look, outside, boxes)
            elif tag == f"{W}ruby":
                yield from self._inlines(child.find(f"{W}rubyBase"), look, url, boxes)
            elif tag.startswith(_M):
                self.remarks.append("有公式，只导入了文字，请核对")
                yield Run("".join(child.itertext(f"{_M}t")))
            elif tag not in (f"{W}pPr", f"{W}rPr"):
                yield from self._inlines(child, look, url, boxes)

    def _run(
        self, run: Any, paragraph: dict[str, str], url: str, boxes: list[Any]
    ) -> Iterator[Inline | None]:
        look = self.styles.run(paragraph, run.find(f"{W}rPr"))
        if look.get("vanish"):
            if "".join(run.itertext(f"{W}t")).strip():
                self.remarks.append("隐藏文字没有导入")
            return
        if (look.get("strike") or look.get("dstrike")) and "".join(run.itertext(f"{W}t")).strip():
            self.remarks.append("画了删除线的文字照普通文字导入了，不要的请删掉")
        for child in run:
            if child.tag in _BREAKS:
                yield (
                    None
                    if child.get(f"{W}type") in (None, "textWrapping")
                    else run_of("", look, url)
                )
            elif child.tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                yield self._note(child)
            elif text := self._text(child):
                yield run_of(text, look, url)
            elif child.tag in (f"{W}drawing", f"{W}pict", f"{W}object", f"{MC}AlternateContent"):
                yield from self._drawn(child, boxes)
            elif child.tag == f"{W}ruby":
                yield from self._inlines(child.find(f"{W}rubyBase"), paragraph, url, boxes)

    def _text(self, child: Any) -> str:
        if child.tag == f"{W}t":
            return child.text or ""
        if child.tag in (f"{W}tab", f"{W}ptab"):
            return "\u3000"
        if child.tag == f"{W}noBreakHyphen":
            return "-"
        if child.tag == f"{W}sym":
            code = child.get(f"{W}char", "")
            sign = _SYMBOLS.get(int(code, 16)) if re.fullmatch("[0-9A-Fa-f]{4}", code) else None
            if sign is None:
                self.remarks.append(f"有一个认不出的符号（{code}），换成了□，请核对")
            return sign or "□"
        return ""

    def _note(self, reference: Any) -> Note:
        kind = reference.tag.removeprefix(W).removesuffix("Reference")
        name = f"{kind}-{reference.get(f'{W}id', '')}"
        self._notes.setdefault(name, (kind, reference.get(f"{W}id", "")))
        return Note(name)

    def notes(self) -> dict[str, tuple[Paragraph, ...]]:
        """Return the notes that the text refers to, in that order."""
        found: dict[str, tuple[Paragraph, ...]] = {}
        # A note within a note would be one more; Word makes none.
        for name, (kind, number) in tuple(self._notes.items()):
            root = self.package.part(f"{kind}s")
            for note in root.iter(f"{W}{kind}") if root is not None else ():
                if note.get(f"{W}id") == number:
                    blocks = self.blocks(note)
                    found[name] = tuple(block for block in blocks if isinstance(block, Paragraph))
        if lost := len(self._notes) - len(found):
            self.remarks.append(f"有{lost}条注释在文件里没有内容，没有导入，请对照原件补上")
        return found

    def _drawn(self, element: Any, boxes: list[Any]) -> Iterator[Inline]:
        """Yield the pictures of a drawing; its text boxes are put aside."""
        for part in present(element):
            if part.tag == f"{W}txbxContent":
                boxes.append(part)
            elif part.tag in (f"{_A}blip", f"{_V}imagedata"):
                name = part.get(f"{R}embed") or part.get(f"{R}id") or ""
                if picture := self._picture(name, element):
                    yield picture
            elif part.tag.endswith("}OLEObject"):
                self.remarks.append("有嵌入的对象（例如 Excel 表格），只导入了它的图，请核对")

    def _picture(self, relation: str, element: Any) -> Picture | None:
        part = self.relations.get(relation, "")
        name = Path(part).name
        if Path(part).suffix.lower() not in PICTURES:
            self.remarks.append(
                f"图片 {name or '（外部链接）'} 网页显示不了，没有导入。请另存为 PNG 后补上"
            )
            return None
        self.pictures[name] = self.package.bytes(part)
        described = element.find(f".//{_WP}docPr")
        return Picture(name, "" if described is None else described.get("descr", "").strip())

    def table(self, element: Any) -> Table:
        """Return a table; cells merged downwards are one cell with its number of rows."""
        rows: list[list[Cell]] = []
        open_cells: dict[int, tuple[int, int]] = {}
        for row in element.iter(f"{W}tr"):
            if next(row.iterancestors(f"{W}tbl")) is not element or is_deleted(row, "trPr", "del"):
                continue
            cells: list[Cell] = []
            column = 0
            for item in row.iter(f"{W}tc"):
                is_own = next(item.iterancestors(f"{W}tr")) is row
                if not is_own or is_deleted(item, "tcPr", "cellDel"):
                    continue
                span, merge = spans(item)
                if merge == "continue" and column in open_cells:
                    above, place = open_cells[column]
                    cell = rows[above][place]
                    rows[above][place] = Cell(cell.paragraphs, cell.rows + 1, cell.columns)
                else:
                    open_cells.pop(column, None)
                    if merge:
                        open_cells[column] = (len(rows), len(cells))
                    cells.append(Cell(tuple(self._cell(item)), 1, span))
                column += span
            rows.append(cells)
        return Table(tuple(tuple(row) for row in rows if row))

    def _cell(self, item: Any) -> Iterator[Paragraph]:
        for block in self.blocks(item):
            if isinstance(block, Paragraph):
                yield block
            elif isinstance(block, Table):
                self.remarks.append("表格里还有表格，里面的表格只导入了文字，请核对")
                yield from (p for row in block.rows for cell in row for p in cell.paragraphs)
