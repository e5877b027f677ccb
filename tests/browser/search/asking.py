"""What the tests of the search do on its page, and what they look at."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

SEARCH = "/search/"
MANIFEST = "**/search/manifest.json"
INDEX = re.compile(r"/search/(manifest\.json|[0-9a-f]{12}/)|/assets/search-engine\.")


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
