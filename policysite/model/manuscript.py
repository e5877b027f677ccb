"""A manuscript (稿件) is one Markdown file as the editor wrote it, read into typed values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from policysite.model.canonical import write_scalar
from policysite.model.columns import Column
from policysite.model.fields import (
    ArticleFields,
    CommonFields,
    PageFields,
    Status,
    TopicFields,
    labels,
    specs,
    spellings,
)
from policysite.model.folders import SLUG
from policysite.model.front_matter import Entry, FrontMatter, parse
from policysite.model.notice import notice_problems
from policysite.model.values import CHINA, Fault, Notes
from policysite.problems import Problem, problem

F = TypeVar("F", bound=CommonFields)


@dataclass(frozen=True, slots=True)
class Manuscript(Generic[F]):
    """One file, valid in itself; whether what it refers to exists is checked later.

    `path` names the file in problems, `source` is its path under content/. `lines` tells where
    each field stands. `body_line` is the line of the file on which `body` begins.
    """

    path: str
    source: str
    slug: str
    url: str
    fields: F
    status: Status
    column: Column | None
    body: str
    body_line: int
    lines: Mapping[str, int]

    def whole(self) -> Manuscript[F]:
        """Return the manuscript with all that its file says; what a store kept may be less."""
        return self

    @property
    def save_as(self) -> str:
        """Return the page's file under the output folder."""
        return self.url.removeprefix("/") + ("index.html" if self.url.endswith("/") else "")


Article = Manuscript[ArticleFields]
Page = Manuscript[PageFields]
Topic = Manuscript[TopicFields]
AnyManuscript = Article | Page | Topic

PLACEHOLDER = "在这里写正文。"
"""What a new article has for a body; it must not be published."""

_ARTICLE_NAME = re.compile(r"(?P<date>\d{4}-\d{2}-\d{2})-(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)\.md")


def read_article(
    text: str, path: str, source: str, column: Column, now: datetime
) -> tuple[Article | None, list[Problem]]:
    """Read an article; the file name gives its slug, its folder the column.

    An article whose date is later than `now` is scheduled.
    """
    front, fields, problems = read_fields(text, path, ArticleFields)
    name = _ARTICLE_NAME.fullmatch(source.rsplit("/", 1)[-1])
    day = _day(name["date"]) if name else None
    if name is None or day is None:
        problems.append(problem("N301", path))
    if fields is None or name is None or day is None:
        return None, problems
    lines = _lines(front)
    problems += _article_checks(fields, path, lines, day)
    if not front.body.strip() and fields.status is not Status.WITHDRAWN:
        problems.append(problem("B501", path, front.body_line))
    if PLACEHOLDER in front.body and fields.status is not Status.DRAFT:
        before = front.body[: front.body.index(PLACEHOLDER)].count("\n")
        problems.append(problem("B503", path, front.body_line + before))
    return Manuscript(
        path=path,
        source=source,
        slug=name["slug"],
        url=f"/{fields.date.year}/{name['slug']}.html",
        fields=fields,
        status=status_at(fields, now),
        column=column,
        body=front.body,
        body_line=front.body_line,
        lines=lines,
    ), problems


def status_at(fields: ArticleFields, now: datetime) -> Status:
    """Return the state of an article: one whose time is still to come is scheduled."""
    is_early = fields.status is Status.PUBLISHED and fields.date > now
    return Status.SCHEDULED if is_early else fields.status


def read_page(text: str, path: str, source: str) -> tuple[Page | None, list[Problem]]:
    """Read a fixed page; its file name is its address."""
    return _read_plain(text, path, source, PageFields, "/{}.html")


def read_topic(text: str, path: str, source: str) -> tuple[Topic | None, list[Problem]]:
    """Read a topic; its body is the introduction."""
    return _read_plain(text, path, source, TopicFields, "/topics/{}/")


def _read_plain(
    text: str, path: str, source: str, model: type[F], address: str
) -> tuple[Manuscript[F] | None, list[Problem]]:
    front, fields, problems = read_fields(text, path, model)
    slug = source.rsplit("/", 1)[-1].removesuffix(".md")
    if not SLUG.fullmatch(slug):
        problems.append(problem("N308", path, name=source.rsplit("/", 1)[-1]))
    if not front.body.strip():
        problems.append(problem("B501", path, front.body_line))
    if fields is None:
        return None, problems
    lines = _lines(front)
    problems += _common_checks(fields, path, lines)
    return Manuscript(
        path=path,
        source=source,
        slug=slug,
        url=address.format(slug),
        fields=fields,
        status=fields.status,
        column=None,
        body=front.body,
        body_line=front.body_line,
        lines=lines,
    ), problems


