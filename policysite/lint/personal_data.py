"""Finds personal data that must not be published, and hides it.

Numbers count as personal only if they prove it: a check digit, a date of birth, a card issuer's
prefix. What is meant to be called — 12351, landlines, 400 numbers — has none of that. `\\b` is of
no use here: 汉字 are word characters too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from policysite.patterns import pattern


class Kind(StrEnum):
    """Kinds of personal data, as editors call them."""

    ID = "身份证号"
    BANK_CARD = "银行卡号"
    MOBILE = "手机号"
    PASSPORT = "证件号"
    ADDRESS = "家庭住址"


@dataclass(frozen=True, slots=True, order=True)
class PersonalDatum:
    """A piece of a text, from `start` to `end`, that says who somebody is."""

    start: int
    end: int
    kind: Kind


# Eleven digits at least, with the gaps that people leave in them.
_LONG_NUMBER = pattern(r"[0-9](?:[ -]?[0-9]){10}")
_APART = r"(?<![0-9A-Za-z.])"
_END = r"(?![0-9A-Za-z])"
# GB 11643—1999: 地址码, 出生日期码, 顺序码, 校验码; before 1999 two digits of the year and no check.
_ID = pattern(
    rf"{_APART}(?P<area>[1-9][0-9])[0-9]{{4}} ?(?P<day>(?:18|19|20)[0-9]{{6}}) ?[0-9]{{3}}[0-9Xx]{_END}"
)
_OLD_ID = pattern(rf"{_APART}(?P<area>[1-9][0-9])[0-9]{{4}}(?P<day>[0-9]{{6}})[0-9]{{3}}{_END}")
# 银联 62, Visa 4, Mastercard 51–55 (ISO/IEC 7812); 16 to 19 digits.
_CARD = pattern(
    rf"{_APART}(?:62[0-9]{{2}}|4[0-9]{{3}}|5[1-5][0-9]{{2}})(?:[ -]?[0-9]{{4}}){{3}}(?:[ -]?[0-9]{{1,3}})?{_END}"
)
_MOBILE = pattern(
    r"(?<![0-9A-Za-z.])(?:(?:\+|00)?86[ -]?)?"
    r"(1[3-9][0-9](?:[0-9]{8}|[ -][0-9]{4}[ -]?[0-9]{4}))(?![0-9])"
)
# 护照 E, EA, G, D, S, P; 通行证 C, H, M, L. Only where the text speaks of them at all.
_PASSPORT = pattern(rf"{_APART}(?:[EGDSPCHML][0-9]{{8}}|[EDSP][A-Z][0-9]{{7}}){_END}")
_PASSPORT_WORDS = ("护照", "通行证")
_ID_LABEL = pattern(r"(?:身份证|证件)[^\n，。；]{0,12}$")
# 《行政区划代码》GB/T 2260: the first two digits.
_AREAS = frozenset(
    f"{region}{place}"
    for region, places in {
        1: "12345", 2: "123", 3: "1234567", 4: "123456", 5: "01234", 6: "12345", 7: "1", 8: "123",
    }.items()
    for place in places
)  # fmt: skip
_PLACE = r"[^\s，。；：、|<>（）()\"“”]"
# 住址 and down to the door, whatever the door is called …
_TO_DOOR = rf"[0-9一二三四五六七八九十]+{_PLACE}{{0,3}}(?:号|栋|幢|楼|单元|室|组){_PLACE}{{0,20}}"
_DOOR = pattern(rf"(?<![^\t| ]){_PLACE}{{2,30}}?{_TO_DOOR}")
_HOME = pattern(
    r"(?:家庭住址|家庭地址|户籍地址|户籍所在地|现住址|住址|家住|居住地址?)[^\S\n]*[:：]?[^\S\n]*\|?[^\S\n]*"
    rf"(?P<place>{_PLACE}{{0,30}}?{_TO_DOOR})"
)
_HOME_WORDS = ("住址", "家庭地址", "户籍", "家住", "居住地")
# … or a flat in a block: no office is 3栋2单元501室 of a 小区.
_FLAT = pattern(r"[0-9]+(?:栋|幢|座|号楼)[0-9一二三四]+单元(?:[0-9]+(?:室|号)?)?")
_BEFORE_FLAT = pattern(rf"{_PLACE}{{0,30}}$")
_OFFICE = pattern(r"(?:联系|办公|通讯|单位|收件|报名|邮寄)地址[:：]?\s*$")
_HALF_WIDTH = str.maketrans(
    "０１２３４５６７８９ＸｘＥ－\u2010\u2011\u00a0\u3000", "0123456789XxE---  "
)
_FULL_WIDTH = pattern("[０-９Ｘｘ]")
_IN_ADDRESS = pattern(r"(?:https?://|www\.|\]\()[^\s\u4e00-\u9fff)]*$")


def find_personal_data(text: str, context: str = "") -> list[PersonalDatum]:
    """Return the personal data in `text`, in order; where kinds overlap, the first found counts.

    `context` is what stands above it, such as the head of a table: the number of a passport looks
    like that of a machine, unless the column is called so.
    """
    if _FULL_WIDTH.search(text):
        text = text.translate(_HALF_WIDTH)
    found: list[PersonalDatum] = []
    for datum in _candidates(text, context):
        overlaps = any(datum.start < other.end and other.start < datum.end for other in found)
        if not overlaps and not _IN_ADDRESS.search(text, max(0, datum.start - 200), datum.start):
            found.append(datum)
    return sorted(found)


def _candidates(text: str, context: str) -> Iterator[PersonalDatum]:
    for line_start, line in _lines_with_numbers(text):
        for kind, start, end in _numbers(line):
            yield PersonalDatum(line_start + start, line_start + end, kind)
    if any(word in text or word in context for word in _PASSPORT_WORDS):
        for match in _PASSPORT.finditer(text):
            yield PersonalDatum(match.start(), match.end(), Kind.PASSPORT)
    for start, end in _addresses(text, context):
        if not _OFFICE.search(text, max(0, start - 12), start):
            yield PersonalDatum(start, end, Kind.ADDRESS)


def _addresses(text: str, context: str) -> Iterator[tuple[int, int]]:
    if any(word in context for word in _HOME_WORDS):
        for match in _DOOR.finditer(text):
            yield match.span()
    if any(word in text for word in _HOME_WORDS):
        for match in _HOME.finditer(text):
            yield match.span("place")
    if "单元" in text:
        for match in _FLAT.finditer(text):
            before = _BEFORE_FLAT.search(text, max(0, match.start() - 30), match.start())
            yield before.start() if before else match.start(), match.end()


def _lines_with_numbers(text: str) -> Iterator[tuple[int, str]]:
    position = 0
    while match := _LONG_NUMBER.search(text, position):
        start = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.end())
        position = end if end != -1 else len(text)
        yield start, text[start:position]


def _numbers(line: str) -> Iterator[tuple[Kind, int, int]]:
    for match in _ID.finditer(line):
        if _is_id(match, line):
            yield Kind.ID, *match.span()
    for match in _OLD_ID.finditer(line):
        if match["area"] in _AREAS and _is_day("19" + match["day"]):
            yield Kind.ID, *match.span()
    for match in _CARD.finditer(line):
        if has_luhn_check(_digits(match[0])):
            yield Kind.BANK_CARD, *match.span()
    for match in _MOBILE.finditer(line):
        yield Kind.MOBILE, *match.span(1)


def _is_id(match: re.Match[str], line: str) -> bool:
    """Tell an ID number; one that is mistyped but called so is a person's all the same."""
    if match["area"] not in _AREAS or not _is_day(match["day"]):
        return False
    is_labelled = _ID_LABEL.search(line, 0, match.start()) is not None
    return is_labelled or has_id_check(match[0].replace(" ", ""))


