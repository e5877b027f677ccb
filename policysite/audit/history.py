"""What earlier audits came to: one line of JSON for each, kept in a file that goes into git."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from policysite.audit.report import Report
from policysite.files import replace_file
from policysite.problems import Level


@dataclass(frozen=True, slots=True)
class Entry:
    """One audit: the day, the site and norms it was for, and what came of it.

    `indicators` gives the score of each indicator, `rules` the number of findings of each code.
    """

    day: date
    site: str
    profile: str
    pages: int
    total: float
    errors: int
    warnings: int
    indicators: dict[str, float]
    rules: dict[str, int]

    @property
    def passed(self) -> bool:
        """Whether no error was found."""
        return not self.errors


_ENTRY = TypeAdapter(Entry)


def entry_of(report: Report) -> Entry:
    """Return what is kept of an audit."""
    return Entry(
        day=report.day,
        site=report.site.name,
        profile=str(report.profile),
        pages=len(report.site.pages),
        total=report.total,
        errors=report.count(Level.ERROR),
        warnings=report.count(Level.WARNING),
        indicators={str(s.indicator): s.points for s in report.scores if s.points is not None},
        rules={result.rule.code: len(result.findings) for result in report.broken},
    )


def load(path: Path) -> list[Entry]:
    """Return every audit that the file still tells of, in the order of days."""
    try:
        lines = path.read_text("utf-8", "replace").splitlines()
    except OSError:
        return []
    found = []
    for line in lines:
        try:
            found.append(_ENTRY.validate_json(line))
        except ValidationError:  # a line that a merge or an editor spoiled
            continue
    return sorted(found, key=lambda entry: entry.day)


def before(entries: Sequence[Entry], entry: Entry) -> list[Entry]:
    """Return the earlier audits of the same site to the same norms, oldest first."""
    return [
        e
        for e in entries
        if (e.site, e.profile) == (entry.site, entry.profile) and e.day < entry.day
    ]


def record(path: Path, entry: Entry) -> None:
    """Add an audit to the file; a second one on the same day takes the first one's place."""
    same = (entry.day, entry.site, entry.profile)
    kept = [e for e in load(path) if (e.day, e.site, e.profile) != same]
    ordered = sorted([*kept, entry], key=lambda e: (e.day, e.site, e.profile))
    lines = (json.dumps(_ENTRY.dump_python(e, mode="json"), ensure_ascii=False) for e in ordered)
    replace_file(path, [("\n".join(lines) + "\n").encode()])
