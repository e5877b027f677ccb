"""The search as readers meet it: box, suggestions, results, filters, addresses, and what fails."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, Route, expect

from policysite.tools.local_server import PublishedHandler
from tests.browser.conftest import Visitor
from tests.browser.pages import DESKTOP, PHONE, PLAIN, POLICY
from tests.browser.test_accessibility import MODES, OPTIONS
from tests.browser.test_layout import OVERHANG, SCROLLS, SHIFT
from tests.build import builds

SEARCH = "/search/"
MANIFEST = "**/search/manifest.json"
INDEX = re.compile(r"/search/(manifest\.json|[0-9a-f]{12}/)|/assets/search-engine\.")
YEARS = (2023, 2024)
PER_YEAR = 14


def _circular(year: int, number: int) -> str:
    ended = "失效日期: 2025-12-31\n" if year == 2023 else ""
    return (
        f"---\n标题: 示例市总工会关于第{number}批职工书屋建设的通知\n发布日期: {year}-03-{number:02}\n"
        f"发文字号: 示总工办发〔{year}〕{number}号\n发文机关:\n  - 示例市总工会\n文种: 通知\n"
        f"主题分类: 宣传教育\n{ended}---\n\n各区县总工会：\n\n"
        "第一条 为了满足职工的阅读需求，制定本办法。\n\n"
        "第二条 图书由工会采购，管理员由单位指定。\n\n"
        f"第三条 第{number}批书屋在职工下班以后照常开放，不得挪作会议室。\n"
    )


ARTICLES = {
    # Every pair of 照常开放 is in it, the words themselves are not.
    "news/2025-05-01-pairs.md": "标题: 夜校报名\n发布日期: 2025-05-01\n---\n\n"
    "夜校照常上课，平常开门，对职工开放。\n",
    "news/2025-05-02-chongqing.md": "标题: 重庆职工书屋考察纪实\n发布日期: 2025-05-02\n---\n\n"
    "考察组看了三家书屋。\n",
    "news/2025-05-03-hidden.md": "标题: 职工书屋内部通报\n发布日期: 2025-05-03\n状态: 隐藏\n---\n\n"
    "内部通报。\n",
}


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the good site with some thirty more articles; yield its address."""

    def make(folder: Path) -> None:
        content = builds.copy_content(folder)
        for year in YEARS:
            for number in range(1, PER_YEAR + 1):
                name = f"policies/documents/{year}-03-{number:02}-reading-{year}-{number}.md"
                (content / name).write_text(_circular(year, number), "utf-8")
        for name, text in ARTICLES.items():
            (content / name).write_text(f"---\n{text}", "utf-8")
        builds.build(folder / builds.OUTPUT, content=content)

    folder = builds.build_once(tmp_path_factory, "search", make)
    handler = partial(PublishedHandler, directory=str(folder / builds.OUTPUT))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def search(page: Page, text: str) -> None:
    """Type into the box of the search page and wait for what comes of it."""
    page.locator("#q").fill(text)
    page.locator("#q").press("Enter")
    expect(page.locator("[data-heading]")).to_have_text(f"“{text}”的搜索结果")
    expect(page.locator("[data-results][aria-busy]")).to_have_count(0)
    expect(status(page)).to_have_text(re.compile("。"))


def status(page: Page) -> Locator:
    return page.locator("[data-status]")


def go(page: Page, steps: int) -> None:
    """Go back or forward as the page counts its addresses.

    The browser's own process, which `page.go_back` asks, may not have heard yet of the last ones.
    """
    page.evaluate("(steps) => history.go(steps)", steps)


def titles(page: Page) -> list[str]:
    return page.locator(".hits__link").all_inner_texts()


def suggestions(page: Page) -> Locator:
    return page.get_by_role("option")


def type_in_header(page: Page, text: str) -> None:
    page.locator("#site-q").focus()
    page.keyboard.type(text)


# --- before anything is asked ---


