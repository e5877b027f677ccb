"""文件库: its facets, their permanent addresses and its pages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from policysite.model.fields import DOC_TYPES
from policysite.model.pinyin import ascii_slug
from policysite.pages.facets import KINDS, Facet, divide
from policysite.pages.library import (
    NEWEST,
    PAGE_SIZE,
    library_documents,
    library_link,
    library_urls,
    plan_library,
)
from policysite.pages.page import Page
from policysite.pages.site import Site
from tests.unit.making import (
    days,
    front_matter,
    make_article,
    make_articles,
    make_manuscript,
    make_site,
)

FILES = {
    "policies/documents/2026-03-16-welfare.md": front_matter(
        "发文字号: 示总工发〔2026〕12号",
        "发文机关:\n  - 示例省总工会\n  - 示例省财政厅",
        "文种: 通知",
        "主题分类: 工会经费",
        "废止:\n  - 示总工发〔2021〕8号",
        date="2026-03-16",
    ),
    "policies/documents/2021-03-15-old-welfare.md": front_matter(
        "发文字号: 示总工发〔2021〕8号",
        "发文机关:\n  - 示例省总工会",
        "文种: 通知",
        "置顶: 是",
        date="2021-03-15",
    ),
    "policies/documents/2026-05-06-announcement.md": front_matter("文种: 公告", date="2026-05-06"),
    "policies/documents/2026-06-01-hidden.md": front_matter(
        "文种: 决定", "状态: 隐藏", date="2026-06-01"
    ),
    "policies/documents/2026-06-02-withdrawn.md": front_matter(
        "文种: 决定", "状态: 撤回", date="2026-06-02"
    ),
    "policies/documents/2026-06-03-draft.md": front_matter(
        "文种: 决定", "状态: 草稿", date="2026-06-03"
    ),
    "policies/documents/2027-06-03-scheduled.md": front_matter("文种: 决定", date="2027-06-03"),
    "notices/2026-07-01-summer-heat.md": front_matter(date="2026-07-01"),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a site with three policy documents that readers can see."""
    return make_site(tmp_path_factory.mktemp("library"), FILES)


@pytest.fixture(scope="module")
def pages(site: Site) -> dict[str, Page]:
    """Return the library's pages by file."""
    return {page.save_as: page for page in plan_library(site)}


def facet(pages: dict[str, Page], key: str) -> dict[str, list[str]]:
    """Return the values of a facet on the overview: name, and the documents' short names."""
    facets = pages["library/index.html"].values["facets"]
    assert isinstance(facets, tuple)
    (found,) = (facet for facet in facets if isinstance(facet, Facet) and facet.key == key)
    return {group.name: [article.slug for article in group.items] for group in found.groups}


def test_the_library_has_the_documents_in_lists_newest_first_and_nothing_else(site: Site) -> None:
    slugs = [article.slug for article in library_documents(site)]
    assert slugs == ["announcement", "welfare", "old-welfare"]


def test_nothing_is_pinned_in_the_library(site: Site) -> None:
    assert not any(article.pinned for article in library_documents(site))


def test_every_facet_counts_its_documents(pages: dict[str, Page]) -> None:
    assert facet(pages, "year") == {
        "2026年": ["announcement", "welfare"],
        "2021年": ["old-welfare"],
    }
    assert facet(pages, "kind") == {"通知": ["welfare", "old-welfare"], "公告": ["announcement"]}
    assert facet(pages, "subject") == {"工会经费": ["welfare"]}
    assert facet(pages, "state") == {"有效": ["announcement", "welfare"], "废止": ["old-welfare"]}


def test_a_joint_document_stands_under_each_of_its_issuers(pages: dict[str, Page]) -> None:
    assert facet(pages, "issuer") == {
        "示例省总工会": ["welfare", "old-welfare"],
        "示例省财政厅": ["welfare"],
    }


