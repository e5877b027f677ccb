"""Atom feeds of the site and of each column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from io import StringIO

from feedgenerator import Atom1Feed

from policysite.model.columns import Column
from policysite.outputs.absolute import absolute_links
from policysite.outputs.feed_style import REFERENCE
from policysite.pages.article import Article
from policysite.pages.site import Site
from policysite.settings import SiteSettings

# Atom wants a date even of a feed without entries; a fixed one, or every build would differ.
_NEVER = datetime.fromisoformat("2000-01-01T00:00:00+08:00")


class _Feed(Atom1Feed):  # type: ignore[misc]
    """Atom whose date is that of its newest entry, never the clock's."""

    def latest_post_date(self) -> datetime:
        dates = [item["updateddate"] or item["pubdate"] for item in self.items]
        return max(dates, default=_NEVER)


def plan_feeds(site: Site) -> Iterator[tuple[str, str]]:
    """Yield file and text of every feed."""
    yield from plan_site_feed(site)
    for column in site.columns:
        if not column.is_page:
            yield from plan_column_feed(site, column)


def plan_site_feed(site: Site) -> Iterator[tuple[str, str]]:
    """Yield file and text of the feed of all articles."""
    settings = site.settings
    yield "feed.xml", write_feed(settings, settings.name, settings.description, "/", site.articles)


def plan_column_feed(site: Site, column: Column) -> Iterator[tuple[str, str]]:
    """Yield file and text of the feed of one column."""
    settings = site.settings
    title = f"{column.name} - {settings.name}"
    articles = site.in_column(column)
    text = write_feed(settings, title, column.description, column.url, articles)
    yield f"{column.path}/feed.xml", text


def write_feed(
    settings: SiteSettings, title: str, description: str, url: str, articles: Sequence[Article]
) -> str:
    """Return an Atom feed of the newest articles, with their full text."""
    feed = _Feed(
        title=title,
        link=settings.absolute(url),
        description=description,
        language="zh-CN",
        author_name=settings.sponsor,
        feed_url=settings.absolute(f"{url}feed.xml"),
        feed_guid=settings.absolute(url),
    )
    for article in articles[: settings.feed_size]:
        assert article.date, "an article in a feed has its date"
        feed.add_item(
            title=article.title,
            link=settings.absolute(article.url),
            unique_id=f"tag:{settings.domain},{article.date.year}:{article.slug}",
            description=article.summary,
            content=absolute_links(str(article.html), settings, article.url),
            author_name=article.author or article.source or settings.sponsor,
            pubdate=article.date,
            updateddate=article.updated or article.date,
            categories=[article.column.name] if article.column else [],
        )
    text = StringIO()
    feed.write(text, "utf-8")
    declaration, feed_itself = text.getvalue().split("\n", 1)
    return f"{declaration}\n{REFERENCE}{feed_itself}\n"
