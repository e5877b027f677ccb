"""The right to deploy: a numbered object that only one deployer can create.

Whoever creates `_deploy/gen/00000043` may write until the lease ends; the next one creates number
44. Create-only writes are the one lock that all providers have (docs/decisions/0016). A lease ends by
the store's clock, so a wrong clock of ours takes nothing from others.
"""

from __future__ import annotations

import json
import os
import platform
import threading
import time
from dataclasses import dataclass, field

from policysite.deploy.entries import RECORDS, canonical_json
from policysite.deploy.media import RECORD
from policysite.deploy.store import Store

CLAIMS = f"{RECORDS}gen/"
LEASE_SECONDS = 120.0
"""Longer than any request may hang: what a paused deployer had under way is over by then."""


class Busy(Exception):
    """Another deploy is under way; `holder` says on which machine."""

    def __init__(self, holder: str, seconds: float = 0.0) -> None:
        super().__init__(holder)
        self.holder, self.seconds = holder, seconds


def claim_key(generation: int) -> str:
    """Return the object that claims a generation."""
    return f"{CLAIMS}{generation:08}"


@dataclass(slots=True)
class Lease:
    """The claim on one generation."""

    store: Store
    generation: int
    nonce: str
    seconds: float
    _since: float
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def check(self) -> None:
        """Return if the claim is still ours for long enough; renew it when a third has passed.

        Raises:
            Busy: somebody took over because we were silent for too long.

        """
        if self._is_fresh():
            return
        with self._lock:
            if self._is_fresh():
                return
            began = time.monotonic()
            self.store.put(claim_key(self.generation), _claim(self.nonce), RECORD)
            if any(_number(found.key) > self.generation for found in self.store.list(CLAIMS)):
                raise Busy("")
            self._since = began

    def _is_fresh(self) -> bool:
        return time.monotonic() - self._since < self.seconds / 3

    def release(self) -> None:
        """Let the next deploy begin at once. The number stays used."""
        self.store.put(claim_key(self.generation), _claim(self.nonce, released=True), RECORD)


def take(store: Store, after: int, seconds: float = LEASE_SECONDS) -> Lease:
    """Claim the first free generation after one that is complete or given up.

    Raises:
        Busy: the next generation is claimed, and its lease has not ended.

    """
    nonce = os.urandom(16).hex()
    for generation in range(after + 1, after + 1000):
        began = time.monotonic()
        key = claim_key(generation)
        if store.create(key, _claim(nonce)) or _nonce(store.first_line_of(key)) == nonce:
            return Lease(store, generation, nonce, seconds, began)
        _pass_by(store, key, seconds)
    raise Busy("")


def _pass_by(store: Store, key: str, seconds: float) -> None:
    """Return if the claim of another has ended.

    Raises:
        Busy: it has not.

    """
    claim = _read(store.first_line_of(key))
    if claim.get("released"):
        return
    found = store.head(key)
    if found and found.age < seconds:
        raise Busy(str(claim.get("host", "")), seconds - found.age)


def _claim(nonce: str, *, released: bool = False) -> bytes:
    return canonical_json({"nonce": nonce, "host": platform.node(), "released": released})


def _read(data: bytes | None) -> dict[str, object]:
    try:
        claim = json.loads(data or b"{}")
    except ValueError:
        return {}
    return claim if isinstance(claim, dict) else {}


def _nonce(data: bytes | None) -> object:
    return _read(data).get("nonce")


def _number(key: str) -> int:
    digits = key.removeprefix(CLAIMS)
    return int(digits) if digits.isdigit() else 0


def latest(store: Store) -> int:
    """Return the highest generation that was ever claimed; for when the state is lost."""
    return max((_number(found.key) for found in store.list(CLAIMS)), default=0)
