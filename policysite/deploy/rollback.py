"""Brings an earlier site back: bytes and headers, by the same steps as any deploy."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from policysite.deploy.deployer import Options, Outcome, deploy
from policysite.deploy.entries import Entries, md5_of
from policysite.deploy.history import NoSuchGeneration, find_blobs, find_state
from policysite.deploy.patience import for_each
from policysite.deploy.published import Published, read_published
from policysite.deploy.state import State, load_entries
from policysite.deploy.store import Store


class BytesLost(Exception):
    """Some objects of that site are nowhere any more."""

    def __init__(self, generation: int, keys: list[str], commit: str) -> None:
        super().__init__(generation)
        self.generation, self.keys, self.commit = generation, keys, commit


@dataclass(frozen=True, slots=True)
class EarlierSite:
    """A site as it was; the bytes that must be written again are in a folder, by digest.

    `sums` has their MD5 by digest, which is still known when the folder is gone.
    """

    entries: Entries
    folder: Path
    sums: Mapping[str, str]

    def read(self, key: str) -> bytes:
        """Return an object's bytes."""
        return (self.folder / self.entries[key].sha256).read_bytes()

    def md5(self, key: str) -> str:
        """Return their MD5, or nothing for what is as it was."""
        return self.sums.get(self.entries[key].sha256, "")


def rollback(store: Store, generation: int, options: Options) -> Outcome:
    """Publish the site of `generation` again; 0 means the one before the present one.

    Raises:
        NoSuchGeneration: unknown, or nothing was published yet.
        BytesLost: nothing was changed.
        TooManyDeletes, Busy, StoreError: see `deploy`.

    """
    found = read_published(store, options.trust)
    if not found.trusted:
        raise NoSuchGeneration(generation)
    current = load_entries(found.state, store.get)
    wanted = _wanted(store, found, current, generation)
    with _folder() as folder:
        _collect(store, current, wanted, folder)
        sums = {path.name: md5_of(path.read_bytes()) for path in folder.iterdir()}
        return deploy(EarlierSite(wanted.entries, folder, sums), store, options)


def _wanted(store: Store, found: Published, current: State, generation: int) -> State:
    if generation:
        return load_entries(find_state(store, current, generation), store.get)
    for earlier in range(found.state.generation - 1, 0, -1):
        try:
            return load_entries(find_state(store, current, earlier), store.get)
        except NoSuchGeneration:
            continue  # that one never finished
    raise NoSuchGeneration(generation)


def _collect(store: Store, current: State, wanted: State, folder: Path) -> None:
    """Put the bytes of all that differs into the folder.

    Raises:
        BytesLost: some are neither published nor in the history.

    """
    there = {key: kept.entry for key, kept in current.kept.items()} | dict(current.entries)
    unknown = current.pending.keys if current.pending else frozenset()
    missing = {
        key: entry.sha256
        for key, entry in wanted.entries.items()
        if key in unknown or not entry.same(there.get(key))
    }
    for digest, data in find_blobs(store, wanted.generation, set(missing.values())):
        (folder / digest).write_bytes(data)

    def from_site(key: str) -> None:
        data = store.get(key)
        if data is not None and sha256(data).hexdigest() == missing[key]:
            (folder / missing[key]).write_bytes(data)

    elsewhere = [key for key, digest in missing.items() if not (folder / digest).exists()]
    for_each(elsewhere, from_site, store.width)
    if lost := [key for key, digest in missing.items() if not (folder / digest).exists()]:
        raise BytesLost(wanted.generation, sorted(lost), wanted.commit)


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="rollback-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
