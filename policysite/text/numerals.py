"""Chinese numerals to integers and back."""

from __future__ import annotations

DIGITS = "〇一二三四五六七八九"
NUMERALS = "零〇一二三四五六七八九十百千万两"
"""Every character a Chinese numeral of a heading or clause is written with."""

_VALUES = {char: value for value, char in enumerate(DIGITS)} | {"零": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_LIMIT = 10**8


def to_int(text: str) -> int:
    """Read `text` as a whole number.

    Understands 一百二十三, 十二, 两千零五, positional 二〇二六, and ASCII or
    full-width digits. Raises ValueError for anything else.
    """
    if not text:
        raise ValueError("empty numeral")
    if text.isdecimal():
        return int(text)
    if all(char in _VALUES for char in text):
        return int("".join(str(_VALUES[char]) for char in text))
    high, ten_thousand, low = text.rpartition("万")
    if ten_thousand:
        return _below_ten_thousand(high) * 10_000 + (_below_ten_thousand(low) if low else 0)
    return _below_ten_thousand(text)


def to_chinese(number: int) -> str:
    """Write `number` as a Chinese numeral: 12 → 十二, 2005 → 二千零五, 0 → 〇.

    Raises ValueError outside 0 … 99 999 999.
    """
    if not 0 <= number < _LIMIT:
        raise ValueError(f"no numeral for {number}")
    high, low = divmod(number, 10_000)
    text = ""
    if high:
        text = _written(high) + "万"
        if low:
            text += ("零" if low < 1000 else "") + _written(low)
    else:
        text = _written(low) or "〇"
    # 十二, not 一十二, at the very start only: 一百一十二 keeps its 一.
    return text.removeprefix("一") if text.startswith("一十") else text


def _below_ten_thousand(text: str) -> int:
    total = digit = 0
    largest = 10_000
    for char in text:
        unit = _UNITS.get(char)
        if unit is None:
            if char not in _VALUES or digit:
                raise ValueError(f"not a numeral: {text}")
            digit = _VALUES[char]
            continue
        if unit >= largest or (not digit and unit != 10):
            raise ValueError(f"not a numeral: {text}")
        total += (digit or 1) * unit
        digit, largest = 0, unit
    return total + digit


def _written(number: int) -> str:
    """Write 0 … 9999 with every 一 spelt out; 0 is the empty string."""
    text = ""
    gap = False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += ("零" if gap and text else "") + DIGITS[digit] + name
        gap = not digit
    return text
