"""效力状态 in a sentence: since when, until when, and through which document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from markupsafe import Markup

from policysite.model.fields import Status, is_document
from policysite.model.links import VISIBLE
from policysite.model.manuscript import Article as ArticleManuscript
from policysite.pages.article import Banner, quoted
from policysite.pages.dates import date_cn
from policysite.relate.relations import Relation
from policysite.relate.validity import (
    CHANGING,
    Change,
    Validity,
    derive_validity,
    takes_effect,
)
from policysite.text.typography import compose_plain


def compose_banners(
    articles: Iterable[ArticleManuscript], relations: Iterable[Relation], today: date
) -> dict[str, Banner]:
    """Return the banner of every document that readers can open, by slug."""
    visible = {m.slug: m for m in articles if m.status in VISIBLE}
    changes = list_changes(visible.values(), relations)
    named = {change.slug for found in changes.values() for change in found}
    # A hidden document has its effect, but no other page leads to it.
    names = {s: _cited(visible[s]) for s in named if visible[s].status is Status.PUBLISHED}
    banners = {}
    for slug, manuscript in visible.items():
        if is_document(manuscript.fields):
            state = derive_validity(manuscript.fields, changes.get(slug, ()), today)
            banners[slug] = Banner(
                state.code, state.label, state.tone, write_sentence(state, names)
            )
    return banners


def list_changes(
    visible: Iterable[ArticleManuscript], relations: Iterable[Relation]
) -> Mapping[str, Sequence[Change]]:
    """Return what documents that readers can open do to each other document, by its slug."""
    fields = {manuscript.slug: manuscript.fields for manuscript in visible}
    changes: dict[str, list[Change]] = defaultdict(list)
    for relation in relations:
        if relation.kind in CHANGING and relation.subject in fields:
            on = takes_effect(fields[relation.subject])
            changes[relation.target].append(Change(relation.kind, relation.subject, on))
    return changes


def write_sentence(validity: Validity, names: Mapping[str, Markup]) -> Markup:
    """Return the banner's sentence; `names` gives the linked 《标题》（文号） by slug."""
    parts = list(_parts(validity, names))
    if not parts:
        return Markup()
    return Markup("本文件{}。").format(Markup("，").join(parts))


def _parts(validity: Validity, names: Mapping[str, Markup]) -> Iterator[str | Markup]:
    since = f"自{date_cn(validity.since)}起" if validity.since else ""
    by = _named(validity.changes, names)
    match validity.code:
        case "repealed":
            yield from _end(validity.changes, since, by)
            yield "仅供查阅"
        case "expired":
            yield f"有效期至{date_cn(validity.until)}" if validity.until else "已经过了有效期"
            yield "现已失效，仅供查阅"
        case "not-yet":
            yield f"{since}施行，目前尚未施行" if since else "目前尚未施行"
        case "amended":
            yield (
                Markup("{}由{}修改，请对照使用").format(since, by)
                if by
                else "已修改，请查阅最新规定"
            )
        case "partial":
            changed = Markup("部分内容{}由{}修改或者废止，请对照使用").format(since, by)
            yield changed if by else "部分内容已经失效，请查阅最新规定"
        case "trial":
            yield f"{since}试行" if since else "为试行文件"
        case "in-force" if since:
            yield f"{since}施行"
    if not validity.has_ended:
        yield from _prospect(validity, names)


def _prospect(validity: Validity, names: Mapping[str, Markup]) -> Iterator[str | Markup]:
    """Yield how long a document that holds, or will hold, is going to."""
    if validity.coming:
        since = f"将自{date_cn(validity.coming.on)}起"
        yield from _end((validity.coming,), since, _named((validity.coming,), names))
    elif validity.until:
        yield f"有效期至{date_cn(validity.until)}"


def _end(changes: Sequence[Change], since: str, by: Markup) -> Iterator[str | Markup]:
    if not by:
        yield f"{since}废止" if since else "已经废止"
    elif any(change.kind == "repeals" for change in changes):
        yield Markup("{}由{}废止").format(since, by)
    else:
        yield f"{since}废止"
        yield Markup("由{}替代").format(by)


def _named(changes: Sequence[Change], names: Mapping[str, Markup]) -> Markup:
    return Markup("、").join(
        names[slug] for slug in dict.fromkeys(c.slug for c in changes) if slug in names
    )


def _cited(manuscript: ArticleManuscript) -> Markup:
    number = manuscript.fields.doc_number
    text = quoted(compose_plain(manuscript.fields.title)) + (f"（{number}）" if number else "")
    return Markup('<a href="{}">{}</a>').format(manuscript.url, text)
