"""What a manuscript may ask of the others on a given day, and the answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from policysite.engine.fingerprint import digest
from policysite.engine.looked import Files
from policysite.model.content import Content
from policysite.model.fields import ArticleFields
from policysite.model.links import Targets
from policysite.model.manuscript import AnyManuscript
from policysite.model.manuscript import Article as ArticleManuscript
from policysite.pages.article import Banner, day_states
from policysite.pages.citations import dated
from policysite.pages.notice import is_list_due
from policysite.relate.citations import Index
from policysite.settings import SiteSettings
from policysite.text.clauses import Act

Question = tuple[str, Any]
"""What is asked, and of which name: a link, a file, a title, a number, an address, acts."""


@dataclass(frozen=True, slots=True)
class World:
    """All that a piece may ask of others, on a given day; `acts` are those read so far, by slug."""

    settings: SiteSettings
    today: date
    content: Content
    files: Files
    targets: Targets
    banners: Mapping[str, Banner]
    index: Index
    named: Mapping[str, frozenset[str]]
    documents: Mapping[str, ArticleManuscript]
    topics: tuple[str, ...]
    forms: tuple[str, ...]
    cache: Path
    settings_digest: bytes
    acts: dict[str, tuple[Act, ...]] = field(default_factory=dict, init=False, repr=False)

    def key(self, manuscript: AnyManuscript) -> bytes:
        """Return a digest of what goes into a piece without its asking."""
        fields = manuscript.fields
        article = fields if isinstance(fields, ArticleFields) else None
        due = bool(article and is_list_due(article, self.settings, self.today))
        parts = (
            manuscript.status,
            manuscript.column.path if manuscript.column else "",
            self.banners.get(manuscript.slug) if article else None,
            tuple(sorted(self.named.get(manuscript.slug, ()))) if article else (),
            dated(manuscript, self.today),
            due,
            day_states(article, self.today),
            [topic.text in self.topics for topic in article.topics] if article else [],
        )
        own = self.files[manuscript.source]
        return digest(own, self.settings_digest, repr((parts, self.forms)).encode())

    def answer(self, source: str, question: Question) -> object:
        """Return the answer to a question that was asked in `source`."""
        kind, name = question
        match kind:
            case "link":
                return self.targets.find(name, source)
            case "file":
                return self.files.get(name) if name in self.content.files else None
            case "title":
                named = self.index.names.get(name, ())
                return [(self._told(n.document), n.act, n.is_short) for n in named]
            case "number":
                return [self._told(document) for document in self.index.numbers.get(name, ())]
            case "address":
                document = self.index.urls.get(name)
                return self._told(document) if document else None
        return self._told(self.documents[name])

    def _told(self, document: ArticleManuscript) -> tuple[object, ...]:
        changes = tuple(self.index.changes.get(document.slug, ()))
        return (document.slug, document.url, self.files[document.source], changes)
