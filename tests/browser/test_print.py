"""On paper a policy document is a 公文: the text, its letterhead, nothing of the site around it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.pages import KINDS, POLICY

# Points; Chromium rounds to device pixels.
A4 = (595, 842)
FRAME = (
    ".site-header",
    ".site-footer",
    ".breadcrumb",
    ".toc",
    ".share",
    ".neighbours",
    ".complements",
)


def test_a_policy_document_prints_on_a4(visit: Visitor, tmp_path: Path) -> None:
    """As many pages as the text needs; its words can be searched and copied from the PDF."""
    data = visit(POLICY).page.pdf(prefer_css_page_size=True, print_background=True)
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", data)
    pages = re.findall(rb"/Type\s*/Page\b", data)
    assert 1 <= len(pages) <= 3
    assert {(round(float(w)), round(float(h))) for w, h in boxes} == {A4}
    if extract := shutil.which("pdftotext"):
        (tmp_path / "document.pdf").write_bytes(data)
        done = subprocess.run(
            [extract, "-layout", str(tmp_path / "document.pdf"), "-"],
            capture_output=True,
            check=True,
        )
        text = re.sub(r"\s", "", done.stdout.decode())
        assert "示总工发〔2026〕12号" in text
        assert "慰问品应当是符合传统节日习惯的用品" in text
        assert "网站地图" not in text


def test_paper_shows_the_text_and_nothing_of_the_site(visit: Visitor) -> None:
    """Menu, footer, tools and lists stay off; letterhead and note of origin come on."""
    page = visit(POLICY).page
    page.emulate_media(media="print")
    for part in FRAME:
        for element in page.locator(part).all():
            expect(element).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".letterhead")).to_be_visible()
    expect(page.locator(".document")).to_be_visible()
    assert "https://www.example.org" + POLICY in page.locator(".print-note").inner_text()


@pytest.mark.parametrize(
    "preferences", [{}, {"contrast": "high"}, {"size": "huge"}], ids=["标准", "高对比度", "特大字"]
)
def test_paper_is_white_whatever_the_screen_shows(
    visit: Visitor, preferences: dict[str, str]
) -> None:
    """Black on white in the size of a 公文, from a dark screen too."""
    page = visit(POLICY, preferences=preferences, color_scheme="dark").page
    page.emulate_media(media="print", color_scheme="dark")
    style = page.evaluate(
        "() => { const s = getComputedStyle(document.querySelector('.document p'));"
        " return [s.color, getComputedStyle(document.body).backgroundColor, s.fontSize] }"
    )
    assert style[:2] == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    assert style[2] == "21px"  # 15.75pt


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page_can_be_printed(visit: Visitor, kind: str) -> None:
    """Menu and footer stay off, the main text comes."""
    page = visit(KINDS[kind]).page
    page.emulate_media(media="print")
    expect(page.locator(".site-header")).to_be_hidden()
    expect(page.locator(".site-footer")).to_be_hidden()
    expect(page.locator("main")).to_be_visible()
