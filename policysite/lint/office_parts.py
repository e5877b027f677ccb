"""The parts of an Office file: a zip of XML, which is read as text and never as a program would."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

LIMIT = 128 * 1024 * 1024
"""Bytes that one attachment may unpack to, all its members together."""


class Unreadable(Exception):
    """An attachment cannot be read; its text is a key of `messages_desk.UNREADABLE`."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of an attachment and where they stand: 第2页, 工作表“名单”第3行.

    `context` is the head of the table that they are a row of.
    """

    place: str
    text: str
    context: str = ""


@dataclass(slots=True)
class Budget:
    """What is left of `LIMIT` while one attachment is unpacked."""

    left: int = LIMIT

    def read(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
        """Return a member whole.

        Raises:
            Unreadable: it is encrypted, or larger than what is left.

        """
        if member.flag_bits & 0x1:
            raise Unreadable("password")
        with archive.open(member) as stream:
            data = stream.read(self.left + 1)
        self.left -= len(data)
        if self.left < 0:
            raise Unreadable("large")
        return data


TAG = re.compile(r"<[^>]*>")
_RUN_BREAK = re.compile(r"<(?:w:tab|w:br|w:cr|a:br|text:tab|text:line-break|text:s)\b[^>]*>")


def words(xml: str, paragraph_end: str) -> str:
    """Return the text of an XML part, a line for each paragraph."""
    lines = (TAG.sub("", _RUN_BREAK.sub(" ", part)) for part in xml.split(paragraph_end))
    return unescape("\n".join(line for line in lines if line.strip()))


def parts(
    archive: zipfile.ZipFile, budget: Budget, wanted: str
) -> Iterator[tuple[re.Match[str], str]]:
    """Yield the parts whose names match `wanted` whole, with their XML and the match."""
    for member in archive.infolist():
        if match := re.fullmatch(wanted, member.filename):
            yield match, _usual(budget.read(archive, member).decode("utf-8", "replace"))


_MAIN = re.compile(
    r"xmlns:(\w+)=[\"']http://[^\"']*/(spreadsheetml|wordprocessingml)/[^\"']*main[\"']"
)


def _usual(xml: str) -> str:
    """Return a part with the prefixes of Word and Excel; other programs write <x:row> for <row>."""
    match = _MAIN.search(xml, 0, 4096)
    usual = {"s": "", "w": "w:"}[match[2][0]] if match else ""
    if match is None or f"{match[1]}:" == usual:
        return xml
    return re.sub(rf"<(/?){match[1]}:", rf"<\1{usual}", xml)
