"""Reads the whole content folder: every file becomes a value or a problem, none is skipped."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import cast

from policysite.model.columns import Column, Columns, read_columns
from policysite.model.fields import ArticleFields, Status
from policysite.model.folders import is_content, leads_back
from policysite.model.manuscript import (
    AnyManuscript,
    Article,
    Page,
    Topic,
    read_article,
    read_page,
    read_topic,
)
from policysite.model.synonyms import SYNONYM_TABLE, Synonyms, read_synonyms
from policysite.model.values import DocNumber
from policysite.problems import Problem, problem

COLUMN_TABLE = "columns.toml"
TERM_LIST = "terms.toml"
KNOWN_PROBLEMS = "known-problems.json"
ROSTER = "reviewers.toml"
TABLES = frozenset({COLUMN_TABLE, SYNONYM_TABLE, TERM_LIST, KNOWN_PROBLEMS, ROSTER})
"""The files in the content folder itself that are not content; each is read where it is used."""
FILE_FOLDERS = ("images", "attachments")
PLAIN_FOLDERS = ("pages", "topics")


@dataclass(frozen=True, slots=True)
class Content:
    """All that the editors wrote, ordered by path. `files` maps a path under content/ to its file.

    `shown` is how problems name the content folder. `sources` are the paths under
    content/ of all Markdown files, also of those that are too broken to be values.
    """

    root: Path
    shown: str
    columns: Columns
    articles: tuple[Article, ...]
    pages: tuple[Page, ...]
    topics: tuple[Topic, ...]
    files: Mapping[str, Path]
    synonyms: Synonyms = ()
    sources: tuple[str, ...] = ()

    @property
    def manuscripts(self) -> tuple[AnyManuscript, ...]:
        """Every article, fixed page and topic."""
        return (*self.articles, *self.pages, *self.topics)

    @property
    def unread(self) -> tuple[str, ...]:
        """Return the paths of the Markdown files that are too broken, or stand in no column."""
        read = {manuscript.source for manuscript in self.manuscripts}
        return tuple(source for source in self.sources if source not in read)


Reading = tuple[AnyManuscript | None, Sequence[Problem]]
"""A manuscript, unless the file cannot be one, and what is wrong with it."""

ReadFile = Callable[[Path, str, str, Column | None, datetime], Reading]
"""Reads a file: its place, its name in problems, its path under content/, its column, and now."""


def read_file(path: Path, name: str, source: str, column: Column | None, now: datetime) -> Reading:
    """Read one Markdown file; without a column it is a fixed page or a topic, by its folder."""
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return None, [problem("F110", name)]
    if column:
        return read_article(text, name, source, column, now)
    return read_topic(text, name, source) if is_topic(source) else read_page(text, name, source)


def is_topic(source: str) -> bool:
    """Return whether a path under content/ is that of a topic."""
    return source.rpartition("/")[0] == "topics"


def read_content(
    root: Path,
    now: datetime,
    names: Iterable[str] | None = None,
    read: ReadFile = read_file,
) -> tuple[Content, list[Problem]]:
    """Read all content below `root` as of `now` (aware).

    `names` are the paths of its files, if they are known; `read` may remember files.
    """
    shown = root.name
    columns, problems = read_columns(root / COLUMN_TABLE, f"{shown}/{COLUMN_TABLE}")
    synonyms, faults = read_synonyms(root / SYNONYM_TABLE, f"{shown}/{SYNONYM_TABLE}")
    shelf = _Shelf(root, shown, columns, not problems, now, problems, read)
    found = _names(root) if names is None else names
    for name in sorted(filter(is_content, found), key=lambda name: name.split("/")):
        shelf.take(name)
    content = Content(
        root,
        shown,
        columns,
        tuple(shelf.articles),
        tuple(shelf.pages),
        tuple(shelf.topics),
        shelf.files,
        synonyms,
        tuple(shelf.sources),
    )
    problems += [
        *faults,
        *_duplicate_slugs(content),
        *_duplicate_numbers(content),
        *_column_pages(content),
    ]
    return content, problems


def _names(root: Path) -> Iterator[str]:
    for folder, inner, files in os.walk(root, followlinks=True):
        inner[:] = [n for n in inner if not leads_back(f"{folder}/{n}", folder)]
        paths = (Path(folder, name) for name in files)
        yield from (path.relative_to(root).as_posix() for path in paths if path.is_file())


@dataclass(slots=True)
class _Shelf:
    """Sorts the files of the content folder by what they are."""

    root: Path
    shown: str
    columns: Columns
    knows_columns: bool
    now: datetime
    problems: list[Problem]
    read: ReadFile
    articles: list[Article] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    files: dict[str, Path] = field(default_factory=dict)
    sources: list[str] = field(default_factory=list)

    def take(self, source: str) -> None:
        name = f"{self.shown}/{source}"
        path = self.root / source
        if source.split("/", 1)[0] in FILE_FOLDERS:
            self.files[source] = path
        elif path.suffix.lower() != ".md":
            if source not in TABLES:
                self.problems.append(problem("N305", name))
        else:
            self.sources.append(source)
            self._read(path, name, source, source.rpartition("/")[0])

    def _read(self, path: Path, name: str, source: str, folder: str) -> None:
        column: Column | None = None
        if folder not in PLAIN_FOLDERS:
            column, misplaced = self._column(name, folder)
            self.problems += misplaced
            if column is None:
                return
        manuscript, problems = self.read(path, name, source, column, self.now)
        self.problems += problems
        if manuscript is None:
            return
        if isinstance(manuscript.fields, ArticleFields):
            self.articles.append(manuscript)
        elif folder == "topics":
            self.topics.append(cast(Topic, manuscript))
        else:
            self.pages.append(cast(Page, manuscript))

    def _column(self, name: str, folder: str) -> tuple[Column | None, list[Problem]]:
        column = self.columns.by_path.get(folder)
        if column is None:
            # Where a column could not be read, its articles are not misplaced: say it once.
            found = [problem("N303", name, folder=folder or self.shown)]
            return None, found if self.knows_columns else []
        if column.is_page:
            return None, [problem("N307", name, name=column.name)]
        if column.children:
            listed = "、".join(f"{child.path}（{child.name}）" for child in column.children)
            return None, [problem("N304", name, name=column.name, children=listed)]
        return column, []


def _duplicate_slugs(content: Content) -> Iterator[Problem]:
    first: dict[str, Article] = {}
    for article in content.articles:
        other = first.setdefault(article.slug, article)
        if other is not article:
            first[article.slug], later = _by_age(other, article)
            yield problem("N302", later.path, slug=article.slug, other=first[article.slug].path)


def _duplicate_numbers(content: Content) -> Iterator[Problem]:
    first: dict[DocNumber, Article] = {}
    for article in content.articles:
        number = article.fields.doc_number
        if number is None or article.status is Status.WITHDRAWN:
            continue
        other = first.setdefault(number, article)
        if other is not article:
            first[number], later = _by_age(other, article)
            line = later.lines["doc_number"]
            yield problem("N309", later.path, line, number=number, other=first[number].path)


def _by_age(one: Article, other: Article) -> tuple[Article, Article]:
    """Return the article that was there before and the one that clashes with it: whoever checks
    the new file alone is told."""
    older, newer = sorted((one, other), key=lambda article: (article.fields.date, article.source))
    return older, newer


def _column_pages(content: Content) -> Iterator[Problem]:
    known = {page.slug for page in content.pages}
    for column in content.columns:
        if column.page and column.page not in known:
            table = f"{content.shown}/{COLUMN_TABLE}"
            yield problem("C604", table, name=column.name, page=column.page)
