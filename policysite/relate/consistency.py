"""What documents say of their validity and of each other, held against dates and relations.

An error here never comes with time alone: what will be wrong on some day is said when it is
written, while its author is there, or a site would stop updating overnight.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from policysite.model.fields import RELATIONS, ArticleFields, Status, is_document, labels
from policysite.model.links import VISIBLE
from policysite.model.manuscript import Article
from policysite.problems import Problem, problem
from policysite.relate.relations import CURATED, Relation
from policysite.relate.validity import CHANGING, ENDING

_LABELS = labels(ArticleFields)
# Readers see these, now or without anyone's doing; a draft contradicts nobody yet.
_STANDING = VISIBLE | {Status.SCHEDULED}
# Relations that cannot lead back: between each other, or each kind by itself.
_ONE_WAY = (CHANGING, *((kind,) for kind in RELATIONS if kind not in CHANGING))


def find_contradictions(
    articles: Sequence[Article], relations: Sequence[Relation], today: date
) -> Iterator[Problem]:
    """Yield what cannot be true at once, and what one side says and the other does not."""
    by_slug = {article.slug: article for article in articles}
    changes: dict[str, list[Relation]] = defaultdict(list)
    for relation in relations:
        if relation.kind in CHANGING and by_slug[relation.subject].status in _STANDING:
            changes[relation.target].append(relation)
    for article in articles:
        yield from _check_statement(article, changes[article.slug], by_slug, today)
        yield from _check_beginning(article)
    circular = list(_circles(relations, by_slug))
    for chain in circular:
        yield _report_circle(chain, by_slug)
    in_circle = {relation for chain in circular for relation in chain}
    for relation in relations:
        if relation.kind in CHANGING:
            yield from _check_change(relation, by_slug, in_circle)
    yield from _repeated(relations, by_slug)


def _check_statement(
    article: Article, changes: Sequence[Relation], by_slug: Mapping[str, Article], today: date
) -> Iterator[Problem]:
    """Hold a stated 效力状态 against what dates and other documents say."""
    fields = article.fields
    if not fields.validity:
        return
    at = (article.path, article.lines["validity"])
    endings = [change for change in changes if change.kind in ENDING]
    if fields.validity == "有效":
        for reason in _reasons_to_end(fields, endings, by_slug):
            yield problem("V801", *at, reason=reason)
    if fields.validity in ("废止", "失效"):
        for key, day in _days_to_come(fields, today):
            label = _LABELS[key]
            yield problem("V802", *at, validity=fields.validity, label=label, day=day)
    if fields.validity == "尚未施行" and fields.effective_on and fields.effective_on <= today:
        yield problem("V809", *at, day=fields.effective_on)
    wanted = {"废止": ENDING, "已修改": ("amends",)}.get(fields.validity, ())
    if wanted and not any(change.kind in wanted for change in changes):
        yield problem("V806", *at, validity=fields.validity, label=_LABELS[wanted[0]])


def _reasons_to_end(
    fields: ArticleFields, endings: Sequence[Relation], by_slug: Mapping[str, Article]
) -> Iterator[str]:
    if fields.expires_on:
        yield f"本文件的“失效日期”是 {fields.expires_on}"
    for ending in endings:
        yield f"{_name(by_slug[ending.subject])}{_LABELS[ending.kind]}了本文件"


def _days_to_come(fields: ArticleFields, today: date) -> Iterator[tuple[str, date]]:
    if fields.effective_on and fields.effective_on > today:
        yield "effective_on", fields.effective_on
    if fields.expires_on and fields.expires_on >= today:
        yield "expires_on", fields.expires_on


def _check_beginning(article: Article) -> Iterator[Problem]:
    signed, begins = article.fields.signed_on, article.fields.effective_on
    if signed and begins and begins < signed:
        line = article.lines["effective_on"]
        yield problem("V805", article.path, line, day=begins, signed=signed)


def _check_change(
    relation: Relation, by_slug: Mapping[str, Article], in_circle: set[Relation]
) -> Iterator[Problem]:
    """Check that one document changes an older one, and that both are documents."""
    article, target = by_slug[relation.subject], by_slug[relation.target]
    at = (article.path, relation.line, relation.column)
    label = _LABELS[relation.kind]
    for side in (article, target):
        if not is_document(side.fields):
            which = "本文" if side is article else f"“{side.slug}”"
            yield problem("V808", *at, label=label, which=which)
    if relation not in in_circle and (days := _wrong_order(article.fields, target.fields)):
        day, other_day = days
        yield problem("V804", *at, label=label, other=_name(target), day=day, other_day=other_day)


def _wrong_order(
    changing: ArticleFields, changed: ArticleFields
) -> tuple[date, date] | tuple[str, str] | None:
    """Return both dates if the changing document is certainly the older one.

    发布日期 tells nothing here: old documents are put on the site later than new ones.
    """
    if changing.signed_on and changed.signed_on:
        later = changing.signed_on < changed.signed_on
        return (changing.signed_on, changed.signed_on) if later else None
    if changing.doc_number and changed.doc_number:
        years = (changing.doc_number.year, changed.doc_number.year)
        return (f"{years[0]}年", f"{years[1]}年") if years[0] < years[1] else None
    return None


def _circles(
    relations: Sequence[Relation], by_slug: Mapping[str, Article]
) -> Iterator[tuple[Relation, ...]]:
    """Yield each chain of relations that leads back to where it began."""
    for kinds in _ONE_WAY:
        edges = {(r.subject, r.target): r for r in relations if r.kind in kinds}
        while chain := _circle(edges):
            first = min(range(len(chain)), key=lambda place: _age(by_slug[chain[place].subject]))
            yield (*chain[first:], *chain[:first])
            del edges[chain[first].subject, chain[first].target]


def _circle(edges: Mapping[tuple[str, str], Relation]) -> tuple[Relation, ...]:
    graph: dict[str, list[str]] = defaultdict(list)
    for subject, target in edges:
        graph[subject].append(target)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        # Each slug stands before the one that names it, and the first one comes again at the end.
        slugs = list(reversed(error.args[1]))
        return tuple(edges[pair] for pair in pairwise(slugs))
    return ()


def _age(article: Article) -> tuple[date, str]:
    return (article.fields.signed_on or article.fields.date.date(), article.slug)


def _report_circle(chain: Sequence[Relation], by_slug: Mapping[str, Article]) -> Problem:
    """Report a circle where its oldest document speaks: that one could not know the newer."""
    steps = [
        f"{_name(by_slug[r.subject])}{_LABELS[r.kind]}{_name(by_slug[r.target])}" for r in chain
    ]
    first = chain[0]
    path = by_slug[first.subject].path
    label = _LABELS[first.kind]
    return problem("V803", path, first.line, first.column, label=label, chain="，".join(steps))


def _repeated(relations: Sequence[Relation], by_slug: Mapping[str, Article]) -> Iterator[Problem]:
    """Yield every statement that another one, here or on the other side, makes superfluous."""
    stated: dict[frozenset[str], list[Relation]] = defaultdict(list)
    # 相关内容 comes last among an article's relations, but the other side may be read first.
    for relation in sorted(relations, key=lambda r: r.kind == CURATED):
        pair = frozenset((relation.subject, relation.target))
        earlier = next((r for r in stated[pair] if _covers(r, relation)), None)
        stated[pair].append(relation)
        if earlier:
            article, other = by_slug[relation.subject], by_slug[earlier.subject]
            yield problem(
                "V807", article.path, relation.line, relation.column,
                label=_LABELS[relation.kind], value=_name(by_slug[relation.target]),
                place="本文" if other is article else f"{other.path} ",
                other=_LABELS[earlier.kind], other_line=earlier.line,
            )  # fmt: skip


def _covers(earlier: Relation, later: Relation) -> bool:
    """Tell whether `earlier` already says what `later` says between the same two articles."""
    if CURATED in (earlier.kind, later.kind):
        return earlier.kind != CURATED or earlier.subject == later.subject
    same_kind = earlier.kind == later.kind or {earlier.kind, later.kind} <= set(CHANGING)
    return same_kind and earlier.subject == later.subject


def _name(article: Article) -> str:
    return str(article.fields.doc_number or article.slug)
