"""文件库: every policy document, to be found by facet without script and by filter with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from policysite.model.columns import Column
from policysite.pages.article import Article
from policysite.pages.facets import ROOT, Facet, Group, divide
from policysite.pages.head import gathered_column, plain_head
from policysite.pages.lists import cut_list
from policysite.pages.page import HOME, Alternate, Link, Page, save_as
from policysite.pages.selection import DOCUMENT, part
from policysite.pages.site import Site

LIBRARY = Link("文件库", ROOT)
_CATALOGUE = (
    Alternate("application/json", "文件目录（JSON）", "/data/documents.json"),
    Alternate("text/csv", "文件目录（CSV 表格）", "/data/documents.csv"),
)
NEWEST = 10
"""How many documents the overview shows before anything is chosen."""
PAGE_SIZE = 50
"""A row has no summary and no picture: a page of these is as long as 20 rows of a column."""


def library_documents(site: Site) -> tuple[Article, ...]:
    """Return the policy documents in lists, newest first; none is pinned here."""
    return tuple(
        article.unpinned() if article.pinned else article
        for article in part(site.articles, DOCUMENT)
    )


def library_link(site: Site) -> Link | None:
    """Return the way to the library, if there is anything in it."""
    return LIBRARY if part(site.articles, DOCUMENT) else None


def plan_library(site: Site) -> Iterator[Page]:
    """Yield the overview, then a list for every value of every facet."""
    documents = library_documents(site)
    facets = divide(documents)
    lead = f"{site.settings.name}的政策文件，按发文机关、年份、文种、主题和效力查找。"
    head = replace(
        plain_head(site.settings, LIBRARY.name, lead, ROOT, "list", column=_column(lead, ROOT)),
        alternates=_CATALOGUE if site.settings.open_data else (),
    )
    values = {
        "library": LIBRARY,
        "lead": lead,
        "count": len(documents),
        "newest": documents[:NEWEST],
        "facets": facets,
    }
    yield Page(save_as(ROOT), "library", head, (HOME, Link(LIBRARY.name, "")), values)
    for facet in facets:
        for group in facet.groups:
            yield from _plan_group(site, facet, group)


def _column(description: str, url: str) -> Column:
    return gathered_column(LIBRARY.name, description, url, ("政策文件", LIBRARY.name), "政策文件")


def _plan_group(site: Site, facet: Facet, group: Group) -> Iterator[Page]:
    trail = (HOME, LIBRARY, Link(group.name, ""))
    for listing in cut_list(group.items, group.url, PAGE_SIZE):
        part = "" if listing.is_latest else f"（{listing.span}）"
        description = f"{facet.name}为{group.name}的政策文件。"
        head = plain_head(
            site.settings,
            f"{facet.name}：{group.name}{part} - {LIBRARY.name}",
            description,
            listing.url,
            "list",
            column=_column(description, listing.url),
        )
        values = {"facet": facet, "group": group, "listing": listing}
        yield Page(save_as(listing.url), "library_facet", head, trail, values)


def library_urls(site: Site) -> Iterator[str]:
    """Yield the address of the overview and of every facet's first page."""
    yield ROOT
    for facet in divide(library_documents(site)):
        yield from (group.url for group in facet.groups)
