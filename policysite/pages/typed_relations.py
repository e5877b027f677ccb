"""Relations between articles under the names that machines read, in both directions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policysite.pages.article import Article
from policysite.pages.site import Site
from policysite.relate.relations import LABELS

INVERSE = {
    "interprets": "interpreted_by",
    "answers": "answered_by",
    "based_on": "basis_of",
    "repeals": "repealed_by",
    "amends": "amended_by",
    "replaces": "replaced_by",
    "forwards": "forwarded_by",
    "implements": "implemented_by",
}
_KINDS = {label: kind for kind, (label, _) in LABELS.items()}
_KINDS |= {label: INVERSE[kind] for kind, (_, label) in LABELS.items()}


@dataclass(frozen=True, slots=True)
class TypedRelation:
    """The articles in lists that stand in one relation to an article, newest first.

    `kind` is a field's key for what the article states itself, its inverse for the other way.
    """

    kind: str
    label: str
    articles: tuple[Article, ...]


def typed_relations(site: Site, article: Article) -> Iterator[TypedRelation]:
    """Yield an article's relations in the order of its page."""
    for group in site.relations.get(article.slug, ()):
        articles = tuple(site.by_slug[slug] for slug in group.slugs)
        yield TypedRelation(_KINDS[group.label], group.label, articles)