def test_every_value_has_a_page_at_a_readable_ascii_address(pages: dict[str, Page]) -> None:
    assert set(pages) == {
        "library/index.html",
        "library/issuer/shi-li-sheng-zong-gong-hui-d548/index.html",
        "library/issuer/shi-li-sheng-cai-zheng-ting-8f61/index.html",
        "library/year/2026/index.html",
        "library/year/2021/index.html",
        "library/kind/tongzhi/index.html",
        "library/kind/gonggao/index.html",
        "library/subject/gong-hui-jing-fei-3bcb/index.html",
        "library/state/in-force/index.html",
        "library/state/repealed/index.html",
    }


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("示例省总工会", "shi-li-sheng-zong-gong-hui-d548"),
        ("重庆市总工会", "chong-qing-shi-zong-gong-hui-f2f1"),
        ("长江航运工会", "chang-jiang-hang-yun-gong-hui-01b9"),
        ("乐山市总工会", "le-shan-shi-zong-gong-hui-86ec"),
        ("12351热线（示例）", "12351-re-xian-shi-li-747f"),
        ("ACFTU", "acftu-662d"),
    ],
)
def test_an_address_made_from_a_name_never_changes(name: str, slug: str) -> None:
    # Published addresses: if a new pypinyin reads a name otherwise, it must not rename it.
    assert ascii_slug(name) == slug


def test_names_that_sound_alike_have_addresses_of_their_own() -> None:
    assert ascii_slug("渝水区总工会") != ascii_slug("榆水区总工会")
    assert ascii_slug("渝水区总工会")[:-5] == ascii_slug("榆水区总工会")[:-5]


def test_a_new_issuer_renames_no_other(site: Site) -> None:
    documents = library_documents(site)
    before = {group.name: group.url for group in divide(documents)[0].groups}
    newcomer = make_manuscript("发文机关: 实力省总工会", "文种: 通知").fields
    grown = divide([make_article(meta=newcomer), *documents])[0].groups
    assert before.items() <= {group.name: group.url for group in grown}.items()


def test_every_kind_of_document_has_its_own_address() -> None:
    assert tuple(KINDS) == DOC_TYPES
    assert len(set(KINDS.values())) == len(DOC_TYPES)


def test_a_long_list_is_cut_from_the_oldest_so_that_full_pages_never_change(site: Site) -> None:
    meta = make_manuscript("文种: 通知").fields
    many = tuple(replace(a, meta=meta) for a in make_articles(days(2 * PAGE_SIZE + 1)))
    found = {page.save_as: page for page in plan_library(replace(site, articles=many))}
    assert {"library/kind/tongzhi/index.html", "library/kind/tongzhi/page-1.html"} <= set(found)
    assert "library/kind/tongzhi/page-2.html" not in found
    assert len(found["library/index.html"].values["newest"]) == NEWEST  # type: ignore[arg-type]
    assert found["library/index.html"].values["count"] == 2 * PAGE_SIZE + 1


def test_the_place_of_a_facet_page_leads_back_to_the_library(pages: dict[str, Page]) -> None:
    trail = pages["library/year/2026/index.html"].breadcrumb
    assert [(link.name, link.url) for link in trail] == [
        ("首页", "/"), ("文件库", "/library/"), ("2026年", "")
    ]  # fmt: skip


def test_every_page_of_the_library_has_a_title_of_its_own(pages: dict[str, Page]) -> None:
    titles = [page.head.title for page in pages.values() if page.head]
    assert len(set(titles)) == len(pages)
    assert "年份：2026年 - 文件库 - 示例省总工会" in titles


def test_the_overview_names_the_catalogue_as_data(pages: dict[str, Page]) -> None:
    head = pages["library/index.html"].head
    assert head
    assert [form.url for form in head.alternates] == ["/data/documents.json", "/data/documents.csv"]


def test_the_site_map_knows_the_overview_and_every_first_page(
    site: Site, pages: dict[str, Page]
) -> None:
    assert {f"{url.removeprefix('/')}index.html" for url in library_urls(site)} == set(pages)


def test_a_site_without_documents_has_an_empty_library_that_nothing_leads_to(
    tmp_path: Path,
) -> None:
    empty = make_site(
        tmp_path, {"notices/2026-07-01-summer-heat.md": front_matter(date="2026-07-01")}
    )
    assert library_link(empty) is None
    assert [page.save_as for page in plan_library(empty)] == ["library/index.html"]
