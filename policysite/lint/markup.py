"""Markdown that is nearly right: readers would see its signs instead of what they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policysite.lint.text import HAN, Finding, Text
from policysite.patterns import pattern

# What begins with a sign is found many times as fast as what may begin with something else.
_MAY_BE_HEADING = pattern(r"#(?=[^#\s])")
_HEADING = pattern(r"^[ \t\u3000]*(?P<signs>#{1,6})(?P<title>[^#\s][^#\n]*)$", re.MULTILINE)
# Input methods for Chinese give （ 【 ！ ｜ where Markdown knows only ( [ ! |.
_PLACE = r"(?:https?://|/|\.{1,2}/|images/|attachments/)[^()（）\n]*"
_LINK = pattern(
    rf"[\[［【](?P<words>[^\[\]［］【】\n]*)[\]］】][ \u3000]*[(（](?P<place>{_PLACE})[)）]"
)
_BOLD = pattern(r"\*\*(?<!\*\*\*)(?:[ \u3000]+[^*\n]*?|[^*\n]*?[^*\s][ \u3000]+)\*\*(?!\*)")
_PICTURE_MARKS = ("!", "！")
_PICTURE = pattern(r"\.(?:jpe?g|png|gif|webp|svg|bmp)$", re.IGNORECASE)
_STRUCK = pattern(r"(?P<sign>~~|==)[^~=\n]+(?P=sign)")
_ROW = pattern(r"^[ \t\u3000]*｜.*｜[ \t\u3000]*$", re.MULTILINE)
_FENCE = pattern(r"^[ ]{0,3}(?P<sign>```|~~~)", re.MULTILINE)
_PAIRED = pattern(r"<(?P<end>/?)(?P<name>table|div|details)\b", re.IGNORECASE)
_HAN = pattern(rf"[{HAN}]")
_NOTE = pattern(r"\[\^(?P<name>[^\]\n]+)\](?P<is_text>:)?")


def signs_shown(text: Text) -> Iterator[Finding]:
    """T413: headings, links, pictures, bold and rows whose signs would stay in the text."""
    source, prose = text.source, text.prose
    if _MAY_BE_HEADING.search(prose, text.body):
        for match in _HEADING.finditer(prose, text.body):
            start, end = match.span("signs")
            signs, title = match["signs"], source[match.start("title") : match.end("title")]
            yield _shown(start, end, signs, "标题", f"{signs} {title[:10].rstrip()}", f"{signs} ")
    if "[" in source or "【" in source or "［" in source:
        yield from _links(text)
    for match in _BOLD.finditer(prose, text.body) if "**" in source else ():
        right = f"**{match[0].strip('* 　')}**"
        if _HAN.search(right):
            yield _shown(*match.span(), match[0], "粗体", right, right)
    for match in _STRUCK.finditer(prose, text.body) if "~~" in prose or "==" in prose else ():
        words = match[0].strip("~=")
        yield _shown(*match.span(), match[0], "格式", words, None)
    for match in _ROW.finditer(prose, text.body) if "｜" in source else ():
        right = match[0].strip().replace("｜", "|")
        yield _shown(match.start(), match.end(), match[0].strip(), "表格", right, None)


def _links(text: Text) -> Iterator[Finding]:
    for match in _LINK.finditer(text.source, text.body):
        words, place = match["words"], match["place"].strip()
        start, end = match.span()
        mark = text.source[max(start - 1, text.body) : start]
        mark = mark if mark in _PICTURE_MARKS else ""
        start -= len(mark)
        written = mark + match[0]
        # What ends a sentence before a link is no sign of a picture.
        is_picture = mark == "!" or (mark and _PICTURE.search(place))
        right = f"{'!' if is_picture else mark}[{words}]({place})"
        # What is put aside is a link already, or code.
        if written == right or written[1:] == right or "\0" in text.prose[start]:
            continue
        yield _shown(start, end, written, "图片" if is_picture else "链接", right, right)


def _shown(start: int, end: int, written: str, what: str, right: str, fix: str | None) -> Finding:
    values = {"written": written, "what": what, "right": right}
    return Finding(start, end, "T413", values, fix)


def unclosed(text: Text) -> Iterator[Finding]:
    """T414: code, comments and HTML blocks without an end."""
    has_fences = "```" in text.source or "~~~" in text.source
    fences = list(_FENCE.finditer(text.source, text.body)) if has_fences else []
    if len(fences) % 2:
        sign = fences[-1]["sign"]
        yield Finding(*fences[-1].span("sign"), "T414", {"mark": sign, "missing": sign})
    if "<" not in text.source:
        return
    # A comment that has an end is put aside.
    at = text.prose.find("<!--", text.body)
    if at >= 0:
        yield Finding(at, at + len("<!--"), "T414", {"mark": "<!--", "missing": "-->"})
    open_tags: dict[str, list[re.Match[str]]] = {}
    for match in _PAIRED.finditer(text.source, text.body):
        places = open_tags.setdefault(match["name"].lower(), [])
        if not match["end"]:
            places.append(match)
        elif places:
            places.pop()
    for name, places in open_tags.items():
        for match in places[:1]:
            values = {"mark": f"<{name}>", "missing": f"</{name}>"}
            yield Finding(match.start(), match.end(), "T414", values)


def footnotes(text: Text) -> Iterator[Finding]:
    """T415: marks of notes without a text, and texts that no mark leads to."""
    if "[^" not in text.source:
        return
    marks: dict[str, re.Match[str]] = {}
    texts: dict[str, re.Match[str]] = {}
    for match in _NOTE.finditer(text.source, text.body):
        starts_line = text.source[: match.start()].rpartition("\n")[2].strip() == ""
        if text.source.count("`", text.body, match.start()) % 2 == 0:
            (texts if match["is_text"] and starts_line else marks).setdefault(match["name"], match)
    for name, match in marks.items():
        if name not in texts:
            values = {"mark": f"[^{name}]", "reason": "没有内容，会原样显示在网页上"}
            yield Finding(match.start(), match.end(), "T415", values)
    for name, match in texts.items():
        if name not in marks:
            values = {"mark": f"[^{name}]", "reason": "在正文里没有标出来，读者不知道注的是哪里"}
            yield Finding(match.start(), match.end(), "T415", values)


RULES = (signs_shown, unclosed, footnotes)
