"""The text of all content at once, with what it attaches: what the gate asks of this package."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from policysite.model.content import TERM_LIST, Content
from policysite.pool import spread
from policysite.problems import Problem, problem

if TYPE_CHECKING:
    from policysite.lint.attachments import Leak
    from policysite.lint.terms import Terms

# The rules are loaded where a text is looked through: a check of what was looked through before,
# as git asks for it, needs none.

Leaks = tuple[tuple[str, "tuple[Leak, ...]"], ...]
Job = tuple[str, str, Leaks]
"""What `lint` needs of one file: its text, its path in problems, and what its attachments hold."""


def lint_content(
    content: Content, used: Mapping[str, frozenset[str]], is_wanted: Callable[[str], bool]
) -> list[Problem]:
    """Return what is wrong with the text of files, also of those that cannot be published.

    `used` are the files under content/ that each manuscript uses, by its own path there;
    `is_wanted` says of such a path whether it is asked about.
    """
    terms, problems = terms_of(content)

    def look_through(source: str) -> list[Problem]:
        job = job_of(content, source, used.get(source, ()))
        return lint_files([job], terms) if job else []

    wanted = [source for source in content.sources if is_wanted(source)]
    return [*problems, *chain.from_iterable(spread(look_through, wanted, "检查文字"))]


def terms_of(content: Content) -> tuple[Terms, list[Problem]]:
    """Return the terms to look for: the common ones, and those of the site's own list."""
    from policysite.lint.term_tables import FaultyTerms, common_terms, read_terms

    try:
        return read_terms(content.root / TERM_LIST), []
    except FaultyTerms as error:
        found = problem("X704", f"{content.shown}/{TERM_LIST}", reason=error)
        return common_terms(), [found]


def job_of(content: Content, source: str, used: Iterable[str]) -> Job | None:
    """Return what `lint` needs of a file; None where it is no text, which its reader tells."""
    try:
        # A path of objects costs as much as reading the file.
        with open(f"{content.root}/{source}", "rb", buffering=0) as file:  # noqa: PTH123
            text = file.read().decode("utf-8")
    except UnicodeDecodeError:
        return None
    return _job(content, source, text, used)


def lint_one(content: Content, source: str, text: str, used: Iterable[str]) -> list[Problem]:
    """Return what is wrong with one text; `used` are the files under content/ that it uses."""
    return lint_files([_job(content, source, text, used)], terms_of(content)[0])


def _job(content: Content, source: str, text: str, used: Iterable[str]) -> Job:
    leaks = tuple(
        (name, _leaks(content.files[name], name.rsplit("/", 1)[-1])) for name in sorted(used)
    )
    return text, f"{content.shown}/{source}", leaks


def _leaks(path: Path, name: str) -> tuple[Leak, ...]:
    # Most texts attach nothing, and what reads Word files and PDFs takes long to load.
    from policysite.lint.attachments import find_leaks

    return find_leaks(path, name)


def lint_files(jobs: Iterable[Job], terms: Terms) -> list[Problem]:
    """Return what is wrong with the text of some files, in their order."""
    from policysite.lint.rules import lint

    return [found for text, path, leaks in jobs for found in lint(text, path, terms, dict(leaks))]
