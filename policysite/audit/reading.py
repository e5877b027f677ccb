"""Reads a page's facts: links, list entries, and what stands in labelled rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256

from policysite.audit.dates import first_date
from policysite.audit.documents import read_document, read_explanations, read_notice
from policysite.audit.facts import PageFacts, PageFault, Row
from policysite.audit.footer import footer_items
from policysite.audit.kinds import Kind
from policysite.audit.page import Element, Page, host_of, words
from policysite.audit.rule import PageRule

_NO_ADDRESS = ("mailto:", "tel:", "sms:", "javascript:", "data:", "about:", "blob:")
_LISTS = frozenset({Kind.HOME, Kind.COLUMN})
_SOURCES = (
    ("img", "src"), ("source", "src"), ("script", "src"), ("iframe", "src"), ("frame", "src"),
    ("video", "src"), ("video", "poster"), ("audio", "src"), ("embed", "src"), ("object", "data"),
    ("input", "src"),
)  # fmt: skip
_LOADED = ("stylesheet", "icon", "preload", "modulepreload", "manifest")
_CLIMB = 4
"""How far above a link its list entry may be."""
_LITTLE = 60
"""A column page with less text than this, and no entries, is blank."""


def read_page(path: str, data: bytes, rules: Mapping[str, PageRule]) -> PageFacts:
    """Return everything that is kept of a page; never fails, whatever the bytes are."""
    page = Page(path, data)
    digest = sha256(data).hexdigest()
    faults = tuple(_faults(page, rules))
    if page.tree is None:
        return PageFacts(path, page.url, digest, page.size, page.kind, faults=faults)
    explains, explained_by = read_explanations(page)
    return PageFacts(
        path=path,
        url=page.url,
        digest=digest,
        size=page.size,
        kind=page.kind,
        heading=page.heading[:200],
        host=page.host,
        site_name=page.meta("SiteName"),
        column=page.meta("ColumnName"),
        column_type=page.meta("ColumnType"),
        published=_published(page) if page.kind is Kind.ARTICLE else "",
        noindex=page.noindex,
        has_content=len(page.text) >= _LITTLE,
        has_search=page.kind is Kind.HOME and has_search(page),
        links=tuple(dict.fromkeys(read_links(page))),
        resources=tuple(dict.fromkeys(read_resources(page))),
        ids=tuple(dict.fromkeys(page.tree.xpath("//@id | //a/@name"))),
        rows=tuple(read_rows(page)) if page.kind in _LISTS else (),
        footer=footer_items(page),
        document=read_document(page) if page.kind is Kind.ARTICLE else None,
        notice=read_notice(page) if page.kind is Kind.ARTICLE else None,
        explains=explains,
        explained_by=explained_by,
        faults=faults,
    )


def _faults(page: Page, rules: Mapping[str, PageRule]) -> Iterator[PageFault]:
    for code, rule in rules.items():
        if page.kind in rule.kinds:
            for line, detail in rule.check(page):
                yield PageFault(code, line, detail)


def _published(page: Page) -> str:
    """Return when an article says it was published: its tag, JSON-LD, or the page itself."""
    stated = page.meta("PubDate")
    for data in page.linked_data:
        stated = stated or str(data.get("datePublished") or "")
    stated = stated.replace("T", " ")[:16]
    return stated if first_date(stated) else first_date(page.text[:600])


def read_links(page: Page) -> Iterator[str]:
    """Yield where a reader can go from a page, by a link, a frame or by being led on."""
    for tag in ("a", "area"):
        for element in page.by_tag[tag]:
            yield from _address(page, element.get("href"))
    yield from _address(page, page.refresh)


def read_resources(page: Page) -> Iterator[str]:
    """Yield what a browser loads for a page: pictures, styles, scripts, frames, media."""
    for tag, attribute in _SOURCES:
        for element in page.by_tag[tag]:
            yield from _address(page, element.get(attribute))
    for element in page.by_tag["link"]:
        if any(kind in (element.get("rel") or "").lower() for kind in _LOADED):
            yield from _address(page, element.get("href"))
    for candidates in page.tree.xpath("//@srcset"):
        for candidate in re.split(r",\s+", candidates):
            yield from _address(page, candidate.split(" ")[0])


def _address(page: Page, address: str | None) -> Iterator[str]:
    address = (address or "").strip()
    if address and not address.lower().startswith(_NO_ADDRESS):
        yield page.resolve(address)


def read_rows(page: Page) -> Iterator[Row]:
    """Yield the entries of a page's lists: each link of its own content with the date beside it."""
    seen: set[str] = set()
    for link in page.main.iter("a"):
        href = link.get("href")
        if not href or href.startswith("#") or _in_navigation(link):
            continue
        target = page.resolve(href)
        if target not in seen:
            seen.add(target)
            yield Row(_date_beside(link, href), target)


def _in_navigation(element: Element) -> bool:
    return any(True for _ in element.iterancestors("nav", "header", "footer"))


def _date_beside(link: Element, href: str) -> str:
    """Return the date in the smallest element around a link that holds one and no other link.

    An entry that tells machines its date may hold other links too, to its column or its author.
    """
    for number, around in enumerate(link.iterancestors()):
        if number == _CLIMB:
            return ""
        if around.tag == "article" and (found := _stamp(around)):
            return found
        if any(a.get("href") != href for a in around.iter("a")):
            return ""
        if found := first_date(words(around)):
            return found
    return ""


def _stamp(entry: Element) -> str:
    """Return the date that one element of an entry is marked with, as HTML or hAtom has it."""
    stamps = entry.xpath(".//time/@datetime | .//*[contains(@class, 'published')]/@title")
    return first_date(str(stamps[0])) if stamps else ""


def has_search(page: Page) -> bool:
    """Return whether a page offers a search of the site, or leads to one."""
    if page.tree.xpath("boolean(//*[@role='search'] | //input[@type='search'])"):
        return True
    names = ("q", "wd", "query", "keyword", "keywords", "search", "searchword", "s")
    if any((e.get("name") or "").lower() in names for e in page.by_tag["input"]):
        return True
    own = (a for a in page.by_tag["a"] if host_of(a.get("href") or "") in ("", page.host))
    return any(
        "search" in (a.get("href") or "").lower() or words(a) in ("搜索", "检索", "站内搜索")
        for a in own
    )
