"""Scores, verdict, and the reports for programs and people."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from policysite.audit import history
from policysite.audit.outputs import as_json, as_junit, as_text
from policysite.audit.report import Report
from policysite.audit.report_page import report_page
from policysite.audit.rule import Indicator, Profile
from policysite.audit.rules import RULES
from policysite.audit.run import Order, audit
from policysite.audit.sample import draw_tagged
from policysite.audit.store import Store
from policysite.problems import Level
from tests.unit.audit.pages import ARTICLE, html

DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    folder = tmp_path_factory.mktemp("site")
    for number in range(10):
        text = "<h1>甲</h1><p>来源：乙 2026-11-20</p>" + "<p>中国入民</p>" * (number == 3)
        (folder / f"{number}.html").write_bytes(html(text, ARTICLE))
    (folder / "<x>.html").write_bytes(html('<a href="/<script>.html">丙</a>'))
    return audit(Order(folder, DAY))


def points(report: Report, indicator: Indicator) -> float | None:
    return next(s.points for s in report.scores if s.indicator is indicator)


def test_a_rule_keeps_the_part_of_its_weight_that_the_pages_keep(report: Report) -> None:
    result = next(r for r in report.results if r.rule.code == "WORD-FATAL")
    assert (result.hit, result.looked_at) == (1, 11)
    assert result.share == pytest.approx(1 / 11)
    assert points(report, Indicator.CONTENT) == 98.8  # of 38: 5 × 1/11, rounded down


def test_what_could_not_be_looked_at_has_no_score(report: Report) -> None:
    assert points(report, Indicator.NOTICES) == 100
    empty = Report(replace(report.site, store=Store()), Profile.UNION, ())
    assert {score.points for score in empty.scores} == {None}


def test_one_slip_of_the_gravest_kind_fails_the_site(report: Report) -> None:
    assert "WORD-FATAL" in {result.rule.code for result in report.vetoes}


def test_the_heaviest_findings_come_first(report: Report) -> None:
    levels = [result.level for result in report.broken]
    assert levels == sorted(levels, key=list(Level).index)


def test_the_same_words_are_one_group_however_many_pages(report: Report) -> None:
    result = next(r for r in report.broken if r.rule.code == "META-SITE")
    ((text, findings),) = result.grouped.items()
    assert (text, len(findings)) == ("缺少网站标签 SiteName、SiteDomain。", 11)


def test_json_tells_everything(report: Report) -> None:
    data = json.loads("".join(as_json(report)))
    assert data["date"] == "2026-11-22"
    assert data["errors"] == sum(found["level"] == "error" for found in data["findings"])
    assert {rule["code"] for rule in data["rules"]} == {c for c, r in RULES.items() if r.union}
    assert "WORD-FATAL" in data["vetoes"]
    (found,) = [f for f in data["findings"] if f["code"] == "WORD-FATAL"]
    assert (found["path"], found["line"]) == ("3.html", 9)


def test_junit_has_a_case_for_each_rule_and_a_failure_for_each_error(report: Report) -> None:
    root = ElementTree.fromstring(as_junit(report))
    cases = {case.get("name"): case for case in root.iter("testcase")}
    assert cases.keys() == {code for code, rule in RULES.items() if rule.union}
    failed = {name for name, case in cases.items() if case.find("failure") is not None}
    assert failed == {r.rule.code for r in report.broken if r.level is Level.ERROR}
    assert sum(int(suite.get("failures", "")) for suite in root) == len(failed)


def test_a_terminal_shows_each_broken_rule_and_the_total(report: Report) -> None:
    text = as_text(report)
    assert all(f"[{result.rule.code}]" in text for result in report.broken)
    assert text.endswith("处提醒。\n")


def test_the_page_shows_names_from_pages_as_text(report: Report) -> None:
    page = report_page(report, ())
    assert "/<script>.html" not in page
    assert "/&lt;script&gt;.html" in page


def test_the_same_audit_gives_the_same_page(report: Report) -> None:
    assert report_page(report, ()) == report_page(report, ())


def test_pages_are_drawn_by_the_day_and_not_by_us(report: Report) -> None:
    drawn = [each.page.url for each in draw_tagged(report)]
    assert len(drawn) == 5
    assert drawn == [each.page.url for each in draw_tagged(report)]
    other = Report(replace(report.site, today=date(2026, 11, 23)), Profile.UNION, report.results)
    assert drawn != [each.page.url for each in draw_tagged(other)]


def test_a_second_audit_of_a_day_replaces_the_first(report: Report, tmp_path: Path) -> None:
    path = tmp_path / "history.jsonl"
    entry = history.entry_of(report)
    history.record(path, entry)
    history.record(path, entry)
    assert history.load(path) == [entry]


def test_a_spoilt_line_of_the_history_costs_no_other(report: Report, tmp_path: Path) -> None:
    path = tmp_path / "history.jsonl"
    history.record(path, history.entry_of(report))
    path.write_text("<<<<<<< HEAD\n{}\n" + path.read_text("utf-8"), "utf-8")
    assert len(history.load(path)) == 1


def test_the_trend_is_of_the_same_site_and_norms(report: Report, tmp_path: Path) -> None:
    path = tmp_path / "history.jsonl"
    entry = history.entry_of(report)
    for change in (
        {"day": date(2026, 10, 22)},
        {"day": date(2026, 9, 22), "profile": "gov-strict"},
        {"day": date(2026, 8, 22), "site": "别的网站"},
        {"day": date(2027, 1, 1)},
    ):
        values = {**{f: getattr(entry, f) for f in entry.__slots__}, **change}
        history.record(path, history.Entry(**values))
    earlier = history.before(history.load(path), entry)
    assert [e.day for e in earlier] == [date(2026, 10, 22)]
    page = report_page(report, earlier)
    assert "历次总分" in page
    assert "上次（2026年10月22日）" in page
