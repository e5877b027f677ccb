"""A real Chromium and a server on a free port, both started once for a test process."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

from policysite.environment import find_browser
from policysite.tools.local_server import serving
from tests.browser.pages import DESKTOP
from tests.build import builds
from tests.build.reading import BuiltSite

PATIENCE = 60_000
"""Milliseconds after which what a page should show, or do, counts as missing."""


@pytest.fixture(scope="session")
def good(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """Return the site of tests/sites/good, built once for all tests."""
    return builds.built_site(tmp_path_factory, "good", builds.GOOD_CONFIG)


@pytest.fixture(scope="session")
def address(good: BuiltSite) -> Iterator[str]:
    """Serve the good site as a bucket would; yield its address without a slash at the end."""
    with serving(good.root) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start the browser; a slow machine is no failure."""
    expect.set_options(timeout=PATIENCE)
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=arguments)
        browser.on("context", lambda context: context.set_default_timeout(PATIENCE))
        yield browser
        browser.close()


@dataclass
class Visit:
    """An open page, with what it asked for and what it complained of."""

    page: Page
    requests: list[Request] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


Visitor = Callable[..., Visit]


def open_page(
    browser: Browser,
    address: str,
    path: str,
    width: int = DESKTOP,
    preferences: dict[str, str] | None = None,
    **options: Any,
) -> Visit:
    """Open a page in a fresh profile; whoever asks closes its context.

    `preferences` are the reading preferences that the reader chose before, such as
    `{"size": "huge"}`; `options` are those of a browser context.
    """
    context = browser.new_context(
        base_url=address, viewport={"width": width, "height": 800}, **options
    )
    for name, value in (preferences or {}).items():
        context.add_init_script(f"localStorage.setItem('reading-{name}', '{value}')")
    seen = Visit(context.new_page())
    seen.page.on("request", lambda request: seen.requests.append(request))
    seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    seen.page.on(
        "console",
        lambda message: (
            seen.complaints.append(message.text) if message.type in ("error", "warning") else None
        ),
    )
    seen.page.goto(path)
    return seen


@pytest.fixture
def visit(chromium: Browser, address: str) -> Iterator[Visitor]:
    """Open pages as `open_page` does: `visit(path, width, preferences, **options)`."""
    with ExitStack() as opened:

        def visit_page(*arguments: Any, **options: Any) -> Visit:
            seen = open_page(chromium, address, *arguments, **options)
            opened.callback(seen.page.context.close)
            return seen

        yield visit_page


@dataclass(frozen=True)
class Arrival:
    """All that a page asked for on a first visit, and what it complained of.

    `weights` are compressed bytes by kind of resource; `failed` are the addresses without answer.
    """

    files: frozenset[str]
    failed: tuple[str, ...]
    weights: Mapping[str, int]
    complaints: tuple[str, ...]


@pytest.fixture(scope="session")
def arrive(chromium: Browser, address: str) -> Callable[[str], Arrival]:
    """Visit each page once, wait until it asks for nothing more, and tell what came."""

    @cache
    def arrive_at(path: str) -> Arrival:
        seen = open_page(chromium, address, path)
        seen.page.wait_for_load_state("networkidle")
        failed: list[str] = []
        weights: Counter[str] = Counter()
        for request in seen.requests:
            answer = request.response()
            if answer is None or not answer.ok:
                failed.append(request.url)
            else:
                size = len(gzip.compress(answer.body(), 6, mtime=0))
                weights[request.resource_type] += size
        seen.page.context.close()
        files = frozenset(request.url for request in seen.requests)
        return Arrival(files, tuple(failed), weights, tuple(seen.complaints))

    return arrive_at