@pytest.mark.parametrize("path", ["/", POLICY, PLAIN, SEARCH, f"{SEARCH}a-z/", "/library/"])
def test_nothing_of_the_index_is_loaded_before_a_box_is_touched(visit: Visitor, path: str) -> None:
    seen = visit(path)
    seen.page.wait_for_load_state("networkidle")
    assert [r.url for r in seen.requests if INDEX.search(r.url)] == []
    if path != SEARCH:
        assert [r.url for r in seen.requests if "/assets/search-" in r.url] == []
    box = seen.page.locator("#q" if path == SEARCH else "#site-q")
    with seen.page.expect_response(MANIFEST):
        box.focus()
    assert seen.complaints == []


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_the_box_of_every_page_leads_to_the_results(visit: Visitor, width: int) -> None:
    """On a phone one tap opens it and shows where to type."""
    page = visit(POLICY, width).page
    if width == PHONE:
        page.locator(".site-search__label").click()
    else:
        page.locator("#site-q").click()
    expect(page.locator("#site-q")).to_be_focused()
    page.keyboard.type("职工书屋")
    page.get_by_role("button", name="搜索").click()
    page.wait_for_url("**/search/?q=*")
    expect(page.get_by_role("heading", name="“职工书屋”的搜索结果")).to_be_visible()
    expect(page.locator(".hits__link")).to_have_count(10)


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_the_box_leads_on_without_script(visit: Visitor, width: int) -> None:
    """To the directory, which says why there are no results, and to what is asked for by hand."""
    page = visit(POLICY, width, java_script_enabled=False).page
    if width == PHONE:
        expect(page.get_by_role("button", name="搜索")).not_to_be_in_viewport(ratio=1)
        page.locator(".site-search__label").click()
    page.locator("#site-q").fill("职工书屋")
    page.get_by_role("button", name="搜索").click()
    page.wait_for_url("**/search/?q=*")
    expect(page.locator(".search-form__notice")).to_be_visible()
    expect(page.locator(".search-results")).to_be_hidden()
    page.get_by_role("link", name="2024年").click()
    page.wait_for_url("**/archive/2024/")
    expect(page.locator("main .article-list__item")).to_have_count(PER_YEAR)


def test_every_title_is_found_by_its_sound_without_script(visit: Visitor) -> None:
    page = visit(SEARCH, PHONE, java_script_enabled=False).page
    page.locator(".letters__link", has_text="C").click()
    page.wait_for_url("**/search/a-z/#c")
    expect(page.get_by_role("link", name="重庆职工书屋考察纪实")).to_be_in_viewport()
    assert page.get_by_text("内部通报").count() == 0
    count = page.locator(".article-list__item").count()
    expect(page.get_by_text(f"共{count}篇")).to_be_visible()


# --- suggestions ---


def test_titles_are_suggested_and_chosen_with_the_keyboard(visit: Visitor) -> None:
    """The pattern of a combobox: the focus stays in the box, the arrows go round."""
    page = visit(POLICY).page
    type_in_header(page, "重庆")
    box = page.get_by_role("combobox")
    expect(suggestions(page)).to_have_text(["重庆职工书屋考察纪实"])
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".site-search [role=status]")).to_have_text("有1个标题，按上下键选择。")
    page.keyboard.press("ArrowDown")
    expect(suggestions(page)).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", "suggestion-0")
    page.keyboard.press("ArrowDown")
    expect(suggestions(page)).to_have_attribute("aria-selected", "false")
    page.keyboard.press("ArrowUp")
    expect(box).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/2025/chongqing.html")


def test_escape_closes_the_suggestions_and_keeps_the_text(visit: Visitor) -> None:
    page = visit(POLICY).page
    type_in_header(page, "职工书屋")
    expect(suggestions(page)).not_to_have_count(0)
    page.keyboard.press("Escape")
    expect(suggestions(page)).to_have_count(0)
    expect(page.get_by_role("combobox")).to_have_attribute("aria-expanded", "false")
    expect(page.locator("#site-q")).to_have_value("职工书屋")
    page.keyboard.press("ArrowDown")
    expect(suggestions(page)).not_to_have_count(0)
    page.keyboard.press("Tab")
    expect(suggestions(page)).to_have_count(0)


