"""Lists that were looked through once: their parts and views are at hand for all who ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, overload

from policysite.engine.store import seal, unseal
from policysite.pages.article import Article
from policysite.pages.selection import DOCUMENT, FEATURED, MOVED, PINNED, VIEWS, parts_of
from policysite.pages.site import Site

LISTS = ("articles", "others", "pages", "topics")


class Divided(Sequence[Article]):
    """A list of articles with its parts by their names.

    Its views wait as bytes: to go through a hundred thousand articles takes a while, and copies them
    for the process that does.
    """

    def __init__(self, articles: Sequence[Article], parts: Mapping[str, Sequence[Article]]) -> None:
        self.articles, self.parts = articles, parts
        self.views: dict[str, bytes] = {}

    @overload
    def __getitem__(self, place: int) -> Article: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Article]: ...
    def __getitem__(self, place: int | slice) -> Article | Sequence[Article]:
        return self.articles[place]

    def __iter__(self) -> Iterator[Article]:
        return iter(self.articles)

    def __len__(self) -> int:
        return len(self.articles)

    def part(self, name: str) -> Sequence[Article]:
        """Return a part of the list."""
        return self.parts.get(name, ())

    def view(self, name: str) -> Sequence[Any]:
        """Return a view of every article."""
        if name in self.views:
            kept: Sequence[Any] = unseal(self.views[name])
            return kept
        found = tuple(VIEWS[name](self.articles))
        self.views[name] = seal(found)
        return found


def divided(site: Site) -> Site:
    """Return a site with its lists divided; those of columns have one part only."""
    lists: dict[str, Any] = {}
    for name in LISTS:
        articles = getattr(site, name)
        lists[name] = Divided(articles, _parts(articles))
    columns = {
        path: Divided(articles, {PINNED: [a for a in articles if a.pinned]})
        for path, articles in site.by_column.items()
    }
    return replace(site, by_column=columns, **lists)


def _parts(articles: Iterable[Article]) -> dict[str, list[Article]]:
    """Return the parts of a list by their names, some also without articles."""
    found: dict[str, list[Article]] = {DOCUMENT: [], FEATURED: [], MOVED: []}
    for article in articles:
        for part in parts_of(article):
            found.setdefault(part, []).append(article)
    return found
