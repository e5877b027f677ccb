"""What a reader finds on the page of 文件库."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

LIBRARY = "/library/"
DATA = "**/data/library.json"


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