def test_enter_without_a_choice_searches_for_what_was_typed(visit: Visitor) -> None:
    page = visit(POLICY).page
    type_in_header(page, "职工书屋")
    expect(suggestions(page)).not_to_have_count(0)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")


@pytest.mark.parametrize("path", [POLICY, SEARCH])
def test_a_suggestion_can_be_pressed(visit: Visitor, path: str) -> None:
    page = visit(path, PHONE).page
    if path == POLICY:
        page.locator(".site-search__label").click()
    else:
        page.locator("#q").click()
    page.keyboard.type("重庆")
    suggestions(page).click()
    page.wait_for_url("**/2025/chongqing.html")


def test_nothing_is_looked_up_while_a_word_is_being_composed(visit: Visitor) -> None:
    """With an input method, Enter and the arrows belong to it until the word is there."""
    page = visit(POLICY).page
    box = page.locator("#site-q")
    with page.expect_response(MANIFEST):
        box.focus()
    compose = """(box, [text, isComposing]) => {
        box.value = text;
        box.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing }));
        if (!isComposing) box.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }));
    }"""
    box.evaluate(compose, ["重庆", True])
    page.wait_for_timeout(400)
    expect(suggestions(page)).to_have_count(0)
    box.evaluate(compose, ["重庆", False])
    expect(suggestions(page)).to_have_count(1)
    box.evaluate(
        """(box) => ['ArrowDown', 'Enter'].forEach((key) => box.dispatchEvent(
            new KeyboardEvent('keydown', { key, isComposing: true, bubbles: true, cancelable: true })))"""
    )
    expect(suggestions(page)).to_have_attribute("aria-selected", "false")
    assert page.url.endswith(POLICY)


def test_without_the_index_the_box_is_a_plain_form(visit: Visitor) -> None:
    page = visit(PLAIN).page
    page.route("**/assets/search-*.js", lambda route: route.abort())
    type_in_header(page, "职工书屋")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")


# --- results ---


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


# --- filters, order, addresses ---


def test_filters_carry_their_counts_and_narrow_the_results(visit: Visitor) -> None:
    page = visit(SEARCH).page
    search(page, "书屋")
    year = page.get_by_label("年份")
    expect(year.locator("option")).to_have_text(
        ["全部", "2025年（1）", "2024年（14）", "2023年（14）"]
    )
    expect(page.get_by_label("效力").locator("option")).to_have_text(
        ["全部", "有效（14）", "失效（14）"]
    )
    year.select_option("2023")
    expect(status(page)).to_have_text("找到14篇。")
    expect(page.get_by_label("文种").locator("option")).to_have_text(["全部", "通知（14）"])
    page.locator("[name=column]").select_option("policies")
    page.get_by_label("发文机关").select_option("示例市总工会")
    expect(page.get_by_text("已选3项")).to_be_visible()
    clear = page.get_by_role("button", name="清除筛选")
    clear.click()
    expect(status(page)).to_have_text("找到29篇。")
    expect(clear).to_be_hidden()
    expect(page.get_by_text("筛选和排序")).to_be_focused()
    assert page.url.endswith("/search/?q=%E4%B9%A6%E5%B1%8B")


def test_an_address_to_share_shows_the_same(visit: Visitor) -> None:
    page = visit(SEARCH).page
    search(page, "书屋")
    page.get_by_label("年份").select_option("2024")
    page.get_by_label("排序").select_option("最新的在前")
    expect(page.locator(".hits__facts time").first).to_have_text("2024-03-14")
    page.get_by_role("link", name="更多结果").click()
    expect(page.locator(".hits__link")).to_have_count(14)
    assert page.url.endswith("&year=2024&sort=date&page=2")
    again = visit(page.url).page
    expect(again.locator(".hits__link")).to_have_count(14)
    assert titles(again) == titles(page)
    expect(again.get_by_label("年份")).to_have_value("2024")
    expect(again.get_by_label("排序")).to_have_value("date")
    expect(again.locator("#q")).to_have_value("书屋")


