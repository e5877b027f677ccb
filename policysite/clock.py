"""The moment as of which the site is built: the only place that asks the clock."""

from __future__ import annotations

import os
from datetime import date, datetime, time, timedelta, timezone

CHINA = timezone(timedelta(hours=8))
"""China Standard Time; no summer time since 1991, so a fixed offset is exact."""

_EPOCH = "SOURCE_DATE_EPOCH"


def build_time() -> datetime:
    """Return the moment as of which the site is built, in China.

    SOURCE_DATE_EPOCH (reproducible-builds.org) sets it; seconds since 1970, UTC.
    """
    epoch = os.environ.get(_EPOCH)
    return datetime.fromtimestamp(int(epoch), CHINA) if epoch else datetime.now(CHINA)


def build_as_of(day: str) -> None:
    """Let this process build the site as it stands at the end of a day: 2026-12-31.

    Raises:
        ValueError: it is no such day.

    """
    os.environ[_EPOCH] = str(int(end_of(day).timestamp()))


def end_of(day: str) -> datetime:
    """Return the last second of a day: 2026-12-31.

    Raises:
        ValueError: it is no such day.

    """
    return datetime.combine(date.fromisoformat(day), time(23, 59, 59), CHINA)
