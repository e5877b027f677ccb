"""Imports a whole old site, page by page; a run that was stopped goes on where it was.

What is in content/ already is known by its 旧地址, so nothing but the content itself says how far
the work has come.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from policysite.files import reason_of
from policysite.importing.blocks import (
    Block,
    CannotImport,
    Cell,
    Inline,
    Paragraph,
    Run,
    Source,
    Table,
)
from policysite.importing.docx import PICTURES
from policysite.importing.draft import Draft, make_draft, put
from policysite.importing.html import Text, decode, parse, read_text
from policysite.importing.record import find_record
from policysite.importing.site_rules import SiteRules
from policysite.model.canonical import Line
from policysite.model.columns import Column
from policysite.model.values import CHINA

DONE, KNOWN, FAILED = "已导入", "以前已导入", "没有导入"
_DATE = re.compile(
    r"(?P<y>(?:19|20)\d\d)\s*[-年/.]\s*(?P<m>\d{1,2})\s*[-月/.]\s*(?P<d>\d{1,2})日?"
    r"(?:\s*(?P<h>\d{1,2})[:：](?P<min>\d{2}))?"
)
_LABEL = re.compile(r"^\s*(?:来源|信息来源|作者|文章来源)\s*[:：]\s*")


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the old site: its file, its address there, and what its rules found."""

    file: Path
    address: str
    title: str
    moment: datetime
    column: Column
    source: str
    author: str
    text: Text


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the report: what became of one page."""

    address: str
    result: str
    path: str
    remarks: str


@dataclass(frozen=True, slots=True)
class OldSite:
    """A copy of an old site on disk, with its rules and the columns that it goes to."""

    folder: Path
    rules: SiteRules
    columns: Mapping[str, Column]

    def pages(self) -> list[Path]:
        """Return the files to import, in a fixed order."""
        found = {path for pattern in self.rules.pages for path in self.folder.glob(pattern)}
        return sorted(path for path in found if path.is_file())

    def address(self, file: Path) -> str:
        """Return the address that a file had."""
        name = quote(file.relative_to(self.folder).as_posix())
        return "/" + re.sub(r"(?:^|(?<=/))(?:index|default)\.s?html?$", "", name)

    def file(self, url: str) -> Path | None:
        """Return the file of an address on the old site, if the copy has it."""
        parts = urlsplit(url)
        if parts.netloc != urlsplit(self.rules.site).netloc:
            return None
        try:
            path = (self.folder / unquote(parts.path).lstrip("/")).resolve()
            inside = path.is_relative_to(self.folder.resolve())
            return path if inside and path.is_file() else None
        except (OSError, ValueError):  # a name too long for any file, or with %00 in it
            return None

    def read(self, file: Path) -> Page:
        """Read one page by the rules.

        Raises:
            CannotImport: something that a draft needs is not on it.

        """
        address = self.address(file)
        site = self.rules.site.rstrip("/")
        root = parse(decode(file.read_bytes(), self.rules.encoding), site + address)
        where = self.rules.xpath
        for path in where.remove:
            for node in root.xpath(path):
                node.drop_tree()
        nodes = root.xpath(where.body)
        if not nodes:
            raise CannotImport(f"按 {where.body} 没有找到正文")
        title = _words(root, where.title)
        if not title:
            raise CannotImport(f"按 {where.title} 没有找到标题")
        words = _words(root, where.column)
        path = self.rules.column_of(address, words)
        if path not in self.columns:
            raise CannotImport(
                f"不知道放在哪个栏目（{path or words or address}），请在规则的 columns 里写明"
            )
        return Page(
            file=file,
            address=address,
            title=title,
            moment=read_moment(_words(root, where.date)),
            column=self.columns[path],
            source=_LABEL.sub("", _words(root, where.source)),
            author=_LABEL.sub("", _words(root, where.author)),
            text=read_text(nodes[0]),
        )


def read_moment(text: str) -> datetime:
    """Return the first date in a text, with its time if there is one.

    Raises:
        CannotImport: there is none.

    """
    match = _DATE.search(text)
    if not match:
        raise CannotImport(f"没有找到发布日期（{text[:30]}）")
    try:
        return datetime(
            int(match["y"]), int(match["m"]), int(match["d"]),
            int(match["h"] or 0), int(match["min"] or 0), tzinfo=CHINA,
        )  # fmt: skip
    except ValueError:
        raise CannotImport(f"发布日期不对（{match[0]}）") from None


def _words(root: Any, path: str) -> str:
    if not path:
        return ""
    found = root.xpath(path)
    if isinstance(found, str):
        return " ".join(found.split())
    first = found[0] if isinstance(found, list) and found else ""
    text = first if isinstance(first, str) else "".join(first.itertext())
    return " ".join(text.split())


def import_page(
    site: OldSite, page: Page, slug: str, content: Path, moved: Mapping[str, str]
) -> Row:
    """Write the draft of one page; `moved` maps old addresses to the paths of articles.

    Raises:
        CannotImport: the text is empty, or the files cannot be written.

    """
    remarks: list[str] = []
    pictures = {name: _picture(site, url, remarks) for name, url in page.text.pictures.items()}
    blocks = tuple(_relinked(block, site, moved) for block in page.text.blocks)
    source = Source(blocks, pictures={name: data for name, data in pictures.items() if data})
    record = replace(find_record(blocks, page.title), title=page.title)
    if not record.body:
        raise CannotImport("正文是空的")
    attachments = _attachments(site, page, slug, remarks)
    values: dict[str, Line] = {
        "source": page.source,
        "author": page.author,
        "attachments": tuple((name, path) for name, path, _ in attachments),
        "old_addresses": (page.address,),
    }
    draft = make_draft(source, record, page.column, slug, page.moment, values)
    files = {**draft.pictures, **{path: data for _, path, data in attachments}}
    try:
        put(Draft(draft.path, draft.text, files), content)
    except OSError as error:
        raise CannotImport(f"写不进 {draft.path}（{reason_of(error)}）") from None
    return Row(page.address, DONE, draft.path, "；".join(remarks))


def _picture(site: OldSite, url: str, remarks: list[str]) -> bytes:
    file = site.file(url)
    if file is None or file.suffix.lower() not in PICTURES:
        remarks.append(f"没有图片 {url}")
        return b""
    return file.read_bytes()


def _attachments(
    site: OldSite, page: Page, slug: str, remarks: list[str]
) -> list[tuple[str, str, bytes]]:
    """Return the name, new path and bytes of each attachment."""
    found = []
    for name, url in page.text.files.items():
        file = site.file(url)
        if file is None:
            remarks.append(f"没有附件 {url}")
            continue
        data = file.read_bytes()
        digest = sha256(data).hexdigest()[:8]
        path = f"attachments/{page.moment:%Y}/{slug}-{digest}{file.suffix.lower()}"
        found.append((re.sub(r"\s+", " ", name).replace(":", "："), path, data))
    return found


def _relinked(block: Block, site: OldSite, moved: Mapping[str, str]) -> Block:
    """Return a block whose links to imported pages lead to the articles made of them."""
    if isinstance(block, Table):
        rows = (tuple(_cell(cell, site, moved) for cell in row) for row in block.rows)
        return Table(tuple(rows))
    if not isinstance(block, Paragraph):
        return block
    return replace(block, inlines=tuple(_relinks(block.inlines, site, moved)))


def _cell(cell: Cell, site: OldSite, moved: Mapping[str, str]) -> Cell:
    own = (replace(p, inlines=tuple(_relinks(p.inlines, site, moved))) for p in cell.paragraphs)
    return replace(cell, paragraphs=tuple(own))


def _relinks(
    inlines: tuple[Inline, ...], site: OldSite, moved: Mapping[str, str]
) -> Iterator[Inline]:
    home = urlsplit(site.rules.site).netloc
    for inline in inlines:
        if not isinstance(inline, Run) or not inline.url:
            yield inline
            continue
        parts = urlsplit(inline.url)
        if parts.netloc != home:
            yield inline
            continue
        # An address of the old site that leads to nothing of ours would be a dead link.
        target = moved.get(parts.path, "")
        yield replace(inline, url=f"/{target}" if target else "")
