"""文件库 in a real browser: filters, 文号 in all its forms, addresses to share, and without script."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from policysite.model.values import parse_doc_number
from policysite.tools.local_server import PageHandler
from tests.browser.conftest import Visitor
from tests.browser.pages import PHONE
from tests.browser.test_accessibility import MODES, OPTIONS
from tests.browser.test_layout import OVERHANG, SCROLLS, SHIFT
from tests.build import builds
from tests.unit.outputs.many_documents import make_documents

LIBRARY = "/library/"
DATA = "**/data/library.json"
NUMBERS = json.loads((Path(__file__).parents[1] / "doc_numbers.json").read_text("utf-8"))
THINGS = ("送温暖", "送清凉", "金秋助学")
AGENCIES = (
    ("示总工发", "示例市总工会", "通知"),
    ("示总工办发", "示例市总工会综合办公室", "意见"),
)


def _document(agency: str, issuer: str, kind: str, year: int, number: int) -> str:
    title = f"{issuer}关于做好{year}年{THINGS[number % 3]}工作的{kind}"
    return (
        f"---\n标题: {title}\n发布日期: {year}-03-{number:02}\n发文字号: {agency}〔{year}〕{number}号\n"
        f"发文机关:\n  - {issuer}\n文种: {kind}\n主题分类: {'综合工作' if number % 2 else '工会经费'}\n"
        f"{'失效日期: 2025-12-31' if year == 2024 else '施行日期: 2025-04-01'}\n---\n\n各区县总工会：\n"
    )


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the good site with sixty more documents; yield its address."""

    def make(folder: Path) -> None:
        content = builds.copy_content(folder)
        for place, (agency, issuer, kind) in enumerate(AGENCIES):
            for year in (2024, 2025):
                for number in range(1, 16):
                    name = f"{year}-03-{number:02}-d{place}-{year}-{number}.md"
                    text = _document(agency, issuer, kind, year, number)
                    (content / "policies/documents" / name).write_text(text, "utf-8")
        builds.build(folder / builds.OUTPUT, content=content)

    folder = builds.build_once(tmp_path_factory, "library", make)
    handler = partial(PageHandler, directory=str(folder / builds.OUTPUT))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def found(page: Page) -> set[str]:
    """Return the 发文字号 of the rows that are shown."""
    return set(
        page.locator("[data-results] .article-list__note > span:first-child").all_inner_texts()
    )


def said(page: Page) -> str:
    """Return what a screen reader announces."""
    return page.get_by_role("status").filter(has_text=re.compile("文件")).inner_text()


def search(page: Page, text: str) -> set[str]:
    """Type into the box and return what is found."""
    page.get_by_label("发文字号或标题").fill(text)
    expect(page.get_by_role("heading", name="查找结果")).to_be_visible()
    return found(page)


def total(page: Page) -> int:
    """Return how many documents the site has: sixty, and those of the good site."""
    number = int(page.get_by_role("search", name="查找政策文件").get_attribute("data-count") or 0)
    assert 60 < number < 100
    return number


def documents(page: Page) -> list[str]:
    return page.locator("[data-results] .article-list__link").all_inner_texts()


def test_filters_are_combined_and_the_count_is_announced(visit: Visitor) -> None:
    page = visit(LIBRARY).page
    assert said(page) == f"共{total(page)}份文件。"
    page.get_by_label("发文机关").select_option("示例市总工会综合办公室")
    expect(page.get_by_text("找到30份文件。")).to_be_visible()
    page.get_by_label("年份").select_option("2025年")
    expect(page.get_by_text("找到15份文件。")).to_be_visible()
    page.get_by_label("主题分类").select_option("工会经费")
    expect(page.get_by_text("找到7份文件。")).to_be_visible()
    page.get_by_label("效力状态").select_option("失效")
    expect(page.get_by_text("没有符合条件的文件。")).to_be_visible()
    assert documents(page) == []
    page.get_by_role("button", name="清除条件").click()
    expect(page.get_by_text(f"找到{total(page)}份文件。")).to_be_visible()
    expect(page.get_by_label("发文字号或标题")).to_be_focused()


