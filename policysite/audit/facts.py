"""What is kept of a page once it has been looked at: facts, not the page."""

from __future__ import annotations

from typing import NamedTuple

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass as checked

from policysite.audit.kinds import Kind

_CONFIG = ConfigDict(cache_strings="keys")
"""Pages are parsed one after the other, and Pydantic would remember the addresses of each."""


class Row(NamedTuple):
    """One entry of a list: its date (empty if it shows none) and where it leads."""

    date: str
    target: str


class PageFault(NamedTuple):
    """A finding of a page rule."""

    code: str
    line: int
    detail: str


@checked(config=_CONFIG, frozen=True, slots=True)
class DocumentFacts:
    """A policy document. Dates are ISO or empty; addresses are as `Page.resolve` gives them.

    `ends` and `changes` are the documents that this one ends or changes; `has_ended` is what its
    page tells readers.
    """

    number: str = ""
    doc_type: str = ""
    signed: str = ""
    effective: str = ""
    expires: str = ""
    has_ended: bool = False
    ends: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()


@checked(config=_CONFIG, frozen=True, slots=True)
class NoticeFacts:
    """A 公示: first and last day (ISO or empty), how to object, and whether it says it runs."""

    start: str = ""
    end: str = ""
    has_contact: bool = False
    says_open: bool = False


@checked(config=_CONFIG, frozen=True, slots=True)
class PageFacts:
    """A page. `digest` is the SHA-256 of its file, `published` ISO with or without a time.

    `links` are pages and files that readers can go to, `resources` what the page loads, both on
    any host; `rows` are the entries of its lists; `explains` and `explained_by` the documents tied
    to it as 解读. `has_search` is only looked for on the home page.
    """

    path: str
    url: str
    digest: str
    size: int
    kind: Kind
    heading: str = ""
    host: str = ""
    site_name: str = ""
    column: str = ""
    column_type: str = ""
    published: str = ""
    noindex: bool = False
    has_content: bool = False
    has_search: bool = False
    links: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    footer: tuple[str, ...] = ()
    document: DocumentFacts | None = None
    notice: NoticeFacts | None = None
    explains: tuple[str, ...] = ()
    explained_by: tuple[str, ...] = ()
    faults: tuple[PageFault, ...] = ()

    @property
    def is_listed(self) -> bool:
        """Whether it is an article that stands in lists."""
        return self.kind is Kind.ARTICLE and not self.noindex
