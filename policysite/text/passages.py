"""Passages of running text in published HTML, to set links into what readers see."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from html import escape

from policysite.patterns import pattern
from policysite.text.blocks import Block
from policysite.text.outline import quoted_blocks

# Nothing is linked in these; headings are the same, but no text is without them.
_KEPT = "blockquote|pre|script|style|svg|math|textarea|template"
_KEPT_SPAN = pattern(rf"<({_KEPT})\b.*?(?:</\1\s*>|$)", re.DOTALL | re.IGNORECASE)
_LINK_SPAN = pattern(r"<a\b[^>]*>.*?(?:</a\s*>|$)", re.DOTALL | re.IGNORECASE)
_BOUNDARY = pattern(
    r"</?(?:p|h[1-6]|li|ul|ol|dl|dt|dd|t[rdh]|thead|tbody|tfoot|table|caption|hr|figure|figcaption"
    rf"|div|section|article|aside|nav|details|summary|{_KEPT})\b[^>]*>|<!--.*?(?:-->|$)",
    re.DOTALL | re.IGNORECASE,
)
_INLINE = pattern(
    r"<(?P<kept>a|code|kbd|samp|button)\b.*?(?:</(?P=kept)\s*>|$)"
    r'|<strong class="clause__number">[^<]*</strong>'
    r"|<[^>]*>",
    re.DOTALL | re.IGNORECASE,
)
_TAG = pattern(r"<[^>]*>")
_HREF = pattern(r'<a\b[^>]*?\shref="([^"]*)"', re.IGNORECASE)
_QUOTATION = pattern(r"“[^”]*(?:”|$)")


def _kept(html: str) -> Iterator[tuple[int, int]]:
    """Yield where nothing is linked: quotations, code, links around whole blocks."""
    yield from (match.span() for match in _KEPT_SPAN.finditer(html))
    if "<a" in html:
        links = (match.span() for match in _LINK_SPAN.finditer(html))
        yield from (span for span in links if _BOUNDARY.search(html, *span))


@dataclass(frozen=True, slots=True)
class Link:
    """A link over a stretch of a passage's text."""

    start: int
    end: int
    url: str


class Passage:
    """What stands between two block-level tags: html[start:end], under the tag `opening`.

    `text` is what readers see of it, with entities as written; `links` are those it holds.
    """

    def __init__(self, html: str, opening: str, start: int, end: int) -> None:
        self.opening = opening
        self.start, self.end = start, end
        self.links: list[Link] = []
        # (start in `text`, end in `text`, start in the HTML) of what may be linked.
        self._free: list[tuple[int, int, int]] = []
        self._texts: list[str] = []
        self._length = 0
        for tag in _INLINE.finditer(html, start, end):
            self._add(html, start, tag.start())
            start = tag.end()
            if tag[0].count("<") == 1:
                continue
            seen = _TAG.sub("", tag[0])
            if url := _HREF.match(tag[0]):
                self.links.append(Link(self._length, self._length + len(seen), url[1]))
            self._texts.append(seen)
            self._length += len(seen)
        self._add(html, start, end)
        self.text = "".join(self._texts)

    def _add(self, html: str, start: int, end: int) -> None:
        if start < end:
            self._texts.append(html[start:end])
            self._free.append((self._length, self._length + end - start, start))
            self._length += end - start

    def is_quoted(self, position: int) -> bool:
        """Tell whether `position` stands in a quotation."""
        return any(a <= position < b for a, b in self._quotations)

    @cached_property
    def _quotations(self) -> list[tuple[int, int]]:
        return [match.span() for match in _QUOTATION.finditer(self.text)]

    def place(self, link: Link) -> Link | None:
        """Return a link with its place in the HTML; None in a link, in code, or across tags."""
        for start, end, offset in self._free:
            if start <= link.start and link.end <= end:
                return Link(link.start - start + offset, link.end - start + offset, link.url)
        return None


class Passages:
    """Finds the passages of one document, from its start to its end."""

    def __init__(self, html: str) -> None:
        self.html = html
        # How many more “ than ” there are up to a position.
        self._balance = (0, 0)

    @cached_property
    def _kept(self) -> list[tuple[int, int]]:
        """Where nothing is linked."""
        return [*_kept(self.html)]

    def holding(self, positions: Iterable[int]) -> Iterator[Passage]:
        """Yield the passages around `positions`, which rise, where links may be set at all."""
        done = 0
        for position in positions:
            if position >= done and (passage := self._at(position)):
                yield passage
                done = passage.end

    def _at(self, position: int) -> Passage | None:
        html = self.html
        boundary = None
        start = position
        while boundary is None:
            start = html.rfind("<", 0, start)
            if start < 0:
                break
            boundary = _BOUNDARY.match(html, start)
            if not boundary and html.find(">", start) >= position:
                return None  # inside a tag
        opening, begin = (boundary[0], boundary.end()) if boundary else ("", 0)
        if begin > position or opening[:2] == "<h" or self._is_fixed(begin):
            return None
        return Passage(html, opening, begin, self._end(position))

    def _end(self, position: int) -> int:
        """Return where the next block-level tag stands."""
        while (position := self.html.find("<", position)) >= 0:
            if _BOUNDARY.match(self.html, position):
                return position
            position += 1
        return len(self.html)

    def _is_fixed(self, begin: int) -> bool:
        """Tell whether what begins at `begin` stays as it is, for what stands around it."""
        if self._kept and any(start < begin < end for start, end in self._kept):
            return True
        counted, balance = self._balance
        balance += self.html.count("“", counted, begin) - self.html.count("”", counted, begin)
        self._balance = begin, balance
        return balance != 0 and any(start <= begin < end for start, end in self._quotations)

    @cached_property
    def _quotations(self) -> list[tuple[int, int]]:
        """The lines inside quotations of several paragraphs; a block takes a line at least."""
        lines = self.html.split("\n")
        blocks = [Block(line, signs=int(line.startswith("<h"))) for line in lines]
        starts = [0]
        for line in lines:
            starts.append(starts[-1] + len(line) + 1)
        return [(starts[index], starts[index + 1]) for index in quoted_blocks(blocks)]

    def linked(self, links: Iterable[Link]) -> str:
        """Return the HTML with `links`, which are placed in it and in order."""
        pieces: list[str] = []
        position = 0
        for link in links:
            pieces += [self.html[position : link.start], f'<a href="{escape(link.url)}">']
            pieces += [self.html[link.start : link.end], "</a>"]
            position = link.end
        pieces.append(self.html[position:])
        return "".join(pieces)


def placed(passage: Passage, links: Iterable[Link]) -> Iterator[Link]:
    """Yield the links that may be set, with their places in the HTML."""
    yield from (found for link in links if (found := passage.place(link)))
