"""What a piece of work looked at, noted while it looks: no output has to say what it is made of.

Planners get a site whose lists and tables write into a log what is taken from them. A fact is
named by its kind and its name, such as `card:news/a.md`; `*` stands for all of a kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar, overload

from policysite.engine.fingerprint import digest
from policysite.model.links import Place
from policysite.pages.article import Article
from policysite.pages.selection import part, view

V = TypeVar("V")
ALL = "*"


class Log:
    """The facts that the work at hand has looked at so far."""

    def __init__(self) -> None:
        self.facts: set[str] = set()

    def note(self, kind: str, name: str) -> None:
        """Add one fact."""
        self.facts.add(f"{kind}:{name}")

    def taken(self) -> set[str]:
        """Return the facts noted since the last time, and begin anew."""
        facts, self.facts = self.facts, set()
        return facts


class Watched(Mapping[str, V], Generic[V]):
    """A table that notes which of its entries are looked at, also those that it has not got."""

    def __init__(self, kind: str, entries: Mapping[str, V], log: Log) -> None:
        self.kind, self.entries, self.log = kind, entries, log

    def __getitem__(self, name: str) -> V:
        self.log.note(self.kind, name)
        return self.entries[name]

    def __contains__(self, name: object) -> bool:
        self.log.note(self.kind, str(name))
        return name in self.entries

    def __iter__(self) -> Iterator[str]:
        self.log.note(self.kind, ALL)
        return iter(self.entries)

    def __len__(self) -> int:
        self.log.note(self.kind, ALL)
        return len(self.entries)


class WatchedList(Sequence[Article]):
    """A list of articles that notes whether its order, some articles or all are looked at."""

    def __init__(self, name: str, articles: Sequence[Article], log: Log) -> None:
        self.name, self.articles, self.log = name, articles, log

    @overload
    def __getitem__(self, place: int) -> Article: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Article, ...]: ...
    def __getitem__(self, place: int | slice) -> Article | tuple[Article, ...]:
        self.log.note("order", self.name)
        if isinstance(place, int):
            article = self.articles[place]
            self.log.note("card", article.source_path)
            return article
        found = tuple(self.articles[place])
        for article in found:
            self.log.note("card", article.source_path)
        return found

    def part(self, name: str) -> WatchedList:
        """Return a part of the list; to ask for it looks at nothing yet."""
        return WatchedList(f"{self.name}/{name}", part(self.articles, name), self.log)

    def view(self, name: str) -> Sequence[Any]:
        """Return a view of every article, as one fact."""
        self.log.note("view", f"{self.name}/{name}")
        return view(self.articles, name)

    def __iter__(self) -> Iterator[Article]:
        self.log.note("order", self.name)
        self.log.note("all", self.name)
        return iter(self.articles)

    def __len__(self) -> int:
        self.log.note("order", self.name)
        return len(self.articles)


class WatchedColumns(Mapping[str, Sequence[Article]]):
    """The lists of columns; to ask for one looks at nothing yet."""

    def __init__(self, lists: Mapping[str, Sequence[Article]], log: Log) -> None:
        self.lists, self.log = lists, log

    def __getitem__(self, path: str) -> Sequence[Article]:
        return WatchedList(f"/{path}", self.lists.get(path, ()), self.log)

    def __iter__(self) -> Iterator[str]:
        self.log.note("columns", ALL)
        return iter(self.lists)

    def __len__(self) -> int:
        self.log.note("columns", ALL)
        return len(self.lists)


class WatchedArticles(Mapping[str, Article]):
    """Articles by slug; their facts go by the files that they stand in."""

    def __init__(self, articles: Mapping[str, Article], log: Log) -> None:
        self.articles, self.log = articles, log

    def __getitem__(self, slug: str) -> Article:
        self.log.note("slug", slug)
        article = self.articles[slug]
        self.log.note("card", article.source_path)
        return article

    def __iter__(self) -> Iterator[str]:
        self.log.note("slug", ALL)
        return iter(self.articles)

    def __len__(self) -> int:
        self.log.note("slug", ALL)
        return len(self.articles)


class WatchedPlaces(Mapping[str, Place]):
    """Places by their files or addresses; many share a fact, for few of so many are looked up."""

    def __init__(self, places: Mapping[str, Place], log: Log) -> None:
        self.places, self.log = places, log

    def __getitem__(self, name: str) -> Place:
        self.log.note("place", lot_of(name))
        return self.places[name]

    def __iter__(self) -> Iterator[str]:
        raise NotImplementedError  # there is no fact of all

    def __len__(self) -> int:
        raise NotImplementedError


def lot_of(name: str) -> str:
    """Return one of 4,096 lots that names fall into."""
    return digest(name.encode()).hex()[:3]
