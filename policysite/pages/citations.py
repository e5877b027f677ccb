"""Links the documents that texts cite, once all content is known to be right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache

from policysite.model.fields import ArticleFields, Status, is_document
from policysite.model.links import VISIBLE
from policysite.model.manuscript import AnyManuscript
from policysite.pages.banner import list_changes
from policysite.pages.proof import Edition, Proof
from policysite.relate.citations import Index, Reader
from policysite.relate.relations import CURATED, Relation
from policysite.text.citations import link_citations
from policysite.text.clauses import Act, read_acts


def cite(edition: Edition, today: date) -> Edition:
    """Return the edition with the citations of published documents linked.

    Only now is it known which version of a document was in force when a text was written.
    """
    index = _index(edition)
    named = _named(edition.relations)

    def linked(proof: Proof) -> Proof:
        manuscript, rendered = proof.manuscript, proof.rendered
        reader = Reader(
            index,
            manuscript.slug,
            _dated(manuscript, today),
            named.get(manuscript.slug, frozenset()),
        )
        html = link_citations(rendered.html, reader)
        return replace(proof, rendered=replace(rendered, html=html))

    proofs = {
        source: linked(proof) if proof.manuscript.status in VISIBLE else proof
        for source, proof in edition.proofs.items()
    }
    return replace(edition, proofs=proofs)


def _index(edition: Edition) -> Index:
    articles = edition.content.articles
    documents = [m for m in articles if m.status is Status.PUBLISHED and is_document(m.fields)]
    sources = {document.slug: document.source for document in documents}

    @cache
    def acts(slug: str) -> tuple[Act, ...]:
        return read_acts(edition.proofs[sources[slug]].rendered.html)

    visible = [m for m in articles if m.status in VISIBLE]
    return Index(documents, list_changes(visible, edition.relations), acts)


def _named(relations: Iterable[Relation]) -> dict[str, frozenset[str]]:
    """Return the documents that each article states a relation to."""
    named: dict[str, set[str]] = defaultdict(set)
    for relation in relations:
        if relation.kind != CURATED:
            named[relation.subject].add(relation.target)
    return {slug: frozenset(targets) for slug, targets in named.items()}


def _dated(manuscript: AnyManuscript, today: date) -> date:
    """Return the day on which a text was written; a page without a date speaks of today."""
    fields = manuscript.fields
    if isinstance(fields, ArticleFields):
        return fields.signed_on or fields.date.date()
    return today
