"""Working days in China: weekends, public holidays, and the weekends worked in exchange."""

from __future__ import annotations

from datetime import date, timedelta


def count_workdays(first: date, last: date) -> tuple[int, bool]:
    """Count the working days from `first` to `last`, both included.

    Also return whether the holidays of all of them are known. The State Council decrees them each
    November for the year after; of a year not yet known Monday to Friday are counted.
    """
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    known = [_is_workday(day) for day in days]
    count = sum(
        day.weekday() < 5 if said is None else said for day, said in zip(days, known, strict=True)
    )
    return count, None not in known


def _is_workday(day: date) -> bool | None:
    # Few sites have a 公示 to check, and every build would wait for the tables.
    from chinese_calendar import is_workday

    try:
        return bool(is_workday(day))
    except NotImplementedError:
        return None
