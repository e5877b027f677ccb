"""Everything can be read and reached with JavaScript turned off."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.pages import DESKTOP, KINDS, PHONE, POLICY, STUDY


@pytest.mark.parametrize("kind", KINDS)
def test_the_main_text_shows_without_script(visit: Visitor, kind: str) -> None:
    """Heading and text are visible; what needs script is not offered."""
    page = visit(KINDS[kind], PHONE, java_script_enabled=False).page
    expect(page.locator("main")).to_be_visible()
    expect(page.locator("h1")).to_have_count(1)
    for part in page.locator("main .document, main .article-list").all():
        expect(part).to_be_visible()
    for needing_script in page.locator("[data-reading-tools], [data-copy], [data-speech]").all():
        expect(needing_script).to_be_hidden()


def test_a_document_shows_every_paragraph_without_script(visit: Visitor) -> None:
    """Nothing of the text waits behind a click."""
    page = visit(POLICY, PHONE, java_script_enabled=False).page
    text = page.locator(".document").inner_text()
    for words in ("各区县总工会", "（二）生日慰问", "公示不少于5个工作日", "2026年3月12日"):
        assert words in text
    for paragraph in page.locator(".document > *").all():
        expect(paragraph).to_be_visible()


def test_the_phone_menu_opens_and_leads_on_without_script(visit: Visitor) -> None:
    """Two taps from any page to any column."""
    page = visit(POLICY, PHONE, java_script_enabled=False).page
    link = page.locator(".site-menu a", has_text="理论研究")
    expect(link).to_be_hidden()
    page.locator(".site-menu summary").click()
    expect(link).to_be_visible()
    link.click()
    page.wait_for_url("**/study/theory/")


def test_the_menu_bar_leads_on_without_script(visit: Visitor) -> None:
    """On a wide screen the columns stand side by side."""
    page = visit("/", DESKTOP, java_script_enabled=False).page
    expect(page.locator(".site-menu summary")).to_be_hidden()
    page.locator(".site-nav a", has_text="政策文件").click()
    page.wait_for_url("**/policies/")


def test_the_contents_lead_to_their_place_without_script(visit: Visitor) -> None:
    """On a phone they open on a tap."""
    page = visit(POLICY, PHONE, java_script_enabled=False).page
    link = page.locator(".toc a", has_text="二、简化程序")
    if not link.is_visible():
        page.locator(".toc summary").click()
    link.click()
    page.wait_for_url("**#s2")
    expect(page.locator("#s2")).to_be_in_viewport()


def test_a_footnote_can_be_followed_there_and_back_without_script(visit: Visitor) -> None:
    """Mark, note, mark."""
    page = visit(STUDY, PHONE, java_script_enabled=False).page
    page.locator(".footnote-ref").click()
    expect(page.locator(".footnote li")).to_be_in_viewport()
    page.locator(".footnote-backref").click()
    expect(page.locator(".footnote-ref")).to_be_in_viewport()


def test_the_qr_code_opens_without_script(visit: Visitor) -> None:
    """It is drawn when the site is built."""
    page = visit(POLICY, PHONE, java_script_enabled=False).page
    page.locator(".share details summary").click()
    expect(page.locator(".share svg.qr")).to_be_visible()
