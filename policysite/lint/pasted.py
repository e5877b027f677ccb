"""What a text carries along from Word, from mail or from other pages, and readers would not see."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policysite.lint.text import PUT_ASIDE, Finding, Text
from policysite.patterns import pattern
from policysite.text.blocks import BLANKS, stands_alone
from policysite.text.markers import read_marker

_SEVERAL_LINES = pattern(r"^[^\n]++(?:\n[^\n]++)+", re.MULTILINE)
# A heading is a line for itself; quotations, lists, tables, notes and HTML go on as they like.
_HEADING, _CONTAINERS = "#", frozenset(">-+|!" + PUT_ASIDE)
_BULLET = "* "


def joined_lines(text: Text) -> Iterator[Finding]:
    """T410: a paragraph that would run on in the one above: no blank line is between them."""
    for block in _SEVERAL_LINES.finditer(text.prose, text.body):
        yield from _joined(block[0], block.start())


def _joined(block: str, position: int) -> Iterator[Finding]:
    before = ""
    is_plain = True
    for line in block.split("\n"):
        words = line.strip(BLANKS)
        is_plain = not words or (is_plain and not _is_container(words))
        is_words = bool(words) and is_plain and not _opens(words)
        if is_words and before and stands_alone(before):
            start = position + line.index(words[0])
            yield Finding(start, position + len(line), "T410")
        # Two spaces or <br> at the end are a break that the author wants.
        before = words if is_words and not line.endswith(("  ", "\\", PUT_ASIDE)) else ""
        position += len(line) + 1


def _opens(words: str) -> bool:
    """Tell whether a line is a heading, a rule, or opens a part with its number, also in bold."""
    return (
        words[0] == _HEADING
        or not words.strip("*-_ ")
        or read_marker(words.lstrip("*_")) is not None
    )


def _is_container(words: str) -> bool:
    return words[0] in _CONTAINERS or words.startswith(_BULLET)


_TAG = pattern(
    r"<(?P<name>script|style|iframe|frame|object|embed|form|input|button|select|textarea|link|meta"
    r"|base)\b[^>]*>|<[a-z][^>]*\s(?P<event>on[a-z]{3,})\s*=[^>]*>",
    re.IGNORECASE,
)
# What tables consist of is passed over at once: it is most of what there is.
_ANY_TAG = pattern(
    r"</?(?!(?:t[dhr]|br|p|strong)[\s/>])(?P<name>[a-z][^\s/<>]*)[^<>\n]*>", re.IGNORECASE
)
_KNOWN_TAGS = frozenset({
    "a", "abbr", "address", "article", "aside", "audio", "b", "bdi", "bdo", "big", "blockquote",
    "br", "caption", "center", "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn",
    "div", "dl", "dt", "em", "figcaption", "figure", "font", "footer", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hr", "i", "img", "ins", "kbd", "li", "main", "mark", "math", "nav",
    "ol", "p", "picture", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small",
    "source", "span", "strike", "strong", "sub", "summary", "sup", "svg", "table", "tbody",
    "td", "tfoot", "th", "thead", "time", "tr", "track", "tt", "u", "ul", "var", "video", "wbr",
    "script", "style", "iframe", "frame", "object", "embed", "form", "input", "button",
    "select", "option", "textarea", "label", "link", "meta", "base",
})  # fmt: skip
_FORMAT = pattern(
    r"<(?P<tag>o:p|v:[a-z]+|w:[a-z]+|st1:[a-z]+|font|center)\b[^>]*>"
    r"|<[a-z][^>]*?\s(?P<attribute>style|bgcolor|face|class=[\"']?Mso)[^>]*>",
    re.IGNORECASE,
)


def dead_html(text: Text) -> Iterator[Finding]:
    """T411: elements that the site's content security policy keeps from working."""
    if "<" in text.source:
        for match in _in_text(_TAG, text):
            name = match["event"] or f"<{match['name']}>"
            yield Finding(match.start(), match.end(), "T411", {"name": name})


def pasted_format(text: Text) -> Iterator[Finding]:
    """T412: fonts, colours and indents of another program, once for each line."""
    if "<" not in text.source:
        return
    last = 0
    for match in _in_text(_FORMAT, text):
        line = text.place(match.start())[0]
        if line != last:
            written = match["tag"] or match["attribute"].partition("=")[0]
            yield Finding(match.start(), match.end(), "T412", {"written": written})
        last = line


def words_as_tags(text: Text) -> Iterator[Finding]:
    """T416: words between < and > that browsers take for an element, and do not show."""
    if "<" not in text.source:
        return
    for match in _in_text(_ANY_TAG, text):
        name = match["name"]
        # <https://…> and <name@host> are links, o:p is told of as pasted.
        if name.lower() not in _KNOWN_TAGS and not {":", "@"} & set(name):
            yield Finding(match.start(), match.end(), "T416", {"written": match[0]})


def _in_text(tags: re.Pattern[str], text: Text) -> Iterator[re.Match[str]]:
    """Yield the tags of the body that stand neither in code nor in a comment."""
    for match in tags.finditer(text.source, text.body):
        place = (text.body, match.start())
        in_code = text.source.count("`", *place) % 2
        if not in_code and text.source.rfind("<!--", *place) <= text.source.rfind("-->", *place):
            yield match


RULES = (joined_lines, dead_html, pasted_format, words_as_tags)
