"""搜索: the directory that needs no script, and the pages of 标题音序索引."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pytest

from policysite.model.values import CHINA
from policysite.pages.page import Page, save_as
from policysite.pages.search import SHOWN, Entry, Section, plan_letter, plan_search, search_urls
from policysite.pages.site import Site
from policysite.pages.title_index import PAGE_SIZE
from tests.unit.making import front_matter, make_site, plan_pages

FILES = {
    "policies/documents/2026-03-16-welfare.md": front_matter(
        "发文机关:\n  - 示例省总工会\n  - 示例省财政厅",
        "文种: 通知",
        "主题分类: 工会经费",
        title="示例省总工会关于调整福利标准的通知",
        date="2026-03-16",
    ),
    "policies/interpretation/2026-03-17-welfare-reading.md": front_matter(
        title="福利标准解读", date="2026-03-17"
    ),
    "notices/2025-07-01-chongqing.md": front_matter(title="重庆考察纪实", date="2025-07-01"),
    "notices/2026-07-01-hidden.md": front_matter("状态: 隐藏", title="藏着的", date="2026-07-01"),
    "notices/2026-07-02-gone.md": front_matter(
        "状态: 撤回", "撤回说明: 内容有误。", title="撤下的", date="2026-07-02"
    ),
    "notices/2026-07-03-draft.md": front_matter("状态: 草稿", title="没写完的", date="2026-07-03"),
    "notices/2027-07-01-later.md": front_matter(title="以后的", date="2027-07-01"),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a site with three articles that readers can see."""
    return make_site(tmp_path_factory.mktemp("search"), FILES)


@pytest.fixture(scope="module")
def pages(site: Site) -> Mapping[str, Page]:
    """Return the pages of the search by file."""
    return pages_of(site)


def pages_of(site: Site) -> Mapping[str, Page]:
    letters = (page for letter in site.letters for page in plan_letter(site, letter))
    return {page.save_as: page for page in (*plan_search(site), *letters)}


def directory(pages: Mapping[str, Page]) -> dict[str, tuple[Entry, ...]]:
    sections = pages["search/index.html"].values["sections"]
    assert isinstance(sections, tuple)
    return {section.name: section.entries for section in sections if isinstance(section, Section)}


def test_the_directory_counts_what_is_in_lists_and_nothing_else(pages: Mapping[str, Page]) -> None:
    found = directory(pages)
    assert {name: [(e.name, e.count) for e in entries] for name, entries in found.items()} == {
        "年份": [("2026年", 2), ("2025年", 1)],
        "栏目": [("通知公告", 1), ("政策文件", 2)],
        "发文机关": [("示例省财政厅", 1), ("示例省总工会", 1)],
        "文种": [("通知", 1)],
        "主题分类": [("工会经费", 1)],
        "效力状态": [("有效", 1)],
    }
    assert [(e.name, e.count) for e in found["栏目"][1].parts] == [("省总文件", 1), ("政策解读", 1)]
    assert pages["search/index.html"].values["count"] == 3


def test_every_line_of_the_directory_leads_to_a_page(site: Site, pages: Mapping[str, Page]) -> None:
    written = {page.save_as for page in plan_pages(site)}
    for entries in directory(pages).values():
        for entry in (*entries, *(part for e in entries for part in e.parts)):
            assert save_as(entry.url) in written, entry
    letters = pages["search/index.html"].values["letters"]
    assert isinstance(letters, tuple)
    assert [(letter.name, letter.url) for letter in letters] == [
        ("C", "/search/a-z/#c"),
        ("F", "/search/a-z/#f"),
        ("T", "/search/a-z/#t"),
    ]


def test_the_index_of_titles_leaves_out_what_is_in_no_list(pages: Mapping[str, Page]) -> None:
    groups = pages["search/a-z/index.html"].values["groups"]
    assert isinstance(groups, tuple)
    slugs = {k: [t.url.rsplit("/")[-1].removesuffix(".html") for t in v] for k, v in groups}
    assert slugs == {
        "c": ["chongqing"],
        "f": ["welfare-reading"],
        "t": ["welfare"],
    }


def test_a_section_with_very_many_values_leads_on_to_the_library(tmp_path: Path) -> None:
    files = {
        f"policies/documents/2026-03-{n:02}-d{n}.md": front_matter(
            f"发文机关: 第{n}总工会", "文种: 通知", date=f"2026-03-{n:02}"
        )
        for n in range(1, SHOWN + 3)
    }
    (page, *_) = plan_search(make_site(tmp_path, files))
    sections = page.values["sections"]
    assert isinstance(sections, tuple)
    issuers = next(section for section in sections if section.name == "发文机关")
    assert len(issuers.entries) == SHOWN
    assert (issuers.more.name, issuers.more.url) == ("其余2项", "/library/#facets")


def test_a_site_without_articles_has_a_search_page_and_nothing_empty_on_it(tmp_path: Path) -> None:
    (search, titles) = plan_search(make_site(tmp_path, {}))
    assert (search.values["sections"], search.values["letters"]) == ((), ())
    assert titles.values["groups"] == ()


def test_on_a_large_site_each_letter_has_a_page_below_the_index(tmp_path: Path) -> None:
    day = datetime(2024, 1, 1, tzinfo=CHINA)
    files = {
        f"notices/{day:%Y-%m-%d}-n{n}.md": front_matter(
            title=f"{'工会' if n % 2 else '帮扶'}{n}", date=f"{day:%Y-%m-%d}"
        )
        for n in range(PAGE_SIZE + 1)
    }
    site = make_site(tmp_path, files)
    pages = pages_of(site)
    assert set(pages) == {
        "search/index.html",
        "search/a-z/index.html",
        "search/a-z/b/index.html",
        "search/a-z/g/index.html",
    }
    letters = pages["search/index.html"].values["letters"]
    assert isinstance(letters, tuple)
    assert [letter.url for letter in letters] == ["/search/a-z/b/", "/search/a-z/g/"]
    trail = pages["search/a-z/g/index.html"].breadcrumb
    assert [(link.name, link.url) for link in trail] == [
        ("首页", "/"), ("搜索", "/search/"), ("标题音序索引", "/search/a-z/"), ("G", "")
    ]  # fmt: skip
    assert {save_as(url) for url in search_urls(site)} == set(pages)


def test_the_site_map_knows_every_page_of_the_search(site: Site, pages: Mapping[str, Page]) -> None:
    assert {save_as(url) for url in search_urls(site)} == set(pages)
