"""连载 and 专题 as pages show them: where an article stands in them, and the pages of series."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policysite.pages.article import Article
from policysite.pages.head import gathered_column, plain_head
from policysite.pages.page import HOME, Link, Page, save_as
from policysite.pages.site import Site
from policysite.relate.courses import SERIES, TOPIC, Course

LABELS = {SERIES: "连载", TOPIC: "专题"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article stands in a course, counted from 1, and what comes before and after it.

    `items` are all parts of a series; a topic is too long to be shown in an article.
    """

    label: str
    course: Link
    number: int
    count: int
    items: tuple[Article, ...]
    before: Article | None
    after: Article | None


def places_of(site: Site, article: Article) -> tuple[Place, ...]:
    """Return the places of an article in the series and topics that hold it and others."""
    places = ((site.courses[url], place) for url, place in site.courses_of.get(article.slug, ()))
    return tuple(_place(site, course, n) for course, n in places if len(course.slugs) > 1)


def _place(site: Site, course: Course, place: int) -> Place:
    before = course.slugs[place - 1] if place else ""
    after = course.slugs[place + 1] if place + 1 < len(course.slugs) else ""
    return Place(
        label=LABELS[course.kind],
        course=Link(course.name, course.url),
        number=place + 1,
        count=len(course.slugs),
        items=site.in_course(course) if course.kind == SERIES else (),
        before=site.by_slug[before] if before else None,
        after=site.by_slug[after] if after else None,
    )


def series_links(site: Site) -> tuple[Link, ...]:
    """Return every series that readers see, by name."""
    return tuple(Link(c.name, c.url) for c in site.courses.values() if c.kind == SERIES)


def plan_series(site: Site) -> Iterator[Page]:
    """Yield a page for each series, its parts in their order."""
    for course in site.courses.values():
        if course.kind == SERIES:
            description = f"连载“{course.name}”，共{len(course.slugs)}篇。"
            column = gathered_column(course.name, description, course.url)
            head = plain_head(
                site.settings, course.name, description, course.url, "list", column=column
            )
            values = {"course": course, "items": site.in_course(course)}
            trail = (HOME, Link(course.name, ""))
            yield Page(save_as(course.url), "series", head, trail, values)
