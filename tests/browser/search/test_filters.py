"""Filters, order, and addresses that bring the same again."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.pages import PHONE
from tests.browser.search.asking import SEARCH, go, search, status, titles


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
