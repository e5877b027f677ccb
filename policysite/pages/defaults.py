"""What a union's settings add to a policy document that does not say it itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, cast

from policysite.model.fields import ArticleFields, is_document
from policysite.model.index_number import make_index_number
from policysite.model.manuscript import AnyManuscript
from policysite.model.manuscript import Article as ArticleManuscript
from policysite.problems import Problem, problem
from policysite.settings import SiteSettings


def fill_in(manuscript: AnyManuscript, settings: SiteSettings) -> AnyManuscript:
    """Return a manuscript with 发文机关, 公开属性 and 索引号; what it states itself stays."""
    fields = manuscript.fields
    if not isinstance(fields, ArticleFields) or not is_document(fields):
        return manuscript
    defaults = {
        "issuer": (settings.default_issuer,) if settings.default_issuer else (),
        "disclosure": settings.default_disclosure,
        "index_number": _index_number(fields, manuscript.slug, settings),
    }
    missing: dict[str, Any] = {
        key: value for key, value in defaults.items() if value and not getattr(fields, key)
    }
    if not missing:
        return manuscript
    return replace(cast(ArticleManuscript, manuscript), fields=replace(fields, **missing))


def _index_number(fields: ArticleFields, slug: str, settings: SiteSettings) -> str:
    return make_index_number(settings.index_rule, fields.doc_number, fields.date.date(), slug)


def index_clashes(
    manuscripts: Iterable[ArticleManuscript], settings: SiteSettings
) -> Iterator[Problem]:
    """Yield a problem for every 索引号 made by the rule that another document has already."""
    taken: dict[str, ArticleManuscript] = {}
    documents = [m for m in manuscripts if is_document(m.fields)]
    for manuscript in sorted(documents, key=lambda m: not m.fields.index_number):
        fields = manuscript.fields
        made = "" if fields.index_number else _index_number(fields, manuscript.slug, settings)
        owner = taken.setdefault(fields.index_number or made, manuscript)
        if made and owner is not manuscript:
            yield problem("S702", manuscript.path, value=made, other=owner.path)
