"""From content to the site as readers see it: rendered, ordered and related, on a given day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Protocol

from policysite.model.columns import Column, Columns
from policysite.model.content import Content
from policysite.model.fields import Status, is_document
from policysite.model.links import VISIBLE, Targets
from policysite.model.manuscript import AnyManuscript
from policysite.model.synonyms import Synonyms
from policysite.pages.article import Article, compose_article
from policysite.pages.banner import compose_banners
from policysite.pages.citations import cite
from policysite.pages.defaults import fill_in
from policysite.pages.near import Relate, choose_related, relate_by_words, taken_elsewhere
from policysite.pages.notice import is_list_due, withdraw_list
from policysite.pages.pictures import NO_PICTURES, Picture
from policysite.pages.proof import Edition, Proof, link_targets
from policysite.pages.title_index import Title, file_titles, letters_of
from policysite.relate.courses import SERIES, Course
from policysite.relate.neighbours import find_neighbours
from policysite.relate.relations import Group, Relation, group_relations
from policysite.relate.validity import takes_effect
from policysite.relate.versions import History, trace_histories
from policysite.settings import SiteSettings


class Statements(Protocol):
    """What the manuscripts say of themselves and each other, before any text is rendered."""

    @property
    def content(self) -> Content:
        """All that the editors wrote."""

    @property
    def relations(self) -> tuple[Relation, ...]:
        """How articles relate."""

    @property
    def courses(self) -> tuple[Course, ...]:
        """Series and topics."""


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that pages are made from.

    `articles` are those in lists, newest first; `others` have an address but no place in any list
    (hidden and withdrawn). `related`, `relations` and `histories` are by slug, `pictures` and
    `files` by path under content/, `courses` by address; `courses_of` gives the address of each
    course that holds an article, and the article's place in it from 0 on, by slug. `titles` are
    the index of titles by letter, `letters` the addresses of its pages.
    """

    settings: SiteSettings
    now: datetime
    columns: Columns
    articles: Sequence[Article]
    others: Sequence[Article]
    pages: Sequence[Article]
    topics: Sequence[Article]
    by_slug: Mapping[str, Article]
    by_column: Mapping[str, Sequence[Article]]
    neighbours: Mapping[str, tuple[str | None, str | None]]
    related: Mapping[str, tuple[str, ...]]
    relations: Mapping[str, tuple[Group, ...]]
    histories: Mapping[str, History]
    pictures: Mapping[str, Picture]
    courses: Mapping[str, Course]
    courses_of: Mapping[str, tuple[tuple[str, int], ...]]
    titles: Mapping[str, tuple[Title, ...]]
    letters: Mapping[str, tuple[str, ...]]
    files: Mapping[str, Path]
    targets: Targets
    synonyms: Synonyms

    def in_column(self, column: Column) -> Sequence[Article]:
        """Return a column's articles, or all of its children's, newest first."""
        return self.by_column.get(column.path, ())

    def in_course(self, course: Course) -> tuple[Article, ...]:
        """Return the articles of a series or topic in the order in which to read them."""
        return tuple(self.by_slug[slug] for slug in course.slugs)

    def in_topic(self, topic: Article) -> tuple[Article, ...]:
        """Return the articles gathered by a topic, those arranged by hand first."""
        return self.in_course(self.courses[topic.url])


def build_site(
    edition: Edition,
    settings: SiteSettings,
    now: datetime,
    pictures: Mapping[str, Picture] = NO_PICTURES,
) -> Site:
    """Make the site as of `now` from content without errors.

    An image that is not among `pictures` is shown as it lies in content/.
    """
    edition = cite(_without_due_lists(edition, settings, now.date()), now.date())
    composed = _compose(edition, settings, now, pictures)
    relate = partial(relate_by_words, by_text=settings.related_by_text)
    return arrange(edition, composed, settings, now, pictures, relate)


