"""Articles as the store keeps them: what lists show at hand, the text only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from markupsafe import Markup

from policysite.engine.cards import COLUMN, NO_FILES, OF_META, ON_CARD, Body
from policysite.model.columns import Column
from policysite.model.fields import ArticleFields
from policysite.pages.article import Article
from policysite.text.rendered import Heading

if TYPE_CHECKING:
    from policysite.engine.pieces import Piece
    from policysite.pages.title_index import Title

_SETTERS = tuple(getattr(Article, name).__set__ for name in ON_CARD)


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
        _SETTERS[COLUMN](self, column)
        object.__setattr__(self, "files", frozenset(self.files) if self.files else NO_FILES)
        own = (fetch, piece.title, card[-len(OF_META) :], piece.body_digest, piece.card_digest)
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
        for name in (*ON_CARD, *self._OWN):
            object.__setattr__(article, name, getattr(self, name))
        object.__setattr__(article, "pinned", False)
        return article
