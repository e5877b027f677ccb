"""Reads a built site the way a browser and a link checker do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree, html

Element = Any  # lxml ships no types


@dataclass(frozen=True)
class Page:
    """One HTML file of the output."""

    url: str
    source: str
    tree: Element

    def texts(self, path: str) -> list[str]:
        """Return the text of every element that a CSS selector finds, without edge spaces."""
        return [element.text_content().strip() for element in self.select(path)]

    def select(self, selector: str) -> list[Element]:
        """Return the elements that a simple CSS selector finds: `.a .b`, `tag.a`, `tag`."""
        return list(self.tree.xpath(_xpath(selector)))

    def links(self, selector: str) -> list[str]:
        """Return the addresses of the links below what a selector finds."""
        return [a.get("href") for part in self.select(selector) for a in part.iter("a")]

    def meta(self, name: str) -> list[str]:
        """Return the contents of the meta tags of one name."""
        return list(self.tree.xpath("//meta[@name=$name]/@content", name=name))

    @cached_property
    def ids(self) -> list[str]:
        """Return every id, in the order of the page."""
        return list(self.tree.xpath("//@id"))

    @property
    def is_indexable(self) -> bool:
        """Whether search engines may list this page."""
        return "noindex" not in "".join(self.meta("robots"))

    @property
    def is_redirect(self) -> bool:
        """Whether this page only leads to another."""
        return bool(self.tree.xpath("//meta[@http-equiv='refresh']"))


class BuiltSite:
    """A built site in a folder."""

    def __init__(self, root: Path, log: str = "") -> None:
        self.root = root
        self.log = log

    @cached_property
    def files(self) -> frozenset[str]:
        """Every file, by its path under the output."""
        return frozenset(
            p.relative_to(self.root).as_posix() for p in self.root.rglob("*") if p.is_file()
        )

    @cached_property
    def pages(self) -> dict[str, Page]:
        """Every HTML file by its address."""
        found = (
            _read(self.root / name, name) for name in sorted(self.files) if name.endswith(".html")
        )
        return {page.url: page for page in found}

    def page(self, url: str) -> Page:
        """Return the page at an address."""
        return self.pages[url]

    def text(self, name: str) -> str:
        """Return a file's text."""
        return (self.root / name).read_text("utf-8")

    def xml(self, name: str) -> Element:
        """Return an XML file's root; fails where it is not well-formed."""
        return etree.fromstring((self.root / name).read_bytes())

    def mentions(self, word: str) -> list[str]:
        """Return every file that has `word` in its text or its own name."""
        data = word.encode()
        return sorted(
            name for name in self.files if word in name or data in (self.root / name).read_bytes()
        )

    def file_of(self, path: str) -> str:
        """Return the file that a server sends for a path."""
        name = unquote(path).removeprefix("/")
        return f"{name}index.html" if not name or name.endswith("/") else name


def _read(path: Path, name: str) -> Page:
    source = path.read_text("utf-8")
    url = "/" + (name.removesuffix("index.html") if f"/{name}".endswith("/index.html") else name)
    return Page(url, source, html.document_fromstring(source))


def _xpath(selector: str) -> str:
    steps = []
    for step in selector.split():
        tag, *classes = step.split(".")
        tests = "".join(
            f"[contains(concat(' ', normalize-space(@class), ' '), ' {c} ')]" for c in classes
        )
        steps.append(f"//{tag or '*'}{tests}")
    return "".join(steps)


_SOURCES = (("a", "href"), ("link", "href"), ("img", "src"), ("script", "src"), ("source", "src"))


def find_broken_links(site: BuiltSite, host: str) -> list[str]:
    """Return what every page links, shows or loads that is not there, as `page → target`.

    Absolute addresses on `host` count as the site's own: canonical links, feeds, share pictures.
    """
    return [
        f"{page.url} → {target}"
        for page in site.pages.values()
        for target in _targets(page)
        if not _leads_somewhere(site, page, target, host)
    ]


def _targets(page: Page) -> Iterator[str]:
    for tag, attribute in _SOURCES:
        yield from page.tree.xpath(f"//{tag}/@{attribute}")
    yield from page.tree.xpath("//meta[@property='og:image' or @property='og:url']/@content")
    for candidates in page.tree.xpath("//@srcset"):
        yield from (candidate.split()[0] for candidate in candidates.split(","))
    for refresh in page.tree.xpath("//meta[@http-equiv='refresh']/@content"):
        yield re.sub(r"^\d+;\s*url=", "", refresh)


def _leads_somewhere(site: BuiltSite, page: Page, target: str, host: str) -> bool:
    address = urlsplit(target)
    if address.scheme in ("mailto", "tel") or (address.netloc and address.netloc != host):
        return True
    path = address.path or (page.url if not address.netloc else "/")
    if not path.startswith("/") or site.file_of(path) not in site.files:
        return False
    if not address.fragment:
        return True
    there = site.pages.get("/" + site.file_of(path).removesuffix("index.html"))
    return there is not None and unquote(address.fragment) in there.ids
