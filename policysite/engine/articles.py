"""Articles as the store keeps them: what lists show at hand, the text only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from sys import intern
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup

from policysite.engine.manuscripts import flatten_fields, restore_fields
from policysite.engine.store import seal, unseal
from policysite.model.columns import Column
from policysite.model.fields import ArticleFields
from policysite.pages.article import Article
from policysite.text.rendered import Heading

if TYPE_CHECKING:
    from policysite.engine.pieces import Piece
    from policysite.pages.title_index import Title


class Body(NamedTuple):
    """What of an article its own page needs, and no list."""

    html: Markup
    toc: tuple[Heading, ...]
    meta: ArticleFields | None
    markdown: str


_NOT_ON_CARD = (*Body._fields, "text")
"""The text without marks is asked for only while an article is composed."""

Card = tuple[Any, ...]
"""The other fields of an article in their order, the column by its path; then `_OF_META`."""

_ON_CARD = tuple(f.name for f in fields(Article) if f.name not in _NOT_ON_CARD)
_COLUMN = _ON_CARD.index("column")

_OF_META = ("doc_number", "is_policy", "issuers", "doc_type", "subject")
"""What lists show of the fields, which are kept with the body."""

_NAMING = tuple(map((*_ON_CARD, *_OF_META).index, ("url", "title", "date", "issuers")))

_SETTERS = tuple(getattr(Article, name).__set__ for name in _ON_CARD)


def card_of(article: Article) -> Card:
    """Return what lists show of an article, as plain values."""
    values = [getattr(article, name) for name in _ON_CARD]
    values[_COLUMN] = article.column.path if article.column else ""
    values[_ON_CARD.index("files")] = tuple(sorted(article.files))
    return (*values, *(getattr(article, name) for name in _OF_META))


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

_REPEATED = tuple(map(_ON_CARD.index, ("column", "source", "author", "editor")))
_KEYWORDS = _ON_CARD.index("keywords")


def shared(card: Card) -> Card:
    """Return a card that has the words of many articles in common with them: see `sys.intern`."""
    values = list(card)
    for place in _REPEATED:
        values[place] = intern(values[place])
    values[_KEYWORDS] = tuple(map(intern, values[_KEYWORDS]))
    return tuple(values)


class KeptArticle(Article):
    """An article of the store; its body is fetched, and noted as looked at, when it is needed."""

    __slots__ = _OWN = ("_fetch", "_filed", "_of_meta", "body_digest", "digest")
    digest: bytes
    """A digest of what lists show of it."""
    body_digest: bytes
    """A digest of the rest."""
    _fetch: Callable[[str], Body]
    _filed: Title | None
    _of_meta: tuple[str, bool, tuple[str, ...], str, str]

    def __init__(self, piece: Piece, column: Column | None, fetch: Callable[[str], Body]) -> None:
        card = piece.card
        assert card, "what readers cannot see is no article"
        for put, value in zip(_SETTERS, card, strict=False):
            put(self, value)
        _SETTERS[_COLUMN](self, column)
        object.__setattr__(self, "files", frozenset(self.files) if self.files else NO_FILES)
        own = (fetch, piece.title, card[-len(_OF_META) :], piece.body_digest, piece.card_digest)
        for name, value in zip(self._OWN, own, strict=True):
            object.__setattr__(self, name, value)

    # One object for each article in a run: to compare their texts would fetch them all.
    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)

    @property
    def filed(self) -> Title:
        """Where it stands in the index of titles."""
        assert self._filed, "only what is searched is asked"
        return self._filed

    @property
    def html(self) -> Markup:
        """The text as HTML."""
        return self._fetch(self.source_path).html

    @property
    def text(self) -> str:
        """There is none here."""
        raise AttributeError("the text without marks is not kept")

    @property
    def toc(self) -> tuple[Heading, ...]:
        """The headings."""
        return self._fetch(self.source_path).toc

    @property
    def meta(self) -> ArticleFields | None:
        """The fields, with what the settings add."""
        return self._fetch(self.source_path).meta

    @property
    def markdown(self) -> str:
        """The text as the editor wrote it."""
        return self._fetch(self.source_path).markdown

    @property
    def doc_number(self) -> str:
        """发文字号, or an empty string."""
        return self._of_meta[0]

    @property
    def is_policy(self) -> bool:
        """Whether this is a policy document."""
        return self._of_meta[1]

    @property
    def issuers(self) -> tuple[str, ...]:
        """发文机关, or nothing."""
        return self._of_meta[2]

    @property
    def doc_type(self) -> str:
        """文种, or an empty string."""
        return self._of_meta[3]

    @property
    def subject(self) -> str:
        """主题分类, or an empty string."""
        return self._of_meta[4]

    def unpinned(self) -> Article:
        """Return the article as it stands in lists where nothing is pinned."""
        article = KeptArticle.__new__(KeptArticle)
        for name in (*_ON_CARD, *self._OWN):
            object.__setattr__(article, name, getattr(self, name))
        object.__setattr__(article, "pinned", False)
        return article
