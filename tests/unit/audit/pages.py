"""Pages as bytes, for tests that state only what they are about."""

from __future__ import annotations

from policysite.audit.facts import PageFacts
from policysite.audit.page import Page
from policysite.audit.reading import read_page
from policysite.audit.rules import PAGE_RULES


def html(body: str = "", head: str = "", *, title: str = "标题") -> bytes:
    """Return a whole page."""
    return (
        f'<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{title}</title>\n{head}\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    ).encode()


def page(body: str = "", head: str = "", path: str = "a.html") -> Page:
    """Return a parsed page."""
    return Page(path, html(body, head))


def facts(body: str = "", head: str = "", path: str = "a.html") -> PageFacts:
    """Return what is kept of a page."""
    return read_page(path, html(body, head), PAGE_RULES)


ARTICLE = '<meta name="PubDate" content="2026-11-20 10:00">'
COLUMN = '<meta name="ColumnName" content="通知公告">'
