"""Related articles: for each document the others that speak of the same things.

Pure functions of the content of all documents.  A full build and any sequence of updates give
equal lists, because every step is exact (see vectors) and equal scores are ordered by id.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from policysite.relate import words

# The functions that need numpy or the segmenter import them: a build in which no article changed
# must not wait for them.
if TYPE_CHECKING:
    from policysite.relate.vectors import TermVector

# What a document is about is said at its beginning; appendices only blur it (measured: 0005), and
# the cost of a long one stays bounded.
_READ_CHARACTERS = 4000


@dataclass(frozen=True, slots=True)
class Document:
    """What is to be known of an article to find the related ones.

    `column`: slugs from the top section down.  `text`: plain text of the body.  `issuer`: 发文机关,
    several joined by 、.  `family`: shared by the versions of one document, '' if it has only one.
    """

    id: str
    title: str
    keywords: tuple[str, ...]
    column: tuple[str, ...]
    text: str
    issuer: str = ""
    family: str = ""


class Entry(NamedTuple):
    """A document as the index keeps it: its column as a path, its words as a term vector."""

    id: str
    column: str
    family: str
    vector: TermVector


def words_of(document: Document) -> tuple[str, ...]:
    """Return all of a document that its vector depends on."""
    text = document.text[:_READ_CHARACTERS]
    return (document.title, text, document.issuer, *document.keywords)


def vector_of(document: Document) -> TermVector:
    """Reduce a document to its terms."""
    from policysite.relate.vectors import term_vector

    heading = "\n".join((document.title, *document.keywords))
    body = document.text[:_READ_CHARACTERS]
    # An office names itself in all its documents, whatever they are about.
    for issuer in filter(None, re.split(r"[、，,\s]+", document.issuer)):
        heading, body = heading.replace(issuer, "\n"), body.replace(issuer, "\n")
    return term_vector(words.count_words(heading), words.count_words(body))


def entry_of(document: Document) -> Entry:
    """Make the entry of a document."""
    return Entry(document.id, "/".join(document.column), document.family, vector_of(document))
