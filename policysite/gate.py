"""The gate: content is published whole and checked, or not at all.

`check`, the build, the commit hook and CI all come through `inspect`, so they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TextIO

from policysite.consequences import without_consequences
from policysite.known_problems import without_known
from policysite.lint.desk import lint_content
from policysite.model.addresses import address_clashes
from policysite.model.content import Content, read_content
from policysite.model.fields import Status
from policysite.pages.proof import Edition, proof_content
from policysite.problems import Level, Problem, errors, problem
from policysite.relate.consistency import find_contradictions
from policysite.relate.relations import Relation


class BrokenContent(SystemExit):
    """The content has errors; they have been shown, and nothing was written.

    It ends the process with status 1 and one sentence: Pelican prints a traceback of any other
    exception, and an editor must never see one.
    """


def inspect(root: Path, now: datetime) -> tuple[Edition, list[Problem]]:
    """Return all content and what is wrong with it, but for what was known before."""
    edition, problems = inspect_all(root, now, in_full=True)
    return edition, without_known(problems, root)


def inspect_all(
    root: Path,
    now: datetime,
    is_wanted: Callable[[str], bool] = lambda _: True,
    read: Callable[[Path, datetime], tuple[Content, list[Problem]]] = read_content,
    lint: Callable[..., list[Problem]] = lint_content,
    *,
    in_full: bool = False,
) -> tuple[Edition, list[Problem]]:
    """Read, render and check all content; the problems come in the order of files and lines.

    Of a file of which `is_wanted` says no, by its path under content/, only what it is to others
    is read, and what is wrong with it is not looked for. `read` may know what such files state, and
    `lint` what was found in a text before.
    Unless `in_full`, what cannot have a problem is not rendered.
    """
    content, problems = read(root, now)
    edition, more = proof_content(content, is_wanted, in_full=in_full)
    more += check_together(content, edition.relations, now)
    more += scheduled(content, is_wanted)
    more += lint(content, edition.used, is_wanted)
    return edition, without_consequences(sorted([*problems, *more]), content)


def check_together(
    content: Content, relations: Sequence[Relation], now: datetime
) -> Iterator[Problem]:
    """Yield what is wrong with manuscripts beside each other.

    What can be told of a manuscript alone is checked where it is read (model/manuscript.py) or
    rendered (pages/proof.py), and is kept by the build as long as the manuscript is the same.
    """
    yield from find_contradictions(content.articles, relations, now.date())
    yield from address_clashes(content)


def scheduled(content: Content, is_wanted: Callable[[str], bool]) -> Iterator[Problem]:
    """Yield a remark for every article whose time is still to come: nobody can read it yet, and a
    year that was mistyped hides it for as long."""
    for article in content.articles:
        if article.status is Status.SCHEDULED and is_wanted(article.source):
            written = f"{article.fields.date:%Y-%m-%d %H:%M}".removesuffix(" 00:00")
            yield problem("F219", article.path, article.lines["date"], value=written)


def report(problems: Iterable[Problem], out: TextIO) -> None:
    """Show every problem but mere remarks.

    Raises:
        BrokenContent: at least one problem is an error.

    """
    problems = list(problems)
    for found in problems:
        if found.level is not Level.INFO:
            out.write(f"{found}\n")
    if broken := errors(problems):
        raise BrokenContent(f"有 {len(broken)} 处错误，网站没有更新。请按上面的提示改正后重试。")


def summary(problems: Iterable[Problem]) -> str:
    """Return one line that counts the problems."""
    levels = [found.level for found in problems]
    wrong, doubtful = levels.count(Level.ERROR), levels.count(Level.WARNING)
    if not wrong and not doubtful:
        return "检查通过，没有发现问题。"
    return f"共有 {wrong} 处错误，{doubtful} 处提醒。"
