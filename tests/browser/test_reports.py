"""The reports of the audit and of a year, in a browser: phone, desk and paper."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from policysite.annual.figures import count_year
from policysite.annual.report_page import annual_page
from policysite.annual.revisions import Revision
from policysite.audit import history
from policysite.audit.report_page import report_page
from policysite.gate import inspect
from tests.browser.pages import DESKTOP, PHONE
from tests.build import builds
from tests.build.audits import audited, break_site, read_edits
from tests.unit.making import NOW, SETTINGS, TODAY

EARLIER = tuple(
    history.Entry(date(2026, month, 1), SETTINGS.name, "gov-strict", 17, 90 + month, month % 2,
                  1, {"页面标签": 90.0}, {})
    for month in range(6, 10)
)  # fmt: skip


@pytest.fixture(scope="module", params=["检查报告", "年度报表"])
def report(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    if request.param == "检查报告":
        site = break_site(tmp_path_factory.mktemp("site"), read_edits("COL-STALE-MANY"))
        text = report_page(audited(site), EARLIER)
    else:
        edition, _ = inspect(builds.GOOD / "content", NOW)
        revisions = [Revision(date(2026, month, 2), ("a.md",) * month) for month in (3, 9)]
        figures = count_year(edition.content, edition.relations, 2026, TODAY, revisions, EARLIER)
        text = annual_page(figures, SETTINGS)
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_report_fits_the_screen_and_axe_finds_nothing(
    report: Path, width: int, chromium: Browser
) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 800})
    page.goto(report.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == width
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()
    page.close()


def test_a_report_needs_nothing_but_itself(report: Path, chromium: Browser) -> None:
    """It is sent by mail, and opened where there is no network."""
    page = chromium.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(report.as_uri())
    assert asked == [report.as_uri()]
    page.close()


def test_a_report_prints_within_the_paper(report: Path, chromium: Browser) -> None:
    # What A4 leaves between the margins, at 96 pixels an inch.
    page = chromium.new_page(viewport={"width": round((210 - 36) / 25.4 * 96), "height": 900})
    page.emulate_media(media="print")
    page.goto(report.as_uri())
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    page.close()
