"""`audit`, `due` and `annual-report` as people and CI run them, on sites that were really built."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from policysite.audit.report import Report
from policysite.audit.rule import Profile
from policysite.audit.run import Order, audit
from policysite.model.columns import read_columns
from policysite.problems import Level
from policysite.tools.annual_report import annual_report
from policysite.tools.audit import Choice
from policysite.tools.audit import audit as run_audit
from tests.build import builds
from tests.build.audits import CLEAN, DAY
from tests.build.reading import BuiltSite

COLUMNS = builds.ROOT / "content" / "columns.toml"


def task(name: str, *options: str, cwd: Path = builds.ROOT) -> subprocess.CompletedProcess[str]:
    return builds.run(
        [sys.executable, "-m", "invoke", "--search-root", str(builds.ROOT), name, *options],
        cwd=cwd,
    )


@pytest.fixture(scope="session")
def sample_report(sample: BuiltSite) -> Report:
    columns, problems = read_columns(COLUMNS, "columns.toml")
    assert not problems
    return audit(Order(sample.root, DAY, Profile.GOV_STRICT, columns, processes=1))


def test_the_sample_site_passes_the_strictest_profile_without_an_error(
    sample_report: Report,
) -> None:
    assert [str(p) for p in sample_report.problems() if p.level is Level.ERROR] == []


def test_the_rules_had_something_to_look_at_on_the_sample_site(sample_report: Report) -> None:
    """Nothing found is worth nothing where nothing was looked at."""
    pages = sample_report.site.pages
    assert sum(1 for page in pages if page.document) >= 20
    assert sum(1 for page in pages if page.notice) >= 5
    assert sum(1 for page in pages if page.explains) >= 5
    assert len([c for c in sample_report.site.columns if c.days and c.newest]) >= 15
    assert {r.rule.code for r in sample_report.results if not r.looked_at} <= {
        "FILE-UNREADABLE",
        "A11Y-FRAMESET",
    }


def test_a_year_later_the_sample_site_fails_by_age_alone(sample: BuiltSite) -> None:
    columns, _ = read_columns(COLUMNS, "columns.toml")
    late = DAY.replace(year=DAY.year + 1)
    report = audit(Order(sample.root, late, Profile.GOV_STRICT, columns, processes=1))
    found = {r.rule.code for r in report.broken if r.level is Level.ERROR}
    assert {"HOME-STALE", "COL-STALE-MANY", "VALID-BANNER"} == found
    assert {r.rule.code for r in report.vetoes} == {"HOME-STALE", "COL-STALE-MANY"}


def test_the_output_of_stock_pelican_is_audited(tmp_path: Path) -> None:
    """A site of nobody's making but Pelican's own: its default theme, no plugin of ours."""
    content = tmp_path / "content"
    content.mkdir()
    (content / "a.md").write_text("Title: First\nDate: 2026-01-02\n\nSee [it]({filename}b.md).\n")
    (content / "b.md").write_text("Title: Second\nDate: 2026-01-03\nCategory: News\n\nText.\n")
    output = tmp_path / "output"
    done = builds.run([sys.executable, "-m", "pelican", "content", "-o", str(output)], cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    done = task("audit", "--folder", str(output), "--reports", str(tmp_path / "reports"))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    report = json.loads((tmp_path / "reports" / "report.json").read_text("utf-8"))
    assert report["pages"] == len(list(output.rglob("*.html")))
    codes = {found["code"] for found in report["findings"]}
    assert {"META-SITE", "A11Y-LANG", "FOOT-ICP"} <= codes
    assert not any(code.startswith("LINK-INT") for code in codes)


def test_a_clean_folder_passes_and_leaves_reports_and_a_line_of_history(tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    options = ("--folder", str(CLEAN), "--reports", str(reports), "--profile", "gov-strict")
    for day in ("2026-11-21", "2026-11-22"):
        done = task("audit", *options, "--date", day)
        assert done.returncode == 0, done.stdout + done.stderr
    assert "总分 100，0 处错误，0 处提醒" in done.stdout
    assert sorted(path.name for path in reports.iterdir()) == [
        "history.jsonl", "junit.xml", "report.html", "report.json"
    ]  # fmt: skip
    assert len((reports / "history.jsonl").read_text("utf-8").splitlines()) == 2
    assert "上次（2026年11月21日）100 分" in (reports / "report.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("fault", "fail_on", "status"),
    [
        ("error", "error", 1),
        ("error", "never", 0),
        ("warning", "error", 0),
        ("warning", "warning", 1),
    ],
)
def test_the_level_of_what_was_found_decides_the_exit_status(
    fault: str, fail_on: str, status: int, tmp_path: Path
) -> None:
    site = Path(shutil.copytree(CLEAN, tmp_path / "site"))
    page = site / "about.html"
    changes = {"error": ('lang="zh-CN"', ""), "warning": ("<h1>", "<h1>简介</h1><h1>")}
    page.write_text(page.read_text("utf-8").replace(*changes[fault]), "utf-8")
    choice = Choice(str(site), date="2026-11-22", reports=str(tmp_path / "r"), fail_on=fail_on)
    with pytest.raises(SystemExit) as ended:
        run_audit(choice)
    assert ended.value.code == status


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (Choice("nowhere"), "找不到文件夹 nowhere"),
        (Choice("."), "里没有网页"),
        (Choice(".", profile="strict"), "--profile 只能是 union、gov-strict"),
        (Choice(".", fail_on="all"), "--fail-on 只能是 error、warning、never"),
        (Choice(".", date="22.11.2026"), "--date 要写成 2026-12-31 这样的日期"),
        (Choice(".", columns="none.toml"), "none.toml"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    choice: Choice,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        run_audit(choice)
    assert said in f"{ended.value.code}{capsys.readouterr().err}"
    assert list(tmp_path.iterdir()) == []


def test_due_shows_the_sample_site_and_writes_its_calendar(tmp_path: Path) -> None:
    calendar = tmp_path / "due.ics"
    done = task("due", "--date", "2026-11-22", "--days", "60", "--calendar", str(calendar))
    assert done.returncode == 0, done.stderr
    assert "公示截止：" in done.stdout
    assert "栏目更新：" in done.stdout
    assert calendar.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")


def test_the_report_of_a_year_is_a_page_and_a_table(tmp_path: Path) -> None:
    options = ("2026", "--date", "2026-11-22", "--output", str(tmp_path), "--reports", "none")
    done = task("annual-report", *options)
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["2026.csv", "2026.html"]
    assert "示例省总工会网站2026年工作报表" in (tmp_path / "2026.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("year", "said"),
    [("2031", "2031 年还没有内容可以统计"), ("26", "年份要写成 2026 这样的四位数字")],
)
def test_a_year_that_cannot_be_has_no_report(
    year: str,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(builds.NOW))
    with pytest.raises(SystemExit) as ended:
        annual_report(year, tmp_path, tmp_path, builds.GOOD / "content", str(builds.GOOD_CONFIG))
    assert said in f"{ended.value.code}{capsys.readouterr().err}"
    assert list(tmp_path.iterdir()) == []


def test_lists_below_a_column_of_the_same_name_are_no_columns_of_their_own(
    sample: BuiltSite,
) -> None:
    report = audit(Order(sample.root, DAY, Profile.GOV_STRICT, None, processes=1))
    assert [str(p) for p in report.problems() if p.code.startswith("COL-STALE")] == []
