"""`due`: what falls due, as lines for a terminal and as a calendar."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from policysite.clock import build_time
from policysite.due.dates import Due, find_due
from policysite.environment import stop
from policysite.files import replace_file
from policysite.gate import inspect
from policysite.tools.site_settings import read_site

_WEEKDAYS = "一二三四五六日"


def due(content: str, config: str, days: int, calendar: str) -> None:
    """Show what falls due within `days`, and write it as a calendar if a file is named."""
    if not Path(content).is_dir():
        stop(f"找不到内容文件夹 {content}。")
    now = build_time()
    edition, _ = inspect(Path(content), now)
    last = now.date() + timedelta(days=days)
    found = find_due(edition.content, edition.relations, now.date())
    near = [each for each in found if each.day <= last]
    sys.stdout.write(as_text(near, now.date(), days))
    if calendar:
        from policysite.due.calendar import write_calendar

        replace_file(Path(calendar), [write_calendar(near, read_site(config), now)])
        print(f"日历在 {calendar}，可以导入办公软件的日历。")


def as_text(dues: Sequence[Due], today: date, days: int) -> str:
    """Return the list: what is overdue, the coming seven days, and the rest."""
    week = today + timedelta(days=7)
    parts = (
        ("已经过期", [d for d in dues if d.day < today]),
        ("七天以内", [d for d in dues if today <= d.day <= week]),
        ("以后", [d for d in dues if d.day > week]),
    )
    lines = [line for name, part in parts if part for line in _part(name, part, today)]
    return "".join(lines) or f"{days} 天内没有要办的事。\n"


def _part(name: str, dues: Sequence[Due], today: date) -> Iterator[str]:
    yield f"{name}（{len(dues)} 件）\n"
    for each in dues:
        weekday = _WEEKDAYS[each.day.weekday()]
        yield f"  {each.day}（周{weekday}，{_distance(each.day, today)}）{each.kind}：{each.title}\n"
        yield f"    {each.detail}\n"


def _distance(day: date, today: date) -> str:
    number = (day - today).days
    if not number:
        return "今天"
    return f"{number} 天后" if number > 0 else f"已过 {-number} 天"
