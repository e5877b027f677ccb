"""Markdown to published HTML, with what the rest of the site needs to know about it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension

from policysite.text.clauses import Clause, read_acts, read_clauses
from policysite.text.dialect import DialectExtension
from policysite.text.links import Link, resolve_links
from policysite.text.plain import inline_text, plain_text
from policysite.text.references import link_references
from policysite.text.structure import StructureExtension, build_document
from policysite.text.tables import dress_tables
from policysite.text.typography import compose


class Heading(NamedTuple):
    """A heading of the body: `level` 2–5, permanent ASCII `id`, plain `text` with its number.

    A tuple, for there are ten of them in each article that is kept.
    """

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A body ready to publish.

    `text` is the plain text, one line per block, table cells parted by tabs.
    `links` holds targets as written, in the order of the document.
    """

    html: str
    headings: tuple[Heading, ...]
    text: str
    links: tuple[Link, ...]

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses (条, 款, 项), read anew from the HTML each time: few pages ask for them."""
        return tuple(read_clauses(self.html))


_HEADING = re.compile(r'<h([2-5]) (?=[^>]*\bid="([^"]*)")[^>]*>(.*?)</h\1>', re.DOTALL)


# What editors write to each other (<!-- 待核实 -->) is not for readers of the page source. In code
# the marks are escaped by now, so whatever is left is a comment.
_COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)


def _as_written(target: str) -> str:
    return target


def render(
    source: str, resolve: Callable[[str], str] = _as_written, *, title: str = ""
) -> Rendered:
    """Turn the Markdown `source` of a body into what the site publishes.

    `resolve` maps each link or image target as written to the one to publish. `title` is that of
    the document, and tells whether 本办法 in it can mean the document itself.
    """
    html = compose(dress_tables(convert(source)))
    html, links = resolve_links(html, resolve)
    html = link_references(html, read_acts(html), title)
    return Rendered(html, _headings(html), plain_text(html), links)


def convert(source: str) -> str:
    """Return the HTML of Markdown, as the parser makes it."""
    html = build_document(source)
    if html is None:
        converter = _converter()
        converter.reset()
        html = _COMMENT.sub("", converter.convert(source))
    return html


@cache
def _converter() -> Markdown:
    """Build the parser; once per process, for building it costs more than a short body.

    It holds one document at a time: render in processes, not in threads.
    """
    return Markdown(
        extensions=[
            "markdown.extensions.fenced_code",
            "markdown.extensions.tables",
            "markdown.extensions.sane_lists",
            "markdown.extensions.attr_list",
            FootnoteExtension(
                BACKLINK_TITLE="返回正文注{}处",
                BACKLINK_TEXT="↩",
                SUPERSCRIPT_TEXT="[{}]",
                SEPARATOR="-",
            ),
            DialectExtension(),
            StructureExtension(),
        ],
        output_format="html",
    )


def _headings(html: str) -> tuple[Heading, ...]:
    return tuple(
        Heading(int(level), name, inline_text(inner).removesuffix("。"))
        for level, name, inner in _HEADING.findall(html)
    )
