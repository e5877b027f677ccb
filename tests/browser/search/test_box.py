"""The box on every page, what it suggests, and what there is without script."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.pages import DESKTOP, PHONE, PLAIN, POLICY
from tests.browser.search.asking import (
    INDEX,
    MANIFEST,
    SEARCH,
    suggestions,
    type_in_header,
)
from tests.browser.search.conftest import PER_YEAR


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
