"""Personal data in a manuscript (D601–D605)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from policysite.lint.personal_data import Kind, PersonalDatum, find_personal_data, masked
from policysite.lint.text import Finding, Text
from policysite.model.scalars import Scalar
from policysite.patterns import pattern

CODES: Mapping[Kind, str] = {
    Kind.ID: "D601",
    Kind.BANK_CARD: "D602",
    Kind.MOBILE: "D603",
    Kind.PASSPORT: "D604",
    Kind.ADDRESS: "D605",
}

# Whoever wants to object to a 公示 has to know whom to call, and where to write to.
_CONTACT_FIELDS = ("contact", "phone", "address")


def personal_data(text: Text, public_phones: frozenset[str]) -> Iterator[Finding]:
    """Yield what must not be published, wherever in the file it stands, comments included.

    `public_phones` are mobiles that the site publishes on purpose. The contact fields of a 公示 may
    hold a mobile and an address, never an ID or a card.
    """
    found = find_personal_data(text.source)
    taken = {datum.start for datum in found}
    found += [datum for datum in _in_tables(text) if datum.start not in taken]
    contacts = [_lines_of(text, key) for key in _CONTACT_FIELDS if key in text.fields]
    for datum in sorted(found):
        written = text.source[datum.start : datum.end]
        if datum.kind is Kind.MOBILE and "".join(filter(str.isdigit, written)) in public_phones:
            continue
        if datum.kind in (Kind.MOBILE, Kind.ADDRESS) and datum.start < text.body:
            line, _ = text.place(datum.start)
            if line in contacts:
                continue
        values = {"masked": masked(written, datum.kind)}
        yield Finding(datum.start, datum.end, CODES[datum.kind], values)


_TABLE = pattern(r"^[ ]*\|.*(?:\n[ ]*\|.*)+", re.MULTILINE)


def _in_tables(text: Text) -> Iterator[PersonalDatum]:
    """Yield what only the head of its column tells: a home under 住址."""
    if "|" not in text.source or "住" not in text.source:
        return
    for table in _TABLE.finditer(text.source, text.body):
        head, _, rows = table[0].partition("\n")
        start = table.start() + len(head) + 1
        for datum in find_personal_data(rows, head):
            yield replace(datum, start=datum.start + start, end=datum.end + start)


def _lines_of(text: Text, key: str) -> int:
    value = text.fields[key].value
    return value.line if isinstance(value, Scalar) else text.fields[key].line
