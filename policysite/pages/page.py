"""One page of the site: its file, its template, and the values that the template gets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Link:
    """A named address on this site."""

    name: str
    url: str


HOME = Link("首页", "/")


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same content in another form: its media type, a name for people, its address."""

    type: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Head:
    """What goes into a page's <head>."""

    title: str
    description: str
    url: str
    kind: str
    keywords: tuple[str, ...] = ()
    noindex: bool = False
    image: str = ""
    meta: tuple[tuple[str, str], ...] = ()
    json_ld: Markup | str = ""
    feeds: tuple[tuple[str, str], ...] = ()
    alternates: tuple[Alternate, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A file of the output that a template writes."""

    save_as: str
    template: str
    head: Head | None
    breadcrumb: tuple[Link, ...] = ()
    values: Mapping[str, object] = field(default_factory=dict)


def save_as(url: str) -> str:
    """Return the file of an address.

    >>> save_as("/policies/"), save_as("/2026/a.html")
    ('policies/index.html', '2026/a.html')
    """
    return url.removeprefix("/") + ("index.html" if url.endswith("/") else "")