def test_kind_and_state_are_filters_too(visit: Visitor) -> None:
    page = visit(LIBRARY).page
    page.get_by_label("文种").select_option("意见")
    page.get_by_label("效力状态").select_option("失效")
    expect(page.get_by_text("找到15份文件。")).to_be_visible()
    assert found(page) == {f"示总工办发〔2024〕{number}号" for number in range(1, 16)}


TWELVES = {
    f"{agency}〔{year}〕12号" for agency in ("示总工发", "示总工办发") for year in (2024, 2025)
}
TWELVES.add("示总工发〔2026〕12号")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("12", TWELVES),
        ("12号", TWELVES),
        ("第12号", TWELVES),
        ("１２", TWELVES),
        ("012", TWELVES),
        ("〔2024〕12", {"示总工发〔2024〕12号", "示总工办发〔2024〕12号"}),
        ("[2024]12号", {"示总工发〔2024〕12号", "示总工办发〔2024〕12号"}),
        ("（2024）12号", {"示总工发〔2024〕12号", "示总工办发〔2024〕12号"}),
        ("总工发12", {"示总工发〔2024〕12号", "示总工发〔2025〕12号", "示总工发〔2026〕12号"}),
        ("总工办发12号", {"示总工办发〔2024〕12号", "示总工办发〔2025〕12号"}),
        ("示总工发〔2024〕12号", {"示总工发〔2024〕12号"}),
        (" 示总工发 [2024] 第12号 ", {"示总工发〔2024〕12号"}),
        ("12 送温暖", TWELVES - {"示总工发〔2026〕12号"}),
        ("送清凉 12", set()),
        ("示总工发〔2024〕99号", set()),
    ],
)
def test_a_number_is_understood_in_every_form(visit: Visitor, text: str, wanted: set[str]) -> None:
    assert search(visit(LIBRARY).page, text) == wanted


def test_words_of_the_title_are_found_in_any_order(visit: Visitor) -> None:
    page = visit(LIBRARY).page
    assert len(search(page, "金秋助学 办公室")) == 10
    assert all("办公室" in title and "金秋助学" in title for title in documents(page))
    assert len(search(page, "〔2024〕")) == 30
    assert len(search(page, "示总工办发 2025年送清凉")) == 5


def test_script_and_python_read_a_number_the_same_way(visit: Visitor) -> None:
    """One table for both; what Python does not take for a whole number, script never does."""
    page = visit(LIBRARY).page
    texts = [text for text, *_ in NUMBERS]
    read = page.evaluate(
        """async (texts) => {
            const { parseNumber } = await import(document.querySelector('script[type=module]').src);
            return texts.map(parseNumber);
        }""",
        texts,
    )
    for (text, *wanted), script in zip(NUMBERS, read, strict=True):
        python = parse_doc_number(text)
        expected = None if wanted == [None, None, None] else wanted
        assert (python and [python.agency, python.year, python.number]) == expected, text
        whole = script and all(script.values()) and list(script.values())
        assert (whole or None) == expected, text


def test_the_choice_stands_in_the_address_and_comes_back_from_it(visit: Visitor) -> None:
    page = visit(LIBRARY).page
    page.get_by_label("发文机关").select_option("示例市总工会")
    page.get_by_label("年份").select_option("2024年")
    page.get_by_label("排序").select_option("最早在前")
    search(page, "送温暖 12")
    assert re.search(
        r"\?q=[^&]+&issuer=shi-li-shi-zong-gong-hui-\w{4}&year=2024&sort=old$", page.url
    )
    shared = page.url.removeprefix(page.url.split(LIBRARY)[0])
    again = visit(shared).page
    expect(again.get_by_text("找到1份文件。")).to_be_visible()
    assert found(again) == {"示总工发〔2024〕12号"}
    assert again.get_by_label("发文字号或标题").input_value() == "送温暖 12"
    assert again.get_by_label("年份").input_value() == "2024"
    again.get_by_role("button", name="清除条件").click()
    assert again.url.endswith(LIBRARY)


def test_an_address_with_unknown_values_shows_everything(visit: Visitor) -> None:
    page = visit(f"{LIBRARY}?year=1999&colour=red&issuer=%22%3E").page
    assert said(page) == f"共{total(page)}份文件。"
    assert len(documents(page)) == 10


