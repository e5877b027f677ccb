"""sitemap.xml and robots.txt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from policysite.pages.courses import series_links
from policysite.pages.library import library_urls
from policysite.pages.lists import count_years
from policysite.pages.plan import ARCHIVE, SITE_MAP
from policysite.pages.search import search_urls
from policysite.pages.selection import dated
from policysite.pages.site import Site
from policysite.pages.topics import TOPICS

# sitemaps.org: one file holds at most 50,000 addresses.
LIMIT = 50_000
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


@dataclass(frozen=True, slots=True)
class Entry:
    """An address and the day its page last changed, where that is known."""

    url: str
    changed: date | None


def plan_sitemap(site: Site) -> Iterator[tuple[str, str]]:
    """Yield file and text of the sitemap, in parts under an index where it is too long for one."""
    yield from write_sitemap(tuple(_entries(site)), site.settings.url)
    yield "robots.txt", f"User-agent: *\nAllow: /\n\nSitemap: {site.settings.url}/sitemap.xml\n"


def _entries(site: Site) -> Iterator[Entry]:
    newest = site.articles[0].date if site.articles else None
    yield Entry("/", newest)
    for column in site.columns:
        if not column.is_page:
            articles = site.in_column(column)
            yield Entry(column.url, articles[0].date if articles else None)
    yield from (Entry(found.url, found.changed) for found in dated(site.articles))
    for page in site.pages:
        if page.is_listed:
            yield Entry(page.url, page.updated or page.date)
    for topic in site.topics:
        if topic.is_listed:
            gathered = site.in_topic(topic)
            newest = max((a.date for a in gathered if a.date), default=topic.updated)
            yield Entry(topic.url, newest)
    yield from (Entry(link.url, None) for link in series_links(site))
    for year in count_years(site.articles, ()):
        yield Entry(year.url, None)
    yield from (Entry(url, None) for url in library_urls(site))
    yield from (Entry(url, None) for url in search_urls(site))
    for overview in (ARCHIVE, TOPICS, SITE_MAP):
        yield Entry(overview.url, None)


def write_sitemap(
    entries: Sequence[Entry], site_url: str, limit: int = LIMIT
) -> Iterator[tuple[str, str]]:
    """Yield file and text of each part; `limit` addresses fit one."""
    if len(entries) <= limit:
        yield "sitemap.xml", _document("urlset", "url", site_url, entries)
        return
    parts = []
    for number, start in enumerate(range(0, len(entries), limit), 1):
        name = f"sitemap-{number}.xml"
        parts.append(Entry(f"/{name}", None))
        yield name, _document("urlset", "url", site_url, entries[start : start + limit])
    yield "sitemap.xml", _document("sitemapindex", "sitemap", site_url, parts)


def _document(root_name: str, row_name: str, site_url: str, entries: Iterable[Entry]) -> str:
    # Two texts without attributes in each of very many rows: a tree of them takes ten times as long.
    lines = ['<?xml version="1.0" encoding="utf-8"?>', f'<{root_name} xmlns="{_NAMESPACE}">']
    for entry in entries:
        lines += (f"  <{row_name}>", f"    <loc>{escape(site_url + entry.url, quote=False)}</loc>")
        if entry.changed:
            lines.append(f"    <lastmod>{entry.changed:%Y-%m-%d}</lastmod>")
        lines.append(f"  </{row_name}>")
    return "\n".join((*lines, f"</{root_name}>", ""))
