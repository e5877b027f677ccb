"""What was found, and how the page tells it."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.search.asking import SEARCH, search, status, titles


def test_a_hit_tells_what_it_is_and_where_it_says_so(visit: Visitor) -> None:
    page = visit(SEARCH).page
    search(page, "第3批书屋在职工下班以后照常开放")
    expect(status(page)).to_have_text("找到2篇。")
    hit = page.locator("[data-hits] > li").first
    for words in ("示总工办发〔2024〕3号", "2024-03-03", "市总文件", "示例市总工会"):
        expect(hit.locator(".hits__facts")).to_contain_text(words)
    expect(hit.locator("mark").first).to_have_text("第3批书屋在职工下班以后照常开放")
    link = hit.locator(".hits__place")
    expect(link).to_have_text("看第3条")
    assert re.search(r"\.html#t3:~:text=%E7%AC%AC3", link.get_attribute("href") or "")
    link.click()
    page.wait_for_url("**/2024/reading-2024-3.html*")
    expect(page.locator("#t3")).to_be_in_viewport()


def test_a_document_that_no_longer_holds_says_so_in_words(visit: Visitor) -> None:
    page = visit(f"{SEARCH}?q=〔2023〕3号").page
    expect(page.locator(".validity-tag").first).to_have_text("失效")
    assert page.locator(".validity-tag--bad").count() > 0


def test_the_number_found_is_announced_and_the_title_of_the_page_tells_what(visit: Visitor) -> None:
    page = visit(SEARCH).page
    assert page.title() == "搜索 - 示例市总工会"
    search(page, "书屋")
    expect(page.get_by_role("status").filter(has_text="找到")).to_have_text("找到29篇。")
    assert page.title() == "书屋 - 搜索 - 示例市总工会"
    expect(page.get_by_role("heading", name="“书屋”的搜索结果")).to_be_focused()


def test_what_only_seems_to_match_is_dropped(visit: Visitor) -> None:
    """Its pairs of characters are all there; the words are not."""
    page = visit(SEARCH).page
    search(page, "照常开放")
    page.get_by_label("年份").select_option("2025")
    expect(page.locator("a[href='/2025/pairs.html']")).to_have_count(0)
    expect(status(page)).to_have_text(re.compile("没有"))
    search(page, "夜校照常上课")
    expect(page.locator("a[href^='/2025/pairs.html']").first).to_be_visible()


def test_looser_matches_stand_apart_and_say_so(visit: Visitor) -> None:
    page = visit(SEARCH).page
    search(page, "第3批书屋")
    heading = page.get_by_role("heading", name="没有更多完全匹配的结果，下面是相关内容")
    expect(heading).to_be_visible()
    expect(page.locator("[data-hits] > li")).to_have_count(2)
    expect(page.locator("[data-loose] li")).not_to_have_count(0)
    expect(status(page)).to_have_text("找到2篇。")


def test_ten_are_shown_at_a_time_and_the_focus_goes_to_the_first_new_one(visit: Visitor) -> None:
    page = visit(f"{SEARCH}?q=书屋").page
    more = page.get_by_role("link", name="更多结果")
    expect(more).to_be_visible()
    assert (more.get_attribute("href") or "").endswith("&page=2")
    first = titles(page)
    more.press("Enter")
    expect(page.locator(".hits__link")).to_have_count(20)
    expect(page.locator(".hits__link").nth(10)).to_be_focused()
    assert titles(page)[:10] == first
    assert page.url.endswith("&page=2")
    more.click()
    expect(page.locator(".hits__link")).to_have_count(29)
    expect(more).to_be_hidden()


_VERY_MANY = """
export const openIndex = async () => ({
  search: async (query, { all }) => ({
    terms: [["工会"]], hits: [...Array(all ? 25 : 12).keys()], strict: all ? 25 : 12, loose: [],
    counts: null, hint: "", damaged: false, isPart: !all,
  }),
  records: async (ids) => ids.map((id) => ({ id, title: `工会第${id}号`, url: `/${id}.html`, date: "2026-01-01" })),
  excerpt: async () => null,
  suggest: async () => [],
});"""


def test_of_very_many_hits_the_best_are_shown_and_the_others_after_them(visit: Visitor) -> None:
    page = visit("/").page
    page.route(
        "**/assets/search-engine.*.js",
        lambda route: route.fulfill(body=_VERY_MANY, content_type="text/javascript"),
    )
    page.goto(page.url.rstrip("/") + f"{SEARCH}?q=工会")
    expect(status(page)).to_have_text("找到12篇以上。")
    more = page.get_by_role("link", name="更多结果")
    more.press("Enter")
    expect(page.locator(".hits__link")).to_have_count(20)
    expect(status(page)).to_have_text("找到25篇。")
    more.click()
    assert titles(page) == [f"工会第{n}号" for n in range(25)]
    expect(more).to_be_hidden()


def test_a_single_character_gets_a_hint_and_nothing_found_gets_help(visit: Visitor) -> None:
    page = visit(SEARCH).page
    search(page, "工")
    expect(status(page)).to_have_text("请写两个字以上，一个字查不准。")
    search(page, "鲲鹏展翅")
    expect(status(page)).to_have_text("没有找到。")
    help_ = page.locator(".search-help")
    expect(help_.get_by_role("link", name="12351")).to_have_attribute("href", "tel:12351")
    library = help_.get_by_role("link", name="文件库")
    assert (library.get_attribute("href") or "").endswith(
        "/library/?q=%E9%B2%B2%E9%B9%8F%E5%B1%95%E7%BF%85"
    )
    expect(page.get_by_role("heading", name="分类目录")).to_be_visible()
