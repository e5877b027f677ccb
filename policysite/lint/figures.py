"""Dates, 发文字号 and numerals (GB/T 15835—2011, GB/T 9704—2012 7.2.5)."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from policysite.lint.text import HAN, Finding, Text
from policysite.model.scalars import Scalar
from policysite.model.values import parse_doc_number
from policysite.patterns import pattern
from policysite.text.numerals import to_int

_HAN_DIGITS = "〇零○Ｏ一二三四五六七八九十"
_MONTH = pattern("[0-9]{1,2} ?月$")
_HAN_MONTH = pattern(rf"月(?<=[{_HAN_DIGITS}]月)")
_YEAR = pattern(r"(?<![0-9.])(?:1[89]|20)[0-9]{2} ?年 ?$")
_ARABIC = pattern(
    r"(?<![0-9.])(?:(?P<y>(?:1[89]|20)[0-9]{2}) ?年 ?)?(?P<m>[0-9]{1,2}) ?月(?: ?(?P<d>[0-9]{1,2}) ?日)?"
)
_CHINESE = pattern(
    rf"(?P<y>[一二][{_HAN_DIGITS}]{{3}})年(?P<m>[{_HAN_DIGITS}]{{1,3}})月(?:(?P<d>[{_HAN_DIGITS}]{{1,4}})日)?"
)
_ISO = pattern(
    r"(?P<y>(?:19|20)[0-9]{2})(?P<s>[-./])(?P<m>[0-9]{1,2})(?P=s)(?P<d>[0-9]{1,2})(?![0-9./-])(?<![0-9./-][0-9]{4}-[0-9]{2}-[0-9]{2})"
)
_WEEKDAY = pattern(r"[ ]?[（(](?:星期|周|礼拜)([一二三四五六日天])[）)]")
_WEEK = "一二三四五六日"


def dates(text: Text) -> Iterator[Finding]:
    """T301 a day that no calendar has, T302 the wrong day of the week, T307 months like 04月."""
    prose = text.prose
    for month in _months(prose):
        year = _YEAR.search(prose, max(0, month.start() - 8), month.start())
        if match := _ARABIC.match(prose, (year or month).start()):
            yield from _date_faults(prose, match)
    if _HAN_MONTH.search(prose):
        for match in _CHINESE.finditer(prose):
            yield from _date_faults(prose, match)
    if any(mark in prose for mark in "-./"):
        for match in _ISO.finditer(prose):
            yield from _date_faults(prose, match)


def _months(prose: str) -> Iterator[re.Match[str]]:
    """Yield every month in digits; to look for the sign takes a tenth of looking for digits."""
    at = prose.find("月")
    while at != -1:
        if month := _MONTH.search(prose, max(0, at - 3), at + 1):
            yield month
        at = prose.find("月", at + 1)


def _date_faults(prose: str, match: re.Match[str]) -> Iterator[Finding]:
    numbers = _read(match)
    if numbers is None:
        return
    year, month, day = numbers
    if not _exists(year, month, day):
        yield Finding(match.start(), match.end(), "T301", {"written": match[0]})
        return
    if year and day and (week := _WEEKDAY.match(prose, match.end())):
        right = _WEEK[date(year, month, day).weekday()]
        if week[1].replace("天", "日") != right:
            at = week.start(1)
            values = {"date": match[0], "written": week[1], "right": right}
            yield Finding(at, at + 1, "T302", values)
    yield from _padded(match)


def _read(match: re.Match[str]) -> tuple[int, int, int] | None:
    """Return year, month and day, 0 for what is not written; None if these are no numbers."""
    try:
        texts = [(match[name] or "").translate(_ZEROS) for name in "ymd"]
        year, month, day = (to_int(part) if part else 0 for part in texts)
    except ValueError:
        return None
    # 3月 alone may be three months; and 0月 a counter of a table.
    return (year, month, day) if year or match["d"] else None


_ZEROS = str.maketrans("零○Ｏ", "〇〇〇")


def _exists(year: int, month: int, day: int) -> bool:
    if not 1 <= month <= 12:
        return False
    # Without a day the month is enough; without a year 29 February may be right.
    return not day or day <= monthrange(year or 2024, month)[1]


def _padded(match: re.Match[str]) -> Iterator[Finding]:
    written = match[0]
    if re.search(r"(?<![0-9])0[1-9](?=[月日])", written):
        plain = re.sub(r"(?<![0-9])0(?=[1-9][月日])", "", written)
        yield Finding(
            match.start(), match.end(), "T307", {"written": written, "plain": plain}, plain
        )


_DOC_NUMBER = pattern(
    rf"(?P<agency>[{HAN}]{{1,12}}[发字函办令通审人财法]) ?[〔\[［（(【〈] ?(?P<year>(?:19|20)[0-9]{{2}}) ?[〕\]］）)】〉] ?第? ?[0-9]{{1,5}} ?号"
)
_BRACKETED_YEAR = pattern(r"[〔\[［（(【〈] ?(?:19|20)[0-9]{2} ?[〕\]］）)】〉] ?第? ?[0-9]")


def doc_numbers(text: Text) -> Iterator[Finding]:
    """T304: a 发文字号 with other brackets than 〔〕, a 第, a space or a 0 in front."""
    if not _BRACKETED_YEAR.search(text.prose):
        return
    for match in _DOC_NUMBER.finditer(text.prose):
        number = parse_doc_number(match[0].replace("〈", "〔").replace("〉", "〕"))
        if number is None or str(number) == match[0]:
            continue
        agency = match.end("agency")
        right = f"〔{number.year}〕{number.number}号"
        values = {"written": text.source[agency : match.end()].strip(), "right": right}
        # What is quoted may have been printed so: a person has to look.
        yield Finding(agency, match.end(), "T304", values)


# A pattern that begins with a sign is looked for many times as fast as one that begins with a class.
_SHORT_YEAR = pattern("年(?<=[0-9]{2}年)[0-9]{1,2}月")
_BEFORE_YEAR = pattern(
    rf"[^0-9.〇零一二三四五六七八九十第{HAN}][’']?$|[于在至自从到由][’']?$|^[’']?$"
)
_PERCENT_RANGE = pattern(
    r"(?<![0-9.%-])(?P<low>[0-9]+(?:\.[0-9]+)?)(?P<mark>[-—–~～－至]|——)(?P<high>[0-9]+(?:\.[0-9]+)?)(?P<unit>[%％])"
)
_ZERO_YEAR = pattern(
    "年(?<=(?<![〇零○一二三四五六七八九])[一二][〇零○OＯ0oо一二三四五六七八九]{3}年)"
)
_ZERO = pattern("[零○OＯ0oо]")


def short_years(text: Text) -> Iterator[Finding]:
    """T305: 98年5月, whose century nobody will know later."""
    for match in _SHORT_YEAR.finditer(text.prose):
        start, end = match.start() - 2, match.start()
        if _BEFORE_YEAR.search(text.prose[max(0, start - 2) : start]):
            yield Finding(start, end + 1, "T305", {"year": text.prose[start:end]})


def percent_ranges(text: Text) -> Iterator[Finding]:
    """T306: 10—20%, where the first number has lost its sign."""
    if "%" not in text.prose and "％" not in text.prose:
        return
    for match in _PERCENT_RANGE.finditer(text.prose):
        right = f"{match['low']}%～{match['high']}%"
        yield Finding(match.start(), match.end(), "T306", {"written": match[0], "right": right})


def zeros_of_years(text: Text) -> Iterator[Finding]:
    """T308: 二零二六年, 二○二六年, 二O二六年; the zero of a year is 〇 (U+3007)."""
    for match in _ZERO_YEAR.finditer(text.prose):
        start, end = match.start() - 4, match.end()
        written = text.prose[start:end]
        right = _ZERO.sub("〇", written)
        if right != written:
            yield Finding(start, end, "T308", {"written": written, "right": right}, right)


_DAY_ENDS_LINE = pattern(r"日[ \t]*(?:</p>)?[ \t]*$", re.MULTILINE)
_SIGNATURE = pattern(
    r"(?:class=\"signature\"[^>]*>.*?|^[ \t\u3000]*(?:<br ?/?>)?)"
    r"(?P<y>(?:19|20)[0-9]{2})年(?P<m>[0-9]{1,2})月(?P<d>[0-9]{1,2})日[ \t]*(?:</p>)?[ \t]*$",
    re.MULTILINE,
)


def signature_dates(text: Text) -> Iterator[Finding]:
    """T303: the date below the text is another than 成文日期, or later than 发布日期."""
    if not _DAY_ENDS_LINE.search(text.source, text.body):
        return
    day = _field_day(text, "signed_on")
    published = _field_day(text, "date")
    found = [m for m in _SIGNATURE.finditer(text.source, text.body) if _is_signed(text, m)]
    if len(found) != 1 or not (day or published):
        return
    match = found[0]
    try:
        signed = date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return
    start, end = match.start("y"), match.end("d") + 1
    if day and signed != day:
        values = {"signed": signed.isoformat(), "label": "成文日期", "value": day.isoformat()}
        yield Finding(start, end, "T303", values)
    elif not day and published and signed > published:
        values = {"signed": signed.isoformat(), "label": "发布日期", "value": published.isoformat()}
        yield Finding(start, end, "T303", values)


_SIGNED_BY = pattern(r"[^。；：，！？\n]{2,40}\s*$")


def _is_signed(text: Text, match: re.Match[str]) -> bool:
    """Tell whether the name of who signs stands above the date, and no sentence."""
    if match[0].startswith("class"):
        return True
    before = text.source[max(text.body, match.start() - 60) : match.start()].rstrip()
    return _SIGNED_BY.fullmatch(before.rpartition("\n")[2]) is not None


def _field_day(text: Text, key: str) -> date | None:
    entry = text.fields.get(key)
    value = entry.value.text if entry and isinstance(entry.value, Scalar) else ""
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None


RULES = (dates, doc_numbers, short_years, percent_ranges, zeros_of_years, signature_dates)
