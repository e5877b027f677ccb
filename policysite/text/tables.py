"""Tables: captions, header scopes and a region that scrolls sideways on a phone."""

from __future__ import annotations

import re
from collections import Counter
from html import escape

from policysite.patterns import pattern
from policysite.text.plain import inline_text

# 表1　标题, 表2-1 标题, also in bold, in the paragraph just before the table.
_TABLE = pattern(
    r"(?:<p>(?:<strong>)?"
    r"(表[ \u3000]?[0-9一二三四五六七八九十]+(?:[-－.][0-9]+)?(?:[ \u3000：:][^<]{0,80})?)"
    r"(?:</strong>)?</p>\s*)?"
    r"(<table\b[^>]*>)(.*?)</table>",
    re.DOTALL | re.IGNORECASE,
)
_CAPTION = pattern(r"<caption\b[^>]*>(.*?)</caption>", re.DOTALL | re.IGNORECASE)
_ROW = pattern(r"<tr\b[^>]*>.*?</tr>", re.DOTALL | re.IGNORECASE)
_HEADER = pattern(r"<th\b((?:(?!scope=)[^>])*)>", re.IGNORECASE)
_HEADER_TEXT = pattern(r"<th\b[^>]*>(.*?)</th>", re.DOTALL | re.IGNORECASE)
_ALIGN = pattern(r' style="text-align: (left|center|right);"')
_LONGEST_LABEL = 40


def dress_tables(html: str) -> str:
    """Wrap every table of `html`; a paragraph 表1　… just before one becomes its caption."""
    if "<table" not in html:
        return html
    labels: Counter[str] = Counter()

    def dress(match: re.Match[str]) -> str:
        caption, start, inner = match.groups()
        if "<table" in inner.lower():  # a table in a table: leave both
            return match[0]
        if caption:
            inner = f"\n<caption>{caption}</caption>{inner}"
        inner = _scoped(_ALIGN.sub(r' class="align-\1"', inner))
        label = _label(inner)
        labels[label] += 1
        # Two regions of one page must not carry the same name.
        name = f"表格：{label}" + (f"（{labels[label]}）" if labels[label] > 1 else "")
        return (
            f'<div class="table-scroll" role="region" tabindex="0" aria-label="{escape(name)}">\n'
            f"{start}{inner}</table>\n</div>"
        )

    return _TABLE.sub(dress, html)


def _scoped(inner: str) -> str:
    """Give header cells a scope: columns in the first row, rows below it."""
    first = _ROW.search(inner)
    if first is None:
        return inner
    head = _HEADER.sub(r'<th scope="col"\1>', inner[: first.end()])
    return head + _HEADER.sub(r'<th scope="row"\1>', inner[first.end() :])


def _label(inner: str) -> str:
    caption = _CAPTION.search(inner)
    if caption:
        return inline_text(caption[1])
    cells = [inline_text(cell) for cell in _HEADER_TEXT.findall(inner)]
    return "、".join(cell for cell in cells if cell)[:_LONGEST_LABEL] or "数据"
