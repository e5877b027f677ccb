"""Word files as editors make them, for tests: through python-docx, and raw XML where it has no word."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor

from policysite.importing.docx import read_docx
from policysite.importing.draft import make_draft
from policysite.importing.record import Record, find_record
from tests.unit.making import NOTICES, NOW

ALIGN = {
    "left": None,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
RED = RGBColor(0xFF, 0, 0)


class Word:
    """A document being written."""

    def __init__(self) -> None:
        self.document: Any = Document()

    def add(
        self, text: str = "", align: str = "left", size: float = 16, font: str = "仿宋_GB2312", *,
        bold: bool = False, red: bool = False,
    ) -> Any:  # fmt: skip
        """Add a paragraph in one look and return it."""
        paragraph = self.document.add_paragraph()
        paragraph.alignment = ALIGN[align]
        self.run(paragraph, text, size, font, bold=bold, red=red)
        return paragraph

    def run(
        self, paragraph: Any, text: str, size: float = 16, font: str = "仿宋_GB2312", *,
        bold: bool = False, red: bool = False,
    ) -> Any:  # fmt: skip
        """Add a run to a paragraph."""
        run = paragraph.add_run(text)
        run.font.size, run.bold = Pt(size), bold
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
        if red:
            run.font.color.rgb = RED
        return run

    def xml(self, inner: str) -> Any:
        """Add a paragraph that holds raw WordprocessingML."""
        names = nsdecls("w", "r", "wp", "a", "pic") + (
            ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
            ' xmlns:v="urn:schemas-microsoft-com:vml"'
            ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
            ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
        )
        element = parse_xml(f"<w:p {names}>{inner}</w:p>")
        self.document.element.body.insert(len(self.document.element.body) - 1, element)
        return element

    def save(self, path: Path) -> Path:
        """Write the file and return its path."""
        self.document.save(str(path))
        return path


def repack(path: Path, parts: Mapping[str, bytes | None]) -> Path:
    """Write a package again with some `parts` added or changed; None takes one out."""
    with ZipFile(path) as old:
        kept = {name: old.read(name) for name in old.namelist()}
    kept = {**kept, **{name: data for name, data in parts.items() if data is not None}}
    with ZipFile(path, "w") as new:
        for name, data in kept.items():
            if parts.get(name, b"") is not None:
                new.writestr(name, data)
    return path


def record_of(path: Path, *, accept_revisions: bool = False) -> Record:
    """Return the record of a Word file."""
    return find_record(read_docx(path, accept_revisions=accept_revisions).blocks)


def markdown_of(path: Path, *, accept_revisions: bool = False) -> str:
    """Return the body of the draft of a Word file."""
    source = read_docx(path, accept_revisions=accept_revisions)
    draft = make_draft(source, find_record(source.blocks), NOTICES, "x", NOW)
    return draft.text.split("\n---\n\n", 1)[1]


def texts_of(path: Path, *, accept_revisions: bool = False) -> list[str]:
    """Return the words of each paragraph of a Word file that has any."""
    source = read_docx(path, accept_revisions=accept_revisions)
    return [block.text for block in source.blocks if block.text]
