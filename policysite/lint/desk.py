"""The text of all content at once, with what it attaches: what the gate asks of this package."""

from __future__ import annotations

from collections.abc import Mapping

from policysite.lint.attachments import Leak, find_leaks
from policysite.lint.rules import lint
from policysite.lint.terms import FaultyTerms, common_terms, read_terms
from policysite.model.content import TERM_LIST, Content
from policysite.problems import Problem, problem


def lint_content(content: Content, used: Mapping[str, frozenset[str]]) -> list[Problem]:
    """Return what is wrong with the text of every file, also of those that cannot be published.

    `used` are the files under content/ that each manuscript uses, by its own path there.
    """
    problems: list[Problem] = []
    try:
        terms = read_terms(content.root / TERM_LIST)
    except FaultyTerms as error:
        problems.append(problem("X704", f"{content.shown}/{TERM_LIST}", reason=error))
        terms = common_terms()
    for source, text in content.texts.items():
        leaks = {name: _leaks(content, name) for name in sorted(used.get(source, ()))}
        problems += lint(text, f"{content.shown}/{source}", terms, leaks)
    return problems


def _leaks(content: Content, name: str) -> tuple[Leak, ...]:
    return find_leaks(content.files[name], name.rsplit("/", 1)[-1])
