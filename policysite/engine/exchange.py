"""What an edited article shows, in the place of what it showed, among the facts of the site."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from policysite.engine.facts import entry_digest, exchanged
from policysite.engine.fingerprint import digest
from policysite.engine.pieces import Made, Piece
from policysite.engine.shelf import Shelf
from policysite.model.fields import Status
from policysite.model.manuscript import Article
from policysite.pages.article import Article as ShownArticle
from policysite.pages.selection import PINNED, parts_of
from policysite.pages.site import Site
from policysite.pages.title_index import Title, in_order, urls_of


class Edited(NamedTuple):
    """An edited article: its reading, what was made of it before, and now."""

    manuscript: Article
    reading: bytes
    old: Piece
    made: Made

    @property
    def new(self) -> Piece:
        """The piece made now."""
        return self.made[0]

    @property
    def lists(self) -> tuple[str, ...]:
        """The lists that hold the article."""
        column = self.manuscript.column
        if self.manuscript.status is Status.PUBLISHED and column:
            return ("articles", *(f"/{p}" for p in (column.path, column.parent_path) if p))
        return ("others",) if self.new.card else ()

    def parts(self, article: ShownArticle) -> Iterator[str]:
        """Yield those lists, and the parts of them that hold it."""
        yield from self.lists
        yield from (f"{self.lists[0]}/{part}" for part in parts_of(article))
        if article.pinned:
            yield from (f"{column}/{PINNED}" for column in self.lists[1:])


class Exchange:
    """Puts facts in the place of others; totals of them need not know the rest."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf

    def article(self, each: Edited, site: Site) -> None:
        """Put the facts of an article in the place of its old ones."""
        old, new, source = each.old, each.new, each.manuscript.source
        if old.card_digest != new.card_digest:
            self.shelf.exchange(f"card:{source}", new.card_digest)
            for name in each.parts(site.by_slug[each.manuscript.slug]):
                self._in(f"all:{name}", old.card_digest, new.card_digest)
        if old.title and new.title and old.title != new.title:
            self._file(old.title, new.title, len(site.articles))
        if old.body_digest != new.body_digest:
            self.shelf.exchange(f"body:{source}", new.body_digest)
            if "articles" in each.lists:
                texts = (entry_digest(source, each) for each in (old.body_digest, new.body_digest))
                self._in("texts:*", *texts)

    def _file(self, old: Title, new: Title, total: int) -> None:
        """Put an article in another place of the index of `total` titles."""
        for letter in {old.key[0], new.key[0]}:
            rest = [title for title in self.shelf.value(f"titles:{letter}") if title != old]
            now = in_order([*rest, new] if letter == new.key[0] else rest)
            self.entry("titles", letter, now)
            self.entry("letters", letter, urls_of(letter, now, total))

    def entry(self, table: str, name: str, value: tuple[Any, ...]) -> None:
        """Put another value in the place of a table's."""
        fact = f"{table}:{name}"
        if value != self.shelf.value(fact):
            old, new = self.shelf[fact], digest(repr(value).encode())
            self.shelf.exchange(fact, new, value)
            self._in(f"{table}:*", entry_digest(fact, old), entry_digest(fact, new))

    def _in(self, name: str, old: bytes, new: bytes) -> None:
        self.shelf.exchange(name, exchanged(self.shelf[name], old, new))
