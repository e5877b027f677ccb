"""Damaged data, no script, very many documents: the lists stay, and everybody can read them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Route, expect

from tests.browser.conftest import Visitor
from tests.browser.library.reading import DATA, LIBRARY, documents
from tests.browser.pages import PHONE
from tests.browser.test_accessibility import MODES, OPTIONS
from tests.browser.test_layout import OVERHANG, SCROLLS, SHIFT
from tests.unit.outputs.many_documents import make_documents


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
