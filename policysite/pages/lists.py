"""Lists that are cut into pages, and the years and months of the archive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from policysite.model.columns import Column
from policysite.pages.article import Article
from policysite.pages.page import Link
from policysite.pages.selection import dated, part, year_of


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


def cut_list(articles: Sequence[Article], url: str, size: int) -> tuple[Listing, ...]:
    """Cut a newest-first list into pages, the newest page first.

    Full pages are counted from the oldest article and keep their address and their content for
    ever: a new article changes the first page only, where counting from the newest would move
    every article of the list and upload every page again. The first page takes what is left,
    between `size` and twice `size` less one.
    """
    sealed = max(0, len(articles) // size - 1)
    first = len(articles) - sealed * size
    chunks = [articles[:first]]
    chunks += [articles[first + n * size : first + (n + 1) * size] for n in range(sealed)]
    urls = [url, *(f"{url}page-{number}.html" for number in range(sealed, 0, -1))]
    return tuple(_listing(chunks, urls, place) for place in range(len(chunks)))


def _listing(chunks: Sequence[Sequence[Article]], urls: Sequence[str], place: int) -> Listing:
    last = len(chunks) - 1
    # However old, a pinned article leads the first page; it keeps its place on its own page too.
    pinned = tuple(a for chunk in chunks for a in chunk if a.pinned) if place == 0 else ()
    rest = tuple(article for article in chunks[place] if article not in pinned)
    return Listing(
        url=urls[place],
        items=pinned + rest,
        newer=Link("较新的", urls[place - 1]) if place > 0 else None,
        older=Link("较早的", urls[place + 1]) if place < last else None,
        latest=Link("最新", urls[0]) if place > 1 else None,
        oldest=Link("最早", urls[last]) if place < last - 1 else None,
        span=_span(chunks[place]),
        is_latest=place == 0,
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
    years: dict[int, Counter[str]] = {}
    for found in dated(articles):
        years.setdefault(found.year, Counter())[found.column] += 1
    return tuple(
        YearCount(
            year,
            f"/archive/{year}/",
            counts.total(),
            tuple((column, counts[column.slug]) for column in columns if counts[column.slug]),
        )
        for year, counts in years.items()
    )


def cut_months(articles: Sequence[Article], year: int) -> tuple[Month, ...]:
    """Return the months of a year that have articles, newest first."""
    months: dict[int, list[Article]] = {}
    for article in part(articles, year_of(year)):
        assert article.date, "an article in a list has its date"
        months.setdefault(article.date.month, []).append(article)
    return tuple(Month(number, tuple(found)) for number, found in months.items())
