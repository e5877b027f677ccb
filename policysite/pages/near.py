"""相关内容 of each article: those named by hand first, then those of like content."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import islice

from policysite.pages.article import Article
from policysite.relate.courses import SERIES, Course
from policysite.relate.related import Document
from policysite.relate.relations import CURATED, Group, Relation
from policysite.relate.versions import History

Relate = Callable[[Sequence[Article], Mapping[str, str], int], Mapping[str, Sequence[str]]]
"""Finds at most so many articles of like content for each; takes the families of versions too."""


def taken_elsewhere(
    listed: Sequence[Article],
    courses: Iterable[Course],
    relations: Mapping[str, tuple[Group, ...]],
    histories: Mapping[str, History],
) -> dict[str, set[str]]:
    """Return what has its own place on an article's page: see `choose_related`."""
    series = {slug: c.slugs for c in courses if c.kind == SERIES for slug in c.slugs}
    found = {}
    for slug in (article.slug for article in listed):
        taken = {other for group in relations.get(slug, ()) for other in group.slugs}
        history = histories.get(slug)
        taken |= {*(history.versions if history else ()), *series.get(slug, ())}
        if taken:
            found[slug] = taken
    return found


def curated_by_hand(relations: Iterable[Relation]) -> dict[str, tuple[str, ...]]:
    """Return what articles name as related themselves."""
    chosen: dict[str, list[str]] = defaultdict(list)
    for relation in relations:
        if relation.kind == CURATED:
            chosen[relation.subject].append(relation.target)
    return {slug: tuple(named) for slug, named in chosen.items()}


def choose_related(
    listed: Sequence[Article],
    near: Mapping[str, Sequence[str]],
    relations: Iterable[Relation],
    taken: Mapping[str, set[str]],
    count: int,
) -> dict[str, tuple[str, ...]]:
    """Return related slugs: those named by hand first, then by content.

    Articles in a stated relation, other versions and parts of one series have their own place on
    the page.
    """
    named = curated_by_hand(relations)
    shown = {article.slug for article in listed}
    return {
        slug: choose(slug, (*named.get(slug, ()), *near.get(slug, ())), shown, taken, count)
        for slug in (article.slug for article in listed)
    }


def choose(
    slug: str,
    wanted: Sequence[str],
    shown: Collection[str],
    taken: Mapping[str, set[str]],
    count: int,
) -> tuple[str, ...]:
    """Return the first of those wanted that readers see and that have no other place."""
    elsewhere = taken.get(slug, ())
    left = (s for s in dict.fromkeys(wanted) if s in shown and s != slug and s not in elsewhere)
    return tuple(islice(left, count))


SPARE = 8
"""How many more articles of like content are looked for: some have another place on the page."""


def relate_by_words(
    listed: Sequence[Article], families: Mapping[str, str], count: int, *, by_text: bool = True
) -> Mapping[str, Sequence[str]]:
    """Return the articles of like content for each; `families` are those of versions."""
    if not count:
        return {}
    # It takes numpy, for which an edit's page must not wait.
    from policysite.relate.related_index import find_related

    documents = [
        related_document(article, families.get(article.slug, ""), by_text=by_text)
        for article in listed
    ]
    return find_related(documents, count + SPARE)


def related_document(article: Article, family: str, *, by_text: bool = True) -> Document:
    """Return what decides which articles are near this one; `family` is that of its versions.

    Without `by_text` it is the keywords alone.
    """
    assert article.column, "an article has its column from its folder"
    issuer = article.meta.issuer[0] if article.meta and article.meta.issuer else ""
    return Document(
        id=article.slug,
        title=article.title if by_text else "",
        keywords=article.keywords,
        column=tuple(article.column.path.split("/")),
        text=article.text if by_text else "",
        issuer=issuer,
        family=family,
    )
