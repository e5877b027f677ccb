"""What an audit keeps of a folder while it runs: on disk, so that memory does not grow with it.

SQLite keeps a few pages of its file in memory and asks for no more, whatever it holds; a database
without a name is a file that nobody else sees and that is gone with the process.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from weakref import finalize

from pydantic import TypeAdapter

from policysite.audit.facts import PageFacts
from policysite.audit.kinds import Kind

_FACTS = TypeAdapter(PageFacts)
_AT_HAND = 128
"""Pages kept parsed: a list and the articles that it leads to ask for the same ones again."""
_SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE files (path TEXT PRIMARY KEY, size INTEGER) WITHOUT ROWID;
CREATE TABLE pages (path TEXT PRIMARY KEY, url TEXT, kind TEXT, column_name TEXT, is_listed INTEGER,
    digest TEXT, facts BLOB, seal BLOB);
"""


class Kept(NamedTuple):
    """The facts of a page as they lie on disk, with what is looked for in them.

    `seal` is the SHA-256 of the program that read the page and of all the rest.
    """

    path: str
    url: str
    kind: str
    column: str
    is_listed: bool
    digest: str
    facts: bytes
    seal: bytes = b""

    def sealed(self, program: str) -> Kept:
        """Return it with the seal of a program."""
        return self._replace(seal=self._seal(program))

    def is_sealed_by(self, program: str) -> bool:
        """Return whether it is as that program wrote it."""
        return self.seal == self._seal(program)

    def _seal(self, program: str) -> bytes:
        parts = (program, self.path, self.url, self.kind, self.column, f"{self.is_listed:d}")
        whole = "\0".join((*parts, self.digest)).encode("utf-8", "replace")
        return sha256(whole + b"\0" + self.facts).digest()


def kept(facts: PageFacts) -> Kept:
    """Return what lies on disk of a page."""
    return Kept(
        facts.path,
        facts.url,
        facts.kind.value,
        facts.column,
        facts.is_listed,
        facts.digest,
        _FACTS.dump_json(facts, exclude_defaults=True),
    )


class Store:
    """Files and pages of one folder."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("")
        finalize(self, self._db.close)
        self._db.executescript(_SCHEMA)
        self.files = Files(self._db)
        self.pages = Pages(self._db)

    def save(self, path: Path) -> None:
        """Write everything to a file that is empty or not there."""
        self._db.commit()
        self._db.execute("VACUUM INTO ?", [str(path)])


class Files(Mapping[str, int]):
    """The size of each file by its path below the folder, in the order of paths."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def fill(self, found: Iterable[tuple[str, int]]) -> None:
        """Take note of files."""
        self._db.executemany("INSERT OR IGNORE INTO files VALUES (?, ?)", found)

    def __getitem__(self, path: str) -> int:
        """Return the size of a file in bytes."""
        row = self._db.execute("SELECT size FROM files WHERE path = ?", [path]).fetchone()
        if row is None:
            raise KeyError(path)
        return int(row[0])

    def __iter__(self) -> Iterator[str]:
        """Yield every path."""
        return (path for (path,) in self._db.execute("SELECT path FROM files ORDER BY path"))

    def __len__(self) -> int:
        """Return the number of files."""
        return int(self._db.execute("SELECT count(*) FROM files").fetchone()[0])


class Pages:
    """The facts of pages, read from disk one after the other in the order of paths."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self.get = lru_cache(_AT_HAND)(self._get)
        """Return the page with that path, None if there is none."""

    def add(self, page: Kept) -> None:
        """Keep a page."""
        self._db.execute("INSERT INTO pages VALUES (?, ?, ?, ?, ?, ?, ?, ?)", page)

    def _get(self, path: str) -> PageFacts | None:
        row = self._db.execute("SELECT facts FROM pages WHERE path = ?", [path]).fetchone()
        return _FACTS.validate_json(row[0]) if row else None

    def __iter__(self) -> Iterator[PageFacts]:
        """Yield every page."""
        rows = self._db.execute("SELECT facts FROM pages ORDER BY path")
        return (_FACTS.validate_json(facts) for (facts,) in rows)

    def __len__(self) -> int:
        """Return the number of pages."""
        return int(self._db.execute("SELECT count(*) FROM pages").fetchone()[0])

    def count(self, kinds: Container[Kind]) -> int:
        """Return the number of pages of some kinds."""
        rows = self._db.execute("SELECT kind, count(*) FROM pages GROUP BY kind")
        return sum(number for kind, number in rows if Kind(kind) in kinds)

    def of_kind(self, kind: Kind) -> Iterator[Place]:
        """Yield where the pages of a kind are, those of short addresses first."""
        rows = self._db.execute(
            "SELECT path, url, column_name FROM pages WHERE kind = ? ORDER BY length(url), url",
            [kind.value],
        )
        return (Place(*row) for row in rows)

    def listed(self) -> Iterator[Place]:
        """Yield where the articles are that stand in lists, in the order of paths."""
        rows = self._db.execute(
            "SELECT path, url, column_name FROM pages WHERE is_listed ORDER BY path"
        )
        return (Place(*row) for row in rows)


class Place(NamedTuple):
    """Where a page is: its file, its address, the column that it states."""

    path: str
    url: str
    column: str


class Strings(Container[str]):
    """A set of strings on disk."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("")
        finalize(self, self._db.close)
        self._db.executescript(
            "PRAGMA journal_mode = OFF; CREATE TABLE strings (it TEXT PRIMARY KEY) WITHOUT ROWID"
        )

    def add(self, string: str) -> None:
        """Put a string into the set."""
        self._db.execute("INSERT OR IGNORE INTO strings VALUES (?)", [string])

    def __contains__(self, string: object) -> bool:
        """Return whether the set has a string."""
        row = self._db.execute("SELECT 1 FROM strings WHERE it = ?", [string]).fetchone()
        return row is not None
