"""Times of lines, whatever their form, are seconds since 1970; what is no time is none."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from policysite.views.counting import Counter
from tests.unit.views.traffic import DOMAIN

CHINA = timezone(timedelta(hours=8))
NINE = int(datetime(2026, 6, 9, 1, 58, 9, tzinfo=CHINA).timestamp())
"""Two minutes to two on 9 June in China."""


@pytest.fixture(scope="module")
def counter() -> Counter:
    return Counter({}, DOMAIN, NINE + 1)


def moment(counter: Counter, text: str) -> int | None:
    row = counter.db.execute(
        "SELECT moment(clock) FROM (SELECT bracketed(?) AS clock)", [text]
    ).fetchone()
    assert row
    found: int | None = row[0]
    return found


@pytest.mark.parametrize(
    "text",
    [
        "09/Jun/2026:01:58:09 +0800]",
        "9/Jun/2026:01:58:09 +0800] ",
        "08/Jun/2026:17:58:09 +0000] 1",
        "08/Jun/2026:12:28:09 -0530",
        "09/Jun/2026:01:58:09] 10.0.",
        "2026-06-09T01:58:09+08:00",
        "2026-06-08T17:58:09.123456789Z",
        "2026-06-08T17:58:09z",
        "2026-06-08 12:58:09 -0500",
        "2026-06-09T01:58:09.5",
        "2026-06-09T03:58:09+10",
        "20260609015809",
        str(NINE),
        f"{NINE}.250",
        f"{NINE}123",
        f"{NINE}123456",
    ],
)
def test_one_moment_is_read_in_every_form(counter: Counter, text: str) -> None:
    assert moment(counter, text) == NINE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "31/Feb/2026:01:58:09 +0800]",
        "09/Foo/2026:01:58:09 +0800]",
        "09/Jun/2026:25:58:09 +0800]",
        "2026-02-30T01:58:09Z",
        "2026-06-09",
        "20261309015809",
        "infinity",
        "99",
    ],
)
def test_what_is_no_time_is_none(counter: Counter, text: str) -> None:
    assert moment(counter, text) is None
