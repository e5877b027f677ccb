"""Manuscripts that need not be read again: every file known by its bytes is taken from the store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import MISSING, fields
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, cast

from policysite.engine.fingerprint import digest
from policysite.engine.looked import Files
from policysite.engine.store import Store, seal, unseal
from policysite.model.columns import Column, read_columns
from policysite.model.content import (
    COLUMN_TABLE,
    FILE_FOLDERS,
    PLAIN_FOLDERS,
    Content,
    Reading,
    read_content,
    read_file,
)
from policysite.model.fields import ArticleFields, CommonFields, PageFields, TopicFields
from policysite.model.front_matter import body_at
from policysite.model.manuscript import AnyManuscript, Manuscript, status_at
from policysite.pool import spread
from policysite.problems import Problem
from policysite.progress import stage

_MODELS: tuple[type[CommonFields], ...] = (ArticleFields, PageFields, TopicFields)
_KEPT = tuple(f.name for f in fields(Manuscript) if f.name not in ("fields", "column", "body"))


SURFACE = frozenset({
    "subtitle", "summary", "keywords", "image_alt", "source", "source_url",
    "author", "editor",
})  # fmt: skip
"""Fields that only the article's own page and its entries in lists show."""


class KeptManuscript(Manuscript[Any]):
    """What a manuscript of the store states, as far as it can matter to others.

    Neither its body nor the fields of the `SURFACE` are there, nor the title of what is no 公文:
    nothing that follows from all manuscripts together can depend on them by mistake.
    """

    __slots__ = ("_held", "_root")
    _root: Path
    _held: tuple[Any, ...]

    @property
    def body(self) -> str:
        """There is none here: see `whole`."""
        raise AttributeError("what is stated has no body")

    def whole(self) -> Manuscript[Any]:
        """Return the manuscript with all its fields and its text, which its file has."""
        # A path of objects costs as much as reading the file.
        with open(f"{self._root}/{self.source}", "rb", buffering=0) as file:  # noqa: PTH123
            body = body_at(file.read().decode("utf-8"), self.body_line)
        model, own, values = self._held
        named = dict(zip(_KEPT, values, strict=True)) | {"status": self.status}
        whole = restore_fields(model, own)
        return Manuscript(fields=whole, column=self.column, body=body, **named)


class Library:
    """Reads manuscripts, each once: see `read_content`.

    `disturbed` are those that were changed while they were read, and are not kept.
    """

    disturbed: Sequence[str] = ()

    def __init__(self, root: Path, files: Files, store: Store) -> None:
        self.root = root
        self.files = files
        self.store = store
        rows = store.rows("SELECT source, digest, value FROM manuscript")
        self.kept = {source: value for source, key, value in rows if self._key(source) == key}
        self.known = {source for source, _, _ in rows}

    def _key(self, source: str) -> bytes | None:
        return key_of(self.root, self.files, source)

    def read_all(self, now: datetime) -> tuple[Content, list[Problem]]:
        """Return all content as of `now`, and what is wrong with its files."""
        root = self.root
        columns, _ = read_columns(root / COLUMN_TABLE, COLUMN_TABLE)
        tasks = []
        for source in self.files:
            folder = source.rpartition("/")[0]
            column = columns.by_path.get(folder)
            is_file = source.split("/", 1)[0] in FILE_FOLDERS or not source.lower().endswith(".md")
            if not is_file and (column or folder in PLAIN_FOLDERS):
                tasks.append((root / source, f"{root.name}/{source}", source, column, now))
        self._prepare(tasks)
        with stage("读入稿件"):
            return read_content(root, now, self.files, self.read)

    def read(
        self, path: Path, name: str, source: str, column: Column | None, now: datetime
    ) -> Reading:
        """Return what a file holds as of `now`."""
        value = self.kept.get(source)
        if value is None:
            value = self.kept[source] = encode(read_file(path, name, source, column, now))
        return decode(value, self.root, column, now)

    def _prepare(self, tasks: Iterable[tuple[Any, ...]]) -> None:
        """Read many files at once, in all processes: (path, name, source, column, now) each."""
        missing = [task for task in tasks if task[2] not in self.kept]
        for task, value in zip(missing, spread(_read, missing, "阅读稿件"), strict=True):
            self.kept[task[2]] = value

    def save(self) -> None:
        """Keep what was read, and drop what is gone; the caller holds the transaction."""
        old = self.store.rows("SELECT source, digest FROM manuscript")
        present = dict(old)
        new = [
            (source, key, value)
            for source, value in self.kept.items()
            if present.get(source) != (key := self._key(source))
        ]
        self.disturbed = self.files.changed_since(self.root, (source for source, _, _ in new))
        sure = (row for row in new if row[0] not in self.disturbed)
        self.store.write("INSERT OR REPLACE INTO manuscript VALUES (?, ?, ?)", sure)
        gone = [(source,) for source in present.keys() - self.kept.keys()]
        self.store.write("DELETE FROM manuscript WHERE source = ?", gone)


