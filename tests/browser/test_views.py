"""How often an article was read, and what is read most: there with data, and only then."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from policysite.pages.views import FOLDER
from policysite.tools.local_server import serving
from tests.browser.conftest import Visitor
from tests.browser.pages import DESKTOP, KINDS, PHONE, POLICY
from tests.browser.test_accessibility import MODES, OPTIONS
from tests.browser.test_layout import OVERHANG, SCROLLS, SHIFT
from tests.build import builds
from tests.unit.views import logs
from tests.unit.views.traffic import CHROME, Request

COLUMN = KINDS["栏目"]
LATE = ("/assets/views.", f"/{FOLDER}/")


def _make(folder: Path) -> None:
    """Build the good site with counts shown, and count a log of reads of one policy document."""
    settings = builds.copy_theme(folder)
    shown = 'SITE = SITE.model_copy(update={"show_views": True})\n'
    settings.write_text(settings.read_text("utf-8") + shown, "utf-8")
    output = folder / builds.OUTPUT
    builds.build(output, config=settings)
    agent = CHROME.format(130)
    when = builds.moment()
    asked = [
        *(Request(when, f"10.0.{n // 250}.{n % 250}", agent, POLICY) for n in range(1234)),
        *(Request(when, f"10.9.0.{n}", agent, KINDS["公示"]) for n in range(7)),
    ]
    log = logs.write_log(folder / "a.log", logs.write_lines("阿里云 CDN", asked))
    options = ("--log", log, "--store", folder / "counts.duckdb", "--report")
    builds.run_task("views", *options, output=output, config=settings)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output of a site that shows counts."""
    return builds.build_once(tmp_path_factory, "views", _make) / builds.OUTPUT


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Serve that site; yield its address."""
    with serving(site) as address:
        yield address


COUNTS_ASKED = f"""() => performance.getEntriesByType("resource")
    .some((entry) => entry.name.includes("/{FOLDER}/"))"""


def label(page: Page) -> str:
    """Return the count as a reader sees it, once everything has come."""
    page.wait_for_function(COUNTS_ASKED)
    page.wait_for_load_state("networkidle")
    shown = page.get_by_text("阅读：").filter(visible=True)
    return shown.inner_text() if shown.count() else ""


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_the_count_appears_and_nothing_moves(visit: Visitor, width: int) -> None:
    page = visit(POLICY, width).page
    expect(page.get_by_text("阅读：1,234次")).to_be_visible()
    assert page.evaluate(SHIFT) == 0
    assert page.evaluate(OVERHANG) == []


def test_the_count_has_room_in_the_largest_type(visit: Visitor) -> None:
    """It stands on nothing else."""
    page = visit(POLICY, 320, {"size": "huge"}).page
    count = page.get_by_text("阅读：1,234次")
    expect(count).to_be_visible()
    box, tools = count.bounding_box(), page.locator(".article-tools").bounding_box()
    below = page.locator(".article__columns").bounding_box()
    assert box and tools and below
    assert tools["y"] + tools["height"] <= box["y"] + 1
    assert box["y"] + box["height"] <= below["y"] + 1
    assert not page.evaluate(SCROLLS)


def test_the_count_stands_off_the_text_below_it(visit: Visitor) -> None:
    page = visit(POLICY, PHONE).page
    count = page.get_by_text("阅读：1,234次")
    expect(count).to_be_visible()
    box, below = count.bounding_box(), page.locator(".article__columns").bounding_box()
    assert box and below
    assert below["y"] - box["y"] - box["height"] >= 8


NEVER_IDLE = """
window.requestIdleCallback = (run, { timeout } = {}) => timeout && setTimeout(run, timeout);
"""
NO_IDLENESS = "delete window.requestIdleCallback"


@pytest.mark.parametrize("browser", [NEVER_IDLE, NO_IDLENESS], ids=["never", "unknown"])
def test_the_count_does_not_wait_for_ever_for_an_idle_browser(visit: Visitor, browser: str) -> None:
    """Chromium leaves some pages without a word that they are idle; Safari has no such word."""
    page = visit("/404.html").page
    page.add_init_script(browser)
    page.goto(POLICY)
    expect(page.get_by_text("阅读：1,234次")).to_be_visible()


def test_an_article_that_nobody_has_read_yet_says_nothing(visit: Visitor) -> None:
    seen = visit(KINDS["文章"])
    assert label(seen.page) == ""
    assert seen.complaints == []


def test_without_data_there_is_no_label_and_no_list(visit: Visitor) -> None:
    """Before the first run of the task, and when the connection fails."""
    for path in (POLICY, COLUMN):
        page = visit("/404.html").page
        page.route(f"**/{FOLDER}/**", lambda route: route.fulfill(status=404))
        page.goto(path)
        assert label(page) == ""
        expect(page.get_by_role("heading", name="热点")).to_have_count(0)
        page.route(f"**/{FOLDER}/**", lambda route: route.abort())
        page.reload()
        assert label(page) == ""


def test_without_script_there_is_no_label_and_no_list(visit: Visitor) -> None:
    for path in (POLICY, COLUMN, "/"):
        page = visit(path, PHONE, java_script_enabled=False).page
        expect(page.get_by_text("阅读：")).to_have_count(0)
        expect(page.get_by_role("heading", name="热点")).to_have_count(0)


def test_counts_come_after_everything_else_and_weigh_little(visit: Visitor) -> None:
    """A page is complete with four requests; then come two more, of 2 KB together."""
    seen = visit(POLICY)
    expect(seen.page.get_by_text("阅读：1,234次")).to_be_visible()
    names = [request.url.partition("//")[2].partition("/")[2] for request in seen.requests]
    late = [place for place, name in enumerate(names) if f"/{name}".startswith(LATE)]
    own = [n for n, name in enumerate(names) if name.endswith((".css", ".js")) and n not in late]
    assert len(late) == 2
    assert max(own) < min(late)
    assert len({name for name in names if "images/" not in name}) <= 6
    ended = "() => performance.timing.loadEventEnd"
    started = "() => performance.getEntriesByType('resource').filter(e => e.name.includes('views'))\
        .every(e => e.startTime >= performance.timing.loadEventStart - performance.timeOrigin)"
    assert seen.page.evaluate(ended) > 0
    assert seen.page.evaluate(started)


@pytest.mark.parametrize("path", ["/", COLUMN, "/notices/"])
@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_what_is_read_most_is_listed_last_and_nothing_moves(
    visit: Visitor, path: str, width: int
) -> None:
    page = visit(path, width).page
    page.wait_for_function(COUNTS_ASKED)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)
    assert page.evaluate(SHIFT) == 0
    if path != COLUMN:
        expect(page.get_by_role("heading", name="近7天热点")).to_have_count(1)
        expect(page.get_by_role("heading", name="近30天热点")).to_have_count(1)
    assert page.evaluate(OVERHANG) == []


def test_the_list_names_counts_and_leads_to_the_article(visit: Visitor) -> None:
    page = visit("/").page
    block = page.locator("section", has=page.get_by_role("heading", name="近7天热点"))
    rows = block.locator("li")
    expect(rows).to_have_count(2)
    assert "1,234次" in rows.first.inner_text()
    rows.first.get_by_role("link").click()
    page.wait_for_url(f"**{POLICY}")


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("path", ["/", POLICY])
def test_axe_finds_nothing(visit: Visitor, path: str, mode: str) -> None:
    page = visit(path, **MODES[mode]).page
    page.wait_for_load_state("networkidle")
    expect(page.get_by_text("1,234次").first).to_be_attached()
    found = Axe().run(page, options=OPTIONS)
    assert found.violations_count == 0, found.generate_report()


def test_a_rebuild_leaves_the_counts_and_new_counts_leave_the_pages(
    site: Path, tmp_path: Path
) -> None:
    """Pages are the same bytes whatever the counts are."""
    folder = Path(shutil.copytree(site.parent, tmp_path / "again"))
    output = folder / builds.OUTPUT
    before = builds.read_tree(output)
    shard = next(output.glob(f"{FOLDER}/20*.json"))
    shard.write_text(json.dumps({"/2026/x.html": 99}), "utf-8")
    builds.build(output, config=folder / "pelicanconf.py")
    after = builds.read_tree(output)
    changed = {name for name in before if before[name] != after.get(name)}
    assert changed == {shard.relative_to(output).as_posix()}
    assert before.keys() == after.keys()
    assert json.loads(shard.read_text("utf-8")) == {"/2026/x.html": 99}


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_the_report_reads_well_and_axe_finds_nothing(
    site: Path, chromium: Browser, width: int
) -> None:
    """It is a file of its own, without a server and without anything from elsewhere."""
    page = chromium.new_page(viewport={"width": width, "height": 800})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    address = (site.parent / "report" / "index.html").as_uri()
    page.goto(address)
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()
    assert not page.evaluate(SCROLLS)
    assert asked == [address]
    page.close()
