"""Pieces: each manuscript rendered, checked, cited and composed, and kept with all it asked.

A piece is good as long as everything that went into it is the same: its manuscript, what the day
and other documents make of it, and the answer to every question that it asked of others — where a
link leads, what an image is, which documents a title stands for. The answers are kept with it and
compared; one that differs and the piece is made again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import import_module
from typing import Any, NamedTuple, cast

from policysite.engine.asking import Asking
from policysite.engine.cards import NO_FILES, Card, card_of, named_by, sealed_body, shared
from policysite.engine.fingerprint import digest
from policysite.engine.store import seal
from policysite.engine.world import Question, World
from policysite.model import sounds
from policysite.model.fields import ArticleFields, Status
from policysite.model.images import DAMAGED
from policysite.model.links import VISIBLE
from policysite.model.manuscript import AnyManuscript
from policysite.model.manuscript import Article as ArticleManuscript
from policysite.pages.article import Article, compose_article
from policysite.pages.citations import cite_in
from policysite.pages.defaults import fill_in
from policysite.pages.near import related_document
from policysite.pages.notice import is_list_due, withdraw_list
from policysite.pages.pictures import NO_PICTURES, Picture
from policysite.pages.proof import Anchored, Proof, anchored, proof_manuscript
from policysite.pages.title_index import Title
from policysite.problems import Problem, errors, problem
from policysite.relate import words
from policysite.relate.related import vector_of, words_of
from policysite.settings import SiteSettings

_ANCHOR = re.compile(r'id="([^"]*)"')


class Piece(NamedTuple):
    """What was made of one manuscript.

    `asked` has each question with its answer; `files` are those under content/ that it uses.
    `card` is None where readers see nothing of it; `vector` is that of its words, of which `words` is
    a digest, None where nothing is related to it. `anchors` are the names of its places, one a
    line: there are a dozen in each of very many texts, and few are ever asked for. `initials` are a
    title with its initials in pinyin, `title` is its place in the index, None where it has none: the
    dictionaries take longer to load than an edit otherwise.
    """

    key: bytes
    asked: tuple[tuple[Question, object], ...]
    problems: tuple[Problem, ...]
    files: frozenset[str]
    card: Card | None
    card_digest: bytes
    body_digest: bytes
    anchored: tuple[Anchored, ...]
    anchors: str
    pictures: tuple[tuple[str, Picture], ...]
    words: bytes
    vector: bytes | None
    initials: tuple[str, str] = ("", "")
    title: Title | None = None


def slim(piece: Piece) -> Piece:
    """Return what a build has use for once a piece is found good and kept: half of it."""
    return piece._replace(
        key=b"",
        asked=(),
        files=piece.files or NO_FILES,
        card=shared(piece.card) if piece.card else None,
        words=b"",
        initials=("", ""),
    )


def has_place(piece: Piece, anchor: str) -> bool:
    """Return whether a text has a place of this name."""
    return anchor in piece.anchors.split("\n")


def still_holds(world: World, piece: Piece, manuscript: AnyManuscript) -> bool:
    """Return whether a piece would come out the same if it were made again."""
    return piece.key == world.key(manuscript) and all(
        world.answer(manuscript.source, question) == answer for question, answer in piece.asked
    )


def load_for_pieces(settings: SiteSettings) -> None:
    """Load what pieces are made with, before there are several processes."""
    words.load()
    if settings.related_count:
        import_module("policysite.relate.vectors")  # with numpy
    if settings.search:
        sounds.load()


Made = tuple[Piece, bytes | None, bytes | None]
"""A piece; the sealed `Body` of what readers see, and the sealed entry of what they can search."""


def make_piece(world: World, manuscript: AnyManuscript, old: Piece | None = None) -> Made:
    """Make a piece from a manuscript, with what is kept apart from it; `old` is the last one."""
    made = _Making(world, manuscript.source, old)
    whole = manuscript.whole()
    targets, files = made.asking.targets(), made.asking.files()
    proof, problems = proof_manuscript(whole, targets, files, world.topics)
    links = tuple(anchored(proof, targets))
    if errors(problems) or whole.status not in (*VISIBLE, Status.WITHDRAWN):
        return made.piece(proof, problems, links), None, None
    return made.composed(proof, problems, links)


class _Making:
    """One piece while it is made."""

    def __init__(self, world: World, source: str, old: Piece | None) -> None:
        self.world = world
        self.old = old
        self.asking = Asking(world, source)

    def piece(self, proof: Proof, problems: list[Problem], links: tuple[Anchored, ...]) -> Piece:
        """Return a piece of which nothing is published."""
        key = self.world.key(proof.manuscript)
        asked = tuple(self.asking.asked.items())
        anchors = "\n".join(sorted({*_ANCHOR.findall(proof.rendered.html)}))
        files = proof.files
        told = tuple(problems)
        return Piece(key, asked, told, files, None, b"", b"", links, anchors, (), b"", None)

    def composed(self, proof: Proof, problems: list[Problem], links: tuple[Anchored, ...]) -> Made:
        world, manuscript = self.world, proof.manuscript
        rest = self._without_due_list(proof)
        cited = cite_in(rest, self.asking.documents(), world.named, world.today)
        article = compose_article(
            fill_in(cited.manuscript, world.settings),
            cited.rendered,
            self.asking.files(),
            site_name=world.settings.name,
            today=world.today,
            pictures=self._pictures(manuscript),
            validity=world.banners.get(manuscript.slug) if manuscript.column else None,
            used=cited.files,
        )
        for name in self.asking.damaged:
            problems.append(problem(DAMAGED, manuscript.path, target=name))
        plain = self.piece(proof, problems, links)
        if self.asking.damaged:
            return plain, None, None
        card = card_of(article)
        sealed = sealed_body(article, with_markdown=world.settings.open_data)
        listed = article.status is Status.PUBLISHED and article.column is not None
        settings = world.settings
        is_found = listed and settings.search
        initials = self._initials(article.title) if is_found else ""
        entry = _entry(article, world.forms, initials) if is_found else None
        made = plain._replace(
            card=card,
            card_digest=digest(repr(card).encode()),
            body_digest=digest(sealed),
            pictures=tuple(sorted(self.asking.made.items())),
            initials=(article.title, initials),
            title=self._title(article) if is_found else None,
        )
        if listed and settings.related_count:
            made = made._replace(**self._vector(article))
        return made, sealed, entry

    def _initials(self, title: str) -> str:
        """Return the initials of a title; the same title keeps them."""
        if self.old and self.old.initials[0] == title:
            return self.old.initials[1]
        from policysite.search.terms import title_initials

        return title_initials(title)

    def _title(self, article: Article) -> Title:
        """Return where an article stands in the index; the same name keeps its place."""
        old, card = self.old, card_of(article)
        if old and old.title and old.card and named_by(old.card) == named_by(card):
            return old.title
        return article.filed

    def _vector(self, article: Article) -> dict[str, Any]:
        """Return the vector of an article's words, and their digest; the same words keep it."""
        by_text = self.world.settings.related_by_text
        document = related_document(article, "", by_text=by_text)
        words = digest(*(part.encode() for part in words_of(document)))
        if self.old and self.old.words == words:
            return {"words": words, "vector": self.old.vector}
        return {"words": words, "vector": vector_of(document)}

    def _without_due_list(self, proof: Proof) -> Proof:
        fields = proof.manuscript.fields
        if not isinstance(fields, ArticleFields) or not is_list_due(
            fields, self.world.settings, self.world.today
        ):
            return proof
        article = cast(ArticleManuscript, proof.manuscript)
        return Proof(*withdraw_list(article, proof.rendered, proof.files))

    def _pictures(self, manuscript: AnyManuscript) -> Mapping[str, Picture]:
        if manuscript.status not in VISIBLE:
            return NO_PICTURES
        return self.asking.pictures()


def _entry(article: Article, forms: tuple[str, ...], initials: str) -> bytes:
    from policysite.search.entries import make_entry

    return seal(make_entry(article, forms, initials))
