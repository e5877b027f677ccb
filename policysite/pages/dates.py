"""Dates as readers and machines read them; no locale, no clock."""

from __future__ import annotations

from datetime import date, datetime


def date_cn(day: date) -> str:
    """Return 2026年3月5日, without padding (GB/T 9704—2012 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def datetime_shown(moment: datetime) -> str:
    """Return 2026-03-05 09:30 (国办发〔2017〕47号 附件), or the day alone where no time was given."""
    day = date_iso(moment)
    is_timed = moment.hour or moment.minute
    return f"{day} {moment.hour:02}:{moment.minute:02}" if is_timed else day


def date_iso(day: date) -> str:
    """Return 2026-03-05."""
    # Of a moment `isoformat` asks the time zone too, for each line of each list.
    return f"{day.year:04}-{day.month:02}-{day.day:02}"


def datetime_iso(moment: datetime) -> str:
    """Return 2026-03-05T09:30:00+08:00."""
    return moment.isoformat(timespec="seconds")
