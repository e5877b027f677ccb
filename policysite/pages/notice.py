"""公示 that are over: who was on the list need not stay on the web for ever."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from urllib.parse import quote

from policysite.model.fields import ArticleFields
from policysite.model.manuscript import Article as ArticleManuscript
from policysite.settings import SiteSettings
from policysite.text.plain import plain_text
from policysite.text.rendered import Rendered

# The innermost first, so that a table within a table takes nothing along that is not its own.
_TABLE = re.compile(
    r'(?:<div class="table-scroll"[^>]*>\s*)?<table\b(?:(?!<table\b).)*?</table>(?:\s*</div>)?',
    re.DOTALL | re.IGNORECASE,
)


def is_list_due(fields: ArticleFields, settings: SiteSettings, today: date) -> bool:
    """Return whether the list of a 公示 is to be withdrawn: what it says itself, else the site."""
    wanted = fields.notice_withdraw_list
    if wanted is None:
        wanted = settings.notice_withdraw_list
    return bool(wanted and fields.notice_end and fields.notice_end < today)


def withdraw_list(
    manuscript: ArticleManuscript, rendered: Rendered, files: frozenset[str]
) -> tuple[ArticleManuscript, Rendered, frozenset[str]]:
    """Return a 公示 without its tables and attachments, and those of its files that are left.

    The manuscript's own text is replaced too: whatever is made of it — page, feed, index, source —
    knows the names no more.
    """
    attached = {ref.target for ref in manuscript.fields.attachments}
    html = _without_tables(_without_links(rendered.html, attached))
    text = plain_text(html)
    fields = replace(manuscript.fields, attachments=(), notice_withdraw_list=True)
    shorter = replace(manuscript, fields=fields, body=text.replace("\n", "\n\n"))
    links = tuple(link for link in rendered.links if link.target in html)
    left = frozenset(f for f in files if f'"/{quote(f)}"' in html or f == fields.image)
    return shorter, replace(rendered, html=html, text=text, links=links), left


def _without_tables(html: str) -> str:
    found = 1
    while found:
        html, found = _TABLE.subn("", html)
    return html


def _without_links(html: str, files: Iterable[str]) -> str:
    """Leave the words of links to `files`, which will not be there."""
    for name in files:
        target = re.escape(f'href="/{quote(name)}"')
        html = re.sub(rf"<a\b[^>]*{target}[^>]*>(.*?)</a>", r"\1", html, flags=re.DOTALL)
    return html
