"""What the manuscripts say of themselves and each other, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from policysite.clock import CHINA
from policysite.engine.fingerprint import digest
from policysite.engine.looked import Files
from policysite.engine.world import World
from policysite.gate import check_together
from policysite.model import pinyin
from policysite.model.content import Content
from policysite.model.synonyms import forms_of
from policysite.pages.banner import compose_banners
from policysite.pages.citations import citable, index_documents, named_documents
from policysite.pages.defaults import index_clashes
from policysite.pages.proof import link_targets
from policysite.problems import Problem
from policysite.relate.courses import Course, read_courses
from policysite.relate.relations import Relation, read_relations
from policysite.settings import SiteSettings
from policysite.text.clauses import Act


@dataclass(frozen=True, slots=True)
class Stated:
    """All that manuscripts state: see `policysite.pages.site.Statements`."""

    content: Content
    relations: tuple[Relation, ...]
    courses: tuple[Course, ...]


def read_statements(
    content: Content, settings: SiteSettings, now: datetime
) -> tuple[Stated, list[Problem]]:
    """Relate all manuscripts; return also what cannot be as they say."""
    courses, problems = read_courses(content.articles, content.topics)
    relations, unresolved = read_relations(content.articles)
    problems += unresolved
    problems += check_together(content, relations, now)
    problems += index_clashes(content.articles, settings)
    return Stated(content, relations, courses), problems


def world_of(
    stated: Stated, settings: SiteSettings, now: datetime, files: Files, cache: Path
) -> World:
    """Return what each manuscript may ask of the others; `cache` keeps pictures."""
    content = stated.content

    def acts(slug: str) -> tuple[Act, ...]:
        raise NotImplementedError(slug)  # each piece asks in its own way

    return World(
        settings=settings,
        today=now.date(),
        content=content,
        files=files,
        targets=link_targets(content, stated.courses),
        banners=compose_banners(content.articles, stated.relations, now.date()),
        index=index_documents(content.articles, stated.relations, acts),
        named=named_documents(stated.relations),
        documents={m.slug: m for m in citable(content.articles)},
        topics=tuple(topic.slug for topic in content.topics),
        forms=forms_of(content.synonyms),
        cache=cache,
        settings_digest=digest(repr(settings).encode()),
    )


def spell_names(content: Content) -> None:
    """Find the names that addresses are made of, before other processes need them."""
    fields = [article.fields for article in content.articles]
    issuers = (name for each in fields for name in each.issuer)
    pinyin.learn(
        {*issuers, *(each.subject for each in fields), *(each.series for each in fields)} - {""}
    )


def unchanging(content: Content, now: datetime) -> tuple[float, float]:
    """Return from when until when the day changes nothing, in seconds since 1970.

    Whatever depends on the day compares it with a date of some manuscript: states begin or end
    on it or the day after, and what is scheduled appears at its moment.
    """
    begin, end = datetime.min.replace(tzinfo=CHINA), datetime.max.replace(tzinfo=CHINA)
    for manuscript in content.manuscripts:
        for value in manuscript.fields.__dict__.values():
            if isinstance(value, date):
                for moment in _turns(value):
                    begin = max(begin, moment) if moment <= now else begin
                    end = min(end, moment) if moment > now else end
    return _seconds(begin), _seconds(end)


def _turns(value: date) -> Iterator[datetime]:
    day = datetime(value.year, value.month, value.day, tzinfo=CHINA)
    yield day
    if value.year < 9999:
        yield day + timedelta(days=1)
    if isinstance(value, datetime):
        yield value


def _seconds(moment: datetime) -> float:
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds()
