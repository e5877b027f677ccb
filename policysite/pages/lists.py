"""Lists that are cut into pages, and the years and months of the archive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from policysite.model.columns import Column
from policysite.pages.article import Article
from policysite.pages.page import Link
from policysite.pages.selection import PINNED, part, year_of, years_of


@dataclass(frozen=True, slots=True)
class HomeBlock:
    """A column with some of its articles."""

    column: Column
    items: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list, newest first."""

    url: str
    items: tuple[Article, ...]
    newer: Link | None
    older: Link | None
    latest: Link | None
    oldest: Link | None
    span: str
    is_latest: bool


@dataclass(frozen=True, slots=True)
class YearCount:
    """A year of the archive: how many articles, in all and by top-level column."""

    year: int
    url: str
    count: int
    columns: tuple[tuple[Column, int], ...]


@dataclass(frozen=True, slots=True)
class Month:
    """A month's articles, newest first."""

    number: int
    items: tuple[Article, ...]


RUN = 10
"""How many older pages of a list are looked after together."""


def count_pages(articles: Sequence[Article], size: int) -> int:
    """Return into how many pages a list is cut: see `cut_list`."""
    return max(1, len(articles) // size)


def older_pages(articles: Sequence[Article], size: int) -> range:
    """Return the numbers of all pages but the first."""
    return range(count_pages(articles, size) - 1, 0, -1)


def cut_list(articles: Sequence[Article], url: str, size: int) -> tuple[Listing, ...]:
    """Cut a newest-first list into pages, the newest page first.

    Full pages are counted from the oldest article and keep their address and their content for
    ever: a new article changes the first page only, where counting from the newest would move
    every article of the list and upload every page again. The first page takes what is left,
    between `size` and twice `size` less one.
    """
    older = (cut_page(articles, url, size, number) for number in older_pages(articles, size))
    return (first_page(articles, url, size), *older)


def first_page(articles: Sequence[Article], url: str, size: int) -> Listing:
    """Return the first page; however old, a pinned article leads it, and keeps its place too."""
    page = cut_page(articles, url, size, count_pages(articles, size))
    pinned = tuple(part(articles, PINNED)[:])
    rest = tuple(article for article in page.items if article not in pinned)
    return replace(page, items=pinned + rest)


def cut_page(articles: Sequence[Article], url: str, size: int, number: int) -> Listing:
    """Return the page of a number, counted from the oldest on."""
    last = count_pages(articles, size)
    end = len(articles) - (number - 1) * size
    chunk = tuple(articles[0 if number == last else end - size : end])

    def link(name: str, to: int) -> Link:
        return Link(name, url if to == last else f"{url}page-{to}.html")

    return Listing(
        url=link("", number).url,
        items=chunk,
        newer=link("较新的", number + 1) if number < last else None,
        older=link("较早的", number - 1) if number > 1 else None,
        latest=link("最新", last) if number < last - 1 else None,
        oldest=link("最早", 1) if number > 2 else None,
        span=_span(chunk),
        is_latest=number == last,
    )


def _span(articles: Sequence[Article]) -> str:
    """Return the months that a page covers: 2026年3月—2026年9月."""
    dates = [article.date for article in articles if article.date]
    if not dates:
        return ""
    first, last = (f"{day.year}年{day.month}月" for day in (min(dates), max(dates)))
    return first if first == last else f"{first}—{last}"


def count_years(articles: Sequence[Article], columns: Sequence[Column]) -> tuple[YearCount, ...]:
    """Return the years that have articles, newest first."""
    return tuple(
        YearCount(
            found.year,
            f"/archive/{found.year}/",
            sum(count for _, count in found.columns),
            tuple((c, count) for c in columns for slug, count in found.columns if slug == c.slug),
        )
        for found in years_of(articles)
    )


def cut_months(articles: Sequence[Article], year: int) -> tuple[Month, ...]:
    """Return the months of a year that have articles, newest first."""
    months: dict[int, list[Article]] = {}
    for article in part(articles, year_of(year)):
        assert article.date, "an article in a list has its date"
        months.setdefault(article.date.month, []).append(article)
    return tuple(Month(number, tuple(found)) for number, found in months.items())
