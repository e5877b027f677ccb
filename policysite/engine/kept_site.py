"""The site as the last build left it: each part is fetched from the store when it is looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar, overload

from policysite.engine.articles import KeptArticle
from policysite.engine.cards import Body
from policysite.engine.kept_pieces import piece_of, some_pieces
from policysite.engine.pieces import Piece, slim
from policysite.engine.shelf import Shelf
from policysite.engine.store import Store
from policysite.model.columns import Columns
from policysite.pages.article import Article

K = TypeVar("K")
V = TypeVar("V")
_AT_ONCE = 500
"""Cards that are fetched together: most who look through a list want all of it."""


class Later(Mapping[K, V], Generic[K, V]):
    """A table that is made when something in it is looked up."""

    def __init__(self, make: Callable[[], Mapping[K, V]]) -> None:
        self.make = make

    @cached_property
    def table(self) -> Mapping[K, V]:
        """The table itself."""
        return self.make()

    def __getitem__(self, name: K) -> V:
        return self.table[name]

    def __iter__(self) -> Iterator[K]:
        return iter(self.table)

    def __len__(self) -> int:
        return len(self.table)


class Cards:
    """Articles by their path in content/; `fresh` are the pieces made in this run."""

    def __init__(
        self,
        store: Store,
        columns: Columns,
        fetch: Callable[[str], Body],
        fresh: Mapping[str, Piece],
    ) -> None:
        self.store, self.columns, self.fetch = store, columns, fetch
        self.known: dict[str, Article] = {}
        for source, piece in fresh.items():
            self._take(source, piece)

    def _take(self, source: str, piece: Piece) -> None:
        assert piece.card, "what readers cannot see is in no list"
        column = self.columns.by_path.get(source.rpartition("/")[0])
        self.known[source] = KeptArticle(slim(piece), column, self.fetch)

    def __getitem__(self, source: str) -> Article:
        if source not in self.known:
            self._take(source, piece_of(self.store, source))
        return self.known[source]

    def several(self, sources: Sequence[str]) -> list[Article]:
        """Return some articles, those that are not at hand yet fetched together."""
        missing = [source for source in sources if source not in self.known]
        for source, piece in some_pieces(self.store, missing).items():
            self._take(source, piece)
        return [self.known[source] for source in sources]


class KeptList(Sequence[Article]):
    """A list of articles; only those that are looked at are fetched."""

    def __init__(self, name: str, shelf: Shelf, cards: Cards) -> None:
        self.name, self.shelf, self.cards = name, shelf, cards

    @cached_property
    def sources(self) -> list[str]:
        """The articles by their paths in content/."""
        order: str = self.shelf.value(f"order:{self.name}")
        return order.split("\n") if order else []

    @overload
    def __getitem__(self, place: int) -> Article: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Article, ...]: ...
    def __getitem__(self, place: int | slice) -> Article | tuple[Article, ...]:
        if isinstance(place, int):
            return self.cards[self.sources[place]]
        return tuple(self.cards.several(self.sources[place]))

    def part(self, name: str) -> KeptList:
        """Return a part of the list."""
        return KeptList(f"{self.name}/{name}", self.shelf, self.cards)

    def view(self, name: str) -> Sequence[Any]:
        """Return a view of every article."""
        found: Sequence[Any] = self.shelf.value(f"view:{self.name}/{name}")
        return found

    def __iter__(self) -> Iterator[Article]:
        for start in range(0, len(self.sources), _AT_ONCE):
            yield from self.cards.several(self.sources[start : start + _AT_ONCE])

    def __len__(self) -> int:
        return len(self.sources)


class KeptColumns(Mapping[str, Sequence[Article]]):
    """The lists of columns by their paths."""

    def __init__(self, names: Sequence[str], shelf: Shelf, cards: Cards) -> None:
        self.lists = {name: KeptList(f"/{name}", shelf, cards) for name in names}

    def __getitem__(self, path: str) -> Sequence[Article]:
        return self.lists[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self.lists)

    def __len__(self) -> int:
        return len(self.lists)


class KeptArticles(Mapping[str, Article]):
    """Articles by slug, those in lists first."""

    def __init__(self, shelf: Shelf, cards: Cards, lists: Sequence[KeptList]) -> None:
        self.shelf, self.cards, self.lists = shelf, cards, lists

    def __getitem__(self, slug: str) -> Article:
        return self.cards[self.shelf[f"slug:{slug}"].decode()]

    def __contains__(self, slug: object) -> bool:
        return f"slug:{slug}" in self.shelf

    def __iter__(self) -> Iterator[str]:
        return (article.slug for articles in self.lists for article in articles)

    def __len__(self) -> int:
        return sum(map(len, self.lists))


class KeptTable(Mapping[str, V], Generic[V]):
    """One of the site's tables."""

    def __init__(self, kind: str, shelf: Shelf) -> None:
        self.kind, self.shelf = kind, shelf

    def __getitem__(self, name: str) -> V:
        value: V = self.shelf.value(f"{self.kind}:{name}")
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self.shelf.names(self.kind))

    def __len__(self) -> int:
        return len(self.shelf.names(self.kind))
