"""The text of all content at once, with what it attaches: what the gate asks of this package."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache, partial
from itertools import chain
from multiprocessing import get_context

from policysite.lint.attachments import Leak, find_leaks
from policysite.lint.rules import lint
from policysite.lint.terms import FaultyTerms, Terms, common_terms, read_terms
from policysite.model.content import TERM_LIST, Content
from policysite.problems import Problem, problem

Leaks = tuple[tuple[str, tuple[Leak, ...]], ...]
Job = tuple[str, str, Leaks]
"""What `lint` needs of one file: its text, its path in problems, and what its attachments hold."""

_LARGE = 3_000_000
"""Characters from which more processes pay for their start, about a second."""

_CHUNK = 200


def lint_content(content: Content, used: Mapping[str, frozenset[str]]) -> list[Problem]:
    """Return what is wrong with the text of every file, also of those that cannot be published.

    `used` are the files under content/ that each manuscript uses, by its own path there.
    """
    terms, problems = terms_of(content)
    jobs = [job_of(content, source, used.get(source, ())) for source in content.sources]
    return [*problems, *_all_problems([job for job in jobs if job], terms)]


def terms_of(content: Content) -> tuple[Terms, list[Problem]]:
    """Return the terms to look for: the common ones, and those of the site's own list."""
    try:
        return read_terms(content.root / TERM_LIST), []
    except FaultyTerms as error:
        found = problem("X704", f"{content.shown}/{TERM_LIST}", reason=error)
        return common_terms(), [found]


def job_of(content: Content, source: str, used: Iterable[str]) -> Job | None:
    """Return what `lint` needs of a file; None where it is no text, which its reader tells."""
    try:
        text = (content.root / source).read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return None
    leaks = tuple(
        (name, find_leaks(content.files[name], name.rsplit("/", 1)[-1])) for name in sorted(used)
    )
    return text, f"{content.shown}/{source}", leaks


def _all_problems(jobs: Sequence[Job], terms: Terms) -> list[Problem]:
    workers = os.cpu_count() or 1
    if workers == 1 or sum(len(text) for text, _, _ in jobs) < _LARGE:
        return lint_files(jobs, terms)
    chunks = [jobs[start : start + _CHUNK] for start in range(0, len(jobs), _CHUNK)]
    # Forking a process that may have threads is not safe everywhere; spawning is.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        return list(chain.from_iterable(pool.map(partial(lint_files, terms=terms), chunks)))


def lint_files(jobs: Iterable[Job], terms: Terms) -> list[Problem]:
    """Return what is wrong with the text of some files, in their order."""
    return [found for text, path, leaks in jobs for found in _problems(text, path, terms, leaks)]


# The preview asks for everything each time one file was saved.
@lru_cache(maxsize=4096)
def _problems(text: str, path: str, terms: Terms, leaks: Leaks) -> tuple[Problem, ...]:
    return tuple(lint(text, path, terms, dict(leaks)))
