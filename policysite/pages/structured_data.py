"""JSON-LD of an article, as schema.org has it: a policy document is a `Legislation`.

Of the relations schema.org knows those a document states itself (`legislationRepeals`,
`legislationAmends` …), not their inverses: that a document was repealed is told by
`legislationLegalForce` and by the document that repealed it. The properties of `Legislation` come
from the European Legislation Identifier (schema.org issues 1156 and 2698).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policysite.model.fields import ArticleFields
from policysite.pages.article import Article
from policysite.pages.dates import date_iso, datetime_iso
from policysite.pages.site import Site
from policysite.pages.typed_relations import typed_relations

Data = Mapping[str, object]

_FORCE = {
    "in-force": "InForce",
    "trial": "InForce",
    "amended": "InForce",
    "partial": "PartiallyInForce",
    "not-yet": "NotInForce",
    "expired": "NotInForce",
    "repealed": "NotInForce",
}
_PROPERTIES = {
    "interprets": "about",
    "answers": "about",
    "based_on": "isBasedOn",
    "repeals": "legislationRepeals",
    "amends": "legislationAmends",
    # A new version ends the old one and changes it: the property above both.
    "replaces": "legislationChanges",
    "forwards": "citation",
    "implements": "legislationEnsuresImplementationOf",
}


def article_data(site: Site, article: Article) -> Data:
    """Return what search engines and other machines are told of an article."""
    data = {
        "@context": "https://schema.org",
        **_common(site, article),
        **_relations(site, article),
        **(_legislation(article, article.meta) if article.meta and article.is_policy else {}),
    }
    return {key: value for key, value in data.items() if value}


def _common(site: Site, article: Article) -> Data:
    settings = site.settings
    url = settings.absolute(article.url)
    is_news = bool(article.column and article.column.type == "工作动态" and not article.notice)
    return {
        "@type": "NewsArticle" if is_news else "Article",
        "@id": url,
        "headline": article.title,
        "description": article.summary,
        "datePublished": datetime_iso(article.date) if article.date else "",
        "dateModified": datetime_iso(article.updated) if article.updated else "",
        "author": {"@type": "Person", "name": article.author} if article.author else {},
        "publisher": {"@type": "Organization", "name": settings.sponsor},
        "image": settings.absolute(article.image.url) if article.image else "",
        "keywords": list(article.keywords),
        "mainEntityOfPage": url,
        "inLanguage": "zh-CN",
    }


def _legislation(article: Article, meta: ArticleFields) -> Data:
    modified = article.updated or article.date
    force = _FORCE.get(article.validity.code, "") if article.validity else ""
    return {
        "@type": "Legislation",
        "headline": "",
        "name": article.title,
        "legislationIdentifier": article.doc_number,
        "legislationType": meta.doc_type,
        "legislationDate": date_iso(meta.signed_on) if meta.signed_on else "",
        "legislationDateOfApplicability": date_iso(meta.effective_on) if meta.effective_on else "",
        "legislationDateVersion": date_iso(modified) if modified else "",
        "expires": date_iso(meta.expires_on) if meta.expires_on else "",
        "legislationPassedBy": [{"@type": "Organization", "name": name} for name in meta.issuer],
        "legislationLegalForce": f"https://schema.org/{force}" if force else "",
    }


def _relations(site: Site, article: Article) -> Data:
    found: dict[str, list[Data]] = {}
    for relation in typed_relations(site, article):
        if key := _PROPERTIES.get(relation.kind):
            found.setdefault(key, []).extend(_references(site, relation.articles))
    return found


def _references(site: Site, articles: tuple[Article, ...]) -> Iterator[Data]:
    for article in articles:
        kind = "Legislation" if article.is_policy else "Article"
        url = site.settings.absolute(article.url)
        reference = {
            "@type": kind, "@id": url, "name": article.title,
            "legislationIdentifier": article.doc_number,
        }  # fmt: skip
        yield {key: value for key, value in reference.items() if value}
