"""Finds the record of a 公文 in its text: title, 文号, 机关, 主送, 落款, 附件 (GB/T 9704—2012)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from policysite.importing.blocks import Block, CannotImport, Paragraph, Run, Signature, Table
from policysite.importing.markings import CLASSIFIED, is_marking, secrecy_of
from policysite.model.fields import DOC_TYPES
from policysite.model.values import DocNumber, parse_doc_number
from policysite.text.numerals import to_int

_BLANKS = " \u3000\t"
_NUMBER = re.compile(
    r"^[\u4e00-\u9fff（）]{2,16}\s*[〔\[［（(【]\s*(?:19|20)\d\d\s*[〕\]］）)】]\s*第?\s*\d{1,5}\s*号"
)
_HEADER_END = re.compile(r"(?:文件|函|令|公报|公告|通告|纪要)$")
_SIGNER = re.compile(r"签发人[：:]\s*(.+)$")
_RECIPIENTS = re.compile(r"^[^。；！？]{2,160}[：:]$")
_DATE = re.compile(
    r"^(?P<y>(?:19|20)\d\d|[一二][〇零○Ｏ0九八七六五四三二一]{3})年(?P<m>\d{1,2}|[一二三四五六七八九十]{1,2})月"
    r"(?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})日$"
)
_ATTACHMENTS = re.compile(r"^附\s*件[：:]\s*(.*)$")
_LISTED = re.compile(r"^(\d+)[.．、]\s*(.+)$")
_DISCLOSURE = re.compile(r"^[（(]此件(公开发布|依申请公开|不予公开)[）)]$")
_DISCLOSURES = {"公开发布": "主动公开", "依申请公开": "依申请公开", "不予公开": "不予公开"}
_IMPRINT = re.compile(r"\d日印发")
_IMPRINT_LINE = re.compile(r"[^。；]{2,40}\d{4}年\d{1,2}月\d{1,2}日印发")
# Where a 公文 shows that it is one: its header or number stands among its first lines.
_HEAD = 14


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
    kept = [block for block in blocks if not _is_empty(block)]
    finder = _Finder([b for b in kept if not _is_imprint(b)])
    imprint = tuple(" ".join(b.text.split()) for b in kept if _is_imprint(b))
    return finder.find(imprint, title)


class _Finder:
    """Takes the record out of a text piece by piece; `used` are the places of what was taken."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.used: set[int] = set()
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
        issuer = names or tuple(_issuers(header))
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
        for place, block in enumerate(self.blocks[:_HEAD]):
            if place not in self.used and isinstance(block, Paragraph):
                found.append((place, block, _words(block)))
        return found

    def _markings(self) -> None:
        for place, _, words in self._head():
            if secrecy := is_marking(words) and secrecy_of(words):
                raise CannotImport(CLASSIFIED.format(secrecy=secrecy))
            if is_marking(words):
                self.used.add(place)

    def _number(self) -> tuple[DocNumber | None, str]:
        for place, _, words in self._head():
            if match := _NUMBER.match(words):
                signer = _SIGNER.search(words[match.end() :])
                self.used.add(place)
                return parse_doc_number(match[0]), "".join(signer[1].split()) if signer else ""
        return None, ""

    def _header(self) -> str:
        """Return 发文机关标志: red, above the title."""
        header = ""
        for place, block, words in self._head():
            is_red = bool(block.runs) and all(run.red for run in block.runs)
            if is_red and len(words) <= 40 and not words.startswith("关于"):
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
            if block.align == "left" and _RECIPIENTS.match(words) and not _LISTED.match(words):
                return words
        return ""

    def _disclosure(self) -> str:
        for place, block in enumerate(self.blocks):
            if isinstance(block, Paragraph) and (match := _DISCLOSURE.match(_words(block))):
                self.used.add(place)
                return _DISCLOSURES[match[1]]
        return ""

    def _signature(self) -> tuple[date | None, tuple[str, ...]]:
        """Return 成文日期 and the names above it: the first date that stands alone at the right."""
        for place, block in enumerate(self.blocks):
            if not isinstance(block, Paragraph) or place in self.used:
                continue
            day = read_date(_words(block))
            if day and (block.align == "right" or self._names(place)):
                names = self._names(place)
                self.used |= {place, *range(place - len(names), place)}
                parts = [part for words in names for part in re.split(r"[ \u3000]{2,}", words)]
                self.signature[place] = Signature((*parts, _shown(day)))
                return day, tuple(parts)
        return None, ()

    def _names(self, end: int) -> list[str]:
        names: list[str] = []
        for block in reversed(self.blocks[:end]):
            words = block.text.strip(_BLANKS) if isinstance(block, Paragraph) else ""
            is_name = (
                2 <= len(words) <= 40
                and words[-1] not in "。：；，！？"
                and words[0] not in "附（"
                and not _LISTED.match(words)
            )
            is_right = isinstance(block, Paragraph) and block.align == "right"
            if not (is_name and (is_right or block.text.startswith(("\u3000" * 4, " " * 8)))):
                break
            names.insert(0, words)
        return names

    def _attachments(self) -> tuple[str, ...]:
        for place, block in enumerate(self.blocks):
            match = (
                _ATTACHMENTS.match(block.text.strip(_BLANKS))
                if isinstance(block, Paragraph)
                else None
            )
            if match:
                return tuple(_names_under(match[1], self.blocks[place + 1 :]))
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


def _names_under(first: str, following: Sequence[Block]) -> list[str]:
    first = first.strip(_BLANKS)
    listed = _LISTED.match(first)
    if not listed:
        return [first] if first else []
    names = [listed[2]]
    for block in following:
        match = _LISTED.match(block.text.strip(_BLANKS))
        if not match or int(match[1]) != len(names) + 1:
            break
        names.append(match[2])
    return names


def _words(paragraph: Paragraph) -> str:
    return paragraph.text.strip(_BLANKS)


def _is_empty(block: Block) -> bool:
    shows = isinstance(block, Paragraph) and not all(isinstance(i, Run) for i in block.inlines)
    return not block.text.strip(_BLANKS) and not shows


def _is_imprint(block: Block) -> bool:
    """Tell whether a block is 版记, which is about the paper and not part of the text."""
    words = "".join(block.text.split())
    if isinstance(block, Table):
        return bool(_IMPRINT.search(words))
    return words.startswith("抄送：") or bool(_IMPRINT_LINE.fullmatch(words))


def _issuers(header: str) -> list[str]:
    found = [re.sub(_HEADER_END, "", part) for part in re.split(r"\s+", header)]
    return [name for name in found if len(name) >= 4]


def read_date(text: str) -> date | None:
    """Return a date written as 2026年3月15日 or 二〇二六年三月十五日, None for anything else.

    >>> read_date("二〇二六年三月十五日")
    datetime.date(2026, 3, 15)
    """
    match = _DATE.match(re.sub(r"\s", "", text))
    if not match:
        return None
    year = (
        match["y"].translate(str.maketrans("○Ｏ0", "〇〇〇"))
        if not match["y"].isdigit()
        else match["y"]
    )
    try:
        return date(to_int(year), to_int(match["m"]), to_int(match["d"]))
    except ValueError:
        return None


def _shown(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
