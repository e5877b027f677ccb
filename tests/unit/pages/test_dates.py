"""Dates as readers and machines read them."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policysite.model.values import CHINA
from policysite.pages.dates import date_cn, date_iso, datetime_iso, datetime_shown

MORNING = datetime(2026, 3, 5, 9, 5, tzinfo=CHINA)
MIDNIGHT = datetime(2026, 3, 5, tzinfo=CHINA)


@pytest.mark.parametrize("day", [date(2026, 3, 5), MORNING])
def test_a_chinese_date_has_no_zeros_in_front(day: date) -> None:
    assert date_cn(day) == "2026年3月5日"


def test_a_time_is_shown_only_where_one_was_given() -> None:
    assert datetime_shown(MORNING) == "2026-03-05 09:05"
    assert datetime_shown(MIDNIGHT) == "2026-03-05"


def test_machines_get_the_day_and_the_offset_of_china() -> None:
    assert date_iso(MORNING) == "2026-03-05"
    assert datetime_iso(MORNING) == "2026-03-05T09:05:00+08:00"


@given(st.datetimes(timezones=st.just(CHINA)))
def test_days_and_moments_are_written_as_the_library_writes_them(moment: datetime) -> None:
    assert date_iso(moment) == date_iso(moment.date()) == moment.date().isoformat()
    timed = moment.hour or moment.minute
    shown = moment.isoformat(" ", "minutes")[:16] if timed else moment.date().isoformat()
    assert datetime_shown(moment) == shown
