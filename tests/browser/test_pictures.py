"""What a reader's screen makes of a page's pictures, on the sample site with its illustrations."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Response

from policysite.tools.local_server import serving
from tests.build import builds
from tests.build.reading import BuiltSite

LIMIT = 60 * 1024
SCREENS = {"手机": (360, 2), "高密度手机": (412, 3), "电脑": (1280, 1)}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """Return the project's own sample site."""
    return builds.built_site(tmp_path_factory, "sample", builds.ROOT / "pelicanconf.py")


@pytest.fixture(scope="module")
def served(sample: BuiltSite) -> Iterator[str]:
    """Serve the sample site; yield its address."""
    with serving(sample.root) as address:
        yield address


def pages_with_pictures(site: BuiltSite) -> list[str]:
    """Return the home page, and the article that shows the most pictures."""
    articles = [page for page in site.pages.values() if page.select(".document picture")]
    assert articles, "the sample site has articles with photographs"
    most = max(articles, key=lambda page: (len(page.select(".document picture")), page.url))
    return ["/", most.url]


def pictures_of(chromium: Browser, address: str, width: int, density: int) -> dict[str, int]:
    """Return the pictures that a screen loads of a page before anyone scrolls: path and bytes."""
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, device_scale_factor=density
    )
    page = context.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(address, wait_until="networkidle")
    found = {urlsplit(answer.url).path: len(answer.body()) for answer in answers}
    context.close()
    return {path: size for path, size in found.items() if path.startswith("/images/")}


@pytest.mark.parametrize("screen", SCREENS)
def test_the_pictures_of_a_view_weigh_at_most_sixty_kilobytes(
    chromium: Browser, served: str, sample: BuiltSite, screen: str
) -> None:
    """In AVIF, as wide as the screen wants and no wider than there is."""
    for path in pages_with_pictures(sample):
        found = pictures_of(chromium, served + path, *SCREENS[screen])
        assert found, path
        assert {name.rsplit(".", 1)[-1] for name in found} <= {"avif", "webp", "svg"}
        assert sum(found.values()) <= LIMIT, found


def test_a_browser_that_knows_neither_format_shows_the_pictures(
    chromium: Browser, served: str, sample: BuiltSite
) -> None:
    """Without `<picture>` the image itself is there, in its place and of its size."""
    page = chromium.new_page(viewport={"width": 360, "height": 800})
    page.route("**/*.{avif,webp}", lambda route: route.abort())
    page.goto(served + pages_with_pictures(sample)[1])
    page.evaluate("document.querySelectorAll('source').forEach((source) => source.remove())")
    image = page.locator(".document img").first
    image.scroll_into_view_if_needed()
    page.wait_for_function(
        "() => { const i = document.querySelector('.document img');"
        " return i.complete && i.naturalWidth > 0 }"
    )
    assert str(image.evaluate("i => i.currentSrc")).endswith(".jpg")
    page.close()


def test_a_page_keeps_its_shape_while_pictures_come(
    chromium: Browser, served: str, sample: BuiltSite
) -> None:
    """Their place is kept free from the first moment."""
    path = pages_with_pictures(sample)[1]
    page = chromium.new_page(viewport={"width": 360, "height": 800})
    page.goto(served + path, wait_until="networkidle")
    after = page.evaluate("document.documentElement.scrollHeight")
    page.close()
    page = chromium.new_page(viewport={"width": 360, "height": 800})
    page.route("**/images/**", lambda route: None)  # never answered
    page.goto(served + path, wait_until="domcontentloaded")
    assert page.evaluate("document.documentElement.scrollHeight") == after
    page.close()
