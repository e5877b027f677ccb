"""Reads the whole content folder: every file becomes a value or a problem, none is skipped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from policysite.model.columns import Column, Columns, read_columns
from policysite.model.fields import Status
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
TABLES = frozenset({COLUMN_TABLE, SYNONYM_TABLE, TERM_LIST, KNOWN_PROBLEMS, "reviewers.toml"})
"""The files in the content folder itself that are not content; each is read where it is used."""
FILE_FOLDERS = ("images", "attachments")
# What operating systems and editors leave behind; never content.
_LITTER = {"Thumbs.db", "desktop.ini"}


@dataclass(frozen=True, slots=True)
class Content:
    """All that the editors wrote, ordered by path. `files` maps a path under content/ to its file.

    `shown` is how problems name the content folder. `texts` are the manuscripts as they were read,
    by path under content/, also those that are too broken to be values.
    """

    root: Path
    shown: str
    columns: Columns
    articles: tuple[Article, ...]
    pages: tuple[Page, ...]
    topics: tuple[Topic, ...]
    files: Mapping[str, Path]
    synonyms: Synonyms = ()
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def manuscripts(self) -> tuple[AnyManuscript, ...]:
        """Every article, fixed page and topic."""
        return (*self.articles, *self.pages, *self.topics)


def read_content(root: Path, now: datetime) -> tuple[Content, list[Problem]]:
    """Read all content below `root` as of `now` (aware)."""
    shown = root.name
    columns, problems = read_columns(root / COLUMN_TABLE, f"{shown}/{COLUMN_TABLE}")
    shelf = _Shelf(root, shown, columns, not problems, now, problems)
    synonyms, faults = read_synonyms(root / SYNONYM_TABLE, f"{shown}/{SYNONYM_TABLE}")
    for path in _walk(root):
        shelf.take(path)
    content = Content(
        root,
        shown,
        columns,
        tuple(shelf.articles),
        tuple(shelf.pages),
        tuple(shelf.topics),
        shelf.files,
        synonyms,
        shelf.texts,
    )
    problems += [
        *faults,
        *_duplicate_slugs(content),
        *_duplicate_numbers(content),
        *_column_pages(content),
    ]
    return content, problems


def _walk(root: Path) -> Iterator[Path]:
    for path in sorted(root.rglob("*")):
        hidden = any(part.startswith((".", "~$")) for part in path.relative_to(root).parts)
        if path.is_file() and not hidden and path.name not in _LITTER:
            yield path


@dataclass(slots=True)
class _Shelf:
    """Sorts the files of the content folder by what they are."""

    root: Path
    shown: str
    columns: Columns
    knows_columns: bool
    now: datetime
    problems: list[Problem]
    articles: list[Article] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    files: dict[str, Path] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    def take(self, path: Path) -> None:
        source = path.relative_to(self.root).as_posix()
        name = f"{self.shown}/{source}"
        folder = source.rpartition("/")[0]
        if source.split("/", 1)[0] in FILE_FOLDERS:
            self.files[source] = path
        elif path.suffix.lower() != ".md":
            if source not in TABLES:
                self.problems.append(problem("N305", name))
        elif (text := self._decoded(path, name)) is not None:
            self.texts[source] = text
            self._read(text, name, source, folder)

    def _read(self, text: str, name: str, source: str, folder: str) -> None:
        if folder == "pages":
            page, problems = read_page(text, name, source)
            self.pages += [page] if page else []
        elif folder == "topics":
            topic, problems = read_topic(text, name, source)
            self.topics += [topic] if topic else []
        else:
            column, problems = self._column(name, folder)
            if column:
                article, problems = read_article(text, name, source, column, self.now)
                self.articles += [article] if article else []
        self.problems += problems

    def _decoded(self, path: Path, name: str) -> str | None:
        try:
            return path.read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            self.problems.append(problem("F110", name))
            return None

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
            yield problem("N302", article.path, slug=article.slug, other=other.path)


def _duplicate_numbers(content: Content) -> Iterator[Problem]:
    first: dict[DocNumber, Article] = {}
    for article in content.articles:
        number = article.fields.doc_number
        if number is None or article.status is Status.WITHDRAWN:
            continue
        other = first.setdefault(number, article)
        if other is not article:
            line = article.lines["doc_number"]
            yield problem("N309", article.path, line, number=number, other=other.path)


def _column_pages(content: Content) -> Iterator[Problem]:
    known = {page.slug for page in content.pages}
    for column in content.columns:
        if column.page and column.page not in known:
            table = f"{content.shown}/{COLUMN_TABLE}"
            yield problem("C604", table, name=column.name, page=column.page)
