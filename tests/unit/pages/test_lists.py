"""Lists cut into pages that never shift, and the archive's years and months."""

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policysite.model.values import CHINA
from policysite.pages.article import Article
from policysite.pages.lists import Listing, count_years, cut_list, cut_months
from policysite.pages.page import Link
from tests.unit.making import NOTICES, days, make_articles

ALL = make_articles(days(100))


def cut(count: int, size: int = 5) -> tuple[Listing, ...]:
    """Return the pages of the `count` oldest articles."""
    return cut_list(ALL[100 - count :], "/notices/", size)


def slugs(listing: Listing) -> list[str]:
    return [article.slug for article in listing.items]


@pytest.mark.parametrize(
    ("count", "sizes"),
    [
        (0, [0]),
        (1, [1]),
        (5, [5]),
        (9, [9]),
        (10, [5, 5]),
        (14, [9, 5]),
        (15, [5, 5, 5]),
        (23, [8, 5, 5, 5]),
    ],
)
def test_the_first_page_takes_what_is_left(count: int, sizes: list[int]) -> None:
    assert [len(listing.items) for listing in cut(count)] == sizes


@given(st.integers(0, 100), st.integers(1, 30))
def test_every_article_is_on_exactly_one_page_newest_first(count: int, size: int) -> None:
    listed = [slug for listing in cut(count, size) for slug in slugs(listing)]
    assert listed == [article.slug for article in ALL[100 - count :]]


@given(st.integers(0, 99), st.integers(1, 30))
def test_a_new_article_changes_the_first_page_only(count: int, size: int) -> None:
    before = {listing.url: listing for listing in cut(count, size)[1:]}
    after = {listing.url: listing for listing in cut(count + 1, size)[1:]}
    unchanged = [url for url, listing in before.items() if after.get(url) == listing]
    if len(after) == len(before):
        assert unchanged == list(before)
    else:  # A page is sealed: the next older one learns its address, and nothing else.
        assert unchanged == list(before)[1:]
        assert all(slugs(after[url]) == slugs(listing) for url, listing in before.items())


@given(st.integers(0, 100), st.integers(1, 30))
def test_pages_are_numbered_from_the_oldest(count: int, size: int) -> None:
    first, *later = cut(count, size)
    assert first.url == "/notices/"
    numbers = range(len(later), 0, -1)
    assert [listing.url for listing in later] == [f"/notices/page-{n}.html" for n in numbers]


@given(st.integers(0, 100), st.integers(1, 30))
def test_the_first_page_is_never_short_nor_twice_as_long(count: int, size: int) -> None:
    pages = cut(count, size)
    assert len(pages[0].items) < 2 * size
    assert len(pages[0].items) >= size or len(pages) == 1


def test_pages_lead_to_their_neighbours_and_to_both_ends() -> None:
    first, second, third, last = cut(20)
    assert (first.newer, first.older) == (None, Link("较早的", "/notices/page-3.html"))
    assert (first.latest, first.oldest) == (None, Link("最早", "/notices/page-1.html"))
    assert (second.newer, second.older) == (
        Link("较新的", "/notices/"),
        Link("较早的", "/notices/page-2.html"),
    )
    assert (second.latest, second.oldest) == (None, Link("最早", "/notices/page-1.html"))
    assert (third.latest, third.oldest) == (Link("最新", "/notices/"), None)
    assert (last.older, last.oldest) == (None, None)
    assert [listing.is_latest for listing in (first, second, third, last)] == [
        True, False, False, False
    ]  # fmt: skip


def test_a_single_page_leads_nowhere() -> None:
    (page,) = cut(3)
    assert (page.newer, page.older, page.latest, page.oldest) == (None, None, None, None)


def on(*dates: str) -> tuple[Article, ...]:
    return make_articles([datetime.fromisoformat(day).replace(tzinfo=CHINA) for day in dates])


@pytest.mark.parametrize(
    ("dates", "span"),
    [
        ([], ""),
        (["2026-03-15"], "2026年3月"),
        (["2026-03-15", "2026-03-01"], "2026年3月"),
        (["2026-11-01", "2026-03-01"], "2026年3月—2026年11月"),
        (["2026-01-01", "2025-12-31"], "2025年12月—2026年1月"),
    ],
)
def test_a_page_tells_the_months_it_covers(dates: list[str], span: str) -> None:
    (page,) = cut_list(on(*dates), "/notices/", 5)
    assert page.span == span


def test_a_pinned_article_stands_on_top_of_the_first_page() -> None:
    articles = [replace(a, pinned=a.slug == "a2") for a in ALL[95:]]
    (page,) = cut_list(articles, "/notices/", 5)
    assert slugs(page) == ["a2", "a5", "a4", "a3", "a1"]


def test_an_old_pinned_article_leads_the_first_page_and_keeps_its_own_place() -> None:
    articles = [replace(a, pinned=a.slug == "a2") for a in ALL[90:]]
    first, sealed = cut_list(articles, "/notices/", 5)
    assert slugs(first) == ["a2", "a10", "a9", "a8", "a7", "a6"]
    assert slugs(sealed) == ["a5", "a4", "a3", "a2", "a1"]


def test_years_come_newest_first_with_their_counts() -> None:
    years = count_years(on("2026-03-15", "2026-01-01", "2024-12-31"), (NOTICES,))
    assert [(year.year, year.url, year.count) for year in years] == [
        (2026, "/archive/2026/", 2),
        (2024, "/archive/2024/", 1),
    ]
    assert years[0].columns == ((NOTICES, 2),)


def test_a_year_does_not_name_columns_without_articles() -> None:
    other = replace(NOTICES, slug="news", path="news")
    (year,) = count_years(on("2026-03-15"), (other, NOTICES))
    assert [column.slug for column, _ in year.columns] == ["notices"]


def test_months_come_newest_first_and_only_those_with_articles() -> None:
    articles = on("2026-11-20", "2026-03-15", "2026-03-01", "2025-03-01")
    months = cut_months(articles, 2026)
    assert [(month.number, [a.slug for a in month.items]) for month in months] == [
        (11, ["a4"]),
        (3, ["a3", "a2"]),
    ]
    assert cut_months(articles, 2024) == ()