def key_of(root: Path, files: Files, source: str) -> bytes | None:
    """Return a digest of all that a reading is made from, None where there is no such file."""
    found = files.get(source)
    # Problems name the content folder, so its name is part of what is kept.
    return digest(found, root.name.encode()) if found else None


def keep_reading(store: Store, source: str, key: bytes, value: bytes) -> None:
    """Keep one reading; the caller holds the transaction."""
    store.write("INSERT OR REPLACE INTO manuscript VALUES (?, ?, ?)", [(source, key, value)])


def kept_reading(store: Store, source: str) -> bytes:
    """Return the reading of a file as the last build kept it.

    Raises:
        Damaged: there is none.

    """
    return store.value("SELECT value FROM manuscript WHERE source = ?", source)


def _read(task: tuple[Path, str, str, Column | None, datetime]) -> bytes:
    return encode(read_file(*task))


Flat = tuple[Any, tuple[Problem, ...]]
"""A reading without what depends on the day, the columns or the body."""


def encode(reading: Reading) -> bytes:
    """Return a reading as bytes."""
    return seal(flatten(reading))


def flatten(reading: Reading) -> Flat:
    """Return a reading as it is kept."""
    manuscript, problems = reading
    if manuscript is None:
        return None, tuple(problems)
    values = tuple(getattr(manuscript, name) for name in _KEPT)
    return (*flatten_fields(manuscript.fields), values), tuple(problems)


def flatten_fields(held: CommonFields) -> tuple[int, dict[str, Any]]:
    """Return the number of a model, and the fields that differ from its defaults."""
    model = next(n for n, model in enumerate(_MODELS) if type(held) is model)
    defaults = _defaults(model)
    return model, {k: v for k, v in held.__dict__.items() if v != defaults.get(k, ...)}


def decode(value: bytes, root: Path, column: Column | None, now: datetime) -> Reading:
    """Return the reading that `encode` made bytes of, as of `now`; `root` is content/."""
    return restore(cast(Flat, unseal(value)), root, column, now)


def restore(flat: Flat, root: Path, column: Column | None, now: datetime) -> Reading:
    """Return the reading of which `flat` is kept, as of `now`."""
    held, problems = flat
    if held is None:
        return None, problems
    model, own, values = held
    known = restore_fields(model, _stated(model, own))
    manuscript = KeptManuscript.__new__(KeptManuscript)
    put = object.__setattr__
    for name, part in zip(_KEPT, values, strict=True):
        put(manuscript, name, part)
    put(manuscript, "fields", known)
    put(manuscript, "column", column)
    put(manuscript, "_root", root)
    put(manuscript, "_held", held)
    if isinstance(known, ArticleFields):
        put(manuscript, "status", status_at(known, now))
    return cast(AnyManuscript, manuscript), problems


def restore_fields(model: int, own: dict[str, Any]) -> Any:
    """Return the fields that `flatten_fields` made plain values of.

    Of forty fields few are written in any file. The others stand on the class, where they take no
    memory for each file; and to construct all of them takes five times as long.
    """
    known = object.__new__(_MODELS[model])
    object.__setattr__(known, "__dict__", own)
    return known


def _stated(model: int, own: dict[str, Any]) -> dict[str, Any]:
    """Return the fields that may matter to other pages than the article's own."""
    if _MODELS[model] is not ArticleFields:
        return own
    stated = {key: value for key, value in own.items() if key not in SURFACE}
    if not (own.get("doc_number") or own.get("doc_type")):
        stated["title"] = ""
    return stated


def statement(value: bytes) -> bytes:
    """Return a digest of what a reading as `encode` made it states: see `KeptManuscript`."""
    held, problems = unseal(value)
    if held is None:
        return digest(value)
    model, own, values = held
    named = [part for name, part in zip(_KEPT, values, strict=True) if name != "body_line"]
    return digest(repr((model, sorted(_stated(model, own).items()), named, problems)).encode())


@cache
def _defaults(model: int) -> dict[str, Any]:
    return {f.name: f.default for f in fields(_MODELS[model]) if f.default is not MISSING}
