"""Turns what stands in a field into a typed value, or says what is wrong with it.

Each `read_…` takes the parsed value of one field. What cannot be understood raises a `Fault` with a
code of `messages.py`; what was understood but should be written otherwise is noted (`Notes`) and
becomes a warning.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import NoReturn

from policysite.clock import CHINA as CHINA
from policysite.model.scalars import Pair, Scalar, Value, quoted
from policysite.patterns import pattern


@dataclass(slots=True)
class Notes:
    """Warnings gathered while fields are validated: code, place and the text's values."""

    found: list[tuple[str, Scalar, dict[str, object]]] = field(default_factory=list)

    def add(self, code: str, place: Scalar, **values: object) -> None:
        """Keep one warning for the field being read."""
        self.found.append((code, place, values))


class Fault(ValueError):
    """What is wrong with a field: a code of `messages.py`, where, and the text's values."""

    def __init__(self, code: str, place: Scalar, values: Mapping[str, object]) -> None:
        super().__init__(code)
        self.code, self.place, self.values = code, place, values


def fault(code: str, place: Scalar, **values: object) -> NoReturn:
    """Raise the error `code` at `place`.

    Raises:
        Fault: always.

    """
    raise Fault(code, place, values)


Reader = Callable[[Value, Notes], object]
"""Reads the value of a field.

Raises:
    Fault: it cannot be understood.
"""


def suggestion(value: str, choices: list[str] | tuple[str, ...]) -> str:
    """Return 你是不是想写… for the nearest choices, or nothing."""
    from difflib import get_close_matches  # most values are right

    near = get_close_matches(value, list(choices), n=3, cutoff=0.5)
    return f"你是不是想写“{'”或“'.join(near)}”？" if near else ""


def single(value: Value) -> Scalar:
    """Return the one text of a field that is no list."""
    if isinstance(value, Scalar):
        if not value.text:
            fault("F215", value)
        return value
    if not value:
        fault("F215", Scalar("", 0, 1))
    first = value[0].whole if isinstance(value[0], Pair) else value[0]
    if len(value) > 1:
        fault("F209", first, count=len(value))
    return single(first)


def read_text(value: Value, _: Notes) -> str:
    """Return a field's text on one line."""
    return single(value).text


def read_list(value: Value, notes: Notes) -> tuple[str, ...]:
    """Return the items of a list field; `甲、乙，丙` on one line is understood and noted."""
    return tuple(item.text for item in list_items(value, notes))


def list_items(value: Value, notes: Notes) -> tuple[Scalar, ...]:
    """Return the items of a list field with their places."""
    if isinstance(value, Scalar):
        if not value.text:
            fault("F215", value)
        parts = [part for part in re.split(r"\s*[、，,;；]\s*", value.text) if part]
        if len(parts) > 1:
            notes.add("F107", value, count=len(parts), items="、".join(parts))
        return tuple(Scalar(part, value.line, value.column) for part in parts)
    return tuple(_plain(item, notes) for item in value)


def _plain(item: Scalar | Pair, notes: Notes) -> Scalar:
    if isinstance(item, Scalar):
        return single(item)
    # A colon inside the text of an item, not a name with a value; YAML sees it otherwise.
    if _is_yaml_pair(item):
        notes.add("F111", item.whole, mark=":", quoted=quoted(item.whole.text))
    return item.whole


def _is_yaml_pair(item: Pair) -> bool:
    return ": " in item.whole.text


_DATE = pattern(
    r"^(?P<y>\d{4})\s*(?:[-./—–]|年)\s*(?P<m>\d{1,2})\s*(?:[-./—–]|月)\s*(?P<d>\d{1,2})\s*日?"
    r"(?:[\sT　]*(?P<h>\d{1,2})\s*[:：时]\s*(?P<min>\d{1,2})(?:[:：]\d{2})?\s*分?)?$"
)


def read_moment(value: Value, notes: Notes) -> datetime:
    """Return a date with time in China; a missing time is midnight."""
    scalar = single(value)
    match = _DATE.match(scalar.text.translate(_HALF_WIDTH))
    if match is None:
        fault("F202", scalar, value=scalar.text)
    numbers = {name: int(text or 0) for name, text in match.groupdict().items()}
    try:
        day = date(numbers["y"], numbers["m"], numbers["d"])
        moment = datetime.combine(day, time(numbers["h"], numbers["min"]), CHINA)
    except ValueError:
        fault("F204", scalar, value=scalar.text)
    canonical = f"{day} {moment.hour:02}:{moment.minute:02}" if match["h"] else str(day)
    if canonical != scalar.text:
        notes.add("F203", scalar, value=scalar.text, canonical=canonical)
    return moment


def read_date(value: Value, notes: Notes) -> date:
    """Return a day without time."""
    return read_moment(value, notes).date()


_HALF_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")

_YES = {"是", "yes", "true", "1", "on", "y"}
_NO = {"否", "no", "false", "0", "off", "n"}


