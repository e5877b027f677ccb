"""Everything can be reached and seen with the keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.pages import DESKTOP, KINDS, PHONE, POLICY

# What a sighted reader could see of the focus: an outline or a frame, on something in view.
FOCUS = """() => {
    const e = document.activeElement;
    if (e === document.body) return null;
    const style = getComputedStyle(e), box = e.getBoundingClientRect();
    return {
        what: e.outerHTML.slice(0, 100),
        drawn: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
        inView: box.width > 0 && box.height > 0 && box.bottom > 0 && box.right > 0
            && box.top < innerHeight && box.left < innerWidth,
    };
}"""


def focused(page: Page) -> str:
    """Return the CSS path of what has the focus: tag and class."""
    return str(
        page.evaluate(
            "() => document.activeElement.localName + '.' + document.activeElement.className"
        )
    )


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_the_skip_link_comes_first_and_leads_to_the_text(visit: Visitor, width: int) -> None:
    """Hidden until it has the focus; after it the next stop lies in the main text."""
    page = visit(POLICY, width).page
    page.keyboard.press("Tab")
    assert focused(page) == "a.skip-link"
    expect(page.locator(".skip-link")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.wait_for_url("**#main")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("kind", ["首页", "公文", "栏目"])
@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("preferences", [{}, {"contrast": "high"}], ids=["标准", "高对比度"])
def test_focus_is_always_visible(
    visit: Visitor, kind: str, width: int, preferences: dict[str, str]
) -> None:
    """From the first to the last stop of the page, each one is marked and in view."""
    page = visit(KINDS[kind], width, preferences).page
    stops = 0
    while True:
        page.keyboard.press("Tab")
        seen = page.evaluate(FOCUS)
        if seen is None or stops > 200:
            break
        stops += 1
        assert seen["drawn"], seen
        assert seen["inView"], seen
    assert 20 < stops <= 200


def test_the_phone_menu_opens_and_closes_by_keyboard(visit: Visitor) -> None:
    """Enter opens it, Escape closes it and keeps the focus."""
    page = visit("/", PHONE).page
    page.locator(".site-menu summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".site-menu nav")).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.closest('.site-menu') !== null")
    page.keyboard.press("Escape")
    expect(page.locator(".site-menu nav")).to_be_hidden()
    assert focused(page).startswith("summary.site-menu")


def test_reading_preferences_are_kept_on_the_next_page(visit: Visitor) -> None:
    """特大字 and 高对比度, set once by keyboard, hold before the next page is painted."""
    page = visit(POLICY, DESKTOP).page
    plain = page.evaluate("() => getComputedStyle(document.querySelector('.document p')).fontSize")
    page.locator(".reading-tools summary").focus()
    page.keyboard.press("Enter")
    for name in ("特大字", "高对比度"):
        button = page.get_by_role("button", name=name, exact=True)
        button.focus()
        page.keyboard.press("Space")
        expect(button).to_have_attribute("aria-pressed", "true")
    page.goto("/2026/skills-contest.html")
    large = page.evaluate("() => getComputedStyle(document.querySelector('.document p')).fontSize")
    assert float(large.removesuffix("px")) >= 1.4 * float(plain.removesuffix("px"))
    background = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    assert background == "rgb(0, 0, 0)"
    page.locator(".reading-tools summary").click()
    pressed = page.get_by_role("button", name="特大字", exact=True)
    expect(pressed).to_have_attribute("aria-pressed", "true")


def test_the_citation_can_be_copied(visit: Visitor) -> None:
    """《标题》（文号） and the address, and the page says that it was done."""
    page = visit(POLICY, PHONE, permissions=["clipboard-read", "clipboard-write"]).page
    page.get_by_role("button", name="复制引用").click()
    expect(page.locator(".share__status")).not_to_be_empty()
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied.startswith(
        "《示例市总工会关于调整基层工会职工福利标准的通知》（示总工发〔2026〕12号）"
    )
    assert copied.endswith("https://www.example.org/2026/welfare-measures-2026.html")
