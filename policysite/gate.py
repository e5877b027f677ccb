"""The gate: content is published whole and checked, or not at all.

`check`, the build, the commit hook and CI all come through `inspect`, so they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TextIO

from policysite.model.addresses import address_clashes
from policysite.model.content import read_content
from policysite.pages.site import Edition, Site, build_site, proof_content
from policysite.problems import Level, Problem, errors
from policysite.settings import SiteSettings


class BrokenContent(SystemExit):
    """The content has errors; they have been shown, and nothing was written.

    It ends the process with status 1 and one sentence: Pelican prints a traceback of any other
    exception, and an editor must never see one.
    """


def inspect(root: Path, now: datetime) -> tuple[Edition, list[Problem]]:
    """Read, render and check all content; the problems come in the order of files and lines."""
    content, problems = read_content(root, now)
    edition, more = proof_content(content)
    return edition, sorted([*problems, *more, *address_clashes(content)])


def pass_gate(root: Path, settings: SiteSettings, now: datetime, out: TextIO) -> Site:
    """Return the site, after showing every problem.

    Raises:
        BrokenContent: at least one problem is an error.

    """
    edition, problems = inspect(root, now)
    for found in problems:
        if found.level is not Level.INFO:
            out.write(f"{found}\n")
    if broken := errors(problems):
        raise BrokenContent(f"有 {len(broken)} 处错误，网站没有更新。请按上面的提示改正后重试。")
    return build_site(edition, settings, now)


def summary(problems: Iterable[Problem]) -> str:
    """Return one line that counts the problems."""
    levels = [found.level for found in problems]
    wrong, doubtful = levels.count(Level.ERROR), levels.count(Level.WARNING)
    if not wrong and not doubtful:
        return "检查通过，没有发现问题。"
    return f"共有 {wrong} 处错误，{doubtful} 处提醒。"
