"""What the index holds of one article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Protocol

from policysite.model.values import DocNumber
from policysite.pages.article import Article
from policysite.search.terms import TERM_BYTES, document_terms

FORMAT = 3
"""Of terms, shards and records. A change to any of them needs another number here: kept pieces of
the index then no longer fit, and readers with an old script in their cache notice."""


class Listed(Protocol):
    """What has to be known of every article to tell which segments are still good."""

    @property
    def url(self) -> str:
        """Return the address."""
        ...

    @property
    def day(self) -> date:
        """Return the day of publication."""
        ...

    @property
    def digest(self) -> bytes:
        """Return a digest of all that the index holds of it."""
        ...

    @property
    def postings(self) -> int:
        """Return how many terms it has."""
        ...

    def read(self) -> Entry:
        """Return the rest, which is needed only where something is packed."""
        ...

    def before(self, digest: bytes) -> Entry | None:
        """Return the entry of this digest that the article had before, if it is at hand."""
        ...


@dataclass(frozen=True, slots=True)
class Entry:
    """One article: what is shown of it in a list of results, and its terms."""

    url: str
    title: str
    day: date
    column: str
    issuers: tuple[str, ...]
    kind: str
    number: DocNumber | None
    is_document: bool
    terms: bytes

    @property
    def digest(self) -> bytes:
        """Return a digest of all that the index holds of the article."""
        return sha256(repr(self.shown).encode() + self.terms).digest()

    @property
    def postings(self) -> int:
        """Return how many terms it has."""
        return len(self.terms) // TERM_BYTES

    def read(self) -> Entry:
        """Return the entry itself: here it is at hand."""
        return self

    def before(self, digest: bytes) -> Entry | None:
        """Return the entry itself if it has this digest."""
        return self if self.digest == digest else None

    @property
    def shown(self) -> tuple[object, ...]:
        """What lists of results show."""
        return (self.url, self.title, self.number, *self.facets)

    @property
    def facets(self) -> tuple[object, ...]:
        """What filters ask for, and what takes a place in the tables of a segment."""
        agency = self.number.agency if self.number else None
        return (self.day, self.column, self.issuers, self.kind, agency, self.is_document)


def make_entry(article: Article, synonyms: Sequence[str], initials: str | None = None) -> Entry:
    """Return the entry of a published article; `synonyms` are the forms of the synonym list.

    `initials` are the title's, if they are known.
    """
    assert article.date and article.column, "an article has its date and its column"
    meta = article.meta
    number = meta.doc_number if meta else None
    text = f"{article.subtitle}\n{article.text}"
    return Entry(
        url=article.url,
        title=article.title,
        day=article.date.date(),
        column=article.column.path,
        issuers=tuple(dict.fromkeys(meta.issuer)) if meta else (),
        kind=(meta.doc_type or "") if meta else "",
        number=number,
        is_document=article.is_policy,
        terms=document_terms(article.title, text, number, synonyms, initials),
    )
