"""The report for programs: JSON with everything, JUnit for CI, lines for a terminal."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from xml.etree import ElementTree as Xml

from policysite.audit.report import Report, Result
from policysite.audit.rule import Found
from policysite.problems import Level

LEVELS = {Level.ERROR: "错误", Level.WARNING: "提醒", Level.INFO: "说明"}
_SHOWN = 50
"""Findings of one rule that a CI page lists; the rest is in the JSON."""
_IN_TERMINAL = 3


def as_json(report: Report) -> Iterator[str]:
    """Yield the parts of a text with all that was found; paths are files below the audited folder.

    The lists come entry by entry: one slip in a template is as many findings as there are pages.
    """
    head = {
        "site": report.site.name,
        "host": report.site.host,
        "date": report.day.isoformat(),
        "profile": report.profile,
        "pages": len(report.site.pages),
        "score": report.total,
        "errors": report.count(Level.ERROR),
        "warnings": report.count(Level.WARNING),
        "vetoes": [result.rule.code for result in report.vetoes],
        "indicators": [
            {"name": s.indicator, "score": s.points, "errors": s.errors, "warnings": s.warnings}
            for s in report.scores
        ],
        "rules": [_rule(result) for result in report.results],
    }
    yield _dump(head).removesuffix("\n}")
    yield from _list("findings", (found.as_dict() for found in report.problems()))
    yield from _list("outside_links", (link._asdict() for link in report.outside))
    yield "\n}\n"


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _list(name: str, entries: Iterable[object]) -> Iterator[str]:
    yield f',\n "{name}": ['
    before, end = "\n  ", ""
    for entry in entries:
        yield before + _dump(entry).replace("\n", "\n  ")
        before, end = ",\n  ", "\n "
    yield f"{end}]"


def _rule(result: Result) -> Mapping[str, object]:
    return {
        "code": result.rule.code,
        "level": result.level,
        "indicator": result.rule.indicator,
        "basis": [str(basis) for basis in result.rule.basis],
        "fix": result.rule.fix,
        "looked_at": result.looked_at,
        "hit": result.hit,
    }


def as_junit(report: Report) -> str:
    """Return a suite for each indicator and a case for each rule; only errors are failures."""
    root = Xml.Element("testsuites", name=f"{report.site.name} {report.profile}")
    for score in report.scores:
        results = [r for r in report.results if r.rule.indicator is score.indicator]
        failed = [r for r in results if r.findings and r.level is Level.ERROR]
        suite = Xml.SubElement(
            root, "testsuite", name=score.indicator, tests=str(len(results)),
            failures=str(len(failed)), errors="0", time="0",
        )  # fmt: skip
        for result in results:
            _case(suite, report, result)
    Xml.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(root, "unicode") + "\n"


def _case(suite: Xml.Element, report: Report, result: Result) -> None:
    case = Xml.SubElement(
        suite, "testcase", classname=str(result.rule.indicator), name=result.rule.code, time="0"
    )
    if not result.findings:
        return
    lines = [f"{place(found, report)} {result.text(found)}" for found in result.findings[:_SHOWN]]
    if result.level is Level.ERROR:
        message = f"{len(result.findings)} 处。{result.rule.fix}"
        part = Xml.SubElement(case, "failure", message=message, type=result.rule.code)
    else:
        part = Xml.SubElement(case, "system-out")
    part.text = _printable("\n".join(lines))


def place(found: Found, report: Report) -> str:
    """Return where something was found, as editors and CI read it."""
    line = f":{found.line}" if found.line else ""
    return f"{found.path or report.site.name}{line}"


def _printable(text: str) -> str:
    """Return the text without what XML cannot hold; broken pages are full of it."""
    return "".join(
        c if c >= " " or c in "\n\t" else "\ufffd" for c in text if c not in "\ufffe\uffff"
    )


def as_text(report: Report) -> str:
    """Return what a terminal shows: each broken rule with its first places, then the scores."""
    lines = [line for result in report.broken for line in _lines(report, result)]
    for score in report.scores:
        points = "未涉及" if score.points is None else f"{score.points:g} 分"
        lines.append(f"{score.indicator}：{points}")
    lines += [f"单项否决：{result.rule.code}" for result in report.vetoes]
    lines.append(
        f"检查了 {len(report.site.pages)} 个页面，总分 {report.total:g}，"
        f"{report.count(Level.ERROR)} 处错误，{report.count(Level.WARNING)} 处提醒。"
    )
    return "\n".join(lines) + "\n"


def _lines(report: Report, result: Result) -> Iterator[str]:
    count = len(result.findings)
    yield f"{LEVELS[result.level]} [{result.rule.code}] {count} 处。{result.rule.fix}"
    groups = list(result.grouped.items())
    for text, findings in groups[:_IN_TERMINAL]:
        more = f" 等 {len(findings)} 处" if len(findings) > 1 else ""
        yield f"    {place(findings[0], report)}{more} {text}"
    if len(groups) > _IN_TERMINAL:
        yield f"    另有 {len(groups) - _IN_TERMINAL} 种，见报告"