def test_back_and_forward_go_through_what_was_asked(visit: Visitor) -> None:
    page = visit(SEARCH).page
    search(page, "书屋")
    page.get_by_label("年份").select_option("2025")
    expect(status(page)).to_have_text("找到1篇。")
    search(page, "重庆")
    go(page, -1)
    expect(page.locator("#q")).to_have_value("书屋")
    expect(status(page)).to_have_text("找到1篇。")
    go(page, -1)
    expect(status(page)).to_have_text("找到29篇。")
    expect(page.get_by_label("年份")).to_have_value("")
    go(page, -1)
    expect(page.get_by_role("heading", name="分类目录")).to_be_visible()
    expect(page.locator(".search-results")).to_be_hidden()
    go(page, 1)
    expect(status(page)).to_have_text("找到29篇。")


def test_a_place_on_the_page_is_not_a_new_search(visit: Visitor) -> None:
    page = visit(f"{SEARCH}?q=书屋").page
    expect(status(page)).to_have_text("找到29篇。")
    page.get_by_role("link", name="更多结果").click()
    expect(page.locator(".hits__link")).to_have_count(20)
    page.evaluate("document.querySelector('.hits__link').dataset.seen = ''")
    page.evaluate("location.hash = 'main'")
    page.wait_for_timeout(200)
    assert page.locator("[data-seen]").count() == 1


def test_an_address_with_unknown_values_is_no_error(visit: Visitor) -> None:
    seen = visit(f"{SEARCH}?q=书屋&year=1999&sort=colour&page=-3&issuer=%22%3E%3Cb%3E")
    expect(status(seen.page)).to_have_text(re.compile("没有找到"))
    assert seen.page.locator("b").count() == 0
    assert seen.complaints == []


def test_filters_are_closed_on_a_phone_and_tell_how_many_are_chosen(visit: Visitor) -> None:
    page = visit(f"{SEARCH}?q=书屋&year=2024", PHONE).page
    expect(page.get_by_text("筛选和排序（已选1项）")).to_be_visible()
    expect(page.get_by_label("年份")).to_be_hidden()
    page.get_by_text("筛选和排序").click()
    expect(page.get_by_label("年份").locator("option:checked")).to_have_text("2024年（14）")


# --- what fails ---


