"""Python-Markdown as editors use it, for texts that are more than plain pieces."""

from __future__ import annotations

import re
from functools import cache

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension

from policysite.text.dialect import DialectExtension
from policysite.text.structure_extension import StructureExtension

# What editors write to each other (<!-- 待核实 -->) is not for readers of the page source. In code
# the marks are escaped by now, so whatever is left is a comment.
_COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)


def parse(source: str) -> str:
    """Return the HTML of Markdown."""
    converter = _converter()
    converter.reset()
    return _COMMENT.sub("", converter.convert(source))


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