def test_coming_back_finds_the_same_list(visit: Visitor) -> None:
    page = visit(LIBRARY).page
    search(page, "〔2025〕3")
    page.locator("[data-results] a").first.click()
    page.wait_for_url("**/2025/*.html")
    page.go_back()
    expect(page.get_by_text("找到2份文件。")).to_be_visible()
    assert page.get_by_label("发文字号或标题").input_value() == "〔2025〕3"


def test_the_oldest_can_come_first(visit: Visitor) -> None:
    page = visit(LIBRARY).page
    search(page, "〔2024〕")
    dates = page.locator("[data-results] time").all_inner_texts()
    assert dates == sorted(dates, reverse=True)
    page.get_by_label("排序").select_option("最早在前")
    expect(page.locator("[data-results] time").first).to_have_text("2024-03-01")
    dates = page.locator("[data-results] time").all_inner_texts()
    assert dates == sorted(dates)


def test_fifty_rows_are_shown_at_a_time_and_the_focus_goes_to_the_first_new_one(
    visit: Visitor,
) -> None:
    page = visit(LIBRARY).page
    more = page.get_by_role("button", name="更多")
    more.click()
    expect(page.get_by_text(f"找到{total(page)}份文件。")).to_be_visible()
    assert len(documents(page)) == 50
    expect(page.locator("[data-results] a").nth(10)).to_be_focused()
    more.press("Enter")
    assert len(documents(page)) == total(page)
    expect(page.locator("[data-results] a").nth(50)).to_be_focused()
    expect(more).to_be_hidden()


def test_the_rows_are_those_of_the_static_list(visit: Visitor) -> None:
    page = visit(LIBRARY).page
    read = "rows => rows.slice(0, 10).map(row => row.outerHTML.replace(/\\s*\\n\\s*/g, ''))"
    static = page.locator("[data-results] li").evaluate_all(read)
    page.get_by_role("button", name="更多").click()
    expect(page.get_by_text(f"找到{total(page)}份文件。")).to_be_visible()
    assert page.locator("[data-results] li").evaluate_all(read) == static


def test_everything_can_be_done_with_the_keyboard(visit: Visitor) -> None:
    page = visit(LIBRARY).page
    page.get_by_role("link", name="分类目录").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_label("发文字号或标题")).to_be_focused()
    page.keyboard.type("总工发12")
    page.keyboard.press("Tab")
    expect(page.get_by_label("发文机关")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[data-results] a").first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/2026/*.html")


def test_nothing_is_searched_while_a_word_is_being_composed(visit: Visitor) -> None:
    page = visit(LIBRARY).page
    search(page, "送温暖")
    shown = documents(page)
    box = page.get_by_label("发文字号或标题")
    compose = """(box, [text, isComposing]) => {
        box.value = text;
        box.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing }));
    }"""
    box.evaluate(compose, ["送温暖song", True])
    page.wait_for_timeout(50)
    assert documents(page) == shown
    box.evaluate(compose, ["送温暖送清凉", False])
    expect(page.get_by_text("没有符合条件的文件。")).to_be_visible()


def test_the_data_are_asked_for_on_this_page_only_and_not_before_they_are_needed(
    visit: Visitor,
) -> None:
    seen = visit(LIBRARY)
    seen.page.wait_for_load_state("networkidle")
    assert not any("library.json" in request.url for request in seen.requests)
    with seen.page.expect_response(DATA):
        seen.page.get_by_label("发文字号或标题").focus()
    assert seen.complaints == []


DAMAGED: dict[str, dict[str, Any]] = {
    "没有": {"status": 404, "body": "没有找到"},
    "不完整": {"body": '{"version":1,"count":2,"newest":"2026-'},
    "别的版本": {"body": '{"version":2,"count":0}'},
    "空": {"body": "null"},
    "缺列": {"body": '{"version":1,"count":1,"newest":"2026-03-15","titles":"","words":[]}'},
    "缺行": {
        "body": json.dumps(
            {
                "version": 1, "count": 2, "newest": "2026-03-15", "series": [["", 0]],
                "states": [["", "", ""]], "issuers": [[]], "kinds": [[]], "subjects": [[]],
                "words": [], "parts": [], "days": [0], "in_series": [0], "numbers": [0],
                "in_state": [0], "in_issuer": [0], "in_kind": [0], "in_subject": [0],
                "titles": "a", "slugs": "a",
            }
        )
    },
}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGED)
def test_damaged_data_are_admitted_and_the_lists_stay(visit: Visitor, damage: str) -> None:
    page = visit(LIBRARY).page
    page.route(DATA, lambda route: route.fulfill(**DAMAGED[damage]))
    before = documents(page)
    page.get_by_label("发文字号或标题").fill("12")
    expect(page.get_by_text("文件目录没有读出来，暂时不能筛选。")).to_be_visible()
    assert documents(page) == before
    assert len(before) == 10
    expect(page.get_by_role("link", name="2024年")).to_be_visible()


