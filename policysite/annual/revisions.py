"""What git remembers of the content: when it was changed, and how many files each time."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from policysite.model.values import CHINA

_MARK = "\x01"
_COMMIT = re.compile(rf"{_MARK}(\d+)\n")


@dataclass(frozen=True, slots=True)
class Revision:
    """One commit that touched the content: the day in China, and the manuscripts it touched."""

    day: date
    files: tuple[str, ...]


def read_revisions(content: Path, year: int) -> tuple[Revision, ...] | None:
    """Return the commits of a year that touched the content, oldest first; None without git.

    A copy with only the newest commits (`git clone --depth`) cannot tell: None as well.
    """
    if _git(content, "rev-parse", "--is-shallow-repository") != "false\n":
        return None
    # One day more at each end: git counts in its own time zone, the year is China's.
    said = _git(
        content, "-c", "core.quotePath=false", "log", "--no-merges", "--reverse", "--name-only",
        f"--format={_MARK}%at", f"--since={year - 1}-12-30", "--", ".",
    )  # fmt: skip
    if said is None:
        return None
    found = (_revision(time, names) for time, names in _pairs(said))
    return tuple(revision for revision in found if revision.day.year == year)


def _pairs(said: str) -> list[tuple[str, str]]:
    parts = _COMMIT.split(said)[1:]
    return list(zip(parts[::2], parts[1::2], strict=True))


def _revision(time: str, names: str) -> Revision:
    day = datetime.fromtimestamp(int(time), CHINA).date()
    return Revision(day, tuple(name for name in names.split("\n") if name.endswith(".md")))


def _git(folder: Path, *arguments: str) -> str | None:
    """Return what git says, None if there is no git or no history here."""
    try:
        done = subprocess.run(  # noqa: S603 -- our own words
            ["git", *arguments],  # noqa: S607 -- the git that the person uses
            cwd=folder,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout
