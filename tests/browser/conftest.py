"""A real Chromium and a server on a free port, both started once for a test process."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from http.server import ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

from policysite.environment import find_browser
from policysite.tools.serve import PageHandler
from tests.browser.pages import DESKTOP
from tests.build import builds
from tests.build.reading import BuiltSite


@pytest.fixture(scope="session")
def good(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """Return the site of tests/sites/good, built once for all tests."""
    return builds.built_site(tmp_path_factory, "good", builds.GOOD_CONFIG)


@pytest.fixture(scope="session")
def address(good: BuiltSite) -> Iterator[str]:
    """Serve the good site as a bucket would; yield its address without a slash at the end."""
    handler = partial(PageHandler, directory=str(good.root))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start the browser."""
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=arguments)
        yield browser
        browser.close()


@dataclass
class Visit:
    """An open page, with what it asked for and what it complained of."""

    page: Page
    requests: list[Request] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


Visitor = Callable[..., Visit]


@pytest.fixture
def visit(chromium: Browser, address: str) -> Iterator[Visitor]:
    """Open a page in a fresh profile: `visit(path, width, preferences, **context options)`.

    `preferences` are the reading preferences that the reader chose before, such as
    `{"size": "huge"}`.
    """
    with ExitStack() as opened:

        def open_page(
            path: str,
            width: int = DESKTOP,
            preferences: dict[str, str] | None = None,
            **options: Any,
        ) -> Visit:
            context = opened.enter_context(
                chromium.new_context(
                    base_url=address, viewport={"width": width, "height": 800}, **options
                )
            )
            for name, value in (preferences or {}).items():
                context.add_init_script(f"localStorage.setItem('reading-{name}', '{value}')")
            seen = Visit(context.new_page())
            seen.page.on("request", lambda request: seen.requests.append(request))
            seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
            seen.page.on(
                "console",
                lambda message: (
                    seen.complaints.append(message.text)
                    if message.type in ("error", "warning")
                    else None
                ),
            )
            seen.page.goto(path)
            return seen

        yield open_page