def test_after_a_broken_line_the_next_try_succeeds(visit: Visitor) -> None:
    page = visit(LIBRARY).page
    broken: list[Route] = []

    def answer(route: Route) -> None:
        broken.append(route)
        if len(broken) > 1:
            route.continue_()
        else:
            route.abort()

    page.route(DATA, answer)
    page.get_by_label("发文字号或标题").fill("12")
    expect(page.get_by_text("文件目录没有读出来，暂时不能筛选。")).to_be_visible()
    page.get_by_label("年份").select_option("2024年")
    expect(page.get_by_text("找到2份文件。")).to_be_visible()


def test_without_script_the_lists_are_there_and_the_form_is_not(visit: Visitor) -> None:
    page = visit(LIBRARY, PHONE, java_script_enabled=False).page
    expect(page.get_by_role("search", name="查找政策文件")).to_be_hidden()
    expect(page.get_by_role("button", name="更多")).to_be_hidden()
    assert len(documents(page)) == 10
    page.get_by_role("link", name="2024年").click()
    page.wait_for_url("**/library/year/2024/")
    expect(page.get_by_role("heading", level=1)).to_have_text("年份：2024年")
    expect(page.locator(".listing .article-list__item")).to_have_count(30)
    row = page.locator(".listing .article-list__item").first
    expect(row).to_contain_text("示总工办发〔2024〕15号")
    expect(row).to_contain_text("失效")
    expect(row).to_contain_text("2024-03-15")


def test_where_the_script_does_not_arrive_the_form_cannot_be_used(visit: Visitor) -> None:
    page = visit("/404.html").page
    page.route("**/assets/library.*.js", lambda route: route.abort())
    page.goto(LIBRARY)
    expect(page.get_by_label("发文字号或标题")).to_be_disabled()
    assert len(documents(page)) == 10


def test_ten_thousand_documents_are_filtered_and_fifty_shown(visit: Visitor) -> None:
    from policysite.outputs.library_index import write_index

    page = visit(LIBRARY).page
    many = make_documents(10_000)
    page.route(DATA, lambda route: route.fulfill(body=write_index(many)))
    page.get_by_label("发文字号或标题").fill("示总工审〔2010〕7号")
    expect(page.get_by_text("找到1份文件。")).to_be_visible()
    (title,) = documents(page)
    (wanted,) = (a for a in many if a.doc_number == "示总工审〔2010〕7号")
    assert title == wanted.title
    assert page.locator("[data-results] a").get_attribute("href") == wanted.url
    page.get_by_label("发文字号或标题").fill("送温暖")
    expected = sum("送温暖" in article.title for article in many)
    expect(page.get_by_text(f"找到{expected}份文件。")).to_be_visible()
    assert len(documents(page)) == 50


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("path", [LIBRARY, f"{LIBRARY}?q=12", f"{LIBRARY}year/2024/"])
def test_axe_finds_nothing(visit: Visitor, path: str, mode: str) -> None:
    page = visit(path, **MODES[mode]).page
    page.wait_for_load_state("networkidle")
    result = Axe().run(page, options=OPTIONS)
    assert result.violations_count == 0, result.generate_report()


@pytest.mark.parametrize("preferences", [{}, {"size": "huge"}, {"simple": "on"}])
@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_the_page_never_scrolls_sideways_or_jumps(
    visit: Visitor, width: int, preferences: dict[str, str]
) -> None:
    page = visit(LIBRARY, width, preferences).page
    assert page.evaluate(OVERHANG) == []
    assert not page.evaluate(SCROLLS)
    assert page.evaluate(SHIFT) <= 0.001
