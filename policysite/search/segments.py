"""The index in two segments: one that articles are added to, one that is sealed.

**The rule.** The live segment holds everything, as long as that is no more than `LIVE` postings.
Otherwise it holds the year, half-year, quarter or month of the newest article, the longest that is
within `LIVE`, or else the month. What is older is sealed. So the content alone decides, not the
history of builds; a new article changes the live segment only, an edit few files of the one it is in
(packing.py); and the sealed one is packed anew when a period ends, or when one of its articles is
withdrawn: there is no list of deleted documents, nothing of it stays in any file.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from policysite.search.entries import Listed

LIVE = 600_000
"""Postings that the live segment may have: about 0.6 MB with all its files."""
_MONTHS = (12, 6, 3, 1)


def split(entries: Sequence[Listed]) -> list[Sequence[Listed]]:
    """Divide entries, newest first, into the live ones and the sealed ones, if there are any."""
    if not entries:
        return []
    total = 0
    within = len(entries)
    for place, entry in enumerate(entries):
        total += entry.postings
        if total > LIVE:
            within = place
            break
    if within == len(entries):
        return [entries]
    starts = [_period_start(entries[0].day, months) for months in _MONTHS]
    counts = [sum(entry.day >= start for entry in entries) for start in starts]
    live = next((count for count in counts if count <= within), counts[-1])
    return [part for part in (entries[:live], entries[live:]) if part]


def _period_start(day: date, months: int) -> date:
    """Return the first day of the year, half-year, quarter or month of `day`.

    >>> _period_start(date(2026, 8, 19), 3)
    datetime.date(2026, 7, 1)
    """
    return date(day.year, (day.month - 1) // months * months + 1, 1)
