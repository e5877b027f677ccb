"""What falls due as a calendar that office programs read (iCalendar, RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from policysite.due.dates import Due
from policysite.settings import SiteSettings

_PRODUCT = "-//policysite//due//ZH"


def write_calendar(dues: Iterable[Due], site: SiteSettings, now: datetime) -> bytes:
    """Return the calendar. Each thing keeps its UID for ever, so that a program that reads the
    calendar again moves the entry instead of adding another.
    """
    calendar = Calendar()
    calendar.add("PRODID", _PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("X-WR-CALNAME", f"{site.name}网站待办")
    for due in dues:
        calendar.add_component(_event(due, site, now))
    return bytes(calendar.to_ical())


def _event(due: Due, site: SiteSettings, now: datetime) -> Event:
    event = Event()
    event.add("UID", f"{due.key}@{site.domain}")
    event.add("DTSTAMP", now)
    event.add("DTSTART", due.day)
    event.add("DTEND", due.day + timedelta(days=1))
    event.add("SUMMARY", f"{due.kind}：{due.title}")
    event.add("DESCRIPTION", due.detail)
    event.add("CATEGORIES", [str(due.kind)])
    event.add("URL", site.absolute(due.url))
    # A whole day of reminder must not make whoever reads it look busy.
    event.add("TRANSP", "TRANSPARENT")
    return event
