"""搜索: the page of the full-text search, which without script is a directory of the whole site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from policysite.pages import lists
from policysite.pages.facets import Group, divide
from policysite.pages.head import plain_head
from policysite.pages.library import library_documents
from policysite.pages.page import HOME, Link, Page, save_as
from policysite.pages.site import Site
from policysite.pages.title_index import (
    PAGE_SIZE,
    TITLES,
    Shelf,
    by_letter,
    shelve,
    shelve_letter,
)
from policysite.relate.validity import STATES

SEARCH = Link("搜索", "/search/")
SHOWN = 24
"""How many values of one kind the directory shows; the library has them all."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the directory: where it leads, and how many articles are there."""

    name: str
    url: str
    count: int
    parts: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the directory; `more` leads to what is not shown."""

    name: str
    entries: tuple[Entry, ...]
    more: Link | None = None


def plan_search(site: Site) -> Iterator[Page]:
    """Yield the search page with its directory, and the index of titles but for its letters."""
    if not site.settings.search:
        return
    description = f"在{site.settings.name}全部文章里查找，也可以按年份、栏目、发文机关和主题浏览。"
    values = {
        "search": SEARCH,
        "count": len(site.articles),
        "letters": _letters(site),
        "titles": TITLES,
        "sections": tuple(_sections(site)),
        "columns": tuple(column for column in site.columns if site.in_column(column)),
        "states": STATES,
    }
    head = plain_head(site.settings, SEARCH.name, description, SEARCH.url, "search")
    yield Page(save_as(SEARCH.url), "search", head, (HOME, Link(SEARCH.name, "")), values)
    yield _plan_shelf(site, _root(site), ())


def plan_letter(site: Site, letter: str) -> Iterator[Page]:
    """Yield the pages of one letter of the index of titles, if it has any of its own."""
    if site.letters[letter] not in ((), (TITLES.url,)):
        for shelf, above in _with_trails(shelve_letter(letter, site.titles[letter]), (TITLES,)):
            yield _plan_shelf(site, shelf, above)


def search_urls(site: Site) -> Iterator[str]:
    """Yield the address of the search page and of every page of the index of titles."""
    if site.settings.search:
        pages = (url for urls in site.letters.values() for url in urls)
        yield from dict.fromkeys((SEARCH.url, TITLES.url, *pages))


def _root(site: Site) -> Shelf:
    """Return the first page of the index of titles; they stand on it if its letters have no pages."""
    if len(site.articles) > PAGE_SIZE:
        return Shelf((), TITLES.name, (), len(site.articles), (), ())
    return shelve([title for letter in site.letters for title in site.titles[letter]])


def _letters(site: Site) -> tuple[Link, ...]:
    """Return the letters under which there are titles, each with its address."""
    return tuple(
        Link(letter.upper(), f"{urls[0]}#{letter}" if urls[0] == TITLES.url else urls[0])
        for letter, urls in site.letters.items()
        if urls
    )


def _with_trails(shelf: Shelf, above: tuple[Link, ...]) -> Iterator[tuple[Shelf, tuple[Link, ...]]]:
    """Yield a shelf and all below it, each with the shelves above it."""
    yield shelf, above
    for part in shelf.parts:
        yield from _with_trails(part, (*above, Link(shelf.name, shelf.url)))


def _plan_shelf(site: Site, shelf: Shelf, above: tuple[Link, ...]) -> Page:
    title = f"{TITLES.name}：{shelf.name}" if shelf.path else TITLES.name
    description = f"{site.settings.name}的全部文章，按标题的汉语拼音排列。"
    if shelf.path:
        description = f"{site.settings.name}的文章，标题读音以“{shelf.name}”开头的。"
    values = {
        "heading": title,
        "shelf": replace(shelf, parts=tuple(map(_leading_to, shelf.parts))),
        "letters": _letters(site),
        "letter": shelf.path[0].upper() if shelf.path else "",
        "groups": () if shelf.path else by_letter(shelf.titles),
    }
    head = plain_head(site.settings, title, description, shelf.url, "list")
    trail = (HOME, SEARCH, *above, Link(shelf.name, ""))
    return Page(save_as(shelf.url), "title_index", head, trail, values)


def _leading_to(part: Shelf) -> Shelf:
    """Return a shelf as the one above shows it, without what is on it."""
    return replace(part, titles=(), parts=())


def _sections(site: Site) -> Iterator[Section]:
    """Yield the parts of the directory that have anything in them."""
    sections = (_years(site), _columns(site), *_facets(site))
    return (section for section in sections if section.entries)


def _years(site: Site) -> Section:
    years = lists.count_years(site.articles, ())
    entries = (Entry(f"{year.year}年", year.url, year.count) for year in years)
    return Section("年份", tuple(entries))


def _columns(site: Site) -> Section:
    """Return the columns that hold articles, the second level inside the first."""

    def entry(name: str, url: str, path: str, parts: tuple[Entry, ...] = ()) -> Entry:
        return Entry(name, url, len(site.by_column.get(path, ())), parts)

    entries = (
        entry(
            column.name,
            column.url,
            column.path,
            tuple(
                child_entry
                for child in column.children
                if (child_entry := entry(child.name, child.url, child.path)).count
            ),
        )
        for column in site.columns.top
    )
    return Section("栏目", tuple(entry for entry in entries if entry.count))


def _facets(site: Site) -> Iterator[Section]:
    """Yield the ways into the library; its years are those of the archive."""
    for facet in divide(library_documents(site)):
        if facet.key != "year":
            entries = tuple(map(_group, facet.groups[:SHOWN]))
            rest = len(facet.groups) - len(entries)
            more = Link(f"其余{rest}项", "/library/#facets") if rest else None
            yield Section(facet.name, entries, more)


def _group(group: Group) -> Entry:
    return Entry(group.name, group.url, len(group.items))
