"""The parts of a 公文 that the theme sets apart: 主送机关, 附件说明, titles of acts, 条 and 款."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from policysite.text.blocks import Block
from policysite.text.markers import Kind
from policysite.text.outline import ATTACHMENTS, Title

RECIPIENTS = "recipients"
"""主送机关, flush left (GB/T 9704—2012 §7.3.2)."""
ATTACHMENTS_NOTE = "attachments-note"
"""附件说明, each name hanging (§7.3.4)."""
ACT_TITLE = "act-title"
"""The title of an act (办法, 条例 …) that is issued with a document."""
ACT_NOTE = "act-note"
"""What stands in brackets under such a title: the version, who passed the act and when."""
CHAPTER = "chapter"
"""编 章 节, which stand in the middle of their line."""

_BODIES = (
    "工会|工委|部门|单位|机关|机构|公司|企业|集团|委员会|党委|党组|协会|学会|联合会|委|局|厅|办|办公室"
    "|政府|法院|院|校|学院|大学|医院|中心|组织|团队|同志们?|代表们?|委员们?|朋友们?|职工们?|会员们?"
)
# 各市总工会，省直机关工会工委，有关单位：  Not: 请报送下列单位：
_RECIPIENTS = re.compile(
    rf"(?!.*(?:以下|下列|如下|包括|例如))[^。；！？:]{{0,300}}(?:{_BODIES})(?:（[^）]*）)?[：:]"
)
_BRACKETED = re.compile(r"[（(].*[）)]")
# A 款 is a sentence or leads on to its 项. What ends otherwise is a formula, a caption or the rest
# of an enumeration: so in all 122 laws and regulations that this was tried on.
_ENDS = "。：:"
_SENTENCE = re.compile(r"[。：:！？](?:[”’）)」』*_]|\[\^[^\]]*\]|\{[^}]*\})*$")
_QUOTATION = re.compile(r"“[^”]*(?:”[。；]?)?$")


def find_roles(
    blocks: Sequence[Block], found: Mapping[int, Title], quoted: frozenset[int]
) -> dict[int, str]:
    """Return the class of every block that has one, by position; `found` are the headings."""
    roles: dict[int, str] = {}
    if blocks and _is_plain(blocks[0]) and _RECIPIENTS.fullmatch(blocks[0].text):
        roles[0] = RECIPIENTS
    for index, block in enumerate(blocks):
        if index in found:
            if role := _heading_role(blocks, index, quoted):
                roles[index] = role
            if role == ACT_TITLE:
                roles |= dict.fromkeys(_notes(blocks, index + 1), ACT_NOTE)
        elif block.text.startswith("附") and _is_plain(block) and ATTACHMENTS.match(block.text):
            roles[index] = ATTACHMENTS_NOTE
            roles |= dict.fromkeys(_listed(blocks, index + 1, found), ATTACHMENTS_NOTE)
    return roles


def is_paragraph_of_law(text: str) -> bool:
    """Tell whether a paragraph inside a 条 counts as a 款."""
    if text[0] == "“" and _QUOTATION.match(text):
        return False
    return text[-1] in _ENDS or _SENTENCE.search(text) is not None


def _is_plain(block: Block) -> bool:
    return not (block.marker or block.signs or block.is_syntax)


def _heading_role(blocks: Sequence[Block], index: int, quoted: frozenset[int]) -> str:
    marker = blocks[index].marker
    if marker:
        return CHAPTER if Kind.PART <= marker.kind <= Kind.SECTION else ""
    following = index + 1 + len(_notes(blocks, index + 1))
    is_title = following < len(blocks) and following not in quoted and _opens(blocks[following])
    return ACT_TITLE if is_title else ""


def _notes(blocks: Sequence[Block], start: int) -> range:
    """Return the positions of what follows in brackets: （2026年3月1日……常务委员会会议通过）."""
    end = start
    while end < len(blocks) and _BRACKETED.fullmatch(blocks[end].text):
        end += 1
    return range(start, end)


def _opens(block: Block) -> bool:
    """Tell whether an act begins with this block: with its first 编, 章 or 条."""
    marker = block.marker
    if marker is None or marker.number != 1 or marker.inserted:
        return False
    return marker.kind in (Kind.PART, Kind.CHAPTER, Kind.CLAUSE)


def _listed(blocks: Sequence[Block], start: int, found: Mapping[int, Title]) -> Iterator[int]:
    """Yield the positions of further names under 附件：1.…."""
    for index in range(start, len(blocks)):
        marker = blocks[index].marker
        if index in found or marker is None or marker.kind is not Kind.THIRD:
            return
        yield index
