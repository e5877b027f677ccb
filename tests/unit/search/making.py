"""Entries for tests, each stating only what it is about."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from policysite.search.entries import Entry
from policysite.search.terms import document_terms

PLAIN = Entry(
    url="/2026/summer-heat.html",
    title="关于做好送清凉工作的通知",
    day=date(2026, 3, 15),
    column="notices",
    issuers=(),
    kind="",
    number=None,
    is_document=False,
    terms=document_terms("关于做好送清凉工作的通知", "各级工会要把防暑用品送到一线。"),
)


def make_entry(slug: str = "summer-heat", **values: object) -> Entry:
    """Return an entry with some of its `values` changed."""
    entry = replace(PLAIN, **values)  # type: ignore[arg-type]
    return replace(entry, url=f"/{entry.day.year}/{slug}.html")


def make_entries(first: date, last: date, terms: int, every: int = 1) -> list[Entry]:
    """Return an entry of `terms` terms for each day, the newest first."""
    packed = np.arange(terms, dtype="<u4").tobytes() + bytes(terms)
    days = (last - first).days
    return [
        make_entry(f"a{place}", day=last - timedelta(place), terms=packed)
        for place in range(0, days + 1, every)
    ]
