"""Finds the record of a 公文 in its text: title, 文号, 机关, 主送, 落款, 附件 (GB/T 9704—2012)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from policysite.importing.blocks import Block, CannotImport, Paragraph, Signature
from policysite.importing.lines import (
    are_recipients,
    is_empty,
    is_imprint,
    is_listed,
    issuers_of,
    read_attachments,
    read_date,
    read_disclosure,
    read_number,
    show_date,
    words_of,
)
from policysite.importing.markings import CLASSIFIED, HEAD, is_marking, secrecy_of
from policysite.model.fields import DOC_TYPES
from policysite.model.values import DocNumber


@dataclass(frozen=True, slots=True)
class Record:
    """What was found; empty where nothing was. `body` is the text without it.

    `attachments` are the names under 附件; `left_out` is 版记; `is_document` says that this is a
    公文: of other texts only the title is looked for.
    """

    title: str
    body: tuple[Block, ...]
    is_document: bool = False
    doc_number: DocNumber | None = None
    issuer: tuple[str, ...] = ()
    doc_type: str = ""
    recipients: str = ""
    signed_on: date | None = None
    signer: str = ""
    disclosure: str = ""
    attachments: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def find_record(blocks: Sequence[Block], title: str = "") -> Record:
    """Find the record of a text; what belongs to it is no longer in `body`.

    Where the `title` is known it is not looked for, and taken out where the text repeats it.

    Raises:
        CannotImport: the document is classified.

    """
    kept = [block for block in blocks if not is_empty(block)]
    finder = _Finder([b for b in kept if not is_imprint(b)])
    imprint = tuple(" ".join(b.text.split()) for b in kept if is_imprint(b))
    return finder.find(imprint, title)


class _Finder:
    """Takes the record out of a text piece by piece; `used` are the places of what was taken,
    `number_at` is that of 发文字号."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.used: set[int] = set()
        self.number_at = 0
        self.signature: dict[int, Signature] = {}

    def find(self, imprint: tuple[str, ...], known: str) -> Record:
        self._markings()
        number, signer = self._number()
        header = self._header()
        is_document = number is not None or bool(header)
        title = self._repeated(known) if known else self._title()
        if not is_document:
            return Record(title, self._rest(), left_out=imprint)
        recipients = self._recipients()
        disclosure = self._disclosure()
        signed_on, names = self._signature()
        issuer = names or issuers_of(header)
        return Record(
            title=title,
            body=self._rest(),
            is_document=True,
            doc_number=number,
            issuer=issuer,
            doc_type=next((kind for kind in DOC_TYPES if title.endswith(kind)), ""),
            recipients=recipients.rstrip("：:"),
            signed_on=signed_on,
            signer=signer,
            disclosure=disclosure,
            attachments=self._attachments(),
            left_out=imprint,
        )

    def _head(self) -> list[tuple[int, Paragraph, str]]:
        found = []
        for place, block in enumerate(self.blocks[:HEAD]):
            if place not in self.used and isinstance(block, Paragraph):
                found.append((place, block, words_of(block)))
        return found

    def _markings(self) -> None:
        for place, _, words in self._head():
            if secrecy := is_marking(words) and secrecy_of(words):
                raise CannotImport(CLASSIFIED.format(secrecy=secrecy))
            if is_marking(words):
                self.used.add(place)

    def _number(self) -> tuple[DocNumber | None, str]:
        for place, _, words in self._head():
            if found := read_number(words):
                self.used.add(place)
                self.number_at = place
                return found
        return None, ""

    def _header(self) -> str:
        """Return 发文机关标志: red, above the title; in copies without colour, …文件 at the top."""
        header = ""
        for place, block, words in self._head():
            is_red = bool(block.runs) and all(run.red for run in block.runs)
            is_mark = place < self.number_at and words.endswith("文件") and "关于" not in words
            if (is_red or is_mark) and len(words) <= 40 and not words.startswith("关于"):
                header += words + " "
                self.used.add(place)
            elif is_red and not words.strip("★—-_ "):
                self.used.add(place)
        return header.strip()

    def _title(self) -> str:
        """Return the lines of the largest type in the middle; else the first line or heading."""
        head = self._head()
        centred = [p for p in head if p[1].align == "center" and not p[2].startswith(("（", "("))]
        if not centred:
            first = next((p for p in head if p[1].level == 1), None) or next(iter(head), None)
            return self._take([first] if first and len(first[2]) <= 80 else [])
        largest = max(block.size for _, block, _ in centred)
        start = next(n for n, p in enumerate(centred) if p[1].size == largest)
        lines = [centred[start]]
        for following in centred[start + 1 :]:
            if following[0] != lines[-1][0] + 1 or following[1].size != largest:
                break
            lines.append(following)
        return self._take(lines)

    def _repeated(self, title: str) -> str:
        """Take the known title out of the head, where it may stand in several lines."""
        head = self._head()
        for start in range(len(head)):
            for end in range(start + 1, min(start + 5, len(head) + 1)):
                if _bare("".join(words for _, _, words in head[start:end])) == _bare(title):
                    self._take(head[start:end])
                    return title
        return title

    def _take(self, lines: Sequence[tuple[int, Paragraph, str]]) -> str:
        self.used |= {place for place, _, _ in lines}
        return "".join(words for _, _, words in lines)

    def _recipients(self) -> str:
        for _, block, words in self._head():
            if block.align == "left" and are_recipients(words):
                return words
        return ""

    def _disclosure(self) -> str:
        for place, block in enumerate(self.blocks):
            if isinstance(block, Paragraph) and (found := read_disclosure(words_of(block))):
                self.used.add(place)
                return found
        return ""

    def _signature(self) -> tuple[date | None, tuple[str, ...]]:
        """Return 成文日期 and the names above it: the first date that stands alone at the right."""
        for place, block in enumerate(self.blocks):
            if not isinstance(block, Paragraph) or place in self.used:
                continue
            day = read_date(words_of(block))
            if day and (block.align == "right" or self._names(place)):
                names = self._names(place)
                self.used |= {place, *range(place - len(names), place)}
                parts = [part for words in names for part in re.split(r"[ \u3000]{2,}", words)]
                self.signature[place] = Signature((*parts, show_date(day)))
                return day, tuple(parts)
        return None, ()

    def _names(self, end: int) -> list[str]:
        names: list[str] = []
        for block in reversed(self.blocks[:end]):
            words = words_of(block) if isinstance(block, Paragraph) else ""
            is_name = (
                2 <= len(words) <= 40
                and words[-1] not in "。：；，！？"
                and words[0] not in "附（"
                and not is_listed(words)
            )
            is_right = isinstance(block, Paragraph) and block.align == "right"
            if not (is_name and (is_right or block.text.startswith(("\u3000" * 4, " " * 8)))):
                break
            names.insert(0, words)
        return names

    def _attachments(self) -> tuple[str, ...]:
        for place, block in enumerate(self.blocks):
            if (names := read_attachments(block, self.blocks[place + 1 :])) is not None:
                return names
        return ()

    def _rest(self) -> tuple[Block, ...]:
        body: list[Block] = []
        for place, block in enumerate(self.blocks):
            if place in self.signature:
                body.append(self.signature[place])
            elif place not in self.used:
                body.append(block)
        return tuple(_with_titles(body))


def _with_titles(body: Sequence[Block]) -> Iterator[Block]:
    """Make one heading of the lines in the middle that are larger than the text: titles of acts."""
    sizes: Counter[float] = Counter()
    for block in body:
        for run in block.runs if isinstance(block, Paragraph) else ():
            sizes[run.size] += len(run.text)
    usual = sizes.most_common(1)[0][0] if sizes else 0
    title: list[Paragraph] = []
    for block in body:
        if isinstance(block, Paragraph) and block.align == "center" and block.size > usual:
            title.append(block)
            continue
        yield from _heading(title)
        title = []
        yield block
    yield from _heading(title)


def _heading(lines: Sequence[Paragraph]) -> Iterator[Paragraph]:
    if lines:
        inlines = tuple(inline for line in lines for inline in line.inlines)
        yield Paragraph(inlines, "center", lines[0].level or 1, lines[0].number)


def _bare(text: str) -> str:
    return re.sub(r"[\s\u3000]", "", text)
