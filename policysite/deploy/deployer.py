"""The steps of a deploy, in their order. docs/decisions/0016 says why it is this one."""

from __future__ import annotations

import platform
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Protocol

from policysite.deploy.entries import Entries, digest_of
from policysite.deploy.history import Deploy, write_history
from policysite.deploy.lease import LEASE_SECONDS, Busy, Lease, take
from policysite.deploy.media import RECORD
from policysite.deploy.patience import for_each
from policysite.deploy.plan import (
    Change,
    Group,
    Plan,
    due,
    in_group,
    make_plan,
    too_many_deletes,
)
from policysite.deploy.published import Published, read_published, with_entries_of
from policysite.deploy.state import (
    BASE_PREFIX,
    STATE_KEY,
    Pending,
    State,
    encode,
    with_entries,
)
from policysite.deploy.store import Store, StoreError


class TooManyDeletes(Exception):
    """The plan removes more than `allowed`; nothing was written."""

    def __init__(self, plan: Plan, allowed: int) -> None:
        super().__init__(plan.removed)
        self.plan, self.allowed = plan, allowed


class Source(Protocol):
    """Where an object's bytes come from."""

    @property
    def entries(self) -> Entries:
        """Return what shall be published."""

    def read(self, key: str) -> bytes:
        """Return an object's bytes."""

    def md5(self, key: str) -> str:
        """Return their MD5 in hex, which stores list as ETag; empty if the bytes are not at hand."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to deploy; `now` in seconds since 1970, `lease` in seconds."""

    now: int
    dry_run: bool = False
    max_delete: int | None = None
    adopt: bool = False
    reconcile: bool = False
    lease: float = LEASE_SECONDS
    commit: Callable[[], str] = lambda: ""
    task: str = "deploy"
    planned: Callable[[Plan], None] = lambda _: None
    progress: Callable[[str, int], None] = lambda _, __: None
    trust: Callable[[State], bool] = lambda _: True
    distrusted: Callable[[], None] = lambda: None
    sign: Callable[[bytes], str] = lambda _: ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a deploy came to. `foreign` are objects of unknown origin that were left alone.

    `md5` returns that of an object's bytes, or nothing if they are not at hand. `before` is what was
    published before, if something changed.
    """

    plan: Plan
    state: State
    md5: Callable[[str], str]
    foreign: frozenset[str] = frozenset()
    before: Entries = field(default_factory=dict)


def deploy(source: Source, store: Store, options: Options) -> Outcome:
    """Publish `source`.

    Raises:
        TooManyDeletes: before anything was written.
        Busy: another deploy is under way, or took over from this one.
        StoreError: some request failed for good; the next deploy repairs what this one left.

    """
    local = source.entries
    digest = digest_of(local)
    found = read_published(store, options.trust)
    if found.trusted and not options.reconcile and _is_current(found.state, digest, options.now):
        return Outcome(Plan((), (), found.state.kept, len(local), 0), found.state, source.md5)
    if found.raw and not found.trusted:
        options.distrusted()
    found = with_entries_of(found, store, source if options.reconcile else None)
    adopted = found.foreign if options.adopt else frozenset()
    plan = make_plan(local, found.state, options.now, foreign=adopted)
    options.planned(plan)
    allowed = too_many_deletes(plan, found.state, options.max_delete)
    if allowed is not None:
        raise TooManyDeletes(plan, allowed)
    foreign = found.foreign - local.keys() - adopted
    if options.dry_run:
        return Outcome(plan, found.state, source.md5, foreign, found.state.entries)
    state = _Run(source, digest, store, options, found, plan).carry_out()
    return Outcome(plan, state, source.md5, foreign, found.state.entries)


def _is_current(state: State, digest: str, now: int) -> bool:
    return state.digest == digest and not due(state, now)


@dataclass(slots=True)
class _Run:
    """One deploy that has something to do."""

    source: Source
    digest: str
    store: Store
    options: Options
    found: Published
    plan: Plan

    def carry_out(self) -> State:
        """Claim, write down what is to be undone and done, do it, and write down that it is done."""
        after = self.found.state.generation
        lease = take(self.store, after, self.options.lease)
        try:
            # Number after + 1 was free, so nobody can have published since we read the state.
            if lease.generation != after + 1:
                self._check_unmoved()
            return self._publish(lease)
        except (Exception, KeyboardInterrupt):
            with suppress(StoreError):
                lease.release()  # the next one need not wait for the lease to end
            raise

    def _publish(self, lease: Lease) -> State:
        self._remember(lease)
        state = self._announce(lease)
        for group in Group:
            self._each(lease, in_group(self.plan.puts, group), self._put)
        for group in reversed(Group):  # pages go before what they load
            self._each(lease, in_group(self.plan.deletes, group), self._delete)
        lease.check()
        return self._commit(lease, state)

    def _check_unmoved(self) -> None:
        """Make sure that nobody published between our reading and our claim."""
        if (self.store.get(STATE_KEY) or b"") != self.found.raw:
            raise Busy("")

    def _remember(self, lease: Lease) -> None:
        plan, options = self.plan, self.options
        state = self.found.state
        entry = Deploy(
            generation=lease.generation,
            nonce=lease.nonce,
            time=options.now,
            host=platform.node(),
            commit=options.commit(),
            task=options.task,
            puts=len(plan.puts),
            deletes=len(plan.deletes),
            bytes=plan.size,
            reasons={str(reason): count for reason, count in plan.reasons().items()},
        )
        old = {key: kept.entry for key, kept in state.kept.items()} | dict(state.entries)
        keys = (change.key for change in (*plan.puts, *plan.deletes))
        raw = self.found.raw if self.found.trusted else b""
        write_history(self.store, entry, raw, old, keys)

    def _announce(self, lease: Lease) -> State:
        """Write the intent: until the end, whatever is about to be touched counts as unknown."""
        old = self.found.state
        keys = self.plan.keys | (old.pending.keys if old.pending else frozenset())
        pending = Pending(lease.generation, lease.nonce, keys)
        state = replace(
            old, pending=pending, digest=old.digest or digest_of(old.entries), signature=""
        )
        return self._write(lease, old, self._signed(state))

    def _commit(self, lease: Lease, old: State) -> State:
        state = State(
            generation=lease.generation,
            nonce=lease.nonce,
            entries=self.source.entries,
            digest=self.digest,
            kept=self.plan.kept,
            previous=sha256(self.found.raw).hexdigest() if self.found.raw else "",
            commit=self.options.commit(),
            time=self.options.now,
        )
        return self._write(lease, old, self._signed(state))

    def _signed(self, state: State) -> State:
        return replace(state, signature=self.options.sign(state.signed_text))

    def _write(self, lease: Lease, old: State, state: State) -> State:
        lease.check()
        state, base = with_entries(old, state)
        if base:
            self.store.put(BASE_PREFIX + state.base, base, RECORD)
        self.store.put(STATE_KEY, encode(state), RECORD)
        return state

    def _each(
        self, lease: Lease, changes: tuple[Change, ...], act: Callable[[Change], None]
    ) -> None:
        """Do what stands between two barriers."""

        def one(change: Change) -> None:
            lease.check()
            act(change)
            self.options.progress(change.key, change.size)

        for_each(changes, one, self.store.width)

    def _put(self, change: Change) -> None:
        data = self.source.read(change.key)
        self.store.put(change.key, data, self.source.entries[change.key].headers)

    def _delete(self, change: Change) -> None:
        self.store.delete(change.key)
