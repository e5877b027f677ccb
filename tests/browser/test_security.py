"""The policy in the pages at work, and what browsers fetch ahead of a click."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from policysite.tools.local_server import PublishedHandler, serving
from tests.browser.conftest import Visitor
from tests.browser.pages import KINDS, PLAIN
from tests.build.reading import BuiltSite

INJECTED = """() => {
  const script = document.createElement("script");
  script.textContent = "window.injected = true";
  document.body.append(script);
  const image = new Image();
  image.src = "http://127.0.0.1:9/track.png";
  document.body.append(image);
}"""


@pytest.mark.parametrize("path", KINDS.values())
def test_no_page_breaks_its_own_policy(visit: Visitor, path: str) -> None:
    """A browser that refuses something says so in the console."""
    seen = visit(path)
    seen.page.wait_for_load_state("networkidle")
    assert seen.complaints == []


def test_what_is_slipped_into_a_page_does_not_run(visit: Visitor) -> None:
    """Neither a script nor a picture that tells another site who reads."""
    seen = visit(PLAIN)
    seen.page.evaluate(INJECTED)
    seen.page.wait_for_timeout(200)
    assert seen.page.evaluate("window.injected") is None
    assert len([text for text in seen.complaints if "Content Security Policy" in text]) == 2


@pytest.fixture
def fetched(good: BuiltSite, chromium: Browser) -> Iterator[tuple[Page, list[str]]]:
    """Open the home page, with a list of what the browser fetches ahead from now on."""
    ahead: list[str] = []

    class Handler(PublishedHandler):
        def do_GET(self) -> None:  # noqa: N802 -- as the base class has it
            if "prefetch" in self.headers.get("Sec-Purpose", ""):
                ahead.append(self.path)
            super().do_GET()

    with serving(good.root, Handler) as address:
        context = chromium.new_context(viewport={"width": 1280, "height": 800})
        page = context.new_page()
        page.goto(f"{address}/")
        yield page, ahead
        context.close()


def test_a_page_is_fetched_as_soon_as_a_reader_points_at_its_link(
    fetched: tuple[Page, list[str]],
) -> None:
    """The policy allows the rules by their hash; without it nothing would come."""
    page, ahead = fetched
    page.hover("main .article-list__link >> nth=0")
    for _ in range(100):
        if ahead:
            break
        page.wait_for_timeout(100)
    [path] = ahead
    assert path.endswith(".html")


def test_what_is_no_page_is_not_fetched_ahead(fetched: tuple[Page, list[str]]) -> None:
    """A feed, data, a file to download or a page of results waits for the click."""
    page, ahead = fetched
    page.evaluate(
        """() => document.querySelector("main").innerHTML = ["/feed.xml", "/data/documents.json",
          "/attachments/2026/venue-fees.txt", "/attachments/2026/page.html",
          "/search/?q=工会&page=2"]
          .map((url) => `<p><a href="${url}">${url}</a></p>`).join("")"""
    )
    for link in page.locator("main a").all():
        link.hover()
        page.wait_for_timeout(600)  # three times what `moderate` waits
    assert ahead == []
