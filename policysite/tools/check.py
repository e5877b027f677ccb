"""`check`: the gate's findings, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from policysite.clock import build_time
from policysite.gate import inspect, summary
from policysite.problems import Level, Problem
from policysite.review.inspection import inspect_reviews


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found in the files that were asked for."""

    problems: tuple[Problem, ...]

    @property
    def has_errors(self) -> bool:
        """Whether the content may not be published."""
        return any(found.level is Level.ERROR for found in self.problems)


def check(content: Path, paths: Sequence[Path]) -> Report:
    """Check the whole content and keep what concerns `paths` (files or folders; none means all).

    The whole is read even for one file: a link is right or wrong only beside what it leads to.
    """
    edition, problems = inspect(content, build_time())
    problems = sorted([*problems, *inspect_reviews(edition)])
    wanted = [_shown(path, content) for path in paths]
    if not wanted:
        return Report(tuple(problems))
    kept = (p for p in problems if any(p.path == w or p.path.startswith(w + "/") for w in wanted))
    return Report(tuple(kept))


def _shown(path: Path, content: Path) -> str:
    """Return a path as problems name it: the content folder's name, then what is below it."""
    try:
        below = path.resolve().relative_to(content.resolve())
    except ValueError:
        return path.as_posix()
    return (Path(content.name) / below).as_posix().removesuffix("/.")


_LEVELS = {Level.ERROR: "错误", Level.WARNING: "提醒", Level.INFO: "说明"}


def as_text(report: Report) -> str:
    """Return one line a finding, and a last line that counts them."""
    lines = [f"{_LEVELS[found.level]} {found}" for found in report.problems]
    return "\n".join([*lines, summary(report.problems), ""])


def as_json(report: Report) -> str:
    """Return the findings for programs."""
    data = {"problems": [found.as_dict() for found in report.problems]}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


FORMATS: Mapping[str, Callable[[Report], str]] = {"text": as_text, "json": as_json}
