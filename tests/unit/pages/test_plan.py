"""Every page of the site: file, template, breadcrumb."""

import json
from collections import Counter
from collections.abc import Mapping

import pytest

from policysite.pages.page import Page, save_as
from tests.unit.making import INTRO, days, front_matter, make_site, plan_pages

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="3" height="2"/>'
FILES: dict[str, str | bytes] = {
    "images/a.svg": SVG,
    "notices/2026-03-15-old.md": front_matter("旧地址:", "  - /zcwj/1.html", "  - /zcwj/old/"),
    "notices/2026-03-16-top.md": front_matter("头条: 是", "专题: heat", date="2026-03-16"),
    "notices/2026-03-17-picture.md": front_matter(
        "配图: images/a.svg", "配图说明: 现场", date="2026-03-17"
    ),
    "notices/2026-03-18-pinned.md": front_matter("置顶: 是", date="2026-03-18"),
    "notices/2026-03-19-gone.md": front_matter(
        "状态: 撤回", "撤回说明: 内容有误。", "更新日期: 2026-04-01", date="2026-03-19"
    ),
    "notices/2025-03-20-year.md": front_matter(date="2025-03-20"),
    "policies/documents/2026-06-12-a.md": front_matter(
        "发文字号: 示总工发〔2026〕9号", date="2026-06-12"
    ),
    "policies/interpretation/2026-06-13-b.md": front_matter("解读: a", date="2026-06-13"),
    "topics/heat.md": INTRO.replace("机构简介", "送清凉"),
    "pages/contact.md": INTRO.replace("机构简介", "联系我们"),
    **{
        f"notices/{day:%Y-%m-%d}-n{number}.md": front_matter(date=f"{day:%Y-%m-%d}")
        for number, day in enumerate(days(6))
    },
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Page]:
    planned = list(plan_pages(make_site(tmp_path_factory.mktemp("plan"), FILES)))
    counts = Counter(page.save_as for page in planned)
    assert [name for name, count in counts.items() if count > 1] == []
    return {page.save_as: page for page in planned}


def trail(page: Page) -> list[tuple[str, str]]:
    return [(link.name, link.url) for link in page.breadcrumb]


@pytest.mark.parametrize(
    ("name", "template"),
    [
        ("index.html", "index"),
        ("notices/index.html", "column"),
        ("notices/page-1.html", "column"),
        ("policies/documents/index.html", "column"),
        ("2026/old.html", "article"),
        ("2026/gone.html", "tombstone"),
        ("intro.html", "page"),
        ("contact.html", "page"),
        ("archive/index.html", "archives"),
        ("archive/2025/index.html", "archive_year"),
        ("topics/index.html", "topics"),
        ("topics/heat/index.html", "topic"),
        ("sitemap.html", "sitemap"),
        ("404.html", "404"),
        ("zcwj/1.html", "redirect"),
        ("zcwj/old/index.html", "redirect"),
    ],
)
def test_every_kind_of_page_has_its_file_and_its_template(
    pages: Mapping[str, Page], name: str, template: str
) -> None:
    assert pages[name].template == template


def test_a_column_that_is_a_page_has_no_list(pages: Mapping[str, Page]) -> None:
    assert "about/intro/index.html" not in pages
    assert "about/index.html" in pages


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("index.html", []),
        ("notices/index.html", ["首页", "通知公告"]),
        ("policies/documents/index.html", ["首页", "政策文件", "省总文件"]),
        ("2026/a.html", ["首页", "政策文件", "省总文件"]),
        ("intro.html", ["首页", "工会概况", "机构简介"]),
        ("contact.html", ["首页", "联系我们"]),
        ("topics/heat/index.html", ["首页", "专题专栏", "送清凉"]),
    ],
)
def test_the_breadcrumb_leads_from_the_home_page_down(
    pages: Mapping[str, Page], name: str, expected: list[str]
) -> None:
    assert [label for label, _ in trail(pages[name])] == expected


def test_the_last_step_of_a_breadcrumb_is_where_the_reader_is(pages: Mapping[str, Page]) -> None:
    assert trail(pages["policies/documents/index.html"]) == [
        ("首页", "/"),
        ("政策文件", "/policies/"),
        ("省总文件", ""),
    ]


