"""A report for people, and for the programs that show it beside the text."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from policysite.gate import summary
from policysite.known_problems import SourceLines, fingerprint
from policysite.messages import MESSAGES
from policysite.problems import Level, Problem
from policysite.tools.check import Report
from policysite.tools.excerpt import excerpt

_LEVELS = {Level.ERROR: "错误", Level.WARNING: "提醒", Level.INFO: "说明"}


def as_text(report: Report) -> str:
    """Return each finding with its line, and a last line that counts them."""
    lines = SourceLines(report.content) if report.content else None
    hidden = _personal_columns(report)
    said: list[str] = []
    for found in report.problems:
        said.append(f"{_LEVELS[found.level]} {found}")
        if lines and found.line and (line := lines.line(found.path, found.line)).strip():
            covered = hidden.get((found.path, found.line), ())
            said += excerpt(line, found.line, found.column, found.end_column, covered)
            said += [f"{'':>5} | 可以用 fix 自动改正"] if found.fix is not None else []
    known = f"另有 {report.known} 处存量问题没有列出。" if report.known else ""
    return "\n".join([*said, summary(report.problems) + known, ""])


def as_lines(report: Report) -> str:
    """Return a line for each finding, with the columns between which it stands, for VS Code.

    A program that knows a column only marks the whole word there, in Chinese half a sentence.
    """
    lines = [
        f"{_LEVELS[found.level]} {found.path}:{max(found.line, 1)}:{found.column}"
        f"-{max(found.end_column, found.column + 1)} [{found.code}] {found.text}"
        for found in report.problems
    ]
    return "\n".join([*lines, summary(report.problems), ""])


def _personal_columns(report: Report) -> Mapping[tuple[str, int], list[tuple[int, int]]]:
    """Return the columns of personal data by path and line, which no line may show."""
    found: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for leak in report.problems:
        if leak.code in ("D604", "D605") and leak.end_column:
            found.setdefault((leak.path, leak.line), []).append((leak.column, leak.end_column))
    return found


def as_json(report: Report) -> str:
    """Return the findings for programs."""
    return _json({"problems": [found.as_dict() for found in report.problems]})


def as_github(report: Report) -> str:
    """Return workflow commands, which GitHub shows as annotations in the changed files."""
    names = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "notice"}
    said = []
    for found in report.problems:
        place = {"file": found.path, "title": found.code}
        if found.line:
            place |= {"line": str(found.line), "col": str(found.column)}
        if found.end_column:
            place |= {"endColumn": str(found.end_column)}
        properties = ",".join(f"{key}={_property(value)}" for key, value in place.items())
        said.append(f"::{names[found.level]} {properties}::{_data(f'[{found.code}] {found.text}')}")
    return "\n".join([*said, summary(report.problems), ""])


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_gitlab(report: Report) -> str:
    """Return a code quality report; GitLab compares fingerprints between two branches."""
    severities = {Level.ERROR: "major", Level.WARNING: "minor", Level.INFO: "info"}
    return _json([
        {
            "description": found.text,
            "check_name": found.code,
            "fingerprint": name,
            "severity": severities[found.level],
            "location": {"path": found.path, "lines": {"begin": max(found.line, 1)}},
        }
        for found, name in _named(report)
    ])  # fmt: skip


def as_sarif(report: Report) -> str:
    """Return SARIF 2.1.0, for code scanning and for editors."""
    codes = sorted({found.code for found in report.problems})
    rules = [
        {
            "id": code,
            "shortDescription": {"text": MESSAGES[code].text},
            "fullDescription": {"text": MESSAGES[code].why},
        }
        for code in codes
    ]
    results = [_result(found, codes.index(found.code), name) for found, name in _named(report)]
    driver = {"name": "policysite", "rules": rules}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return _json({"$schema": schema, "version": "2.1.0", "runs": [run]})


def _result(found: Problem, rule: int, name: str) -> dict[str, Any]:
    levels = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "note"}
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(found.path)}}
    if found.line:
        place["region"] = {"startLine": found.line, "startColumn": found.column}
        if found.end_column:
            place["region"]["endColumn"] = found.end_column
    return {
        "ruleId": found.code,
        "ruleIndex": rule,
        "level": levels[found.level],
        "message": {"text": found.text},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"policysite/v1": name},
    }


def _named(report: Report) -> Iterator[tuple[Problem, str]]:
    """Yield each finding with a name of its own, which stays when lines move."""
    lines = SourceLines(report.content) if report.content else None
    seen: Counter[str] = Counter()
    for found in report.problems:
        words = fingerprint(found, lines) if lines else found.text
        key = f"{found.path}\0{found.code}\0{words}"
        seen[key] += 1
        yield found, sha256(f"{key}\0{seen[key]}".encode()).hexdigest()


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


FORMATS: Mapping[str, Callable[[Report], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "gitlab": as_gitlab,
    "sarif": as_sarif,
    "vscode": as_lines,
}
