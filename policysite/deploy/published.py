"""What is at the target, as far as it can be known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from policysite.deploy.entries import RECORDS, Entries, Entry
from policysite.deploy.lease import latest
from policysite.deploy.state import STATE_KEY, Pending, State, Untrusted, decode, load_entries
from policysite.deploy.store import Listed, Store


@dataclass(frozen=True, slots=True)
class Published:
    """What was found at the target. Without a trusted state nothing is deleted on its word."""

    state: State
    raw: bytes = b""
    trusted: bool = True
    foreign: frozenset[str] = frozenset()


def read_published(store: Store, trust: Callable[[State], bool] = lambda _: True) -> Published:
    """Return the state at the target, in one request; a state that cannot be trusted is empty."""
    raw = store.get(STATE_KEY)
    if raw is None:
        return Published(State(), b"", trusted=False)
    try:
        state = decode(raw)
    except Untrusted:
        return Published(State(), raw, trusted=False)
    return Published(state, raw, trusted=trust(state))


class Bytes(Protocol):
    """A site whose bytes are at hand."""

    @property
    def entries(self) -> Entries:
        """Return the site's objects."""

    def md5(self, key: str) -> str:
        """Return the MD5 of an object's bytes in hex, which stores list as ETag."""


def with_entries_of(
    found: Published, store: Store, reconcile_with: Bytes | None = None
) -> Published:
    """Return it with the entries of a large site, or made anew from a listing.

    `reconcile_with` is the site about to be published, if the state shall be compared with what
    is there: what that site replaces or removes need not be compared.
    """
    try:
        if found.trusted:
            found = replace(found, state=load_entries(found.state, store.get))
            return _reconciled(found, store, reconcile_with) if reconcile_with else found
    except Untrusted:
        pass
    # The latest claim may be that of a deploy under way, so it is asked for once more.
    lost = State(generation=max(latest(store) - 1, found.state.generation, 0))
    return _reconciled(Published(lost, found.raw, trusted=False), store)


def _reconciled(found: Published, store: Store, site: Bytes | None = None) -> Published:
    """Compare the state with what is really there: what differs counts as not published."""
    listed = {item.key: item for item in store.list("") if not item.key.startswith(RECORDS)}
    state = found.state
    whole = {
        key: entry
        for key, entry in state.entries.items()
        if key in listed and _fits(key, entry, listed[key], site)
    }
    damaged = frozenset(state.entries.keys() - whole.keys())
    pending = state.pending.keys if state.pending else frozenset()
    known = state.entries.keys() | state.kept.keys() | pending
    unknown = Pending(state.generation, state.nonce, pending | damaged)
    state = replace(state, pending=unknown if unknown.keys else None)
    return replace(found, state=state, foreign=frozenset(listed.keys() - known))


def _fits(key: str, entry: Entry, listed: Listed, site: Bytes | None) -> bool:
    if listed.size != entry.size:
        return False
    if site is None or not listed.is_md5 or not entry.same(site.entries.get(key)):
        return True
    return listed.etag == site.md5(key)