def test_the_columns_of_an_article_are_all_links(pages: Mapping[str, Page]) -> None:
    assert trail(pages["2026/a.html"])[-1] == ("省总文件", "/policies/documents/")


def test_every_link_of_a_breadcrumb_leads_to_a_page(pages: Mapping[str, Page]) -> None:
    for page in pages.values():
        for _, url in trail(page):
            assert not url or save_as(url) in pages, (page.save_as, url)


def test_the_headline_is_the_newest_article_marked_so(pages: Mapping[str, Page]) -> None:
    home = pages["index.html"].values["home"]
    assert isinstance(home, dict)
    assert home["headline"].slug == "top"


def test_only_articles_with_a_picture_are_picture_news(pages: Mapping[str, Page]) -> None:
    home = pages["index.html"].values["home"]
    assert isinstance(home, dict)
    assert [article.slug for article in home["highlights"]] == ["picture"]


def test_the_home_page_shows_columns_that_ask_for_it_with_their_newest(
    pages: Mapping[str, Page],
) -> None:
    home = pages["index.html"].values["home"]
    assert isinstance(home, dict)
    assert [(block.column.slug, len(block.items)) for block in home["blocks"]] == [
        ("notices", 3),
        ("documents", 1),
    ]


def test_an_article_has_its_neighbours_and_relations(pages: Mapping[str, Page]) -> None:
    values = pages["2026/a.html"].values
    assert (values["newer"], values["older"]) == (None, None)
    relations = values["relations"]
    assert isinstance(relations, tuple)
    assert [(r.label, [a.slug for a in r.items]) for r in relations] == [("解读材料", ["b"])]


def test_a_tombstone_tells_why_and_when_but_not_what(pages: Mapping[str, Page]) -> None:
    page = pages["2026/gone.html"]
    assert (page.values["reason"], str(page.values["withdrawn_on"])) == (
        "内容有误。",
        "2026-04-01",
    )
    assert page.head
    assert page.head.noindex
    assert "送清凉" not in page.head.title + page.head.description


def test_a_former_address_leads_to_the_present_one(pages: Mapping[str, Page]) -> None:
    page = pages["zcwj/1.html"]
    assert page.values["target"] == "/2026/old.html"
    assert page.head
    assert page.head.url == "https://www.example.org/2026/old.html"
    assert page.head.noindex


def test_years_of_the_archive_lead_to_each_other(pages: Mapping[str, Page]) -> None:
    values = pages["archive/2025/index.html"].values
    newer, older = values["newer"], values["older"]
    assert (getattr(newer, "url", None), getattr(older, "url", None)) == (
        "/archive/2026/",
        "/archive/2020/",
    )


def test_a_topic_groups_its_articles_by_column(pages: Mapping[str, Page]) -> None:
    groups = pages["topics/heat/index.html"].values["groups"]
    assert isinstance(groups, tuple)
    assert [(group.column.slug, [a.slug for a in group.items]) for group in groups] == [
        ("notices", ["top"])
    ]


def test_search_engines_are_told_what_the_page_says_and_nothing_empty(
    pages: Mapping[str, Page],
) -> None:
    head = pages["2026/picture.html"].head
    assert head
    data = json.loads(str(head.json_ld))
    assert data["headline"] == "关于做好送清凉工作的通知"
    assert data["datePublished"] == "2026-03-17T00:00:00+08:00"
    assert data["image"] == "https://www.example.org/images/a.svg"
    assert data["mainEntityOfPage"] == "https://www.example.org/2026/picture.html"
    assert all(data.values())
    assert "dateModified" not in data


def test_nobody_is_led_to_the_error_page_by_a_search_engine(pages: Mapping[str, Page]) -> None:
    head = pages["404.html"].head
    assert head
    assert head.noindex


@pytest.mark.parametrize(
    ("url", "name"),
    [("/", "index.html"), ("/policies/", "policies/index.html"), ("/2026/a.html", "2026/a.html")],
)
def test_an_address_that_ends_with_a_slash_is_an_index(url: str, name: str) -> None:
    assert save_as(url) == name
