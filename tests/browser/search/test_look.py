"""Results in every way of showing them: axe finds nothing, nothing scrolls sideways or jumps."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.pages import PLAIN
from tests.browser.search.asking import (
    SEARCH,
    status,
    suggestions,
)
from tests.browser.test_accessibility import MODES, OPTIONS
from tests.browser.test_layout import OVERHANG, SCROLLS, SHIFT

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
