"""Pieces in the store: each with the body and the search entry that were made with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from policysite.build.pieces import Made, Piece
from policysite.build.store import Damaged, Store, seal, unseal

_TABLES = ("piece", "body", "entry")


def pieces_of(store: Store) -> dict[str, bytes]:
    """Return all pieces, sealed, by their paths in content/."""
    return dict(store.rows("SELECT source, value FROM piece"))


def piece_of(store: Store, source: str) -> Piece:
    """Return the piece of one manuscript.

    Raises:
        Damaged: there is none.

    """
    found = store.rows("SELECT value FROM piece WHERE source = ?", source)
    if not found:
        raise Damaged(source)
    return Piece(*unseal(found[0][0]))


def some_pieces(store: Store, sources: Iterable[str]) -> Mapping[str, Piece]:
    """Return the pieces of some manuscripts."""
    wanted = list(sources)
    marks = ",".join("?" * len(wanted))
    query = f"SELECT source, value FROM piece WHERE source IN ({marks})"  # noqa: S608 -- marks
    return {source: Piece(*unseal(value)) for source, value in store.rows(query, *wanted)}


def keep_piece(store: Store, source: str, made: Made) -> None:
    """Keep one; the caller holds the transaction."""
    piece, body, entry = made
    _set_aside(store, [(source,)])
    for table, value in zip(_TABLES, (seal(tuple(piece)), body, entry), strict=True):
        if value:
            query = f"INSERT OR REPLACE INTO {table} VALUES (?, ?)"  # noqa: S608 -- a table of ours
            store.write(query, [(source, value)])


def forget_pieces(store: Store, sources: Iterable[str]) -> None:
    """Drop some; the caller holds the transaction."""
    rows = [(source,) for source in sources]
    _set_aside(store, rows)
    for table in _TABLES:
        store.write(f"DELETE FROM {table} WHERE source = ?", rows)  # noqa: S608 -- a table of ours


def _set_aside(store: Store, sources: Iterable[tuple[str]]) -> None:
    """Keep the entries that the last search index was made of until there is another one."""
    query = "INSERT OR IGNORE INTO indexed SELECT * FROM entry WHERE source = ?"
    store.write(query, sources)


def forget_set_aside(store: Store) -> None:
    """Drop entries that no index is made of any more; the caller holds the transaction."""
    store.rows("DELETE FROM indexed")
