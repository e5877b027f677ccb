"""Articles that are read in one order: the parts of a 连载, and what a 专题 gathers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from policysite.model.fields import TopicFields, specs
from policysite.model.manuscript import Article, Topic
from policysite.model.pinyin import ascii_slug
from policysite.model.values import suggestion
from policysite.problems import Problem, problem
from policysite.relate.relations import find_by_name

SERIES, TOPIC = "series", "topic"
ROOT = "/series/"


@dataclass(frozen=True, slots=True)
class Course:
    """A series or a topic: its articles as slugs, in the order in which to read them.

    Of a topic, the first `arranged` were put in their order by hand, the others are newest first.
    """

    kind: str
    name: str
    url: str
    slugs: tuple[str, ...]
    arranged: int = 0

    def among(self, shown: Collection[str]) -> Course:
        """Return the course without the articles that readers do not see."""
        slugs = tuple(slug for slug in self.slugs if slug in shown)
        arranged = sum(slug in shown for slug in self.slugs[: self.arranged])
        return replace(self, slugs=slugs, arranged=arranged)


def read_courses(
    articles: Sequence[Article], topics: Sequence[Topic]
) -> tuple[tuple[Course, ...], list[Problem]]:
    """Return every series and topic, and a problem for each that is not clear."""
    parts: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        if article.fields.series:
            parts[article.fields.series].append(article)
    series = [
        Course(SERIES, name, f"{ROOT}{ascii_slug(name)}/", tuple(a.slug for a in _in_order(found)))
        for name, found in sorted(parts.items())
    ]
    problems = [clash for name, found in parts.items() for clash in _clashes(name, found)]
    gathered, unresolved = _topics(articles, topics)
    return (*series, *gathered), problems + unresolved


def _in_order(parts: Iterable[Article]) -> list[Article]:
    """Order by number, then those without one by time."""
    return sorted(
        parts,
        key=lambda part: (
            part.fields.series_number is None,
            part.fields.series_number or 0,
            part.fields.date,
            part.slug,
        ),
    )


def _clashes(name: str, parts: Iterable[Article]) -> Iterator[Problem]:
    taken: dict[int, Article] = {}
    for part in parts:
        number = part.fields.series_number
        if number is None:
            continue
        other = taken.setdefault(number, part)
        if other is not part:
            line = part.lines["series_number"]
            yield problem("R412", part.path, line, name=name, number=number, other=other.path)


def _topics(
    articles: Sequence[Article], topics: Sequence[Topic]
) -> tuple[list[Course], list[Problem]]:
    find = find_by_name(articles)
    label = next(row.spec.label for row in specs(TopicFields) if row.key == "articles")
    members: dict[str, list[Article]] = defaultdict(list)
    for article in sorted(articles, key=lambda a: (a.fields.date, a.slug), reverse=True):
        for slug in dict.fromkeys(named.text for named in article.fields.topics):
            members[slug].append(article)
    courses: list[Course] = []
    problems: list[Problem] = []
    for topic in topics:
        arranged: dict[str, None] = {}
        for named in topic.fields.articles:
            if found := find(named.text):
                arranged[found.slug] = None
                continue
            near = suggestion(named.text, [article.slug for article in articles])
            values = {"label": label, "missing": named.text, "suggestion": near}
            problems.append(problem("R402", topic.path, named.line, named.column, **values))
        slugs = arranged | dict.fromkeys(article.slug for article in members[topic.slug])
        title = topic.fields.title
        courses.append(Course(TOPIC, title, topic.url, tuple(slugs), len(arranged)))
    return courses, problems
