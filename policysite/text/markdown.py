"""Markdown to published HTML, with what the rest of the site needs to know about it."""

from __future__ import annotations

import re
from collections.abc import Callable

from policysite.text.clauses import read_acts
from policysite.text.links import resolve_links
from policysite.text.plain import inline_text, plain_text
from policysite.text.references import link_references
from policysite.text.rendered import Heading, Rendered
from policysite.text.structure import build_document
from policysite.text.tables import dress_tables
from policysite.text.typography import compose

_HEADING = re.compile(r'<h([2-5]) (?=[^>]*\bid="([^"]*)")[^>]*>(.*?)</h\1>', re.DOTALL)


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
        # Most texts need no parser, which takes longer to load than an edit to publish.
        from policysite.text.parser import parse

        html = parse(source)
    return html


def _headings(html: str) -> tuple[Heading, ...]:
    return tuple(
        Heading(int(level), name, inline_text(inner).removesuffix("。"))
        for level, name, inner in _HEADING.findall(html)
    )
