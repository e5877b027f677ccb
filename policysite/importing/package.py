"""Opens a .docx: a zip of XML that a stranger may have made."""

from __future__ import annotations

import posixpath
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from lxml import etree

from policysite.files import reason_of
from policysite.importing.blocks import CannotImport

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_STRICT = b"http://purl.oclc.org/ooxml/"
# A file of Word before 2007, or a newer one under a password, is no zip but this.
_COMPOUND_FILE = bytes.fromhex("d0cf11e0a1b11ae1")
# 公文 have a few pages; what unpacks to more than this is no document but an attack.
_MAX_PART, _MAX_ALL, _MAX_PARTS = 64 * 2**20, 256 * 2**20, 5_000


class Package:
    """The parts of a .docx, opened with care.

    Raises:
        CannotImport: no .docx, damaged, under a password, with macros, or unpacking without end.

    """

    def __init__(self, path: Path) -> None:
        self.name = path.name
        try:
            data = path.read_bytes()
        except OSError as error:
            raise CannotImport(f"{path.name} 打不开（{reason_of(error)}）。") from None
        try:
            self._zip = ZipFile(BytesIO(data))
        except (BadZipFile, ValueError, OSError, NotImplementedError):
            raise CannotImport(_said(path.name, data[:8])) from None
        self._check()

    def _check(self) -> None:
        entries = self._zip.infolist()
        names = {entry.filename for entry in entries}
        if any(entry.flag_bits & 1 for entry in entries):
            raise CannotImport(_said(self.name, _COMPOUND_FILE))
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise CannotImport(f"{self.name} 带有宏。请在 Word 里另存为不带宏的 .docx 再导入。")
        sizes = [entry.file_size for entry in entries]
        if sum(sizes) > _MAX_ALL or max(sizes, default=0) > _MAX_PART or len(sizes) > _MAX_PARTS:
            raise CannotImport(f"{self.name} 解开后大得不正常，没有导入。请核对文件的来源。")
        # Word on the web calls it document2.xml; only the relations tell for certain.
        self.main = self._related("").get("officeDocument", "word/document.xml")
        if self.main not in names:
            raise CannotImport(f"{self.name} 不是 Word 文档。")
        self._parts = self._related(self.main)

    def bytes(self, part: str) -> bytes:
        """Return a part as it is, at most as long as the package said.

        Raises:
            CannotImport: it is missing or damaged.

        """
        try:
            with self._zip.open(part) as file:
                data = file.read(_MAX_PART + 1)
        except (
            KeyError,
            BadZipFile,
            EOFError,
            NotImplementedError,
            OSError,
            ValueError,
            zlib.error,
        ):
            raise CannotImport(
                f"{self.name} 已经损坏（{part}）。请在 Word 里打开另存后再导入。"
            ) from None
        if len(data) > _MAX_PART:
            raise CannotImport(f"{self.name} 解开后大得不正常，没有导入。请核对文件的来源。")
        return data

    def xml(self, part: str) -> Any:
        """Return the root element of a part, None if the package has no such part.

        Raises:
            CannotImport: the part is damaged, or holds what may not be in it.

        """
        if part not in self._zip.namelist():
            return None
        data = self.bytes(part)
        if _STRICT in data[:4096]:
            raise CannotImport(f"{self.name} 是“严格 Open XML”格式。请另存为普通的 .docx 再导入。")
        # No entity of a document type is expanded, nothing is fetched.
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError:
            raise CannotImport(
                f"{self.name} 已经损坏（{part}）。请在 Word 里打开另存后再导入。"
            ) from None
        if root.getroottree().docinfo.doctype:
            raise CannotImport(
                f"{self.name} 里有不该有的内容（{part}），没有导入。请核对文件的来源。"
            )
        return root

    def part(self, kind: str) -> Any:
        """Return the root element of a part of the document, None if it has no such part.

        `kind` is styles, numbering, comments, footnotes, endnotes.

        Raises:
            CannotImport: the part is damaged, or holds what may not be in it.

        """
        return self.xml(self._parts.get(kind, f"word/{kind}.xml"))

    def edges(self) -> Iterator[Any]:
        """Yield the root elements of all headers and footers of the document."""
        for _, kind, target in self._relations(self.main):
            if kind.endswith(("/header", "/footer")) and (root := self.xml(target)) is not None:
                yield root

    def relations(self, part: str) -> Mapping[str, str]:
        """Return what a part refers to by id: other parts, or web addresses."""
        return {name: target for name, _, target in self._relations(part)}

    def _related(self, part: str) -> Mapping[str, str]:
        """Return the parts that a part refers to by kind, the last word of a relation's type."""
        return {kind.rpartition("/")[2]: target for _, kind, target in self._relations(part)}

    def _relations(self, part: str) -> Iterator[tuple[str, str, str]]:
        """Yield id, type and target of each relation of a part, the package's own for none."""
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        for relation in root.iter(f"{_RELATIONS}Relationship") if root is not None else ():
            target = relation.get("Target", "")
            if relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            yield relation.get("Id", ""), relation.get("Type", ""), target


def _said(name: str, start: bytes) -> str:
    if start == _COMPOUND_FILE:
        return f"{name} 设有密码，或者是旧的 .doc 格式。请在 Word 里去掉密码、另存为 .docx 再导入。"
    return f"{name} 不是 Word 文档，或者已经损坏。请在 Word 里打开另存后再导入。"
