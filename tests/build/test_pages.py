"""What stands on the pages: their addresses, place, neighbours, relations and related articles."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.build import builds
from tests.build.reading import BuiltSite

NEW_MEASURES = "/2026/welfare-measures-2026.html"
OLD_MEASURES = "/2021/welfare-measures-2021.html"
EXPLANATION = "/2026/welfare-measures-explained.html"
STUDY = "/2026/platform-workers-study.html"
WITHDRAWN = "/2026/venue-fees.html"
NEIGHBOURS = "//nav[@aria-label='上一篇和下一篇']"
HIDDEN = "/2026/volunteers-briefing.html"


def related(site: BuiltSite, url: str) -> list[str]:
    """Return the addresses of 相关内容 on a page."""
    return site.page(url).links(".related .article-list")


def relations(site: BuiltSite, url: str) -> dict[str, list[str]]:
    """Return the relations that a page shows: heading and addresses."""
    return {
        section.xpath("string(h2)"): section.xpath(".//ul//a/@href")
        for section in site.page(url).select(".relations")
    }


def neighbours(site: BuiltSite, url: str) -> dict[str, str]:
    """Return 上一篇 and 下一篇 in the column: label and address."""
    return {
        item.xpath("string(*[1])").strip(): item.xpath("string(a/@href)")
        for item in site.page(url).tree.xpath(f"{NEIGHBOURS}/p")
    }


@pytest.mark.parametrize(
    ("url", "heading"),
    [
        ("/", "示例市总工会"),
        ("/policies/", "政策文件"),
        ("/policies/documents/", "市总文件"),
        ("/news/", "工会新闻"),
        ("/study/experience/", "经验交流"),
        (NEW_MEASURES, "示例市总工会关于调整基层工会职工福利标准的通知"),
        (WITHDRAWN, "关于工人文化宫场馆收费标准的通知"),
        (HIDDEN, "致春节留岗志愿者的说明"),
        ("/intro.html", "示例市总工会机构简介"),
        ("/accessibility.html", "无障碍声明"),
        ("/archive/2025/", "2025年"),
        ("/library/", "文件库"),
        ("/topics/", "专题专栏"),
        ("/topics/new-employment/", "新就业形态劳动者权益保障"),
        ("/sitemap.html", "网站地图"),
        ("/404.html", "没有找到这个页面"),
        ("/zcwj/2026/0420.html", "这个页面搬家了"),
    ],
)
def test_every_kind_of_page_stands_at_its_permanent_address(
    good: BuiltSite, url: str, heading: str
) -> None:
    """The address is fixed by year and slug, by the column's path or by the page's name."""
    assert good.page(url).texts("h1") == [heading]


def test_a_column_that_is_a_fixed_page_has_no_list_of_its_own(good: BuiltSite) -> None:
    """The menu leads to the page itself."""
    assert "/about/intro/" not in good.pages
    assert "/intro.html" in good.page("/").links(".site-menu")


@pytest.mark.parametrize(
    ("url", "trail"),
    [
        (STUDY, "首页 > 学习交流 > 理论研究"),
        ("/2026/skills-contest.html", "首页 > 工会新闻"),
        (WITHDRAWN, "首页 > 政策文件 > 市总文件"),
        ("/study/", "首页 > 学习交流"),
        ("/study/theory/", "首页 > 学习交流 > 理论研究"),
        ("/intro.html", "首页 > 工会概况 > 机构简介"),
        ("/accessibility.html", "首页 > 无障碍声明"),
        ("/topics/new-employment/", "首页 > 专题专栏 > 新就业形态劳动者权益保障"),
        ("/sitemap.html", "首页 > 网站地图"),
        ("/404.html", "首页 > 页面不存在"),
    ],
)
def test_breadcrumb_leads_from_home_to_the_column(good: BuiltSite, url: str, trail: str) -> None:
    """It reads the same on every page of one kind."""
    page = good.page(url)
    assert [" > ".join(page.texts(".breadcrumb li"))] == [trail]


def test_the_archive_is_called_the_same_everywhere(good: BuiltSite) -> None:
    """Its heading, its title, its place and the links to it agree on one name."""
    page = good.page("/archive/")
    (name,) = page.texts("h1")
    assert page.texts(".breadcrumb li") == ["首页", name]
    assert page.tree.xpath("//head/title/text()") == [f"{name} - 示例市总工会"]
    links = good.page("/").tree.xpath("//a[@href='/archive/']")
    assert {link.text_content().strip() for link in links} == {name}
    assert good.page("/archive/2026/").texts(".breadcrumb li") == ["首页", name, "2026年"]


def test_an_article_links_its_column_and_a_column_does_not_link_itself(good: BuiltSite) -> None:
    """From an article the way back to its column is one click; the last crumb is where one is."""
    assert good.page(STUDY).links(".breadcrumb") == ["/", "/study/", "/study/theory/"]
    assert good.page("/study/theory/").links(".breadcrumb") == ["/", "/study/"]


def test_neighbours_are_the_articles_of_the_same_column_in_order(good: BuiltSite) -> None:
    """An equal date falls back to the slug; drafts, hidden and scheduled ones are no neighbours."""
    assert neighbours(good, "/2026/training-class.html") == {"下一篇": "/2026/summer-schedule.html"}
    assert neighbours(good, "/2026/summer-schedule.html") == {
        "上一篇": "/2026/training-class.html",
        "下一篇": "/2025/suggestions.html",
    }
    assert neighbours(good, "/2025/suggestions.html") == {"上一篇": "/2026/summer-schedule.html"}


@pytest.mark.parametrize("url", [STUDY, HIDDEN, WITHDRAWN, "/2026/craftsman-publicity.html"])
def test_an_article_alone_or_outside_the_list_has_no_neighbours(good: BuiltSite, url: str) -> None:
    """Nothing of the block is printed, not even its frame."""
    assert good.page(url).tree.xpath(NEIGHBOURS) == []


def test_related_articles_are_others_and_readable(site: BuiltSite) -> None:
    """Never itself, never what is not in the lists, never one that a stated relation shows."""
    listed = set(site.page("/archive/").links(".years"))
    listed = {link for year in listed for link in site.pages[year].links(".article-list")}
    shown = {url: related(site, url) for url in listed}
    assert any(shown.values())
    for url, links in shown.items():
        stated = {link for group in relations(site, url).values() for link in group}
        assert len(links) == len(set(links))
        assert set(links) <= listed - {url} - stated, url


def test_what_editors_named_as_related_comes_first(good: BuiltSite) -> None:
    """相关内容 in front matter beats what the words would choose."""
    assert related(good, "/2026/service-station.html")[0] == "/2026/join-the-union.html"


def test_related_articles_are_at_most_as_many_as_the_settings_say(good: BuiltSite) -> None:
    """The test site asks for one; without a limit some pages would have more."""
    counts = [len(related(good, url)) for url in good.pages]
    assert max(counts) == 1


def test_relations_stand_on_both_pages(good: BuiltSite) -> None:
    """Stated on one side only, by 文号, they are named from each side."""
    assert relations(good, EXPLANATION) == {"本文解读的文件": [NEW_MEASURES]}
    assert relations(good, OLD_MEASURES) == {"替代本文件的文件": [NEW_MEASURES]}
    assert relations(good, NEW_MEASURES) == {
        "解读材料": [EXPLANATION],
        "本文件替代的文件": [OLD_MEASURES],
    }


def test_a_repealed_document_says_by_what_and_since_when(good: BuiltSite) -> None:
    """The banner is worded, and lists carry the state beside the title."""
    (banner,) = good.page(OLD_MEASURES).texts(".validity-banner__text")
    assert banner.startswith("废止")
    assert "2026年7月1日" in banner
    assert "示总工发〔2026〕12号" in banner
    tags = good.page("/policies/documents/").texts(".listing .validity-tag")
    assert tags == ["有效", "废止"]


def test_a_policy_document_shows_its_record_and_only_rows_with_a_value(good: BuiltSite) -> None:
    """In the order of the field table, dates as in official documents."""
    page = good.page(OLD_MEASURES)
    record = dict(
        zip(page.texts(".record-table__label"), page.texts(".record-table__value"), strict=True)
    )
    assert record == {
        "索引号": "SSZGH/2021-00008",
        "发文字号": "示总工发〔2021〕8号",
        "发文机关": "示例市总工会",
        "文种": "通知",
        "主题分类": "工会经费",
        "成文日期": "2021年3月12日",
        "施行日期": "2021年4月1日",
        "公开属性": "主动公开",
        "发布日期": "2021年3月15日",
    }


def test_a_publicity_notice_shows_its_period_and_whom_to_ask(good: BuiltSite) -> None:
    """As of the build date the period is open."""
    page = good.page("/2026/craftsman-publicity.html")
    assert page.texts(".notice-box__state") == ["公示中"]
    assert page.texts(".notice-box dd") == [
        "2026年11月17日", "2026年11月24日", "经济工作部 陈老师", "000-12345679",
        "jjb@example.org", "示例市工人路1号",
    ]  # fmt: skip


def test_levels_and_clauses_have_permanent_ids(good: BuiltSite) -> None:
    """Links from elsewhere name them: #s1-2 for 一、（二）, #t4 for 第四条."""
    assert {"s1", "s1-1", "s1-2", "s2", "s3"} <= set(good.page(NEW_MEASURES).ids)
    assert {"z1", "z2", "z3", "t1", "t2", "t3", "t4", "t5"} <= set(good.page(OLD_MEASURES).ids)


