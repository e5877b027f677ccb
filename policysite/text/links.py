"""Links and images of published HTML."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape, unescape

from policysite.text.plain import inline_text


@dataclass(frozen=True, slots=True)
class Link:
    """A link or image: `target` as written in the source, `text` its words or the image's alt."""

    target: str
    text: str
    is_image: bool


_TOKEN = re.compile(r"<!--.*?-->|<(/?a|img)\b([^>]*)>", re.DOTALL | re.IGNORECASE)
_ANY = re.compile(r"<(?:a|img)\s", re.IGNORECASE)
_TARGET = re.compile(r"""\b(href|src)\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_ALT = re.compile(r"""\balt\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_OURS = re.compile(r'class="footnote-(?:ref|backref)"')


def resolve_links(html: str, resolve: Callable[[str], str]) -> tuple[str, tuple[Link, ...]]:
    """Replace every target by what `resolve` gives for it; list the targets in order.

    Sees Markdown and raw HTML alike; leaves comments and footnote marks alone.
    """
    if not _ANY.search(html):
        return html, ()
    pieces: list[str] = []
    links: list[Link] = []
    opened: tuple[int, int] | None = None  # index in `links`, start of the words in `html`
    position = 0
    for match in _TOKEN.finditer(html):
        name, attributes = (match[1] or "").lower(), match[2] or ""
        if name == "/a" and opened:
            _put_words(links, opened[0], inline_text(html[opened[1] : match.start()]))
            opened = None
        found = _TARGET.search(attributes) if name in ("a", "img") else None
        if found is None or _OURS.search(attributes):
            continue
        target = unescape(found[2] if found[2] is not None else found[3])
        pieces += [html[position : match.start(2)], attributes[: found.start()]]
        pieces.append(f'{found[1]}="{escape(resolve(target))}"')
        position = match.start(2) + found.end()
        if name == "a":
            opened = len(links), match.end()
        links.append(Link(target, _alt(attributes) if name == "img" else "", name == "img"))
    pieces.append(html[position:])
    return "".join(pieces), tuple(links)


def _put_words(links: list[Link], index: int, words: str) -> None:
    """Give the link at `index` its words; an image in it speaks for a link without."""
    words = words or "".join(link.text for link in links[index + 1 :])
    links[index] = Link(links[index].target, words, False)


def _alt(attributes: str) -> str:
    alt = _ALT.search(attributes)
    return unescape(alt[1] or alt[2] or "") if alt else ""
