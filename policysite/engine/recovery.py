"""What is in a store that somebody else may have written to: killed builds, restored caches, disks.

Values are sealed, the names that they are found by are not. A build that finds the file as it left
it need not look; another one holds the names against each other first.
"""

from __future__ import annotations

from pathlib import Path

from policysite.engine.reads import restore_readers
from policysite.engine.stamps import Folders, stamp_of, stamps_of
from policysite.engine.store import Damaged, Store, mark_of, seal, unseal


def leave(store: Store) -> None:
    """Close a store, and note what it looks like."""
    store.close()
    mark_of(store.path).write_bytes(seal(stamp_of(store.path)))


def verify(store: Store) -> None:
    """Make sure of the names in a store, unless it is as it was left.

    Raises:
        Damaged: they do not fit together.

    """
    if is_as_left(store.path):
        return
    outputs: Folders = store.meta("output") or {}
    made = {name for (name,) in store.rows("SELECT name FROM output")}
    strays = [
        *store.rows("SELECT 1 FROM output WHERE job NOT IN (SELECT name FROM job) LIMIT 1"),
        *store.rows("SELECT 1 FROM body WHERE source NOT IN (SELECT source FROM piece) LIMIT 1"),
        *store.rows("SELECT 1 FROM entry WHERE source NOT IN (SELECT source FROM piece) LIMIT 1"),
    ]
    # Indices have names too, and places of rows.
    if store.rows("PRAGMA integrity_check(1)") != [("ok",)]:
        raise Damaged(store.path)
    if strays or made != stamps_of(outputs).keys():
        raise Damaged(store.path)
    with store.transaction():
        restore_readers(store)


def is_as_left(path: Path) -> bool:
    """Return whether nobody has written to a store since a build left it."""
    try:
        return bool(unseal(mark_of(path).read_bytes()) == stamp_of(path))
    except (OSError, Damaged):
        return False