def test_an_attachment_with_a_chinese_name_can_be_downloaded(good: BuiltSite) -> None:
    """The link is percent-encoded, the file keeps its name; kind and size stand beside it."""
    page = good.page(NEW_MEASURES)
    (link,) = page.links(".attachments")
    assert link.isascii()
    source = builds.GOOD / "content/attachments/2026/职工福利方案备案表.docx"
    assert (good.root / good.file_of(link)).read_bytes() == source.read_bytes()
    assert page.texts(".attachments__note") == ["Word 文档（DOCX），1 KB"]


def test_a_merged_table_keeps_its_spans_inside_a_scrolling_region(good: BuiltSite) -> None:
    """Bare HTML tables are let through; a phone scrolls the table, not the page."""
    (table,) = good.page(EXPLANATION).select(".table-scroll table")
    assert table.xpath(".//@rowspan") == ["2"]
    assert table.xpath(".//@colspan") == ["2", "2"]


def test_a_footnote_leads_down_and_back(good: BuiltSite) -> None:
    """Both links work without script."""
    page = good.page(STUDY)
    (mark,) = page.select("a.footnote-ref")
    (back,) = page.select("a.footnote-backref")
    assert mark.get("href").removeprefix("#") in page.ids
    assert back.get("href").removeprefix("#") in page.ids


