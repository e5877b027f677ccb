"""A page for what changed from each version of a document to the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from policysite.pages.article import Article
from policysite.pages.head import plain_head
from policysite.pages.page import HOME, Link, Page, save_as
from policysite.pages.site import Site
from policysite.pages.timeline import comparison_url
from policysite.relate.difference import CHANGED, DELETED, INSERTED, SAME, Row, compare
from policysite.text.provisions import cut_provisions
from policysite.text.rendered import Heading

COMPARISON = "新旧版本对照"


@dataclass(frozen=True, slots=True)
class Block:
    """What stands together: a chapter's heading, one row, or a `fold` of rows under a name."""

    kind: str
    rows: tuple[Row, ...]
    name: str = ""


def plan_differences(site: Site) -> Iterator[Page]:
    """Yield a page for each pair of neighbouring versions; no list and no sitemap names them."""
    pairs = {pair for history in site.histories.values() for pair in history.pairs}
    for old, new in sorted(pairs):
        yield _plan_difference(site, site.by_slug[old], site.by_slug[new])


def _plan_difference(site: Site, old: Article, new: Article) -> Page:
    rows = compare(cut_provisions(old.html), cut_provisions(new.html))
    clauses = [row for row in rows if row.kind == "clause"]
    blocks = tuple(_blocks(rows, has_clauses=bool(clauses)))
    url = comparison_url(old.slug, new.slug)
    title = f"{COMPARISON}：{new.title}"
    description = f"{old.cite}和{new.cite}的逐条对照。"
    head = plain_head(site.settings, title, description, url, "page", noindex=True)
    assert new.column, "an article has its column from its folder"
    columns = (Link(column.name, column.url) for column in site.columns.lineage(new.column))
    values = {
        "old": old,
        "new": new,
        "summary": _summary(clauses or rows, "条" if clauses else "处"),
        "toc": tuple(_contents(blocks)),
        "blocks": blocks,
    }
    trail = (HOME, *columns, Link(COMPARISON, ""))
    return Page(save_as(url), "difference", head, trail, values)


def _summary(rows: Sequence[Row], unit: str) -> str:
    """Return 新增6条，删除2条，修改20条，没有变化8条。 without what there is none of."""
    counts = (
        ("新增", sum(row.state == INSERTED for row in rows)),
        ("删除", sum(row.state == DELETED for row in rows)),
        ("修改", sum(row.state == CHANGED for row in rows)),
        ("移动", sum(row.is_moved for row in rows)),
        ("没有变化", sum(row.is_unchanged for row in rows)),
    )
    return "，".join(f"{word}{count}{unit}" for word, count in counts if count) + "。"


_WORDS = {INSERTED: "新增", DELETED: "删除", CHANGED: "修改", SAME: "移动"}


def _contents(blocks: Iterable[Block]) -> Iterator[Heading]:
    """Yield what changed as a table of contents, under the chapters of the text."""
    for block in blocks:
        row = block.rows[0]
        if block.kind == "chapter":
            yield Heading(2, row.id, row.name)
        elif block.kind == "row":
            yield Heading(3, row.id, f"{row.name}（{_WORDS[row.state]}）")


def _blocks(rows: Sequence[Row], *, has_clauses: bool) -> Iterator[Block]:
    """Yield the rows in blocks: unchanged ones fold up, and so does all above the clauses."""
    start = _start(rows) if has_clauses else 0
    if start:
        name = "条文以外的内容"
        is_same = all(row.is_unchanged for row in rows[:start])
        yield Block(
            "fold", tuple(rows[:start]), f"{name}（没有变化）" if is_same else f"{name}（有变化）"
        )
    for kind, group in groupby(rows[start:], lambda row: _kind(row, has_clauses=has_clauses)):
        together = tuple(group)
        if kind == "fold":
            yield Block(kind, together, f"{_span(together)}没有变化")
        else:
            yield from (Block(kind, (row,)) for row in together)


def _start(rows: Sequence[Row]) -> int:
    """Return where the clauses begin, with the headings right above the first one."""
    first = next(place for place, row in enumerate(rows) if row.kind == "clause")
    while first and rows[first - 1].kind == "heading" and not rows[first - 1].lines:
        first -= 1
    return first


def _kind(row: Row, *, has_clauses: bool) -> str:
    if has_clauses and row.kind == "heading" and not row.lines:
        return "chapter"
    return "fold" if row.is_unchanged else "row"


def _span(rows: Sequence[Row]) -> str:
    """Return the names of unchanged provisions: 第六条至第九条（原第五条至第八条）."""
    new, old = (
        "至".join(dict.fromkeys(p.name for p in (found[0], found[-1]) if p))
        for found in ([row.new for row in rows], [row.old for row in rows])
    )
    return new if new == old else f"{new}（原{old}）"
