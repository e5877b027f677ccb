"""What follows from what the manuscripts state, kept so that an edit need not derive it again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, cast

from policysite.engine.fingerprint import digest
from policysite.engine.kept_site import Later
from policysite.engine.looked import Files
from policysite.engine.manuscripts import decode, kept_reading
from policysite.engine.pieces import Piece
from policysite.engine.statements import Stated
from policysite.engine.store import Store, seal
from policysite.engine.world import World
from policysite.model.columns import Columns
from policysite.model.content import Content
from policysite.model.fields import Status
from policysite.model.links import Place, Targets
from policysite.model.manuscript import Article
from policysite.model.synonyms import Synonyms, forms_of
from policysite.pages.article import Banner
from policysite.pages.citations import citable
from policysite.pages.near import curated_by_hand, taken_elsewhere
from policysite.pages.site import Site
from policysite.problems import Problem
from policysite.relate.citations import Index
from policysite.relate.courses import Course
from policysite.relate.validity import Change
from policysite.settings import SiteSettings
from policysite.text.clauses import Act

_NAME, _WORLD, _PLACES = "standing", "world", "places"


class Standing(NamedTuple):
    """What a build found that holds as long as no manuscript states anything else.

    `key` is that of the theme and the settings, `interval` the span of time. `problems` are all
    but those of texts. `cited` are the slugs of documents that texts cite, `linked` the manuscripts
    with places inside that others link to. `table` are the columns as their table has them,
    `columns` the paths of those with articles.
    """

    key: bytes
    interval: tuple[float, float]
    problems: tuple[Problem, ...]
    cited: frozenset[str]
    linked: frozenset[str]
    table: Columns
    synonyms: Synonyms
    columns: tuple[str, ...]
    courses: Mapping[str, Course]
    curated: Mapping[str, tuple[str, ...]]
    taken: Mapping[str, set[str]]


def standing_of(
    key: bytes,
    interval: tuple[float, float],
    problems: Iterable[Problem],
    cited: Iterable[str],
    linked: Iterable[str],
    stated: Stated,
    site: Site,
) -> Standing:
    """Return what a whole build found."""
    return Standing(
        key=key,
        interval=interval,
        problems=tuple(problems),
        cited=frozenset(cited),
        linked=frozenset(linked),
        table=site.columns,
        synonyms=site.synonyms,
        columns=tuple(site.by_column),
        courses=dict(site.courses),
        curated=curated_by_hand(stated.relations),
        taken=taken_elsewhere(site.articles, stated.courses, site.relations, site.histories),
    )


def cited_by(piece: Piece) -> frozenset[str]:
    """Return the slugs of the documents that a piece learnt anything of."""
    told: list[Any] = []
    for (kind, _), answer in piece.asked:
        if kind == "title":
            told += [named[0] for named in cast(Any, answer)]
        elif kind == "number":
            told += cast(Any, answer)
        elif kind in ("address", "acts") and answer:
            told.append(answer)
    return frozenset(one[0] for one in told)


class _Kept(NamedTuple):
    """The parts of a world that are kept together."""

    banners: Mapping[str, Banner]
    named: Mapping[str, frozenset[str]]
    changes: Mapping[str, tuple[Change, ...]]
    topics: tuple[str, ...]
    documents: tuple[str, ...]
    pages: tuple[str, ...]


def sealed_standing_of(standing: Standing, world: World) -> dict[str, bytes]:
    """Return what a whole build found as it is kept, by names."""
    changes = {slug: tuple(found) for slug, found in world.index.changes.items()}
    documents = tuple(m.source for m in citable(world.content.articles))
    pages = tuple(world.targets.pages)
    kept = _Kept(world.banners, world.named, changes, world.topics, documents, pages)
    places = [tuple(place) for place in world.targets.by_source.values()]
    return {_WORLD: seal(tuple(kept)), _PLACES: seal(places), _NAME: seal(tuple(standing))}


def keep_standing(store: Store, standing: Standing) -> None:
    """Keep what changes with an edit; the caller holds the transaction."""
    store.put_meta(_NAME, tuple(standing))


def find_standing(store: Store) -> Standing | None:
    """Return what the last build found, if it came to its end."""
    found = store.meta(_NAME)
    return Standing(*found) if found else None


def drop_standing(store: Store) -> None:
    """Forget it: a build has begun to keep manuscripts that it was not derived from."""
    store.write("DELETE FROM meta WHERE name = ?", [(_NAME,)])


class Surroundings:
    """The world of an edit, out of the store; each part of it is fetched when it is asked for."""

    def __init__(self, store: Store, content: Content, files: Files, now: datetime) -> None:
        self.store, self.content, self.files, self.now = store, content, files, now

    def world(self, settings: SiteSettings, cache: Path) -> World:
        """Return what a manuscript may ask of the others; `cache` keeps pictures."""
        kept = self.kept
        index = Index((), kept.changes, _no_acts)
        index.names = Later(lambda: self.index.names)  # type: ignore[assignment]
        index.numbers = Later(lambda: self.index.numbers)  # type: ignore[assignment]
        index.urls = Later(lambda: self.index.urls)  # type: ignore[assignment]
        return World(
            settings=settings,
            today=self.now.date(),
            content=self.content,
            files=self.files,
            targets=self.targets,
            banners=kept.banners,
            index=index,
            named=kept.named,
            documents=Later(lambda: {m.slug: m for m in self.documents}),
            topics=kept.topics,
            forms=forms_of(self.content.synonyms),
            cache=cache,
            settings_digest=digest(repr(settings).encode()),
        )

    @cached_property
    def kept(self) -> _Kept:
        """What is kept together."""
        return _Kept(*self.store.meta(_WORLD))

    @cached_property
    def targets(self) -> Targets:
        """Everything on the site that content may link to."""
        by_source = Later(lambda: {place.source: place for place in self.places})
        by_url = Later(lambda: {place.url: place for place in self.places})
        files = frozenset(self.content.files)
        return Targets(by_source, by_url, files, frozenset(self.kept.pages))

    @cached_property
    def places(self) -> list[Place]:
        """Every manuscript as links know it."""
        return [Place(*place) for place in self.store.meta(_PLACES)]

    @cached_property
    def documents(self) -> list[Article]:
        """What each document states that texts may cite."""
        return [self._manuscript(source) for source in self.kept.documents]

    @cached_property
    def index(self) -> Index:
        """All documents that may be cited, by title and by number."""
        return Index(self.documents, self.kept.changes, _no_acts)

    def _manuscript(self, source: str) -> Article:
        value = kept_reading(self.store, source)
        column = self.content.columns.by_path.get(source.rpartition("/")[0])
        manuscript, _ = decode(value, self.content.root, column, self.now)
        assert manuscript and manuscript.status is Status.PUBLISHED, "as the last build found it"
        return cast(Article, manuscript)


def _no_acts(slug: str) -> tuple[Act, ...]:
    raise NotImplementedError(slug)  # each piece asks in its own way
