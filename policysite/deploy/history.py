"""What a deploy needs to be undone: the state before it, and the bytes that it replaces.

`_deploy/history/00000043.zip` has deploy.json (who, when, what), state.gz (the state object before)
and blobs by digest; what does not fit follows in 00000043-0001.zip. All of it is written before
the first object of the site is touched, so even a deploy that was killed can be undone.
"""

from __future__ import annotations

import io
import json
import threading
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import Any

from policysite.deploy.entries import RECORDS, Entries, canonical_json
from policysite.deploy.media import RECORD
from policysite.deploy.patience import for_each
from policysite.deploy.state import State, Untrusted, decode
from policysite.deploy.store import Store

PREFIX = f"{RECORDS}history/"
STATE = "state.gz"
SMALL, PACK = 1 << 20, 32 << 20
"""Bytes of blobs in the first object, which the log reads, and in each that follows."""


class NoSuchGeneration(LookupError):
    """That site cannot be restored: its number is unknown, or its bytes are gone."""


@dataclass(frozen=True, slots=True)
class Deploy:
    """One line of the log. `time` in seconds since 1970; `reasons` counts objects by reason."""

    generation: int
    nonce: str
    time: int
    host: str
    commit: str
    task: str
    puts: int
    deletes: int
    bytes: int
    reasons: Mapping[str, int]
    before: int = 0


def history_key(generation: int, part: int = 0) -> str:
    """Return the object that holds a part of a generation's history."""
    return f"{PREFIX}{generation:08}{f'-{part:04}' if part else ''}.zip"


def write_history(
    store: Store, deploy: Deploy, before: bytes, old: Entries, keys: Iterable[str]
) -> None:
    """Write the state object `before`, and the bytes of those `keys` that `old` knows."""
    packs = _Packs(store, deploy.generation)
    packs.add("deploy.json", canonical_json(asdict(deploy)))
    packs.add(STATE, before)

    def fetch(key: str) -> None:
        data = store.get(key)
        # An interrupted deploy may have changed it; then its own history has the old bytes.
        if data is not None and sha256(data).hexdigest() == old[key].sha256:
            packs.add(f"blobs/{old[key].sha256}", data)

    for_each([key for key in keys if key in old], fetch, store.width)
    packs.close()


class _Packs:
    """Writes one archive after the other, and holds one in memory."""

    def __init__(self, store: Store, generation: int) -> None:
        self._store, self._generation = store, generation
        self._part, self._size = 0, 0
        self._names: set[str] = set()
        self._lock = threading.Lock()
        self._open()

    def _open(self) -> None:
        self._buffer = io.BytesIO()
        self._zip = zipfile.ZipFile(self._buffer, "w", zipfile.ZIP_DEFLATED)

    def add(self, name: str, data: bytes) -> None:
        """Add a file, once."""
        with self._lock:
            if name in self._names:
                return
            self._names.add(name)
            limit = PACK if self._part else SMALL
            if self._size and name.startswith("blobs/") and self._size + len(data) > limit:
                self.close()
                self._part, self._size = self._part + 1, 0
                self._open()
            packed = zipfile.ZIP_STORED if name == STATE else zipfile.ZIP_DEFLATED
            self._zip.writestr(zipfile.ZipInfo(name), data, packed)
            self._size += len(data)

    def close(self) -> None:
        """Write the archive at hand."""
        self._zip.close()
        key = history_key(self._generation, self._part)
        self._store.put(key, self._buffer.getvalue(), RECORD)


def read_log(store: Store, count: int) -> list[Deploy]:
    """Return the latest deploys, the newest first, finished or not."""
    generations = sorted({_generation(found.key) for found in store.list(PREFIX)}, reverse=True)
    found = (_read(store, generation) for generation in generations[:count])
    return [deploy for deploy, _ in filter(None, found)]


def _generation(key: str) -> int:
    digits = key.removeprefix(PREFIX)[:8]
    return int(digits) if digits.isdigit() else 0


def _read(store: Store, generation: int) -> tuple[Deploy, State | None] | None:
    """Return one deploy and the state before it, which the first deploy does not have."""
    archive = _archive(store.get(history_key(generation)))
    if archive is None:
        return None
    value: dict[str, Any] = json.loads(archive.read("deploy.json"))
    data = archive.read(STATE)
    try:
        state = decode(data) if data else None
    except Untrusted:
        state = None
    return replace(Deploy(**value), before=state.generation if state else 0), state


def _archive(data: bytes | None) -> zipfile.ZipFile | None:
    try:
        return zipfile.ZipFile(io.BytesIO(data)) if data else None
    except zipfile.BadZipFile:
        return None


def find_state(store: Store, current: State, generation: int) -> State:
    """Return the state that was published as `generation`; `load_entries` gives its entries.

    Raises:
        NoSuchGeneration: no deploy since has it as the state before.

    """
    if generation == current.generation:
        return current
    later = sorted({_generation(found.key) for found in store.list(PREFIX)})
    for number in later:
        found = _read(store, number) if number > generation else None
        if found and found[1] and found[1].generation == generation:
            return found[1]
    raise NoSuchGeneration(generation)


def find_blobs(store: Store, after: int, wanted: set[str]) -> Iterator[tuple[str, bytes]]:
    """Yield digest and bytes of each wanted blob from the histories of generations > `after`."""
    left = set(wanted)
    for key in sorted(found.key for found in store.list(PREFIX)):
        if not left or _generation(key) <= after:
            continue
        archive = _archive(store.get(key))
        names = set(archive.namelist()) if archive else set()
        for digest in sorted(left):
            if archive and f"blobs/{digest}" in names:
                left.discard(digest)
                yield digest, archive.read(f"blobs/{digest}")