def _is_day(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def has_id_check(number: str) -> bool:
    """Tell whether 18 characters end in the check of GB 11643—1999 (ISO 7064 MOD 11-2).

    >>> has_id_check("11010519491231002X"), has_id_check("110105194912310021")
    (True, False)
    """
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == number[17].upper()


def has_luhn_check(digits: str) -> bool:
    """Tell whether a card number ends in its check digit (ISO/IEC 7812-1, annex B).

    >>> has_luhn_check("6222020200112233450"), has_luhn_check("6222020200112233451")
    (False, False)
    """
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(doubled)) % 10 == 0


def _digits(text: str) -> str:
    return re.sub("[ -]", "", text)


# What stays to be seen at both ends; one style for the whole site, for masks that differ from
# list to list can be put together again.
_SHOWN = {
    Kind.ID: (2, 3),
    Kind.BANK_CARD: (6, 4),
    Kind.MOBILE: (3, 4),
    Kind.PASSPORT: (1, 2),
}
_KEPT_ADDRESS = pattern(r".*?(?:街道|镇|乡|县|(?<!小)区|市|省)(?=.)")


def masked(text: str, kind: Kind) -> str:
    """Return a piece of personal data in the form in which it may be published.

    >>> masked("13800001234", Kind.MOBILE), masked("11010519491231002X", Kind.ID)
    ('138****1234', '11*************02X')
    """
    if kind is Kind.ADDRESS:
        kept = _KEPT_ADDRESS.match(text)
        return (kept[0] if kept else "") + "***"
    compact = _digits(text)
    first, last = _SHOWN[kind]
    return compact[:first] + "*" * (len(compact) - first - last) + compact[-last:]


def mask(text: str, context: str = "") -> str:
    """Return `text` with the personal data in it hidden, every character in its place."""
    data = find_personal_data(text, context)
    for datum in reversed(data):
        text = text[: datum.start] + covered(text, datum) + text[datum.end :]
    return text


def covered(text: str, datum: PersonalDatum) -> str:
    """Return one datum hidden, as wide as it stands in `text`."""
    piece = text[datum.start : datum.end]
    first, last = _SHOWN.get(datum.kind, (0, 0))
    stars = ("＊" if ord(char) > 0x2E7F else "*" for char in piece[first : len(piece) - last])
    return piece[:first] + "".join(stars) + piece[len(piece) - last :]
