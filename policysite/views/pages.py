"""The pages that are counted: articles, at their address and at every former one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote

from policysite.model.columns import Column
from policysite.model.content import Content
from policysite.model.fields import Status
from policysite.model.links import VISIBLE
from policysite.text.typography import compose_plain

ARTICLE = r"/\d{4}/[a-z0-9]+(?:-[a-z0-9]+)*\.html"
"""The form of every article's address (docs/decisions/0003): counted even before it is in content/,
for logs are read once."""


@dataclass(frozen=True, slots=True)
class CountedPage:
    """An article: its address, its former ones, and how lists and reports name it."""

    url: str
    former: tuple[str, ...]
    title: str
    date: date
    column: Column
    is_listed: bool


def counted_pages(content: Content) -> tuple[CountedPage, ...]:
    """Return the articles that readers can open."""
    return tuple(_counted(content))


def _counted(content: Content) -> Iterator[CountedPage]:
    for article in content.articles:
        if article.status in VISIBLE:
            assert article.column, "an article has its column from its folder"
            yield CountedPage(
                url=article.url,
                former=article.fields.old_addresses,
                title=compose_plain(article.fields.title),
                date=article.fields.date.date(),
                column=article.column,
                is_listed=article.status is Status.PUBLISHED,
            )


def addresses(pages: Sequence[CountedPage]) -> Mapping[str, str]:
    """Return the article that each address leads to, addresses written as `path_of` does."""
    found = {plain_path(former): page.url for page in pages for former in page.former}
    return found | {plain_path(page.url): page.url for page in pages}


def plain_path(address: str) -> str:
    """Return an address as count.sql's `path_of` writes it.

    >>> plain_path("/%E5%B7%A5%E4%BC%9A/a+b/index.html")
    '/工会/a b/'
    """
    path = unquote(unquote(address.partition("?")[0].partition("#")[0]), errors="replace")
    path = path.replace("+", " ")
    return path.removesuffix("index.html") if path.endswith("/index.html") else path
