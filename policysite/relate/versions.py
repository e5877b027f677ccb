"""Versions: documents that replace one another, and what amended them, in the order of time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from policysite.relate.relations import Relation


@dataclass(frozen=True, slots=True)
class Step:
    """A version taking effect, or (`amends` is its slug) a document that amends one."""

    slug: str
    on: date
    amends: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """All versions of one document, and all amendments, oldest first.

    `pairs` are the neighbouring versions as (older, newer): usually each with the next, but two
    documents may have become one.
    """

    steps: tuple[Step, ...]
    pairs: tuple[tuple[str, str], ...] = ()

    @property
    def versions(self) -> tuple[str, ...]:
        """The slugs of the versions, oldest first."""
        return tuple(step.slug for step in self.steps if not step.amends)

    @property
    def family(self) -> str:
        """The name that versions share: that of the oldest, which a new one does not change."""
        return self.versions[0] if self.pairs else ""


def trace_histories(relations: Iterable[Relation], days: Mapping[str, date]) -> dict[str, History]:
    """Return the history of every document that was replaced, amended or replaces another.

    `days` tells when each document takes effect; those not in it are left out, though versions
    that only an absent one ties together still belong together.
    """
    stated = list(relations)
    replaced = [(r.target, r.subject) for r in stated if r.kind == "replaces"]
    amendments: dict[str, set[str]] = defaultdict(set)
    for relation in stated:
        if relation.kind == "amends" and relation.subject in days:
            amendments[relation.target].add(relation.subject)
    found: dict[str, History] = {}
    for group in _groups([*replaced, *((slug, slug) for slug in amendments)]):
        versions = sorted((slug for slug in group if slug in days), key=lambda s: (days[s], s))
        edges = [(old, new) for old, new in replaced if {old, new} <= set(versions)]
        history = History(
            tuple(_steps(versions, amendments, days)), tuple(_neighbours(versions, edges))
        )
        if len(history.steps) > 1:
            found |= dict.fromkeys(versions, history)
    return found


def _groups(edges: Sequence[tuple[str, str]]) -> Iterator[set[str]]:
    """Yield the sets of slugs that edges tie together."""
    group_of: dict[str, set[str]] = {}
    for pair in edges:
        merged = set(pair).union(*(group_of.get(slug, ()) for slug in pair))
        group_of |= dict.fromkeys(merged, merged)
    seen: set[int] = set()
    for group in group_of.values():
        if id(group) not in seen:
            seen.add(id(group))
            yield group


def _steps(
    versions: Sequence[str], amendments: Mapping[str, set[str]], days: Mapping[str, date]
) -> list[Step]:
    steps = [Step(slug, days[slug]) for slug in versions]
    steps += [
        Step(by, days[by], slug)
        for slug in versions
        for by in amendments.get(slug, ())
        if by not in versions
    ]
    return sorted(steps, key=lambda step: (step.on, step.amends, step.slug))


def _neighbours(
    versions: Sequence[str], edges: Iterable[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    """Yield the pairs that no version stands between.

    A new version often replaces by name all that were before it, not only the last.
    """
    place = {slug: number for number, slug in enumerate(versions)}
    newer: dict[str, set[str]] = defaultdict(set)
    for old, new in edges:
        newer[old].add(new)
    for old in versions:
        between = _reached({step for near in newer[old] for step in newer[near]}, newer)
        yield from ((old, new) for new in sorted(newer[old] - between, key=place.__getitem__))


def _reached(start: set[str], newer: Mapping[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    while start:
        reached |= start
        start = {slug for near in start for slug in newer.get(near, ())} - reached
    return reached
