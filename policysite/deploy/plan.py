"""What a deploy will do, and why: a pure function of the site, the state and the moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from policysite.deploy.entries import Entries, Entry, Headers, is_fingerprinted
from policysite.deploy.state import Kept, State

GRACE_SECONDS = 7 * 24 * 3600
"""How long an old fingerprinted asset stays for pages that readers or caches still have."""
DELETE_FLOOR, DELETE_SHARE = 10, 0.2
"""Deletes that need no question: this many, or this part of all objects."""


_UNKNOWN = Entry("", 0, Headers())
"""What an interrupted deploy may have written or removed: no other entry is the same."""


class Group(IntEnum):
    """The order of writing. A page is written after all that it loads, the home page last."""

    ASSETS = 0
    FILES = 1
    PAGES = 2
    FEEDS = 3
    HOME = 4


class Reason(StrEnum):
    """Why an object is written or removed."""

    NEW = "new"
    CONTENT = "content"
    HEADERS = "headers"
    UNKNOWN = "unknown"
    REMOVED = "removed"
    EXPIRED = "expired"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Change:
    """One object to write or to remove."""

    group: Group
    key: str
    reason: Reason
    size: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """`puts` and `deletes` in the order in which they are done; `kept` as the next state has it.

    `removed` counts what the site no longer has, without assets: these get new names every day.
    """

    puts: tuple[Change, ...]
    deletes: tuple[Change, ...]
    kept: Mapping[str, Kept]
    unchanged: int
    removed: int

    @property
    def size(self) -> int:
        """Return the bytes to upload."""
        return sum(put.size for put in self.puts)

    @property
    def keys(self) -> frozenset[str]:
        """Return every key that will be touched."""
        return frozenset(change.key for change in (*self.puts, *self.deletes))

    def reasons(self) -> Counter[Reason]:
        """Return how many objects are touched for each reason."""
        return Counter(change.reason for change in (*self.puts, *self.deletes))


def in_group(changes: Iterable[Change], group: Group) -> tuple[Change, ...]:
    """Return what is done between two barriers."""
    return tuple(change for change in changes if change.group is group)


def group_of(key: str) -> Group:
    """Return when an object is written."""
    if key == "index.html":
        return Group.HOME
    if key.endswith(".xml") or key.startswith(("robots.txt", ".well-known/")):
        return Group.FEEDS
    if key.endswith(".html"):
        return Group.PAGES
    return Group.ASSETS if is_fingerprinted(key) else Group.FILES


def make_plan(
    local: Entries, state: State, now: int, *, foreign: frozenset[str] = frozenset()
) -> Plan:
    """Return what turns the published site into `local` at `now` (seconds since 1970).

    What an interrupted deploy may have written counts as unknown and is written again. `foreign`
    are objects of unknown origin that shall go too.
    """
    unknown = state.pending.keys if state.pending else frozenset()
    there = {key: kept.entry for key, kept in state.kept.items()} | dict(state.entries)
    puts = sorted(_puts(local, there, unknown), key=_order)
    gone = state.entries.keys() - local.keys()
    kept = _kept(local, state, now)
    deletes = [Change(group_of(key), key, Reason.REMOVED) for key in gone - kept.keys()]
    deletes += [
        Change(group_of(key), key, Reason.EXPIRED)
        for key in state.kept.keys() - kept.keys() - local.keys()
    ]
    lost = unknown - local.keys() - there.keys() - kept.keys()
    deletes += [Change(group_of(key), key, Reason.UNKNOWN) for key in lost]
    foreign = foreign - local.keys() - there.keys() - lost
    deletes += [Change(group_of(key), key, Reason.FOREIGN) for key in foreign]
    removed = sum(not is_fingerprinted(key) for key in gone) + len(foreign)
    return Plan(
        tuple(puts), tuple(sorted(deletes, key=_order)), kept, len(local) - len(puts), removed
    )


def _order(change: Change) -> tuple[Group, str]:
    return change.group, change.key


def _puts(local: Entries, there: Entries, unknown: frozenset[str]) -> Iterator[Change]:
    for key, entry in local.items():
        if reason := _reason(entry, there.get(key), key in unknown):
            yield Change(group_of(key), key, reason, entry.size)


def _reason(entry: Entry, old: Entry | None, is_unknown: bool) -> Reason | None:
    if is_unknown:
        return Reason.UNKNOWN
    if old is None:
        return Reason.NEW
    if old.sha256 != entry.sha256:
        return Reason.CONTENT
    return None if old.same(entry) else Reason.HEADERS


def _kept(local: Entries, state: State, now: int) -> dict[str, Kept]:
    """Return the assets that stay for now: removed lately, removed now, or left by a deploy that
    was interrupted, whose pages somebody may have read."""
    unknown = state.pending.keys if state.pending else frozenset()
    gone = (state.entries.keys() | unknown) - local.keys() - state.kept.keys()
    kept = {key: Kept(state.entries.get(key, _UNKNOWN), now) for key in gone}
    kept = {key: asset for key, asset in kept.items() if is_fingerprinted(key)}
    for key, asset in state.kept.items():
        if key not in local and now - asset.since < GRACE_SECONDS:
            kept[key] = asset
    return {k: Kept(_UNKNOWN, v.since) if k in unknown else v for k, v in kept.items()}


def due(state: State, now: int) -> bool:
    """Return whether there is something to do even though the site did not change."""
    old = any(now - kept.since >= GRACE_SECONDS for kept in state.kept.values())
    return old or state.pending is not None


def too_many_deletes(plan: Plan, state: State, limit: int | None) -> int | None:
    """Return the allowed number of deletes if the plan removes more.

    Meant for a site folder that is half empty by mistake.
    """
    share = int(len(state.entries) * DELETE_SHARE)
    allowed = max(DELETE_FLOOR, share) if limit is None else limit
    return allowed if plan.removed > allowed else None
