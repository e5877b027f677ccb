"""A damaged index, a broken line, a script that does not come: the page says so and stays of use."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import Visitor
from tests.browser.pages import PLAIN
from tests.browser.search.asking import MANIFEST, SEARCH, search, status

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
