"""What single lines of a 公文 say: 文号, 主送, 成文日期, 附件, 版记 (GB/T 9704—2012)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from policysite.importing.blocks import Block, Paragraph, Run, Table
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


def words_of(block: Block) -> str:
    """Return a block's text without the blanks around it."""
    return block.text.strip(_BLANKS)


def is_empty(block: Block) -> bool:
    """Tell whether a block shows nothing, no picture either."""
    shows = isinstance(block, Paragraph) and not all(isinstance(i, Run) for i in block.inlines)
    return not words_of(block) and not shows


def is_imprint(block: Block) -> bool:
    """Tell whether a block is 版记, which is about the paper and not part of the text."""
    words = "".join(block.text.split())
    if isinstance(block, Table):
        return bool(_IMPRINT.search(words))
    return words.startswith("抄送：") or bool(_IMPRINT_LINE.fullmatch(words))


def read_number(words: str) -> tuple[DocNumber | None, str] | None:
    """Return the 发文字号 that begins a line, and the 签发人 behind it; None where there is none."""
    match = _NUMBER.match(words)
    if not match:
        return None
    signer = _SIGNER.search(words[match.end() :])
    return parse_doc_number(match[0]), "".join(signer[1].split()) if signer else ""


def issuers_of(header: str) -> tuple[str, ...]:
    """Return the 机关 that a 发文机关标志 names.

    >>> issuers_of("示例省总工会  示例省司法厅文件")
    ('示例省总工会', '示例省司法厅')
    """
    found = (re.sub(_HEADER_END, "", part) for part in re.split(r"\s+", header))
    return tuple(name for name in found if len(name) >= 4)


def is_listed(words: str) -> bool:
    """Tell whether a line is one of a numbered list."""
    return bool(_LISTED.match(words))


def are_recipients(words: str) -> bool:
    """Tell whether a line names 主送机关."""
    return bool(_RECIPIENTS.match(words)) and not is_listed(words)


def read_disclosure(words: str) -> str:
    """Return the 公开方式 that a line in brackets tells; nothing of any other line.

    >>> read_disclosure("（此件公开发布）")
    '主动公开'
    """
    match = _DISCLOSURE.match(words)
    return _DISCLOSURES[match[1]] if match else ""


def read_attachments(block: Block, following: Sequence[Block]) -> tuple[str, ...] | None:
    """Return the names that stand under 附件, the first beside it; None where it is another line."""
    match = _ATTACHMENTS.match(words_of(block)) if isinstance(block, Paragraph) else None
    if not match:
        return None
    first = match[1].strip(_BLANKS)
    listed = _LISTED.match(first)
    if not listed:
        return (first,) if first else ()
    names = [listed[2]]
    for other in following:
        match = _LISTED.match(words_of(other))
        if not match or int(match[1]) != len(names) + 1:
            break
        names.append(match[2])
    return tuple(names)


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


def show_date(day: date) -> str:
    """Return a date as it stands below a 公文.

    >>> show_date(date(2026, 3, 5))
    '2026年3月5日'
    """
    return f"{day.year}年{day.month}月{day.day}日"
