"""The one object that says what is published, and what a deploy was about to change.

Small sites have all entries in it, so that one request tells that nothing changed. Above
`INLINE_LIMIT` paths it holds the digest of all entries, the changes since a base, and the name of
that base: an object of its own, written once, which a deploy reads only when something changed.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from policysite.deploy.entries import (
    RECORDS,
    Entries,
    Entry,
    Headers,
    canonical_json,
    digest_of,
)

STATE_KEY = f"{RECORDS}state.json.gz"
BASE_PREFIX = f"{RECORDS}base/"
VERSION = 2
INLINE_LIMIT = 20_000
"""Paths; 20,000 entries are 1.0 MB."""
CHANGES_SHARE = 20
"""A new base is written when a twentieth of the entries differ from the old one."""


class Untrusted(Exception):
    """The state cannot be read, does not fit together, or is not signed as it should be."""


@dataclass(frozen=True, slots=True)
class Pending:
    """What a deploy was about to write or delete when it last said so: a write-ahead intent."""

    generation: int
    nonce: str
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Kept:
    """A removed asset that old pages may still ask for; `since` in seconds since 1970."""

    entry: Entry
    since: int


@dataclass(frozen=True, slots=True)
class State:
    """What is published. `previous` is the digest of the state object before this one.

    `digest` is that of the entries, and known without them. `load_entries` makes `entries` from the
    decoded `table`, or on a large site from the `base` and the `changes` since.
    """

    generation: int = 0
    nonce: str = ""
    entries: Entries = field(default_factory=dict)
    digest: str = ""
    kept: Mapping[str, Kept] = field(default_factory=dict)
    pending: Pending | None = None
    previous: str = ""
    commit: str = ""
    time: int = 0
    signature: str = ""
    base: str = ""
    changes: Mapping[str, Entry | None] = field(default_factory=dict)
    table: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def signed_text(self) -> bytes:
        """Return what a signature vouches for."""
        fields = (self.generation, self.nonce, self.digest, self.previous, self.commit)
        return canonical_json(list(fields))


def load_entries(state: State, read: Callable[[str], bytes | None]) -> State:
    """Return a decoded state with its entries; `read` returns an object's bytes.

    Raises:
        Untrusted: the entries are missing or damaged, or are not what the state says.

    """
    if not state.base and not state.table:
        return state
    table = state.table
    if state.base:
        data = read(BASE_PREFIX + state.base)
        if data is None or sha256(data).hexdigest() != state.base:
            raise Untrusted("base")
        table = _unpacked(data)
    try:
        entries = _entries(table)
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise Untrusted(repr(error)) from None
    for key, entry in state.changes.items():
        if entry is None:
            entries.pop(key, None)
        else:
            entries[key] = entry
    if digest_of(entries) != state.digest:
        raise Untrusted("digest")
    return replace(state, entries=entries, table={})


def with_entries(old: State, new: State) -> tuple[State, bytes]:
    """Return `new` ready to be written, and a base to be written first if one is needed.

    `old` is what `new` follows, with its entries loaded.
    """
    entries = new.entries
    if len(entries) <= INLINE_LIMIT:
        return replace(new, base="", changes={}), b""
    changes = {**old.changes, **_changes(old.entries, entries)}
    if old.base and len(changes) * CHANGES_SHARE <= len(entries):
        return replace(new, base=old.base, changes=changes), b""
    data = _packed(_table(entries))
    return replace(new, base=sha256(data).hexdigest(), changes={}), data


def _changes(old: Entries, new: Entries) -> dict[str, Entry | None]:
    changed: dict[str, Entry | None] = {
        key: entry for key, entry in new.items() if not entry.same(old.get(key))
    }
    return changed | dict.fromkeys(old.keys() - new.keys())


def encode(state: State) -> bytes:
    """Return the bytes of the state object."""
    pending = state.pending
    value: dict[str, Any] = {
        "version": VERSION,
        "generation": state.generation,
        "nonce": state.nonce,
        "digest": state.digest,
        "previous": state.previous,
        "commit": state.commit,
        "time": state.time,
        "signature": state.signature,
        "kept": {k: [kept.since, *_columns(kept.entry)] for k, kept in state.kept.items()},
        "pending": pending and [pending.generation, pending.nonce, sorted(pending.keys)],
        "base": state.base,
    }
    if state.base:
        value["changes"] = {k: e and _columns(e) for k, e in state.changes.items()}
    else:
        value |= _table(state.entries)
    return _packed(value)


def decode(data: bytes) -> State:
    """Return the state of an object's bytes; `load_entries` gives it its entries.

    Most deploys change nothing, and only ask for the digest.

    Raises:
        Untrusted: it is damaged or of another version.

    """
    value = _unpacked(data)
    try:
        if value["version"] != VERSION:
            raise Untrusted("version")
        return _state(value)
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise Untrusted(repr(error)) from None


def _state(value: Mapping[str, Any]) -> State:
    pending = value["pending"]
    changes = value.get("changes", {}).items()
    return State(
        generation=int(value["generation"]),
        nonce=str(value["nonce"]),
        table=value,
        digest=str(value["digest"]),
        kept={k: Kept(_from_columns(row[1:]), int(row[0])) for k, row in value["kept"].items()},
        pending=pending and Pending(int(pending[0]), str(pending[1]), frozenset(pending[2])),
        previous=str(value["previous"]),
        commit=str(value["commit"]),
        time=int(value["time"]),
        signature=str(value["signature"]),
        base=str(value["base"]),
        changes={k: row and _from_columns(row) for k, row in changes},
    )


def _columns(entry: Entry) -> list[str | int]:
    return [entry.sha256, entry.size, *_header_row(entry.headers)]


def _from_columns(row: Iterable[Any]) -> Entry:
    digest, size, *headers = row
    return Entry(str(digest), int(size), Headers(*map(str, headers)))


def _table(entries: Entries) -> dict[str, Any]:
    """Return entries with each set of headers written once."""
    rows = sorted({entry.headers for entry in entries.values()}, key=_header_row)
    place = {headers: index for index, headers in enumerate(rows)}
    return {
        "headers": [_header_row(headers) for headers in rows],
        "entries": {k: [e.sha256, e.size, place[e.headers]] for k, e in entries.items()},
    }


def _header_row(headers: Headers) -> tuple[str, str, str]:
    return headers.content_type, headers.cache_control, headers.content_encoding


def _entries(value: Mapping[str, Any]) -> dict[str, Entry]:
    headers = [Headers(*map(str, row)) for row in value["headers"]]
    return {
        key: Entry(digest, size, headers[index])
        for key, (digest, size, index) in value["entries"].items()
    }


def _packed(value: object) -> bytes:
    # Mostly digests, which nothing makes smaller: level 6 takes thrice the time for 3 %.
    return gzip.compress(canonical_json(value), 1, mtime=0)


def _unpacked(data: bytes) -> dict[str, Any]:
    try:
        value = json.loads(gzip.decompress(data))
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise Untrusted(repr(error)) from None
    if not isinstance(value, dict):
        raise Untrusted("form")
    return value
