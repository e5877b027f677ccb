"""The pages that stand on every site: home, columns, articles, archive, site map."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policysite.model.columns import Column
from policysite.model.fields import Status
from policysite.pages import lists
from policysite.pages.article import Article
from policysite.pages.courses import places_of, series_links
from policysite.pages.head import article_head, column_head, home_head, page_head, plain_head
from policysite.pages.page import HOME, Link, Page, save_as
from policysite.pages.selection import FEATURED, MOVED, part
from policysite.pages.site import Site
from policysite.pages.structured_data import article_data
from policysite.pages.timeline import timeline
from policysite.pages.topics import list_topics

ARCHIVE = Link("文章存档", "/archive/")
SITE_MAP = Link("网站地图", "/sitemap.html")


@dataclass(frozen=True, slots=True)
class RelationGroup:
    """The articles that stand in one relation to the article on the page."""

    label: str
    items: tuple[Article, ...]


def plan_home(site: Site) -> Page:
    """Return the home page: headline, picture news, columns, services, topics."""
    featured = part(site.articles, FEATURED)
    with_picture = [a for a in featured if a.image]
    headline = next((a for a in featured if a.headline), next(iter(with_picture), None))
    rest = (a for a in with_picture if a is not headline)
    pictures = sorted(rest, key=lambda a: not a.pinned)
    blocks = (
        lists.HomeBlock(column, tuple(site.in_column(column)[: column.home]))
        for column in site.columns
        if column.home
    )
    services = next((c for c in site.columns if c.type == "办事服务" and c.children), None)
    values = {
        "headline": headline,
        "highlights": tuple(pictures[:4]),
        "blocks": tuple(block for block in blocks if block.items),
        "topics": list_topics(site)[: site.settings.home_topics],
        "services": services.children if services else (),
    }
    return Page("index.html", "index", home_head(site.settings), (), {"home": values})


def breadcrumb(site: Site, column: Column | None, title: str = "") -> tuple[Link, ...]:
    """Return 首页 > 学习交流 > 理论研究 (> title); the last one is where the reader is."""
    trail = lead_to(site, column) if column else (HOME,)
    if title:
        return (*trail, Link(title, ""))
    return (*trail[:-1], Link(trail[-1].name, ""))


def lead_to(site: Site, column: Column) -> tuple[Link, ...]:
    """Return 首页 > 学习交流 > 理论研究, each one a link: the place of an article."""
    return (HOME, *(Link(c.name, c.url) for c in site.columns.lineage(column)))


def plan_column(site: Site, column: Column) -> Page:
    """Return the first page of a column that is no fixed page."""
    listing = lists.first_page(site.in_column(column), column.url, site.settings.page_size)
    children = tuple(
        lists.HomeBlock(child, tuple(site.in_column(child)[:5])) for child in column.children
    )
    return _plan_listing(site, column, listing, children)


def plan_older(site: Site, column: Column, run: int) -> Iterator[Page]:
    """Yield the older pages of a column that are of one run: see `older_runs`."""
    articles, size = site.in_column(column), site.settings.page_size
    for number in lists.older_pages(articles, size):
        if number // lists.RUN == run:
            # They must not change with every new article, as what the first page shows does.
            yield _plan_listing(site, column, lists.cut_page(articles, column.url, size, number))


def older_runs(site: Site, column: Column) -> list[int]:
    """Return the runs of older pages of a column; a page stays in its run for ever."""
    numbers = lists.older_pages(site.in_column(column), site.settings.page_size)
    return sorted({number // lists.RUN for number in numbers})


def _plan_listing(
    site: Site, column: Column, listing: lists.Listing, children: tuple[lists.HomeBlock, ...] = ()
) -> Page:
    part = "" if listing.is_latest else listing.span
    values = {
        "column": column,
        "section": site.columns.lineage(column)[0],
        "listing": listing,
        "children": children,
    }
    return Page(
        save_as(listing.url),
        "column",
        column_head(site.settings, column, listing.url, part),
        breadcrumb(site, column, part),
        values,
    )


def plan_article(site: Site, article: Article) -> Page:
    """Return an article's page, or the tombstone of a withdrawn one."""
    assert article.column, "an article has its column from its folder"
    trail = lead_to(site, article.column)
    if article.status is Status.WITHDRAWN:
        return _plan_tombstone(site, article, trail)
    newer, older = site.neighbours.get(article.slug, (None, None))
    values = {
        "article": article,
        "newer": site.by_slug[newer] if newer else None,
        "older": site.by_slug[older] if older else None,
        "related": tuple(site.by_slug[slug] for slug in site.related.get(article.slug, ())),
        "relations": tuple(
            RelationGroup(group.label, tuple(site.by_slug[slug] for slug in group.slugs))
            for group in site.relations.get(article.slug, ())
        ),
        "timeline": timeline(site, article),
        "places": places_of(site, article),
    }
    head = article_head(site.settings, article, article_data(site, article))
    return Page(article.save_as, "article", head, trail, values)


