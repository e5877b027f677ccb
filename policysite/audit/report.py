"""What an audit found: findings by rule, a score for each indicator, a verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from policysite.audit.outside import OutsideLink, outside_links
from policysite.audit.rule import Found, Indicator, Profile, Rule
from policysite.audit.rules import MEMBER_RULES, RULES, SITE_RULES
from policysite.audit.site import AuditedSite
from policysite.problems import Level, Problem

WEIGHTS = {Level.ERROR: 5, Level.WARNING: 2, Level.INFO: 0}
"""How much a rule weighs in its indicator's score; a note costs nothing."""


@dataclass(frozen=True, slots=True)
class Result:
    """What one rule came to. `looked_at` counts the pages it concerns, `hit` those it found at
    fault.
    """

    rule: Rule
    level: Level
    findings: tuple[Found, ...]
    looked_at: int

    @property
    def hit(self) -> int:
        """Return the number of pages with a finding."""
        return len({found.path for found in self.findings})

    @property
    def share(self) -> float:
        """Return the part of the pages at fault, from 0 to 1."""
        return min(1.0, self.hit / max(self.looked_at, 1))

    def text(self, found: Found) -> str:
        """Return a finding in words."""
        return self.rule.wrong.format(detail=found.detail)

    @property
    def grouped(self) -> Mapping[str, Sequence[Found]]:
        """Return the findings by their words, those of most pages first: one slip in a template
        is one thing to mend, on however many pages it stands.
        """
        groups: dict[str, list[Found]] = {}
        for found in self.findings:
            groups.setdefault(self.text(found), []).append(found)
        return dict(sorted(groups.items(), key=lambda group: -len(group[1])))


@dataclass(frozen=True, slots=True)
class Score:
    """An indicator's score of 100, None if nothing of it could be looked at, and its findings."""

    indicator: Indicator
    points: float | None
    errors: int
    warnings: int


@dataclass(frozen=True, slots=True)
class Report:
    """A finished audit: what each rule came to, and the links to other sites."""

    site: AuditedSite
    profile: Profile
    results: tuple[Result, ...]
    outside: tuple[OutsideLink, ...] = ()

    @property
    def day(self) -> date:
        """Return the day as of which the site was audited."""
        return self.site.today

    @property
    def broken(self) -> tuple[Result, ...]:
        """Return the rules with findings, the heaviest first."""
        order = list(WEIGHTS)
        found = (result for result in self.results if result.findings)
        return tuple(sorted(found, key=lambda result: order.index(result.level)))

    def count(self, level: Level) -> int:
        """Return the number of findings of a level."""
        return sum(len(result.findings) for result in self.results if result.level is level)

    @property
    def vetoes(self) -> tuple[Result, ...]:
        """Return what fails a site whatever its score (单项否决)."""
        return tuple(r for r in self.broken if r.rule.sweeping and r.level is Level.ERROR)

    @property
    def scores(self) -> tuple[Score, ...]:
        """Return a score for each indicator, in the order of the rules."""
        return tuple(
            _score(indicator, [r for r in self.results if r.rule.indicator is indicator])
            for indicator in Indicator
        )

    @property
    def total(self) -> float:
        """Return the mean of the indicators' scores."""
        points = [score.points for score in self.scores if score.points is not None]
        return _floor(sum(points) / len(points)) if points else 0.0

    def problems(self) -> Iterator[Problem]:
        """Yield every finding in the form of `check`."""
        for result in self.broken:
            for found in result.findings:
                yield Problem(
                    found.path or "网站", found.line, 1, result.rule.code, result.text(found),
                    result.level,
                )  # fmt: skip


def make_report(site: AuditedSite, profile: Profile) -> Report:
    """Put the site to every rule of a profile."""
    by_code: dict[str, list[Found]] = {code: [] for code in RULES}
    members = {c: r for c, r in MEMBER_RULES.items() if r.level(profile)}
    for page in site.pages:
        for fault in page.faults:
            by_code[fault.code].append(Found(page.path, fault.line, fault.detail))
        for code, rule in members.items():
            by_code[code].extend(rule.check(site, page))
    for code, rule in members.items():
        by_code[code] = sorted(_counted(by_code[code], rule.once))
    for code, whole in SITE_RULES.items():
        if whole.level(profile):
            by_code[code] = sorted(set(whole.check(site)))
    results = (
        Result(rule, level, tuple(by_code[code]), _looked_at(rule, site))
        for code, rule in RULES.items()
        if (level := rule.level(profile))
    )
    return Report(site, profile, tuple(results), tuple(outside_links(site)))


def _counted(findings: Iterable[Found], once: Callable[[Found], str] | None) -> Iterable[Found]:
    """Return each finding once, or of those that are about the same thing the first."""
    if once is None:
        return set(findings)
    first: dict[str, Found] = {}
    for found in findings:
        first.setdefault(once(found), found)
    return first.values()


def _looked_at(rule: Rule, site: AuditedSite) -> int:
    return site.pages.count(rule.kinds) if rule.kinds else 1


def _score(indicator: Indicator, results: Sequence[Result]) -> Score:
    """Each rule keeps of its weight the part of the pages that keep it."""
    counted = [r for r in results if r.looked_at and WEIGHTS[r.level]]
    weight = sum(WEIGHTS[r.level] for r in counted)
    lost = sum(WEIGHTS[r.level] * r.share for r in counted)
    return Score(
        indicator,
        _floor(100 * (1 - lost / weight)) if weight else None,
        _findings(results, Level.ERROR),
        _findings(results, Level.WARNING),
    )


def _findings(results: Iterable[Result], level: Level) -> int:
    return sum(len(result.findings) for result in results if result.level is level)


def _floor(points: float) -> float:
    """Round down: full marks are for those who have nothing to mend.

    >>> _floor(99.99), _floor(100.0)
    (99.9, 100.0)
    """
    return int(points * 10 + 1e-6) / 10


def by_page(results: Iterable[Result]) -> Mapping[str, list[tuple[Result, Found]]]:
    """Return the findings of each page, in the order of the rules."""
    found: dict[str, list[tuple[Result, Found]]] = {}
    for result in results:
        for each in result.findings:
            found.setdefault(each.path, []).append((result, each))
    return found