def read_fields(
    text: str, path: str, model: type[F]
) -> tuple[FrontMatter, F | None, list[Problem]]:
    """Read the front matter of a file as the fields of `model`; None if they are not sound."""
    keys = spellings(model)
    front = parse(text, path, keys)
    problems = list(front.problems)
    if any(found.code == "F101" for found in problems):
        return front, None, problems
    known = labels(model)
    for label, entry in front.entries.items():
        if label not in known:
            problems.append(_unknown(entry, path, keys))
    notes = Notes()
    fields, faults = _read_values(front, path, model, notes)
    problems += faults
    by_line = {entry.line: known[key] for key, entry in front.entries.items() if key in known}
    for code, place, said in notes.found:
        label = by_line[max(line for line in by_line if line <= place.line)]
        found = problem(code, path, place.line, place.column, **{"label": label, **said})
        end = place.column + len(place.text)
        problems.append(replace(found, end_column=end, fix=_canonical(code, said)))
    return front, fields, problems


def _canonical(code: str, said: Mapping[str, object]) -> str | None:
    """Return how a value that was understood should be written."""
    if code == "F107":
        return "".join(f"\n  - {write_scalar(item)}" for item in str(said["items"]).split("、"))
    return str(said["canonical"]) if "canonical" in said else None


def _unknown(entry: Entry, path: str, keys: Mapping[str, str]) -> Problem:
    from difflib import get_close_matches

    near = get_close_matches(entry.label, list(keys), n=1, cutoff=0.4)
    said = f"你是不是想写“{near[0]}”？" if near else "可用的字段见 docs/fields.md。"
    return problem("F106", path, entry.line, label=entry.label, suggestion=said)


def _read_values(
    front: FrontMatter, path: str, model: type[F], notes: Notes
) -> tuple[F | None, list[Problem]]:
    """Read the values of all fields; None if any is missing or cannot be understood."""
    values: dict[str, Any] = {}
    problems = []
    for row in specs(model):
        entry = front.entries.get(row.key)
        label = row.spec.label
        try:
            if entry:
                values[row.key] = row.read(entry.value, notes)
            elif row.required:
                example = f"{label}: {row.spec.example}"
                problems.append(problem("F201", path, 1, label=label, example=example))
        except Fault as found:
            line = found.place.line or front.entries[row.key].line
            said = {"label": label, **found.values}
            problems.append(problem(found.code, path, line, found.place.column, **said))
    return (None if problems else model(**values)), problems


def _lines(front: FrontMatter) -> dict[str, int]:
    return {key: entry.line for key, entry in front.entries.items()}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _common_checks(fields: CommonFields, path: str, lines: Mapping[str, int]) -> Iterator[Problem]:
    if fields.image and not fields.image_alt:
        yield problem("F211", path, lines["image"], label="配图")


_ORDER = (
    ("signed_on", "date"),
    ("effective_on", "expires_on"),
    ("notice_start", "notice_end"),
    ("date", "updated"),
)


def _article_checks(
    fields: ArticleFields, path: str, lines: Mapping[str, int], day: date
) -> Iterator[Problem]:
    yield from _common_checks(fields, path, lines)
    yield from notice_problems(fields, path, lines)
    if fields.date.date() != day:
        yield problem(
            "F210", path, lines["date"], value=fields.date.date().isoformat(), file_date=day
        )
    if fields.series_number and not fields.series:
        yield problem("F218", path, lines["series_number"])
    names = labels(ArticleFields)
    for earlier, later in _ORDER:
        first, second = getattr(fields, earlier), getattr(fields, later)
        if first and second and _as_moment(first, end=False) > _as_moment(second, end=True):
            yield problem(
                "F213",
                path,
                lines[later],
                later=names[later],
                later_value=_shown(second),
                earlier=names[earlier],
                earlier_value=_shown(first),
            )


def _as_moment(value: date | datetime, *, end: bool) -> datetime:
    """Return a moment for comparing; a bare day counts from its first to its last minute."""
    if isinstance(value, datetime):
        midnight = value.hour == value.minute == 0
        return value.replace(hour=23, minute=59) if end and midnight else value
    clock = (23, 59) if end else (0, 0)
    return datetime(value.year, value.month, value.day, *clock, tzinfo=CHINA)


def _shown(value: date | datetime) -> str:
    if isinstance(value, datetime) and (value.hour or value.minute):
        return value.strftime("%Y-%m-%d %H:%M")
    return value.strftime("%Y-%m-%d")