def _plan_tombstone(site: Site, article: Article, trail: tuple[Link, ...]) -> Page:
    head = plain_head(
        site.settings, "内容已撤回", "这篇内容已经撤回。", article.url, "tombstone", noindex=True
    )
    values = {
        "article": article,
        "reason": article.meta.withdrawn_reason if article.meta else "",
        "withdrawn_on": article.updated.date() if article.updated else None,
    }
    return Page(article.save_as, "tombstone", head, trail, values)


def plan_fixed_page(site: Site, page: Article) -> Page:
    """Return a fixed page such as 机构简介, in its column if one points to it."""
    column = next((c for c in site.columns if c.page == page.slug), None)
    top = site.columns.lineage(column)[0] if column else None
    head = page_head(site.settings, page, column)
    trail = breadcrumb(site, column) if column else breadcrumb(site, None, page.title)
    siblings = top.children if top and column is not top else ()
    return Page(page.save_as, "page", head, trail, {"page": page, "siblings": siblings})


def plan_archive(site: Site) -> Page:
    """Return the archive's overview: all years."""
    years = lists.count_years(site.articles, site.columns.top)
    head = plain_head(site.settings, ARCHIVE.name, "按年份查找全部内容。", ARCHIVE.url, "list")
    trail = breadcrumb(site, None, ARCHIVE.name)
    return Page(save_as(ARCHIVE.url), "archives", head, trail, {"years": years})


def plan_archive_year(site: Site, year: int) -> Page:
    """Return the archive's page of a year that has articles."""
    years = lists.count_years(site.articles, site.columns.top)
    place, found = next((n, count) for n, count in enumerate(years) if count.year == year)
    values = {
        "year": year,
        "months": lists.cut_months(site.articles, year),
        "newer": _year_link(years, place - 1),
        "older": _year_link(years, place + 1),
    }
    name = f"{year}年"
    head = plain_head(
        site.settings, f"{name}{ARCHIVE.name}", f"{name}发布的全部内容。", found.url, "list"
    )
    return Page(save_as(found.url), "archive_year", head, (HOME, ARCHIVE, Link(name, "")), values)


def _year_link(years: Sequence[lists.YearCount], place: int) -> Link | None:
    if not 0 <= place < len(years):
        return None
    return Link(f"{years[place].year}年", years[place].url)


def plain_pages(site: Site) -> tuple[Link, ...]:
    """Return the fixed pages that no column leads to, such as 无障碍声明: the footer's links."""
    in_columns = {column.page for column in site.columns}
    return tuple(
        Link(page.title, page.url)
        for page in site.pages
        if page.is_listed and page.slug not in in_columns
    )


def plan_site_map(site: Site) -> Page:
    """Return 网站地图: every column, page, topic and year."""
    values = {
        "pages": plain_pages(site),
        "topics": list_topics(site),
        "series": series_links(site),
        "years": lists.count_years(site.articles, site.columns.top),
    }
    head = plain_head(site.settings, SITE_MAP.name, "全部栏目、专题和年份。", SITE_MAP.url, "list")
    trail = breadcrumb(site, None, SITE_MAP.name)
    return Page(save_as(SITE_MAP.url), "sitemap", head, trail, values)


def plan_not_found(site: Site) -> Page:
    """Return the page that the server shows for an address that does not exist."""
    head = plain_head(
        site.settings, "页面不存在", "没有找到这个页面。", "/404.html", "error", noindex=True
    )
    return Page("404.html", "404", head, breadcrumb(site, None, "页面不存在"))


def plan_redirects(site: Site) -> Iterator[Page]:
    """Yield a page at every former address, leading to the present one."""
    every = (site.articles, site.others, site.pages, site.topics)
    for article in (article for articles in every for article in part(articles, MOVED)):
        for address in article.old_addresses:
            values = {"target": article.url, "title": article.title}
            head = plain_head(
                site.settings, article.title, article.summary, article.url, "page", noindex=True
            )
            yield Page(save_as(address), "redirect", head, (), values)
