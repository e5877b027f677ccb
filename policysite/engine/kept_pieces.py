"""Pieces in the store: each with the body and the search entry that were made with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from policysite.engine.pieces import Made, Piece
from policysite.engine.store import Store, seal, unseal

_TABLES = ("piece", "body", "entry")


def pieces_of(store: Store) -> dict[str, bytes]:
    """Return all pieces, sealed, by their paths in content/."""
    return dict(store.rows("SELECT source, value FROM piece"))


def piece_of(store: Store, source: str) -> Piece:
    """Return the piece of one manuscript.

    Raises:
        Damaged: there is none.

    """
    return Piece(*unseal(store.value("SELECT value FROM piece WHERE source = ?", source)))


def some_pieces(store: Store, sources: Iterable[str]) -> Mapping[str, Piece]:
    """Return the pieces of some manuscripts."""
    rows = store.rows_of("SELECT source, value FROM piece WHERE source IN", sources)
    return {source: Piece(*unseal(value)) for source, value in rows}


Sealed = tuple[bytes, bytes | None, bytes | None]
"""A piece as it is kept, with its body and its search entry if it has them."""


def sealed(made: Made) -> Sealed:
    """Return what was made as it is kept."""
    return (seal(tuple(made[0])), *made[1:])


def keep_pieces(store: Store, made: Sequence[tuple[str, Sealed]]) -> None:
    """Keep some, each with its path in content/; the caller holds the transaction."""
    _set_aside(store, [(source,) for source, _ in made])
    for place, table in enumerate(_TABLES):
        rows = [(source, values[place]) for source, values in made if values[place]]
        query = f"INSERT OR REPLACE INTO {table} VALUES (?, ?)"  # noqa: S608 -- a table of ours
        store.write(query, rows)


def forget_pieces(store: Store, sources: Iterable[str]) -> None:
    """Drop some; the caller holds the transaction."""
    rows = [(source,) for source in sources]
    _set_aside(store, rows)
    for table in _TABLES:
        store.write(f"DELETE FROM {table} WHERE source = ?", rows)  # noqa: S608 -- a table of ours


def _set_aside(store: Store, sources: Iterable[tuple[str]]) -> None:
    """Keep the entries that the last search index was made of until there is another one."""
    query = "INSERT OR IGNORE INTO indexed SELECT source, value FROM entry WHERE source = ?"
    store.write(query, sources)


def forget_set_aside(store: Store) -> None:
    """Drop entries that no index is made of any more; the caller holds the transaction."""
    store.rows("DELETE FROM indexed")
