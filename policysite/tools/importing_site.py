"""`import-site`: thousands of old pages become drafts, with a report that names every one."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from io import StringIO
from pathlib import Path

from policysite.clock import build_time
from policysite.files import reason_of
from policysite.importing.blocks import CannotImport
from policysite.importing.site import DONE, FAILED, KNOWN, OldSite, Page, Row, import_page
from policysite.importing.site_rules import read_rules
from policysite.model.content import read_content
from policysite.tools import new

HEAD = ("网址", "结果", "文件", "说明")


def import_site(folder: Path, rules: Path, content: Path) -> Iterator[Row]:
    """Import every page of an old site; yield what becomes of each, in a fixed order.

    Raises:
        CannotImport: the folder, the rules or the column table are not fit; nothing was written.

    """
    if not folder.is_dir():
        raise CannotImport(f"找不到文件夹 {folder}。")
    try:
        columns = {column.path: column for column in new.open_columns(content)}
    except new.CannotWrite as error:
        raise CannotImport(str(error)) from None
    site = OldSite(folder, read_rules(rules), columns)
    if unknown := sorted(set(site.rules.columns.values()) - columns.keys()):
        raise CannotImport(f"{rules} 的 columns 里，没有{'、'.join(unknown)}这样可以写文章的栏目。")
    files = site.pages()
    if not files:
        raise CannotImport(f"{folder} 里没有要导入的网页（{'、'.join(site.rules.pages)}）。")
    known = _known(content)
    pages: dict[Path, Page | CannotImport] = {}
    for file in files:
        if site.address(file) not in known:
            pages[file] = _read(site, file)
    slugs = _slugs([page for page in pages.values() if isinstance(page, Page)], content)
    moved = {**known, **_moved(pages, slugs)}
    for file in files:
        yield _row(site, file, pages.get(file), slugs, content, moved)


def _read(site: OldSite, file: Path) -> Page | CannotImport:
    try:
        return site.read(file)
    except CannotImport as error:
        return error
    except OSError as error:
        return CannotImport(f"打不开（{reason_of(error)}）")


def _known(content: Path) -> dict[str, str]:
    """Return the articles that are there already, by their old addresses."""
    read, _ = read_content(content, build_time())
    return {
        old: article.source for article in read.articles for old in article.fields.old_addresses
    }


def _slugs(pages: list[Page], content: Path) -> dict[str, str]:
    """Return a short name for each old address, all different and none taken."""
    used = new.used_slugs(content)
    found = {}
    for page in pages:
        slug = new.unused(new.propose_slug(page.title), used)
        used.add(slug)
        found[page.address] = slug
    return found


def _moved(pages: Mapping[Path, Page | CannotImport], slugs: Mapping[str, str]) -> dict[str, str]:
    return {
        page.address: f"{page.column.path}/{page.moment:%Y-%m-%d}-{slugs[page.address]}.md"
        for page in pages.values()
        if isinstance(page, Page)
    }


def _row(
    site: OldSite,
    file: Path,
    page: Page | CannotImport | None,
    slugs: Mapping[str, str],
    content: Path,
    moved: Mapping[str, str],
) -> Row:
    address = site.address(file)
    if page is None:
        return Row(address, KNOWN, moved[address], "")
    if isinstance(page, CannotImport):
        return Row(address, FAILED, "", str(page))
    try:
        return import_page(site, page, slugs[address], content, moved)
    except CannotImport as error:
        return Row(address, FAILED, "", str(error))


def report(rows: list[Row]) -> str:
    """Return the report as CSV for Excel, which wants a byte order mark."""
    out = StringIO(newline="")
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(HEAD)
    table.writerows((row.address, row.result, row.path, row.remarks) for row in rows)
    return "\ufeff" + out.getvalue()


def summary(rows: list[Row]) -> str:
    """Return one line that counts what became of the pages."""
    counts = {result: sum(row.result == result for row in rows) for result in (DONE, KNOWN, FAILED)}
    return "，".join(f"{result} {count} 页" for result, count in counts.items() if count) + "。"
