"""Links the documents that texts cite, once all content is known to be right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from policysite.model.fields import ArticleFields, Status, is_document
from policysite.model.links import VISIBLE
from policysite.model.manuscript import AnyManuscript
from policysite.model.manuscript import Article as ArticleManuscript
from policysite.pages.banner import list_changes
from policysite.pages.proof import Edition, Proof
from policysite.relate.citations import Acts, Index, Reader
from policysite.relate.relations import CURATED, Relation
from policysite.text.citations import link_citations
from policysite.text.clauses import Act, read_acts


def cite(edition: Edition, today: date) -> Edition:
    """Return the edition with the citations of published documents linked.

    Only now is it known which version of a document was in force when a text was written.
    """
    articles = edition.content.articles
    sources = {document.slug: document.source for document in citable(articles)}

    @cache
    def acts(slug: str) -> tuple[Act, ...]:
        return read_acts(edition.proofs[sources[slug]].rendered.html)

    index = index_documents(articles, edition.relations, acts)
    named = named_documents(edition.relations)
    proofs = {
        source: cite_in(proof, index, named, today) for source, proof in edition.proofs.items()
    }
    return replace(edition, proofs=proofs)


def cite_in(proof: Proof, index: Index, named: Mapping[str, frozenset[str]], today: date) -> Proof:
    """Return one proof with its citations linked; one that nobody reads stays as it is."""
    manuscript, rendered = proof.manuscript, proof.rendered
    if manuscript.status not in VISIBLE:
        return proof
    known = named.get(manuscript.slug, frozenset())
    reader = Reader(index, manuscript.slug, dated(manuscript, today), known)
    html = link_citations(rendered.html, reader)
    return replace(proof, rendered=replace(rendered, html=html)) if html != rendered.html else proof


def citable(articles: Iterable[ArticleManuscript]) -> list[ArticleManuscript]:
    """Return the documents that texts may cite."""
    return [m for m in articles if m.status is Status.PUBLISHED and is_document(m.fields)]


def index_documents(
    articles: Sequence[ArticleManuscript], relations: Sequence[Relation], acts: Acts
) -> Index:
    """Return the index of all documents that may be cited; `acts` reads the acts in one."""
    visible = [m for m in articles if m.status in VISIBLE]
    return Index(citable(articles), list_changes(visible, relations), acts)


def named_documents(relations: Iterable[Relation]) -> dict[str, frozenset[str]]:
    """Return the documents that each article states a relation to."""
    named: dict[str, set[str]] = defaultdict(set)
    for relation in relations:
        if relation.kind != CURATED:
            named[relation.subject].add(relation.target)
    return {slug: frozenset(targets) for slug, targets in named.items()}


def dated(manuscript: AnyManuscript, today: date) -> date:
    """Return the day on which a text was written; a page without a date speaks of today."""
    fields = manuscript.fields
    if isinstance(fields, ArticleFields):
        return fields.signed_on or fields.date.date()
    return today
