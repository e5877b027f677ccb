"""索引号 made from a document's own data, for unions that have no catalogue of their own.

A rule is a line such as `SZGH/{year}-{number:05}`. It reads nothing but the document (its 发文字号,
its date, its short name), never a position in a list: what comes later changes no number.
"""

from __future__ import annotations

from datetime import date
from string import Formatter

from policysite.model.values import DocNumber

PARTS = {
    "agency": "机关代字",
    "year": "发文字号里的年份",
    "number": "发文字号里的序号",
    "date": "发布日期",
    "slug": "短名",
}
_FROM_NUMBER = frozenset({"agency", "year", "number"})
_SAMPLE = DocNumber("示总工发", 2026, 12)


def check_rule(rule: str) -> str:
    """Return `rule`.

    Raises:
        ValueError: it names something unknown, or is no format at all; the message is Chinese.

    """
    known = "、".join(f"{{{name}}} {said}" for name, said in PARTS.items())
    try:
        unknown = set(_names(rule)) - PARTS.keys()
        if rule and not unknown:
            make_index_number(rule, _SAMPLE, date(2026, 3, 15), "slug")
    except (ValueError, LookupError, AttributeError):
        raise ValueError(f"没有看懂“{rule}”，例如 SZGH/{{year}}-{{number:05}}") from None
    if unknown or (rule and not _names(rule)):
        raise ValueError(f"花括号里只能写 {known}，至少写一个")
    return rule


def make_index_number(rule: str, number: DocNumber | None, day: date, slug: str) -> str:
    """Return the 索引号, or nothing where the rule is empty or asks for a number that is not there.

    >>> make_index_number("SZGH/{year}-{number:05}", _SAMPLE, date(2026, 3, 15), "welfare")
    'SZGH/2026-00012'
    """
    if number is None:
        if _FROM_NUMBER & set(_names(rule)):
            return ""
        return rule.format(date=day, slug=slug)
    return rule.format(
        agency=number.agency, year=number.year, number=number.number, date=day, slug=slug
    )


def _names(rule: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(rule) if name is not None]