DAMAGE = {
    "没有": {"status": 404, "body": "没有找到"},
    "不是": {"body": "<!doctype html><p>请登录</p>"},
    "不完整": {"body": '{"version":'},
    "空": {"body": "null"},
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_index_is_admitted_and_the_directory_stays(visit: Visitor, damage: str) -> None:
    page = visit(SEARCH).page
    page.route(MANIFEST, lambda route: route.fulfill(**DAMAGE[damage]))  # type: ignore[arg-type]
    search(page, "书屋")
    expect(status(page)).to_have_text(re.compile("检索数据没有读出来"))
    page.get_by_role("link", name="2024年").click()
    page.wait_for_url("**/archive/2024/")


@pytest.mark.parametrize("name", [r"\d+\.[\w-]+\.bin", r"r0\.[\w-]+\.bin", r"facets\.[\w-]+\.json"])
def test_where_a_part_of_the_index_is_damaged_the_rest_is_shown(visit: Visitor, name: str) -> None:
    """Without records there are no titles; without facets no filters; never a broken page."""
    seen = visit(SEARCH)
    page = seen.page
    address = re.compile(rf"/search/\w+/{name}(?:\?.*)?$")
    page.route(address, lambda route: route.fulfill(body="\x00 damaged"))
    search(page, "书屋")
    expect(status(page)).to_have_text(
        "找到29篇。" if "facets" in name else re.compile("部分检索数据读不出来，结果可能不全。")
    )
    directory = page.get_by_role("heading", name="分类目录")
    expect(directory).to_be_visible(visible="facets" not in name)
    assert seen.complaints == []


def test_where_no_postings_can_be_read_nobody_is_told_that_there_is_nothing(visit: Visitor) -> None:
    page = visit(SEARCH).page
    page.route(re.compile(r"/search/\w+/\d+\.[\w-]+\.bin"), lambda route: route.abort())
    search(page, "没有这样的话")
    expect(status(page)).to_have_text(
        "没有找到，但部分检索数据读不出来，结果可能不全。可以稍后再试，或者到下面的目录里找。"
    )
    expect(page.get_by_role("heading", name="分类目录")).to_be_visible()


def test_a_broken_line_is_admitted_and_the_next_try_succeeds(visit: Visitor) -> None:
    page = visit(SEARCH).page
    page.route("**/search/**", lambda route: route.abort())
    search(page, "书屋")
    expect(status(page)).to_have_text(re.compile("检索数据没有读出来"))
    page.unroute("**/search/**")
    page.locator("#q").press("Enter")
    expect(status(page)).to_have_text("找到29篇。")


def test_where_the_script_does_not_arrive_the_directory_is_there(visit: Visitor) -> None:
    page = visit(PLAIN).page
    page.route("**/assets/search.*.js", lambda route: route.abort())
    page.goto(f"{SEARCH}?q=书屋")
    expect(page.get_by_role("heading", name="分类目录")).to_be_visible()
    expect(page.locator(".search-results")).to_be_hidden()


def test_where_the_engine_does_not_arrive_the_page_says_so(visit: Visitor) -> None:
    page = visit(PLAIN).page
    page.route("**/assets/search-engine.*.js", lambda route: route.abort())
    page.goto(f"{SEARCH}?q=书屋")
    expect(status(page)).to_have_text(re.compile("检索数据没有读出来"))
    expect(page.get_by_role("heading", name="分类目录")).to_be_visible()


def test_a_slow_line_is_told_and_a_late_answer_does_not_overwrite_a_new_one(visit: Visitor) -> None:
    page = visit(SEARCH).page
    held: list[Route] = []
    page.route(MANIFEST, lambda route: held.append(route))
    page.locator("#q").fill("书屋")
    page.locator("#q").press("Enter")
    expect(status(page)).to_have_text("正在查找……")
    page.locator("#q").fill("重庆")
    page.locator("#q").press("Enter")
    for route in held:
        route.continue_()
    expect(page.get_by_role("heading", name="“重庆”的搜索结果")).to_be_visible()
    expect(page.locator(".hits__link").first).to_have_text("重庆职工书屋考察纪实")


# --- in every way of showing it ---

STATES = {
    "结果": f"{SEARCH}?q=书屋",
    "相关": f"{SEARCH}?q=第3批书屋&sort=date",
    "没有": f"{SEARCH}?q=鲲鹏展翅&year=2024",
}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(visit: Visitor, state: str, mode: str) -> None:
    page = visit(STATES[state], **MODES[mode]).page
    expect(status(page)).to_have_text(re.compile("找到"))
    page.evaluate("document.querySelector('[data-filters]').open = true")
    page.wait_for_load_state("networkidle")
    result = Axe().run(page, options=OPTIONS)
    assert result.violations_count == 0, result.generate_report()


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("path", [PLAIN, SEARCH])
def test_axe_finds_nothing_with_suggestions(visit: Visitor, path: str, mode: str) -> None:
    page = visit(path, **MODES[mode]).page
    page.locator("#site-q" if path == PLAIN else "#q").focus()
    page.keyboard.type("书屋")
    expect(suggestions(page)).not_to_have_count(0)
    page.keyboard.press("ArrowDown")
    result = Axe().run(page, options=OPTIONS)
    assert result.violations_count == 0, result.generate_report()
    assert page.evaluate(OVERHANG) == []


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_results_never_scroll_sideways_or_jump(visit: Visitor, state: str, width: int) -> None:
    page = visit(STATES[state], width).page
    expect(status(page)).to_have_text(re.compile("找到"))
    page.wait_for_load_state("networkidle")
    for preferences in ({}, {"size": "huge"}, {"simple": "on"}):
        page.evaluate(
            "(chosen) => Object.assign(document.documentElement.dataset, chosen)", preferences
        )
        assert page.evaluate(OVERHANG) == [], preferences
        assert not page.evaluate(SCROLLS), preferences
        if not preferences:
            assert page.evaluate(SHIFT) <= 0.001
