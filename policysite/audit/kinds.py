"""What a page is, as an audit sees it."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a page is; which tags it needs depends on it."""

    HOME = "首页"
    COLUMN = "栏目页"
    ARTICLE = "内容页"
    OTHER = "其他页面"
    ERROR = "错误页"
    REDIRECT = "跳转页"
    WITHDRAWN = "撤回页"
    FRAMES = "框架页"
    UNREADABLE = "读不出来的文件"


SHOWN = frozenset({Kind.HOME, Kind.COLUMN, Kind.ARTICLE, Kind.OTHER})
"""The pages that readers are meant to see and inspectors look at."""
READABLE = SHOWN | {Kind.ERROR, Kind.WITHDRAWN, Kind.FRAMES}
