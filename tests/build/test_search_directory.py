"""搜索 without script, on built sites: complete, exact, and nothing of what is in no list."""

from __future__ import annotations

import re

from tests.build.reading import BuiltSite

HIDDEN = ("venue-fees", "volunteers-briefing", "year-end-plan", "new-year-schedule")
"""Withdrawn, hidden or not yet published on the good site."""


def listed(site: BuiltSite) -> set[str]:
    """Return every article that the archive names."""
    years = (url for url in site.pages if re.fullmatch(r"/archive/\d+/", url))
    return {link for url in years for link in site.page(url).links("main .article-list")}


def test_every_title_stands_once_in_the_index_of_titles_and_no_other(site: BuiltSite) -> None:
    pages = [page for url, page in site.pages.items() if url.startswith("/search/a-z/")]
    links = [link for page in pages for link in page.links(".article-list")]
    assert len(links) == len(set(links))
    assert set(links) == listed(site)


def test_the_directory_counts_every_article_by_year_and_by_column(site: BuiltSite) -> None:
    page = site.page("/search/")
    total = len(listed(site))
    (label,) = page.texts(".search-form__label")
    assert label == f"在{total}篇内容里查找"
    for name in ("年份", "栏目"):
        (section,) = (
            part for part in page.select("section.directory__section")
            if part.findtext("h3") == name
        )  # fmt: skip
        counts = section.xpath(
            "./ul/li[not(span/span)]/span | ./ul/li/span/span[@class='directory__count']"
        )
        assert sum(int(count.text) for count in counts) == total, name


def test_a_line_of_the_directory_says_how_many_articles_are_behind_it(good: BuiltSite) -> None:
    page = good.page("/search/")
    for line in page.tree.xpath("//a[contains(@href, '/archive/2')]"):
        if line.get("class") == "directory__link":
            behind = good.page(line.get("href")).links("main .article-list")
            assert int(line.getnext().text) == len(behind), line.get("href")


def test_what_is_in_no_list_is_not_in_the_directory(good: BuiltSite) -> None:
    for url, page in good.pages.items():
        if url.startswith("/search/"):
            assert [slug for slug in HIDDEN if slug in page.source] == [], url


def test_every_page_but_the_search_has_a_box_that_leads_there(site: BuiltSite) -> None:
    for page in site.pages.values():
        if not page.is_redirect:
            forms = page.tree.xpath("//form[@action='/search/' and not(@method='post')]")
            assert len(forms) == 1, page.url
            assert forms[0].xpath(".//input[@name='q']"), page.url


def test_browsers_are_told_how_to_search_the_site(good: BuiltSite) -> None:
    assert good.xml("opensearch.xml").tag.endswith("OpenSearchDescription")
    for url in ("/", "/search/"):
        (address,) = good.page(url).tree.xpath("//link[@rel='search']/@href")
        assert address == "/opensearch.xml"
