"""What is kept of an article: a card, which lists show, and a body, which only its own page does."""

from __future__ import annotations

from dataclasses import fields
from sys import intern
from typing import Any, NamedTuple

from markupsafe import Markup

from policysite.engine.manuscripts import flatten_fields, restore_fields
from policysite.engine.store import seal, unseal
from policysite.model.fields import ArticleFields
from policysite.pages.article import Article
from policysite.text.rendered import Heading


class Body(NamedTuple):
    """What of an article its own page needs, and no list."""

    html: Markup
    toc: tuple[Heading, ...]
    meta: ArticleFields | None
    markdown: str


_NOT_ON_CARD = (*Body._fields, "text")
"""The text without marks is asked for only while an article is composed."""

Card = tuple[Any, ...]
"""The other fields of an article in their order, the column by its path; then `OF_META`."""

ON_CARD = tuple(f.name for f in fields(Article) if f.name not in _NOT_ON_CARD)
COLUMN = ON_CARD.index("column")

OF_META = ("doc_number", "is_policy", "issuers", "doc_type", "subject")
"""What lists show of the fields, which are kept with the body."""

_NAMING = tuple(map((*ON_CARD, *OF_META).index, ("url", "title", "date", "issuers")))


def card_of(article: Article) -> Card:
    """Return what lists show of an article, as plain values."""
    values = [getattr(article, name) for name in ON_CARD]
    values[COLUMN] = article.column.path if article.column else ""
    values[ON_CARD.index("files")] = tuple(sorted(article.files))
    return (*values, *(getattr(article, name) for name in OF_META))


def named_by(card: Card) -> tuple[object, ...]:
    """Return all on a card that places an article in the index of titles."""
    return tuple(card[place] for place in _NAMING)


def sealed_body(article: Article, *, with_markdown: bool) -> bytes:
    """Return what only an article's own page shows, as it is kept.

    Of plain values: there is one for each article, and objects take three times as long.
    """
    meta = article.meta and flatten_fields(article.meta)
    toc = [tuple(heading) for heading in article.toc]
    return seal((str(article.html), toc, meta, article.markdown if with_markdown else ""))


def open_body(sealed: bytes) -> Body:
    """Return what `sealed_body` made bytes of.

    Raises:
        Damaged: they were altered.

    """
    html, toc, meta, markdown = unseal(sealed)
    headings = tuple(Heading(*heading) for heading in toc)
    return Body(Markup(html), headings, meta and restore_fields(*meta), markdown)  # noqa: S704 -- as composed


NO_FILES: frozenset[str] = frozenset()
"""Of most articles; another empty set for each would take 200 bytes."""
_REPEATED = tuple(map(ON_CARD.index, ("column", "source", "author", "editor")))
_KEYWORDS = ON_CARD.index("keywords")


def shared(card: Card) -> Card:
    """Return a card that has the words of many articles in common with them: see `sys.intern`."""
    values = list(card)
    for place in _REPEATED:
        values[place] = intern(values[place])
    values[_KEYWORDS] = tuple(map(intern, values[_KEYWORDS]))
    return tuple(values)
