"""Finds what falls due, from content alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from policysite.model.columns import Column, Columns
from policysite.model.content import Content
from policysite.model.fields import Status
from policysite.model.links import VISIBLE
from policysite.model.manuscript import Article
from policysite.relate.relations import Relation
from policysite.relate.validity import ENDING, takes_effect

HOME_DAYS = 14
"""国办秘函〔2019〕19号 单项否决: a home page with nothing new for two weeks fails."""


class DueKind(StrEnum):
    """What falls due."""

    HOME = "首页更新"
    COLUMN = "栏目更新"
    SCHEDULED = "定时发布"
    EFFECTIVE = "文件施行"
    EXPIRES = "文件到期"
    REPEALED = "文件废止"
    NOTICE_START = "公示开始"
    NOTICE_END = "公示截止"
    PINNED = "置顶到期"


@dataclass(frozen=True, slots=True, order=True)
class Due:
    """One thing on one day. `key` names it for ever; `url` is its address on the site."""

    day: date
    kind: DueKind
    title: str
    detail: str
    key: str
    url: str


def find_due(content: Content, relations: Iterable[Relation], today: date) -> tuple[Due, ...]:
    """Return everything due from `today` on, and the updates that are overdue, by day."""
    dated = [*_articles(content.articles), *_repeals(content.articles, relations)]
    # A document that two others end has ended with the first: what comes later is no news.
    first: dict[str, Due] = {}
    for due in sorted(dated):
        first.setdefault(due.key, due)
    coming = [due for due in first.values() if due.day >= today]
    return tuple(sorted([*coming, *_updates(content, today)]))


def _articles(articles: Iterable[Article]) -> Iterator[Due]:
    for article in articles:
        if article.status is Status.SCHEDULED:
            moment = f"{article.fields.date:%H:%M} 发布，到时要生成网站"
            yield _due(article, DueKind.SCHEDULED, article.fields.date.date(), moment)
        if article.status in VISIBLE or article.status is Status.SCHEDULED:
            yield from _days_of(article)


def _days_of(article: Article) -> Iterator[Due]:
    fields = article.fields
    pinned = fields.pinned if isinstance(fields.pinned, date) else None
    stated = (
        (DueKind.EFFECTIVE, fields.effective_on, "起施行，效力状态会变成有效"),
        (DueKind.EXPIRES, fields.expires_on, "是有效期的最后一天，请决定延长、修订还是失效"),
        (DueKind.NOTICE_START, fields.notice_start, "公示开始"),
        (DueKind.NOTICE_END, fields.notice_end, "是公示的最后一天，请处理收到的意见"),
        (DueKind.PINNED, pinned, "是置顶的最后一天"),
    )
    for kind, day, detail in stated:
        if day:
            yield _due(article, kind, day, detail)


def _repeals(articles: Sequence[Article], relations: Iterable[Relation]) -> Iterator[Due]:
    by_slug = {a.slug: a for a in articles if a.status in VISIBLE}
    for relation in relations:
        subject, target = by_slug.get(relation.subject), by_slug.get(relation.target)
        if relation.kind in ENDING and subject and target:
            detail = f"由《{subject.fields.title}》废止或者替代"
            yield _due(target, DueKind.REPEALED, takes_effect(subject.fields), detail)


def _due(article: Article, kind: DueKind, day: date, detail: str) -> Due:
    key = f"{kind.name.lower().replace('_', '-')}-{article.slug}"
    return Due(day, kind, article.fields.title, detail, key, article.url)


def _updates(content: Content, today: date) -> Iterator[Due]:
    """Yield the last day on which each column, and the home page, is still up to date."""
    by_column = _days_by_column(content)
    everything = sorted(day for days in by_column.values() for day in days)
    yield _update(DueKind.HOME, "首页", "home", "/", everything, HOME_DAYS, today)
    for column in content.columns:
        if column.update_days and not column.archived and not _is_led_by_children(column):
            days = sorted(by_column[column.path])
            key = f"column-{column.path.replace('/', '-')}"
            name = _name(content.columns, column)
            yield _update(
                DueKind.COLUMN, name, key, column.url, days, column.update_days, today
            )  # fmt: skip


def _days_by_column(content: Content) -> Mapping[str, list[date]]:
    found: dict[str, list[date]] = defaultdict(list)
    for article in content.articles:
        if article.status in (Status.PUBLISHED, Status.SCHEDULED):
            assert article.column, "an article has its column from its folder"
            day = article.fields.date.date()
            found[article.column.path].append(day)
            if article.column.parent_path:
                found[article.column.parent_path].append(day)
    return found


def _is_led_by_children(column: Column) -> bool:
    """Return whether a child has to be filled so often that its parent never falls behind."""
    days = column.update_days or 0
    return any(child.update_days and child.update_days <= days for child in column.children)


def _name(columns: Columns, column: Column) -> str:
    return " · ".join(each.name for each in columns.lineage(column))


def _update(
    kind: DueKind, name: str, key: str, url: str, days: Sequence[date], limit: int, today: date
) -> Due:
    published = [day for day in days if day <= today]
    if not published:
        return Due(today, kind, name, f"还没有内容，应当 {limit} 天内有更新", key, url)
    newest = published[-1]
    for day in days:  # what is scheduled in time carries it on
        if newest < day <= newest + timedelta(days=limit):
            newest = day
    last = newest + timedelta(days=limit)
    return Due(last, kind, name, f"最新一条是 {newest}，应当 {limit} 天内有更新", key, url)
