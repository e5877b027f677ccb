"""Facts of pages kept from one audit to the next, by the digest of the page.

The cache is a database with a row for each page, and each row carries the SHA-256 of the program
that wrote it and of all that it says. What is damaged, or was written by other rules, counts as
not there: the audit then takes longer and finds the same.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path

import pydantic
from lxml import etree

from policysite.audit.store import Kept, Store
from policysite.files import replacing

_PACKAGE = Path(__file__).parent
# Page rules and readers take words, forms and kinds from here, so a change here changes facts.
_ALSO = (_PACKAGE.parent / "model" / "columns.py",)


@cache
def fingerprint() -> str:
    """Return the digest of all that decides what facts are read from a page."""
    digest = sha256(f"{etree.LXML_VERSION}{etree.LIBXML_VERSION}{pydantic.VERSION}".encode())
    for path in (*sorted(_PACKAGE.rglob("*.py")), *_ALSO):
        digest.update(path.read_bytes())
    return digest.hexdigest()


class Known:
    """The pages of an earlier audit, as far as they can be relied on."""

    def __init__(self, db: sqlite3.Connection | None = None) -> None:
        self._db = db

    def get(self, path: str, digest: str) -> Kept | None:
        """Return what was read of a page, None unless it is known and still has that digest."""
        if self._db is None:
            return None
        try:
            row = self._db.execute(
                "SELECT * FROM pages WHERE path = ? AND digest = ?", [path, digest]
            ).fetchone()
            page = Kept(*row) if row else None
        except (sqlite3.Error, TypeError):  # damaged, or a table of another form
            return None
        return page if page and page.is_sealed_by(fingerprint()) else None


@contextmanager
def opened(path: Path | None) -> Iterator[Known]:
    """Give what the cache knows, nothing if there is no cache."""
    if path is None or not path.is_file():
        yield Known()
        return
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as db:
        yield Known(db)


def save(path: Path, store: Store) -> None:
    """Keep the facts; whoever reads meanwhile sees the old file or the new one."""
    with replacing(path) as beside:
        store.save(beside)
