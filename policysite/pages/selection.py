"""Parts of a list, and what some pages need of each article in it.

Who asks for a part, or for less than the articles themselves, need not be asked again when something
else of them changes: the lists of the build note just that (docs/decisions/0014).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, NamedTuple, Protocol, cast

from policysite.model.fields import Status
from policysite.pages.article import Article

DOCUMENT, FEATURED, MOVED = "document", "featured", "moved"
"""Policy documents; what has a picture or is a headline; what had other addresses before."""
PINNED = "置顶"
"""What is pinned: a part of the lists of columns too, whose paths have no such characters."""


def year_of(year: int) -> str:
    """Return the part of a list that is of one year."""
    return f"{year}年"


def parts_of(article: Article) -> Iterator[str]:
    """Yield the parts of lists that an article is in."""
    if article.is_policy:
        yield DOCUMENT
    if article.image or article.headline:
        yield FEATURED
    if article.old_addresses:
        yield MOVED
    if article.pinned:
        yield PINNED
    if article.date:
        yield year_of(article.date.year)


class Dated(NamedTuple):
    """When an article appeared and last changed, at which address, in which column at the top."""

    url: str
    year: int
    changed: date | None
    column: str


class Year(NamedTuple):
    """A year, and how many of its articles are in each column at the top."""

    year: int
    columns: tuple[tuple[str, int], ...]


class Uses(NamedTuple):
    """What a page uses of content/: is it there to be read, its files, those to be downloaded."""

    is_readable: bool
    files: tuple[str, ...]
    attachments: tuple[str, ...]


class Searched(NamedTuple):
    """What the search asks of an article beside its text: its file, slug, and state with label."""

    source: str
    slug: str
    state: tuple[str, str] | None


def _dated(article: Article) -> Dated:
    changed = article.updated or article.date
    column = article.column.path.split("/")[0] if article.column else ""
    return Dated(article.url, article.date.year if article.date else 0, changed, column)


def _uses(article: Article) -> Uses:
    attachments = tuple(attachment.url for attachment in article.attachments)
    is_readable = article.status is not Status.WITHDRAWN
    return Uses(is_readable, tuple(sorted(article.files)), attachments)


def _searched(article: Article) -> Searched:
    state = article.validity
    return Searched(article.source_path, article.slug, (state.code, state.label) if state else None)


def _years(articles: Iterable[Article]) -> Iterator[Year]:
    years: dict[int, Counter[str]] = {}
    for found in map(_dated, articles):
        years.setdefault(found.year, Counter())[found.column] += 1
    yield from (Year(year, tuple(sorted(counts.items()))) for year, counts in years.items())


VIEWS: Mapping[str, Callable[[Iterable[Article]], Iterator[Any]]] = {
    "dated": partial(map, _dated),
    "years": _years,
    "uses": partial(map, _uses),
    "searched": partial(map, _searched),
}
"""What may be asked of all articles of a list at once; none of it says what they are called."""


class Divided(Protocol):
    """A list that knows its parts and views itself."""

    def part(self, name: str) -> Sequence[Article]:
        """Return a part of the list, in its order."""

    def view(self, name: str) -> Sequence[Any]:
        """Return a view of every article."""


def part(articles: Sequence[Article], name: str) -> Sequence[Article]:
    """Return a part of a list, in its order."""
    if hasattr(articles, "part"):
        return cast(Divided, articles).part(name)
    return tuple(article for article in articles if name in parts_of(article))


def dated(articles: Sequence[Article]) -> Sequence[Dated]:
    """Return when and where each article appeared."""
    return view(articles, "dated")


def years_of(articles: Sequence[Article]) -> Sequence[Year]:
    """Return the years of a list in its order, with how many articles each has."""
    return view(articles, "years")


def uses(articles: Sequence[Article]) -> Sequence[Uses]:
    """Return which files each article uses."""
    return view(articles, "uses")


def searched(articles: Sequence[Article]) -> Sequence[Searched]:
    """Return what the search asks of each article."""
    return view(articles, "searched")


def view(articles: Sequence[Article], name: str) -> Sequence[Any]:
    """Return one of the views of every article."""
    if hasattr(articles, "view"):
        return cast(Divided, articles).view(name)
    return tuple(VIEWS[name](articles))
