"""The figures of a year, from content, the history of audits and git."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from policysite.annual.revisions import Revision
from policysite.audit.history import Entry
from policysite.model.columns import Column
from policysite.model.content import Content
from policysite.model.fields import ArticleFields, Status
from policysite.model.links import VISIBLE
from policysite.model.manuscript import Article
from policysite.relate.relations import Relation
from policysite.relate.validity import ENDING, takes_effect


@dataclass(frozen=True, slots=True)
class ColumnFigures:
    """A column: articles published in the year and the year before, and the newest of all."""

    name: str
    parent: str
    type: str
    published: int
    before: int
    newest: date | None


@dataclass(frozen=True, slots=True)
class Revised:
    """What git tells: commits, manuscripts changed (each counted once a commit), by month."""

    commits: int
    changes: int
    by_month: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything in the report. `by_month` starts in January; `kinds` is by 文种, most first."""

    year: int
    until: date
    published: int
    before: int
    by_month: tuple[int, ...]
    columns: tuple[ColumnFigures, ...]
    by_type: dict[str, int]
    documents: int
    kinds: tuple[tuple[str, int], ...]
    ended: int
    explanations: int
    notices: int
    reprints: int
    attachments: int
    updated: int
    withdrawn: int
    topics: int
    revised: Revised | None
    audits: tuple[Entry, ...]

    @property
    def audits_passed(self) -> int:
        """Return the number of audits that found no error."""
        return sum(1 for entry in self.audits if entry.passed)


def count_year(
    content: Content,
    relations: Iterable[Relation],
    year: int,
    today: date,
    revisions: Sequence[Revision] | None,
    audits: Sequence[Entry],
) -> Figures:
    """Count a year up to `today`; only what readers can find in lists is counted as published."""
    listed = [a for a in content.articles if a.status is Status.PUBLISHED]
    ours = [a for a in listed if a.fields.date.year == year]
    documents = [a for a in ours if a.fields.doc_number or a.fields.doc_type]
    return Figures(
        year=year,
        until=min(today, date(year, 12, 31)),
        published=len(ours),
        before=sum(1 for a in listed if a.fields.date.year == year - 1),
        by_month=_by_month(a.fields.date.date() for a in ours),
        columns=tuple(_column(column, listed, year) for column in content.columns),
        by_type=_by_type(content, ours, year),
        documents=len(documents),
        kinds=tuple(Counter(a.fields.doc_type or "没有写文种" for a in documents).most_common()),
        ended=_ended(content.articles, relations, year, today),
        explanations=sum(1 for a in ours if a.fields.interprets or a.fields.answers),
        notices=sum(1 for a in ours if a.fields.notice_start or a.fields.notice_end),
        reprints=sum(1 for a in ours if a.fields.source_url),
        attachments=sum(len(a.fields.attachments) for a in ours),
        updated=sum(1 for a in listed if _is_in(a.fields, year)),
        withdrawn=sum(
            1 for a in content.articles
            if a.status is Status.WITHDRAWN and _is_in(a.fields, year)
        ),
        topics=sum(1 for topic in content.topics if topic.status is Status.PUBLISHED),
        revised=_revised(revisions),
        audits=tuple(entry for entry in audits if entry.day.year == year),
    )  # fmt: skip


def _by_type(content: Content, ours: Sequence[Article], year: int) -> dict[str, int]:
    """Count by ColumnType: articles published, and fixed pages brought up to date."""
    fixed = {column.page: column.type for column in content.columns if column.page}
    count = Counter(a.column.type for a in ours if a.column)
    for page in content.pages:
        if page.slug in fixed and page.fields.updated and page.fields.updated.year == year:
            count[fixed[page.slug]] += 1
    return dict(count)


def _is_in(fields: ArticleFields, year: int) -> bool:
    return fields.updated is not None and fields.updated.year == year


def _by_month(days: Iterable[date]) -> tuple[int, ...]:
    count = Counter(day.month for day in days)
    return tuple(count[month] for month in range(1, 13))


def _column(column: Column, listed: Sequence[Article], year: int) -> ColumnFigures:
    days = [
        a.fields.date.date()
        for a in listed
        if a.column and column.path in (a.column.path, a.column.parent_path)
    ]
    return ColumnFigures(
        name=column.name,
        parent=column.parent_name,
        type=column.type,
        published=sum(1 for day in days if day.year == year),
        before=sum(1 for day in days if day.year == year - 1),
        newest=max(days, default=None),
    )


def _ended(
    articles: Sequence[Article], relations: Iterable[Relation], year: int, today: date
) -> int:
    """Count the documents that ended in the year: repealed, replaced or expired."""
    by_slug = {a.slug: a for a in articles if a.status in VISIBLE}
    days: dict[str, date] = {
        slug: a.fields.expires_on for slug, a in by_slug.items() if a.fields.expires_on
    }
    for relation in relations:
        if relation.kind in ENDING and {relation.subject, relation.target} <= by_slug.keys():
            day = takes_effect(by_slug[relation.subject].fields)
            days[relation.target] = min(day, days.get(relation.target, day))
    return sum(1 for day in days.values() if day.year == year and day <= today)


def _revised(revisions: Sequence[Revision] | None) -> Revised | None:
    if revisions is None:
        return None
    touched = [revision for revision in revisions if revision.files]
    changes = [revision.day for revision in touched for _ in revision.files]
    return Revised(len(touched), len(changes), _by_month(changes))