def test_an_image_alone_in_a_paragraph_becomes_a_figure(good: BuiltSite) -> None:
    """With its words for those who cannot see it, and its caption."""
    page = good.page(STUDY)
    (image,) = page.select(".document figure img")
    assert image.get("alt") == "网约配送员入会人数逐年上升的柱状图"
    (caption,) = page.texts(".document figcaption")
    assert caption.endswith("入会人数（2023—2025年）")


def test_a_topic_gathers_its_articles_by_column(good: BuiltSite) -> None:
    """In the order of the columns."""
    page = good.page("/topics/new-employment/")
    assert page.texts(".column-block__title") == ["工会新闻", "理论研究"]
    assert page.links(".article-list") == ["/2026/service-station.html", STUDY]


def test_a_pinned_article_stands_on_top_and_the_headline_on_the_home_page(good: BuiltSite) -> None:
    """Though it is the oldest of its column."""
    assert good.page("/notices/notice/").links(".article-list")[0] == "/2025/suggestions.html"
    assert good.page("/").links(".headline") == ["/2026/service-station.html"]


def test_moving_an_article_to_another_column_keeps_its_address(
    tmp_path: Path, good: BuiltSite
) -> None:
    """Its place changes, its address, relations and the redirects to it do not."""
    content = builds.copy_content(tmp_path)
    name = "2026-03-17-welfare-measures-explained.md"
    (content / "study/experience").mkdir()
    shutil.move(content / "policies/interpretation" / name, content / "study/experience" / name)
    builds.build(tmp_path / "output", content=content)
    moved = BuiltSite(tmp_path / "output")
    assert moved.pages.keys() == good.pages.keys()
    assert moved.page(EXPLANATION).texts(".breadcrumb li") == ["首页", "学习交流", "经验交流"]
    assert moved.page("/study/experience/").links(".listing") == [EXPLANATION]
    assert relations(moved, NEW_MEASURES)["解读材料"] == [EXPLANATION]
