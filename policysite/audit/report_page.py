"""The report for people: one HTML page for the screen and for paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from policysite.audit.history import Entry
from policysite.audit.outputs import LEVELS
from policysite.audit.report import Report, Result
from policysite.audit.rule import Profile
from policysite.audit.rules.updates import is_empty, is_stale
from policysite.audit.sample import draw_searched, draw_tagged
from policysite.problems import Level
from policysite.reports.charts import Point, score_bar, tone, trend
from policysite.reports.render import render

SHOWN = 20
"""Different findings that the page lists for one rule; the rest is in the JSON."""
_PROFILES = {Profile.UNION: "工会网站（union）", Profile.GOV_STRICT: "政府网站（gov-strict）"}
_TONES = {Level.ERROR: "poor", Level.WARNING: "note", Level.INFO: "good"}
_POINTS = 24
"""Audits that the line of scores goes back."""


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """An indicator as the page shows it; `change` is in words since the last audit."""

    name: str
    points: float | None
    bar: Markup
    tone: str
    change: str
    errors: int
    warnings: int


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A column as the page shows it."""

    name: str
    newest: str
    age: int | None
    days: int | None
    tone: str


def report_page(report: Report, earlier: Sequence[Entry], *, tried: bool = False) -> str:
    """Return the page. `earlier` are former audits of the same site, oldest first; `tried` tells
    whether links to other sites were tried.
    """
    points = [Point(e.day, e.total) for e in earlier][-_POINTS + 1 :]
    values: Mapping[str, object] = {
        "title": f"{report.site.name}网站检查报告",
        "report": report,
        "profile": _PROFILES[report.profile],
        "errors": report.count(Level.ERROR),
        "warnings": report.count(Level.WARNING),
        "previous": earlier[-1] if earlier else None,
        "scores": tuple(_scores(report, earlier)),
        "trend": trend([*points, Point(report.day, report.total)]),
        "faults": report.broken,
        "levels": LEVELS,
        "tones": _TONES,
        "shown": SHOWN,
        "columns": tuple(_columns(report)),
        "tagged": draw_tagged(report),
        "searched": draw_searched(report),
        "has_index": report.site.search_index is not None,
        "outside": report.outside,
        "dead": report.site.dead,
        "tried": tried,
        "passed": _passed(report),
    }
    return render("audit.html", values)


def _passed(report: Report) -> Mapping[str, Sequence[Result]]:
    """Return the rules without findings by indicator, in the order of the rules."""
    found: dict[str, list[Result]] = {}
    for result in report.results:
        if not result.findings:
            found.setdefault(result.rule.indicator, []).append(result)
    return found


def _scores(report: Report, earlier: Sequence[Entry]) -> Iterator[ScoreRow]:
    before = earlier[-1].indicators if earlier else {}
    for score in report.scores:
        points = 0.0 if score.points is None else score.points
        yield ScoreRow(
            name=score.indicator,
            points=score.points,
            bar=score_bar(points),
            tone=tone(points),
            change=_change(points - before.get(score.indicator, points)),
            errors=score.errors,
            warnings=score.warnings,
        )


def _change(points: float) -> str:
    if abs(points) < 0.05:
        return ""
    return f"升 {points:.1f}" if points > 0 else f"降 {-points:.1f}"


def _columns(report: Report) -> Iterator[ColumnRow]:
    for column in report.site.columns:
        if not column.days and not is_empty(column):
            continue
        poor = is_stale(column, report.site) or is_empty(column)
        yield ColumnRow(
            name=f"{column.name}（已停止更新）" if column.is_archived else column.name,
            newest=column.newest,
            age=column.age(report.day),
            days=None if column.is_archived else column.days,
            tone="poor" if poor else "",
        )
