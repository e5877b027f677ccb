"""The government tags of every kind of page (国办发〔2017〕47号 附件《网页设计规范》)."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from policysite.audit.page import TAG_NAMES
from policysite.pages.page import Page
from tests.unit.making import INTRO, front_matter, make_site, plan_pages

SITE = ["SiteName", "SiteDomain"]
COLUMN = ["ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"]
ARTICLE = ["ArticleTitle", "PubDate", "ContentSource", "Description", "Url"]
FILES: dict[str, str | bytes] = {
    "notices/2026-03-15-old.md": front_matter("旧地址:", "  - /zcwj/1.html", "系列: 送清凉"),
    "notices/2026-03-19-gone.md": front_matter(
        "状态: 撤回", "撤回说明: 内容有误。", "更新日期: 2026-04-01", date="2026-03-19"
    ),
    "policies/documents/2026-06-12-a.md": front_matter(
        "发文字号: 示总工发〔2026〕9号", "文种: 通知", "专题: heat", date="2026-06-12"
    ),
    "topics/heat.md": INTRO.replace("机构简介", "防暑降温"),
    "pages/contact.md": INTRO.replace("机构简介", "联系我们"),
}
KINDS = {
    "index.html": (*SITE, *COLUMN),
    "notices/index.html": (*SITE, *COLUMN),
    "intro.html": (*SITE, *COLUMN),
    "contact.html": SITE,
    "2026/a.html": (*SITE, *COLUMN, *ARTICLE),
    "2026/old.html": (*SITE, *COLUMN, *ARTICLE),
    "2026/gone.html": SITE,
    "topics/index.html": (*SITE, *COLUMN),
    "topics/heat/index.html": (*SITE, *COLUMN),
    "library/index.html": (*SITE, *COLUMN),
    "archive/index.html": SITE,
    "sitemap.html": SITE,
    "404.html": SITE,
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Page]:
    site = make_site(tmp_path_factory.mktemp("tags"), FILES)
    return {page.save_as: page for page in plan_pages(site)}


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_of_page_has_its_tags_in_the_order_of_the_norm(
    name: str, pages: Mapping[str, Page]
) -> None:
    head = pages[name].head
    assert head
    assert [tag for tag, _ in head.meta] == list(KINDS[name])
    assert all(content for _, content in head.meta)


def test_the_order_is_that_of_the_norm() -> None:
    assert [name for name in TAG_NAMES if name in ARTICLE] == ARTICLE


@pytest.mark.parametrize(
    ("name", "column", "kind"),
    [
        ("index.html", "首页", "首页"),
        ("notices/index.html", "通知公告", "工作动态"),
        ("2026/a.html", "省总文件", "政策文件"),
        ("intro.html", "机构简介", "概况信息"),
        ("topics/heat/index.html", "防暑降温", "其他"),
        ("library/index.html", "文件库", "政策文件"),
    ],
)
def test_a_page_says_what_column_it_is_in(
    name: str, column: str, kind: str, pages: Mapping[str, Page]
) -> None:
    head = pages[name].head
    assert head
    tags = dict(head.meta)
    assert (tags["ColumnName"], tags["ColumnType"]) == (column, kind)


def test_a_series_is_a_column_to_inspectors(pages: Mapping[str, Page]) -> None:
    (series,) = [page for name, page in pages.items() if name.startswith("series/")]
    assert series.head
    assert dict(series.head.meta)["ColumnName"] == "送清凉"
