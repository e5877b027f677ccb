"""The spot checks that inspectors make by hand: a few pages and titles, drawn by the day."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from heapq import nsmallest

from policysite.audit.facts import PageFacts
from policysite.audit.report import Report, by_page
from policysite.audit.store import Place

TAGGED, SEARCHED = 5, 4
"""Inspectors draw five pages for their tags and four titles for the search (国办秘函〔2019〕19号;
from memory, see `basis.DEDUCTION`).
"""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page that was drawn, with what is wrong with it, in words."""

    page: PageFacts
    faults: tuple[str, ...]


def draw_tagged(report: Report) -> tuple[Drawn, ...]:
    """Return five articles and what is wrong with their tags."""
    return _draw(report, TAGGED, "META-")


def draw_searched(report: Report) -> tuple[Drawn, ...]:
    """Return four articles and whether the search knows their titles."""
    return _draw(report, SEARCHED, "SEARCH-TITLE")


def _draw(report: Report, count: int, prefix: str) -> tuple[Drawn, ...]:
    """Draw by a digest of day and address: nobody chooses, and a second audit draws the same."""
    results = [r for r in report.broken if r.rule.code.startswith(prefix)]
    found = by_page(results)

    def lot(place: Place) -> str:
        return sha256(f"{report.day}{prefix}{place.url}".encode()).hexdigest()

    drawn = nsmallest(count, report.site.pages.listed(), key=lot)
    pages = (report.site.pages.get(place.path) for place in drawn)
    return tuple(
        Drawn(page, tuple(result.text(each) for result, each in found.get(page.path, ())))
        for page in pages
        if page
    )
