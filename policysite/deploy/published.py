"""What is at the target, as far as it can be known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from policysite.deploy.entries import RECORDS, Entry
from policysite.deploy.lease import latest
from policysite.deploy.state import STATE_KEY, Pending, State, Untrusted, decode, load_entries
from policysite.deploy.store import Store


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


def with_entries_of(found: Published, store: Store, *, reconcile: bool) -> Published:
    """Return it with the entries of a large site, or made anew from a listing."""
    try:
        if found.trusted:
            state = load_entries(found.state, store.get)
            if not reconcile:
                return replace(found, state=state)
            return _reconciled(replace(found, state=state), store)
    except Untrusted:
        pass
    # The latest claim may be that of a deploy under way, so it is asked for once more.
    lost = State(generation=max(latest(store) - 1, found.state.generation, 0))
    return _reconciled(Published(lost, found.raw, trusted=False), store)


def _reconciled(found: Published, store: Store) -> Published:
    """Compare the state with what is really there: what differs counts as not published."""
    listed = {item.key: item for item in store.list("") if not item.key.startswith(RECORDS)}
    state = found.state
    whole = {
        key: entry
        for key, entry in state.entries.items()
        if key in listed and _fits(entry, listed[key].size, listed[key].etag)
    }
    damaged = frozenset(state.entries.keys() - whole.keys())
    pending = state.pending.keys if state.pending else frozenset()
    known = state.entries.keys() | state.kept.keys() | pending
    unknown = Pending(state.generation, state.nonce, pending | damaged)
    state = replace(state, pending=unknown if unknown.keys else None)
    return replace(found, state=state, foreign=frozenset(listed.keys() - known))


def _fits(entry: Entry, size: int, etag: str) -> bool:
    return size == entry.size and (len(etag) != 32 or not entry.md5 or etag == entry.md5)
