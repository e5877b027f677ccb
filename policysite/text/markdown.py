"""Markdown to published HTML, with what the rest of the site needs to know about it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension

from policysite.text.dialect import DialectExtension
from policysite.text.links import Link, resolve_links
from policysite.text.plain import inline_text, plain_text
from policysite.text.structure import StructureExtension
from policysite.text.tables import dress_tables
from policysite.text.typography import compose


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the body: `level` 2–5, permanent ASCII `id`, plain `text` with its number."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause (条): its `id` such as t12, its `label` such as 第十二条."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A body ready to publish.

    `text` is the plain text, one line per block, table cells parted by tabs.
    `links` holds targets as written, in the order of the document.
    """

    html: str
    headings: tuple[Heading, ...]
    clauses: tuple[Clause, ...]
    text: str
    links: tuple[Link, ...]


_HEADING = re.compile(r'<h([2-5]) (?=[^>]*\bid="([^"]*)")[^>]*>(.*?)</h\1>', re.DOTALL)
_CLAUSE = re.compile(
    r'<p class="clause" id="([^"]*)"><strong class="clause__number">([^<]*)</strong>'
)


def _as_written(target: str) -> str:
    return target


def render(source: str, resolve: Callable[[str], str] = _as_written) -> Rendered:
    """Turn the Markdown `source` of a body into what the site publishes.

    `resolve` maps each link or image target as written to the one to publish.
    """
    converter = _converter()
    converter.reset()
    html = compose(dress_tables(converter.convert(source)))
    html, links = resolve_links(html, resolve)
    return Rendered(html, _headings(html), _clauses(html), plain_text(html), links)


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


def _clauses(html: str) -> tuple[Clause, ...]:
    return tuple(Clause(name, label) for name, label in _CLAUSE.findall(html))
