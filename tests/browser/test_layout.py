"""Every kind of page on every width: no sideways scroll, nothing jumps."""

from __future__ import annotations

from typing import Literal

import pytest

from tests.browser.conftest import Visitor
from tests.browser.pages import DESKTOP, KINDS, PHONE, STUDY

WIDTHS = (320, 360, 768, 1280)
OVERHANG = """() => {
    const room = document.documentElement.clientWidth;
    return [...document.body.querySelectorAll('*')]
        .filter(e => e.checkVisibility() && !e.closest('.table-scroll, .skip-link, .visually-hidden'))
        .filter(e => e.getBoundingClientRect().right > room + 1)
        .map(e => e.outerHTML.slice(0, 120));
}"""
SCROLLS = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
SHIFT = """() => new Promise(done => {
    let sum = 0;
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) sum += entry.value;
    }).observe({type: 'layout-shift', buffered: true});
    requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
})"""


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_scrolls_sideways_at_any_width(visit: Visitor, kind: str) -> None:
    """From the smallest phone to the desktop; a wide table scrolls inside its own region."""
    page = visit(KINDS[kind]).page
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(OVERHANG) == [], width
        assert not page.evaluate(SCROLLS), width


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_scrolls_sideways_in_the_largest_type(visit: Visitor, kind: str) -> None:
    """特大字 and 大字简约版 on the smallest phone."""
    for preferences in ({"size": "huge"}, {"simple": "on"}):
        page = visit(KINDS[kind], 320, preferences).page
        assert page.evaluate(OVERHANG) == [], preferences
        assert not page.evaluate(SCROLLS), preferences


TABLE = KINDS["公示"]
FIGURES = ("32800.00", "1234567890.00", "示总工发〔2026〕12号")
LINES_OF_CELLS = """figures => {
    const row = document.querySelector('.document table tr:last-child');
    row.replaceChildren(...figures.map(words => Object.assign(document.createElement('td'), {textContent: words})));
    return [...row.cells].map(cell => {
        const range = document.createRange();
        range.selectNodeContents(cell);
        return new Set([...range.getClientRects()].map(box => Math.round(box.top))).size;
    });
}"""


@pytest.mark.parametrize("media", ["screen", "print"])
def test_a_figure_in_a_table_is_never_broken(
    visit: Visitor, media: Literal["screen", "print"]
) -> None:
    """32800.0 above 0 is another figure."""
    page = visit(TABLE, PHONE).page
    page.emulate_media(media=media)
    assert page.evaluate(LINES_OF_CELLS, FIGURES)[:2] == [1, 1]


WIDEN = """() => {
    const table = document.querySelector('.document table');
    table.createCaption().textContent = '表1　名单';
    for (const row of table.rows) while (row.cells.length < 12) row.insertCell().textContent = '1234567.89';
    const range = document.createRange();
    range.selectNodeContents(table.caption);
    return range.getBoundingClientRect().right;
}"""


def test_the_caption_of_a_wide_table_is_seen_without_scrolling(visit: Visitor) -> None:
    assert visit(TABLE, PHONE).page.evaluate(WIDEN) < PHONE


@pytest.mark.parametrize("path", [STUDY, KINDS["首页"], KINDS["专题"], KINDS["公文"]])
@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_nothing_jumps_while_a_page_loads(visit: Visitor, path: str, width: int) -> None:
    """Images have their room before they come; the script moves nothing that is in view."""
    page = visit(path, width).page
    page.wait_for_load_state("networkidle")
    assert page.evaluate(SHIFT) == 0


def test_an_unknown_address_shows_the_sites_own_page(visit: Visitor) -> None:
    """With status 404, with style, wherever in the tree the address would be."""
    seen = visit("/2019/no/such/page.html")
    answer = seen.requests[0].response()
    assert answer is not None
    assert answer.status == 404
    assert seen.page.locator("h1").inner_text() == "没有找到这个页面"
    assert seen.page.locator(".site-header").bounding_box() is not None


def test_an_old_address_brings_the_reader_to_the_new_one(visit: Visitor) -> None:
    """Without script."""
    page = visit("/theory/618/", java_script_enabled=False).page
    page.wait_for_url(f"**{STUDY}")
    assert page.locator("h1").inner_text().startswith("关于新就业形态劳动者")


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_feed_that_a_reader_opens_says_what_it_is(visit: Visitor, width: int) -> None:
    """And shows titles and days, no markup: the footer of every page leads there."""
    seen = visit("/feed.xml", width)
    shown = "name => getComputedStyle(document.querySelector(name)).display"
    assert [seen.page.evaluate(shown, name) for name in ("title", "published", "content", "id")] == [
        "block", "block", "none", "none",
    ]  # fmt: skip
    said = "getComputedStyle(document.documentElement, '::before').content"
    assert "这是订阅地址" in seen.page.evaluate(said)
    assert not seen.page.evaluate(SCROLLS)


@pytest.mark.parametrize("width", [PHONE, 768, DESKTOP])
def test_a_feed_can_be_read_on_phones_and_tablets(visit: Visitor, width: int) -> None:
    """They lay out XML as wide as a desktop, and shrink that."""
    screen = {"width": width, "height": 1000}
    page = visit("/feed.xml", width, is_mobile=width != DESKTOP, has_touch=True, screen=screen).page
    size = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
    assert 14 <= size * page.evaluate("visualViewport.scale") <= 20
