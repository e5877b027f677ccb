"""All rules together: the text of a file in, its problems out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from policysite.lint import (
    annexes,
    characters,
    figures,
    levels,
    markup,
    pasted,
    personal_text,
    punctuation,
    tables,
    typos,
)
from policysite.lint.exemptions import accept
from policysite.lint.terms import Terms
from policysite.lint.text import Finding, Text, normalised
from policysite.messages import MESSAGES
from policysite.problems import Problem, problem

if TYPE_CHECKING:
    from policysite.lint.attachments import Leak

Rule = Callable[[Text], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    *punctuation.RULES,
    *characters.RULES,
    *figures.RULES,
    *levels.RULES,
    *annexes.RULES,
    *tables.RULES,
    *markup.RULES,
    *pasted.RULES,
    typos.suspected_typos,
)

ACCEPTABLE = frozenset(code for code in MESSAGES if code[0] in "TD")
"""The codes that a mark in the text may accept: what is wrong with the text, not with the file."""


def lint(
    source: str, path: str, terms: Terms, leaks: Mapping[str, tuple[Leak, ...]] | None = None
) -> list[Problem]:
    """Return what is wrong with the text of one file.

    `path` is how problems name the file; `leaks` are what its attachments give away, by their paths
    under content/.
    """
    text = Text.of(normalised(source))
    findings = [finding for rule in RULES for finding in rule(text)]
    findings += terms.findings(text)
    findings += personal_text.personal_data(text, terms.phones)
    for name, found in (leaks or {}).items():
        place = _naming(text.source, name)
        findings += [Finding(*place, leak.code, dict(leak.values)) for leak in found]
    if not findings and "lint-disable" not in text.source:
        return []
    return [_problem(text, path, finding) for finding in accept(text, findings, ACCEPTABLE)]


def _naming(source: str, name: str) -> tuple[int, int]:
    """Return where `source` names the file; 0 where it writes its name in another way."""
    short = name.rsplit("/", 1)[-1]
    at = max(source.find(short), 0)
    return at, at + len(short) if at else 0


def _problem(text: Text, path: str, finding: Finding) -> Problem:
    line, column = text.place(finding.start)
    end_line, end = text.place(finding.end)
    if end_line != line:
        end = len(text.line_at(finding.start)) + 1
    found = problem(finding.code, path, line, column, **finding.values)
    # What a field says is for a person to change.
    fix = finding.fix if finding.start >= text.body else None
    return replace(found, end_column=end, fix=fix)
