"""An article as Markdown: what the editor wrote, without what is the editors' own affair."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator

from policysite.model.canonical import Line, write_front_matter
from policysite.model.fields import RELATIONS, ArticleFields, specs
from policysite.outputs.records import listed_topics
from policysite.pages.article import Article
from policysite.pages.site import Site
from policysite.pages.typed_relations import typed_relations

PUBLIC = frozenset({
    "title", "subtitle", "date", "updated", "source", "source_url", "author", "editor", "summary",
    "keywords", "image", "image_alt", "attachments", "topics", "series", "series_number",
    "index_number", "doc_number", "issuer", "doc_type", "subject", "subject_words", "signed_on",
    "effective_on", "expires_on", "recipients", "disclosure", "signer", "notice_start",
    "notice_end", "contact", "phone", "email", "address", *RELATIONS,
})  # fmt: skip
"""The fields that readers see on the page anyway. Left out: status and its reason, what is pinned
or headline, former addresses, 相关内容, and a stated 效力状态, for which the derived one is given.
A new field is left out until it stands here."""

_ROWS = tuple(specs(ArticleFields))
_FENCED = r"^(?P<fence>```|~~~).*?^(?P=fence)[^\n]*$"
# `[//]: # (text)` is a comment too: a definition that defines nothing.
_COMMENT = r"<!--.*?-->[ \t]*\n?|^[ ]{0,3}\[[^\]^]*\]:[ \t]*(?:#|<>)[^\n]*\n?"
_UNSEEN = re.compile(f"(?P<code>{_FENCED})|{_COMMENT}", re.DOTALL | re.MULTILINE)
_CODE = re.compile(f"(?:{_FENCED})|`[^`\n]+`", re.DOTALL | re.MULTILINE)
_TARGET = re.compile(
    r"(?P<before>\]\(\s*<?|^[ ]{0,3}\[[^\]]+\]:[ ]*<?|\b(?:href|src)=[\"'])(?P<target>[^\s)>\"']+)",
    re.MULTILINE,
)

# Without any of these there is nothing to look for.
_COMMENT_MARKS = ("<!--", "]:")
_TARGET_MARKS = ("](", "]:", "href=", "src=")


def write_source(site: Site, article: Article) -> str:
    """Return an article's Markdown.

    Links within the site become full addresses, so that they lead somewhere from anywhere;
    comments are left out, for a page does not show them.
    """
    assert article.meta, "an article has its fields"
    front = write_front_matter(_front_matter(site, article, article.meta))

    def published(match: re.Match[str]) -> str:
        found = site.targets.find(match["target"], article.source_path)
        picture = site.pictures.get(found.file) if found else None
        url = picture.url if picture else found.url if found else match["target"]
        return match["before"] + (site.settings.absolute(url) if url.startswith("/") else url)

    return f"{front}\n\n{publish_body(article.markdown, published).strip()}\n"


def publish_body(body: str, published: Callable[[re.Match[str]], str]) -> str:
    """Return a body without comments, its targets replaced by what `published` gives."""
    if any(mark in body for mark in _COMMENT_MARKS):
        body = _UNSEEN.sub(lambda match: match["code"] or "", body)
    if any(mark in body for mark in _TARGET_MARKS):
        body = _outside_code(body, published)
    return body


def _outside_code(body: str, published: Callable[[re.Match[str]], str]) -> str:
    parts, place = [], 0
    for code in _CODE.finditer(body):
        parts += [_TARGET.sub(published, body[place : code.start()]), code[0]]
        place = code.end()
    return "".join([*parts, _TARGET.sub(published, body[place:])])


def _front_matter(
    site: Site, article: Article, fields: ArticleFields
) -> Iterator[tuple[str, Line]]:
    found = typed_relations(site, article)
    relations = {relation.kind: relation.articles for relation in found}
    for row in _ROWS:
        if row.key in RELATIONS:
            others = relations.get(row.key, ())
            yield row.spec.label, tuple(other.doc_number or other.slug for other in others)
        elif row.key == "topics":
            yield row.spec.label, listed_topics(site, article)
        elif row.key == "attachments":
            yield row.spec.label, tuple((ref.name, ref.target) for ref in fields.attachments)
        elif row.key == "validity":
            yield row.spec.label, article.validity.label if article.validity else ""
        elif row.key in PUBLIC:
            yield row.spec.label, _written(getattr(fields, row.key))


def _written(value: object) -> Line:
    if isinstance(value, tuple):
        return tuple(map(str, value))
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d %H:%M}" if value.hour or value.minute else f"{value:%Y-%m-%d}"
    return "" if value is None else str(value)
