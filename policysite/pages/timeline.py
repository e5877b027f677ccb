"""The timeline of a document: its versions, and what amended them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from policysite.pages.article import Article
from policysite.pages.page import Link
from policysite.pages.site import Site
from policysite.relate.validity import IN_FORCE


@dataclass(frozen=True, slots=True)
class Event:
    """A line of the timeline: a version, or a document that amends `amends`.

    `differences` lead to what changed since each version before it.
    """

    article: Article
    on: date
    amends: Article | None
    is_here: bool
    is_in_force: bool
    differences: tuple[Link, ...]


def timeline(site: Site, article: Article) -> tuple[Event, ...]:
    """Return the versions of a document and what amended them, oldest first."""
    history = site.histories.get(article.slug)
    if history is None:
        return ()
    older: dict[str, list[Link]] = {}
    for old, new in history.pairs:
        before = site.by_slug[old]
        older.setdefault(new, []).append(
            Link(before.doc_number or before.title, comparison_url(old, new))
        )
    return tuple(
        Event(
            article=site.by_slug[step.slug],
            on=step.on,
            amends=site.by_slug[step.amends] if step.amends else None,
            is_here=step.slug == article.slug,
            is_in_force=not step.amends and _is_in_force(site.by_slug[step.slug]),
            differences=() if step.amends else tuple(older.get(step.slug, ())),
        )
        for step in history.steps
    )


def comparison_url(old: str, new: str) -> str:
    """Return the address of the page that compares two versions, by their slugs."""
    # No slug has two hyphens on end, so no two pairs share an address.
    return f"/compare/{old}--{new}.html"


def _is_in_force(article: Article) -> bool:
    return bool(article.validity and article.validity.code in IN_FORCE)
