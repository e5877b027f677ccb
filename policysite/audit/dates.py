"""Dates as pages show them, in any of the usual forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?!\d)")
_PERIOD = re.compile(
    r"公示(?:时间|期限|期)?[^。；]{0,12}?"
    r"(?P<year>20\d\d)年(?P<month>\d{1,2})月(?P<day>\d{1,2})日[^。；]{0,6}?[至到—～~-]+\s?"
    r"(?:(?P<year2>20\d\d)年)?(?:(?P<month2>\d{1,2})月)?(?P<day2>\d{1,2})日"
)


def dates_in(text: str) -> Iterator[str]:
    """Yield every date of a text as 2026-03-15, impossible ones left out."""
    for year, month, day in _DATE.findall(text):
        if found := iso_date(year, month, day):
            yield found


def first_date(text: str) -> str:
    """Return the first date of a text, empty if there is none."""
    return next(dates_in(text), "")


def iso_date(year: str, month: str, day: str) -> str:
    """Return 2026-03-15, or nothing for a day that does not exist."""
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def stated_period(text: str) -> tuple[str, str]:
    """Return first and last day of a 公示 as its text states them, empty where it does not."""
    found = _PERIOD.search(text)
    if not found:
        return "", ""
    year, month = found["year"], found["month"]
    start = iso_date(year, month, found["day"])
    return start, iso_date(found["year2"] or year, found["month2"] or month, found["day2"])
