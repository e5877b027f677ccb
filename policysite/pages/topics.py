"""专题: their overview, and a page for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policysite.pages.article import Article
from policysite.pages.head import gathered_column, plain_head
from policysite.pages.lists import HomeBlock
from policysite.pages.page import HOME, Link, Page, save_as
from policysite.pages.site import Site

TOPICS = Link("专题专栏", "/topics/")


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic (专题) as templates see it."""

    slug: str
    title: str
    url: str
    summary: str
    html: str
    image: object
    count: int


def list_topics(site: Site) -> tuple[Topic, ...]:
    """Return the topics in lists, the one with the newest article first."""
    found = []
    for place, topic in enumerate(topic for topic in site.topics if topic.is_listed):
        articles = site.in_topic(topic)
        newest = max((a.date.isoformat() for a in articles if a.date), default="")
        found.append((newest, -place, _topic(topic, articles)))
    return tuple(view for _, _, view in sorted(found, key=lambda row: row[:2], reverse=True))


def _topic(topic: Article, articles: Sequence[Article]) -> Topic:
    return Topic(
        topic.slug,
        topic.title,
        topic.url,
        topic.summary,
        topic.html,
        topic.image,
        len(articles),
    )


def plan_topics(site: Site) -> Iterator[Page]:
    """Yield the overview of topics and a page for each.

    Its articles come in the order arranged by hand, those left over grouped by column.
    """
    lead = "围绕重点工作汇集的专题。"
    column = gathered_column(TOPICS.name, lead, TOPICS.url)
    head = plain_head(site.settings, TOPICS.name, lead, TOPICS.url, "list", column=column)
    here = (HOME, Link(TOPICS.name, ""))
    yield Page(save_as(TOPICS.url), "topics", head, here, {"topics": list_topics(site)})
    for topic in site.topics:
        articles = site.in_topic(topic)
        arranged = site.courses[topic.url].arranged
        groups = (
            HomeBlock(column, tuple(a for a in articles[arranged:] if a.column is column))
            for column in site.columns
        )
        values = {
            "topic": _topic(topic, articles),
            "arranged": articles[:arranged],
            "groups": tuple(group for group in groups if group.items),
        }
        head = plain_head(
            site.settings, topic.title, topic.summary, topic.url, "list",
            noindex=not topic.is_listed,
            column=gathered_column(topic.title, topic.summary, topic.url, topic.keywords),
        )  # fmt: skip
        trail = (HOME, TOPICS, Link(topic.title, ""))
        yield Page(topic.save_as, "topic", head, trail, values)
