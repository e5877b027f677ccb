"""Citing a clause (条), a paragraph (款) or an item (项) by pressing its number or sign."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Visitor
from tests.browser.pages import PHONE
from tests.browser.test_accessibility import MODES, OPTIONS

MEASURES = "/2021/welfare-measures-2021.html"
CLIPBOARD = ["clipboard-read", "clipboard-write"]


@pytest.mark.parametrize(
    ("link", "name"),
    [
        ("#t4 .clause__number a", "第四条"),
        ("#t4-1-2 .clause__number a", "第四条第一款第二项"),
        ("#t4-2 .cite", "第四条第二款"),
    ],
)
def test_pressing_a_number_copies_the_citation_with_its_address(
    visit: Visitor, link: str, name: str
) -> None:
    page = visit(MEASURES, permissions=CLIPBOARD).page
    page.locator(link).click()
    page.locator("[data-status]", has_text=f"已复制{name}的引用和网址。").wait_for()
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied.startswith("《")
    assert f"{name} https://" in copied
    assert copied.endswith(f"{MEASURES}{link.split()[0]}")


def test_the_sign_of_a_paragraph_is_neither_read_nor_selected(visit: Visitor) -> None:
    page = visit(MEASURES).page
    page.locator("#t4-2 .cite").wait_for(state="attached")
    assert page.inner_text("#t4-2").startswith("前款规定的公示")


def test_the_sign_shows_when_the_keyboard_reaches_it(visit: Visitor) -> None:
    page = visit(MEASURES).page
    sign = page.locator("#t4-2 .cite")
    assert sign.evaluate("link => getComputedStyle(link).opacity") == "0"
    sign.focus()
    assert sign.evaluate("link => getComputedStyle(link).opacity") == "1"


def test_without_script_every_clause_can_still_be_linked_to(visit: Visitor) -> None:
    page = visit(f"{MEASURES}#t4-2", java_script_enabled=False).page
    assert page.locator("p#t4-2:target").count() == 1
    assert page.locator("#t4-2 a[href='#t3']").inner_text() == "第三条"


def test_nothing_of_it_is_printed(visit: Visitor) -> None:
    page = visit(MEASURES).page
    page.emulate_media(media="print")
    assert not page.locator("#t4-2 .cite").is_visible()


@pytest.mark.parametrize("mode", MODES)
def test_axe_finds_nothing_in_a_text_of_clauses(visit: Visitor, mode: str) -> None:
    page = visit(MEASURES, **{**MODES[mode], "width": PHONE, "has_touch": True}).page
    found = Axe().run(page, options=OPTIONS)
    assert found.violations_count == 0, found.generate_report()