def read_yes_no(value: Value, _: Notes) -> bool:
    """Return 是 or 否."""
    scalar = single(value)
    if scalar.text.lower() in _YES:
        return True
    if scalar.text.lower() in _NO:
        return False
    fault("F208", scalar, value=scalar.text)


def read_number(value: Value, _: Notes) -> int:
    """Return a number that counts from 1."""
    scalar = single(value)
    text = scalar.text.translate(_HALF_WIDTH)
    if not re.fullmatch("[1-9][0-9]{0,3}", text):
        fault("F217", scalar, value=scalar.text)
    return int(text)


def read_pinned(value: Value, notes: Notes) -> date | bool:
    """Return whether, or until which day, an article stays on top of its lists."""
    scalar = single(value)
    if scalar.text.lower() in _YES | _NO:
        return read_yes_no(value, notes)
    return read_date(value, notes)


@dataclass(frozen=True, slots=True, order=True)
class DocNumber:
    """发文字号: 机关代字, 年份 and 发文顺序号 (GB/T 9704—2012 7.2.5)."""

    agency: str
    year: int
    number: int

    def __str__(self) -> str:
        """Return the printed form with 六角括号."""
        return f"{self.agency}〔{self.year}〕{self.number}号"


_DOC_NUMBER = pattern(
    r"^(?P<agency>[\u4e00-\u9fff（）]+?)\s*"
    r"(?P<open>[〔\[［（(【])\s*(?P<year>(?:19|20)\d{2})\s*[〕\]］）)】]\s*第?\s*(?P<number>\d{1,5})\s*号$"
)


def parse_doc_number(text: str) -> DocNumber | None:
    """Return the 发文字号 that `text` is, whatever its brackets, or None."""
    match = _DOC_NUMBER.match(text.strip().translate(_HALF_WIDTH))
    if match is None or int(match["number"]) == 0:
        return None
    return DocNumber(match["agency"], int(match["year"]), int(match["number"]))


def read_doc_number(value: Value, notes: Notes) -> DocNumber:
    """Return the 发文字号; other brackets and a leading 第 or 0 are understood and noted."""
    scalar = single(value)
    number = parse_doc_number(scalar.text)
    if number is None:
        fault("F205", scalar, value=scalar.text)
    if str(number) != scalar.text:
        notes.add("F206", scalar, value=scalar.text, canonical=str(number))
    return number


@dataclass(frozen=True, slots=True)
class AttachmentRef:
    """An attachment as named in front matter: what people read and where the file is."""

    name: str
    target: str
    line: int
    column: int


def read_attachments(value: Value, notes: Notes) -> tuple[AttachmentRef, ...]:
    """Return `- 名称: 文件` items; a bare file is named after itself."""
    items = (value,) if isinstance(value, Scalar) else value
    return tuple(_attachment(item, notes) for item in items)


def _attachment(item: Scalar | Pair, notes: Notes) -> AttachmentRef:
    if isinstance(item, Pair):
        if "." not in item.value.text.rsplit("/", 1)[-1]:
            fault("F214", item.name, value=item.whole.text)
        if not _is_yaml_pair(item):
            notes.add("F104", item.whole, label=item.name.text)
        target = item.value.text.lstrip("/")
        return AttachmentRef(item.name.text, target, item.value.line, item.value.column)
    if "." not in single(item).text.rsplit("/", 1)[-1]:
        fault("F214", item, value=item.text)
    stem = item.text.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return AttachmentRef(stem, item.text.lstrip("/"), item.line, item.column)


@dataclass(frozen=True, slots=True)
class Reference:
    """Another article named in front matter by slug or 发文字号."""

    text: str
    line: int
    column: int


def read_references(value: Value, notes: Notes) -> tuple[Reference, ...]:
    """Return the articles that a relation field names."""
    return tuple(
        Reference(item.text.strip("《》"), item.line, item.column)
        for item in list_items(value, notes)
    )


_ADDRESS = pattern(r"/[^\s?#\\]*(?:[^\s?#\\/]\.[A-Za-z]{2,5}|/)")


def read_addresses(value: Value, notes: Notes) -> tuple[str, ...]:
    """Return former addresses of a page, each a path on this site."""
    items = list_items(value, notes)
    for item in items:
        steps = item.text[1:].removesuffix("/").split("/")
        if not _ADDRESS.fullmatch(item.text) or {"", ".", ".."} & set(steps):
            fault("F212", item, value=item.text)
    return tuple(item.text for item in items)


def read_path(value: Value, _: Notes) -> str:
    """Return a file's path under content/."""
    return single(value).text.lstrip("/")


def read_web_address(value: Value, _: Notes) -> str:
    """Return an address on another site."""
    scalar = single(value)
    if not re.match(r"^https?://[^\s/]+\.[^\s/]+", scalar.text):
        fault("F216", scalar, value=scalar.text)
    return scalar.text
