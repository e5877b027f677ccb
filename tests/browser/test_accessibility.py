"""axe-core finds nothing on any kind of page, in any way of showing it."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Visitor
from tests.browser.pages import DESKTOP, KINDS, PHONE

MODES: dict[str, dict[str, Any]] = {
    "浅色": {"width": DESKTOP, "color_scheme": "light"},
    "深色": {"width": PHONE, "color_scheme": "dark"},
    "特大字": {"width": PHONE, "preferences": {"size": "huge"}},
    "高对比度": {"width": DESKTOP, "preferences": {"contrast": "high"}},
}
# Contrast of 7:1 (WCAG 2.2 1.4.6) is off by default; our readers need it.
OPTIONS = {
    "resultTypes": ["violations"],
    "rules": {"color-contrast-enhanced": {"enabled": True}},
}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(visit: Visitor, kind: str, mode: str) -> None:
    """With every panel of the header closed, as the page comes."""
    page = visit(KINDS[kind], **MODES[mode]).page
    found = Axe().run(page, options=OPTIONS)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("kind", ["首页", "公文", "文件库"])
def test_axe_finds_nothing_on_the_simple_page(visit: Visitor, kind: str) -> None:
    """大字简约版 has a layout of its own."""
    page = visit(KINDS[kind], DESKTOP, {"simple": "on"}).page
    found = Axe().run(page, options=OPTIONS)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("mode", ["浅色", "深色", "高对比度"])
def test_axe_finds_nothing_with_everything_opened(visit: Visitor, mode: str) -> None:
    """Menu, reading tools, contents and QR code."""
    page = visit(KINDS["公文"], **{**MODES[mode], "width": PHONE}).page
    page.evaluate("() => document.querySelectorAll('details').forEach(d => { d.open = true })")
    found = Axe().run(page, options=OPTIONS)
    assert found.violations_count == 0, found.generate_report()