def arrange(
    edition: Statements,
    composed: Mapping[str, Article],
    settings: SiteSettings,
    now: datetime,
    pictures: Mapping[str, Picture],
    relate: Relate,
) -> Site:
    """Order and relate articles that are ready; `composed` has them by their path in content/.

    `relate` finds those of like content.
    """
    content = edition.content
    rank = [composed[m.source] for m in content.articles if m.source in composed]
    listed = _newest_first(a for a in rank if a.status is Status.PUBLISHED)
    others = tuple(a for a in rank if a.status in (Status.HIDDEN, Status.WITHDRAWN))
    order = {article.slug: place for place, article in enumerate(listed)}
    relations = group_relations(edition.relations, order)
    histories = _histories(edition, order)
    by_column = _by_column(listed)
    topics = _visible(composed, content.topics)
    courses = _courses(edition.courses, order, topics)
    families = {slug: history.family for slug, history in histories.items()}
    taken = taken_elsewhere(listed, edition.courses, relations, histories)
    near = relate(listed, families, settings.related_count)
    titles = file_titles(article.filed for article in listed) if settings.search else {}
    return Site(
        settings=settings,
        now=now,
        columns=content.columns,
        articles=listed,
        others=others,
        pages=_visible(composed, content.pages),
        topics=topics,
        by_slug={article.slug: article for article in (*listed, *others)},
        by_column=by_column,
        neighbours=_neighbours(by_column, content.columns),
        related=choose_related(listed, near, edition.relations, taken, settings.related_count),
        relations=relations,
        histories=histories,
        pictures=pictures,
        courses=courses,
        courses_of=_courses_of(courses, topics),
        titles=titles,
        letters=letters_of(titles),
        files=content.files,
        targets=link_targets(content, edition.courses),
        synonyms=content.synonyms,
    )


def _courses(
    courses: Iterable[Course], shown: Mapping[str, int], topics: Sequence[Article]
) -> dict[str, Course]:
    """Return the series and topics that readers can open, with their articles in lists."""
    found = (course.among(shown) for course in courses)
    urls = {topic.url for topic in topics}
    return {c.url: c for c in found if c.url in urls or (c.kind == SERIES and c.slugs)}


def _courses_of(
    courses: Mapping[str, Course], topics: Sequence[Article]
) -> dict[str, tuple[tuple[str, int], ...]]:
    """Return the places of each article in its courses; to a hidden topic no page leads."""
    hidden = {topic.url for topic in topics if not topic.is_listed}
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for url in sorted(courses.keys() - hidden):
        for place, slug in enumerate(courses[url].slugs):
            found[slug].append((url, place))
    return {slug: tuple(places) for slug, places in found.items()}


def _without_due_lists(edition: Edition, settings: SiteSettings, today: date) -> Edition:
    """Return the edition without the lists of the 公示 that are over and say so."""
    proofs = dict(edition.proofs)
    articles = []
    for manuscript in edition.content.articles:
        if is_list_due(manuscript.fields, settings, today):
            proof = proofs[manuscript.source]
            rest = withdraw_list(manuscript, proof.rendered, proof.files)
            proofs[manuscript.source] = Proof(*rest)
            articles.append(rest[0])
        else:
            articles.append(manuscript)
    content = replace(edition.content, articles=tuple(articles))
    return replace(edition, content=content, proofs=proofs)


def _compose(
    edition: Edition, settings: SiteSettings, now: datetime, pictures: Mapping[str, Picture]
) -> dict[str, Article]:
    today = now.date()
    banners = compose_banners(edition.content.articles, edition.relations, today)
    return {
        source: compose_article(
            fill_in(proof.manuscript, settings),
            proof.rendered,
            edition.content.files,
            site_name=settings.name,
            today=today,
            pictures=pictures,
            validity=banners.get(proof.manuscript.slug)
            if isinstance(proof.manuscript.column, Column)
            else None,
            used=proof.files,
        )
        for source, proof in edition.proofs.items()
        if proof.manuscript.status in (*VISIBLE, Status.WITHDRAWN)
    }


def _newest_first(articles: Iterable[Article]) -> tuple[Article, ...]:
    """Order by time, then slug: a total order, so that equal dates never swap places."""
    return tuple(sorted(articles, key=lambda a: (a.date, a.slug), reverse=True))


def _visible(
    composed: Mapping[str, Article], wanted: Sequence[AnyManuscript]
) -> tuple[Article, ...]:
    found = (composed.get(manuscript.source) for manuscript in wanted)
    return tuple(article for article in found if article and article.status in VISIBLE)


def _histories(edition: Statements, shown: Mapping[str, int]) -> dict[str, History]:
    articles = (m for m in edition.content.articles if m.slug in shown and is_document(m.fields))
    return trace_histories(edition.relations, {m.slug: takes_effect(m.fields) for m in articles})


def _by_column(listed: Sequence[Article]) -> dict[str, tuple[Article, ...]]:
    found: dict[str, list[Article]] = defaultdict(list)
    for article in listed:
        assert article.column, "an article has its column from its folder"
        found[article.column.path].append(article)
        if article.column.parent_path:
            found[article.column.parent_path].append(article)
    return {path: tuple(articles) for path, articles in found.items()}


def _neighbours(
    by_column: Mapping[str, tuple[Article, ...]], columns: Columns
) -> dict[str, tuple[str | None, str | None]]:
    found: dict[str, tuple[str | None, str | None]] = {}
    for path, articles in by_column.items():
        if not columns.by_path[path].children:
            found |= find_neighbours([article.slug for article in articles])
    return found
