"""What stands in the corner above a 公文: 份号, 密级和保密期限, 紧急程度 (GB/T 9704—2012 7.2.1—7.2.3);
and what else says that a text is not for everybody."""

from __future__ import annotations

import re

CLASSIFIED = "文件标有密级“{secrecy}”，没有导入。涉密文件不得上网；已经解密的，请先去掉密级标志，再由有权批准的人审定。"

HEAD = 14
"""Where a 公文 shows that it is one, and how far it may go: in so many of its first lines."""
_COPY = re.compile(r"(?:№|No\.?|份号[：:]?)?[0-9]{6}")
_SECRECY = re.compile(r"(?:绝密|机密|秘密)(?:[★*].{0,12})?")
_MARKS = (_COPY, _SECRECY, re.compile("特急|加急|特提|平急|急件"))
_RESTRICTED = re.compile(
    r"内部(?:资料|文件|材料|使用|掌握|刊物)|注意保存|不得(?:公开|外传|扩散)|严禁外传|(?:讨论|送审|未定)稿"
)
_SPACES = re.compile(r"[ \u3000\t]+")


def is_marking(words: str) -> bool:
    """Return whether a line consists of such marks only.

    >>> is_marking("机密★1年　特急")
    True
    """
    parts = _SPACES.split(re.sub(r"(?<=[特加平急])[ \u3000](?=[急提件])", "", words))
    return all(any(mark.fullmatch(part) for mark in _MARKS) for part in parts)


def secrecy_of(words: str) -> str:
    """Return 密级 with its term from a line of marks, empty if it has none.

    >>> secrecy_of("机密★1年　特急")
    '机密★1年'
    """
    found = (_SECRECY.fullmatch(part) for part in _SPACES.split(words))
    return next((match[0] for match in found if match), "")


def restrictions(head: str) -> list[str]:
    """Return a remark on what the head of a file says of publishing it, none if it says nothing.

    >>> restrictions("内部资料　注意保存")
    ['文件上写着“内部资料、注意保存”，请先确认可以公开']
    """
    words = "、".join(dict.fromkeys(_RESTRICTED.findall(head)))
    return [f"文件上写着“{words}”，请先确认可以公开"] if words else []
