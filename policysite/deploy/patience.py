"""Retries, and how many requests run side by side: slower when the store is busy.

Waits are random between nothing and a bound that doubles (full jitter), so that many clients do
not come back together. All requests of a deploy share one budget of retries: a store that is down
is given up on soon.
"""

from __future__ import annotations

import random
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TypeVar

from policysite.deploy.entries import Headers
from policysite.deploy.store import Found, Interrupted, Listed, Overloaded, Store

_T = TypeVar("_T")
_Item = TypeVar("_Item")
TRIES = 8
FIRST_WAIT, LONGEST_WAIT = 0.1, 5.0
"""Seconds; bounds of the first and of the longest wait."""
FREE_RETRIES = 200
"""Retries that a deploy has besides one for each request."""
START, MOST, LEAST = 16, 32, 2
SUCCESSES_FOR_ONE_MORE = 50
FAR = 0.02
"""Seconds; where an answer takes less, more requests at once gain nothing."""


class Pace:
    """How many requests may run at once: one more for 50 that went well, half after a refusal."""

    def __init__(self, limit: int = START, most: int = MOST) -> None:
        self.limit, self.most = limit, most
        self._running = self._queued = self._well = 0
        self._halved = 0.0
        self._lock = threading.Lock()
        self._free = threading.Condition(self._lock)

    def __enter__(self) -> None:
        """Wait until one more may run."""
        with self._lock:
            while self._running >= self.limit:
                self._queued += 1
                self._free.wait()
                self._queued -= 1
            self._running += 1

    def __exit__(self, *_: object) -> None:
        """Let another one run."""
        with self._lock:
            self._running -= 1
            if self._queued:
                self._free.notify()

    def went_well(self, seconds: float) -> None:
        """Count a success that took so long."""
        if seconds < FAR:
            return
        with self._lock:
            self._well += 1
            if self._well >= SUCCESSES_FOR_ONE_MORE and self.limit < self.most:
                self._well, self.limit = 0, self.limit + 1
                self._free.notify()

    def was_too_much(self) -> None:
        """Halve, at most once a second: requests under way when it was too much are one warning."""
        with self._lock:
            now = time.monotonic()
            if now - self._halved >= 1:
                self._halved, self._well = now, 0
                self.limit = max(LEAST, self.limit // 2)


@dataclass(slots=True)
class Tally:
    """What the requests of a deploy came to."""

    requests: int = 0
    retries: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


class PatientStore:
    """A store that tries again. `create` may then return False for a write of our own."""

    def __init__(
        self, store: Store, sleep: Callable[[float], None] = time.sleep, tries: int = TRIES
    ) -> None:
        self._store = store
        self._sleep = sleep
        self._tries = tries
        self.pace = Pace(store.width())
        self.tally = Tally()

    @property
    def can_compress(self) -> bool:
        """Return whether Content-Encoding can be set."""
        return self._store.can_compress

    def width(self) -> int:
        """See Store."""
        return self.pace.limit

    def get(self, key: str) -> bytes | None:
        """See Store."""
        return self._again(self._store.get, key)

    def put(self, key: str, data: bytes, headers: Headers) -> None:
        """See Store."""
        self._again(self._store.put, key, data, headers)

    def create(self, key: str, data: bytes) -> bool:
        """See Store."""
        return self._again(self._store.create, key, data)

    def delete(self, key: str) -> None:
        """See Store."""
        self._again(self._store.delete, key)

    def list(self, prefix: str) -> Iterator[Listed]:
        """See Store."""
        yield from self._again(lambda: [*self._store.list(prefix)])

    def head(self, key: str) -> Found | None:
        """See Store."""
        return self._again(self._store.head, key)

    def first_line_of(self, key: str) -> bytes | None:
        """See Store."""
        return self._again(self._store.first_line_of, key)

    def _again(self, act: Callable[..., _T], *arguments: object) -> _T:
        """Carry out a request, again where that may help.

        Raises:
            StoreError: refused, tried often enough, or no retries are left.

        """
        for attempt in range(self._tries):
            try:
                with self.pace:
                    self._count()
                    began = time.monotonic()
                    done = act(*arguments)
            except (Overloaded, Interrupted) as error:
                if isinstance(error, Overloaded):
                    self.pace.was_too_much()
                if attempt == self._tries - 1 or not self._may_retry():
                    raise
                self._sleep(random.uniform(0, min(LONGEST_WAIT, FIRST_WAIT * 2**attempt)))  # noqa: S311
            else:
                self.pace.went_well(time.monotonic() - began)
                return done
        raise AssertionError("the last attempt returns or raises")

    def _count(self) -> None:
        with self.tally.lock:
            self.tally.requests += 1

    def _may_retry(self) -> bool:
        with self.tally.lock:
            self.tally.retries += 1
            first_tries = self.tally.requests - self.tally.retries
            return self.tally.retries <= FREE_RETRIES + max(0, first_tries)


def for_each(
    items: Iterable[_Item], act: Callable[[_Item], object], width: Callable[[], int] = lambda: START
) -> None:
    """Do something with every item, `width()` of them side by side; after the first error nothing
    new is begun.

    Threads that would only wait for their turn are not started: waking one after each request
    costs more than what they then do.

    Raises:
        StoreError or whatever else `act` raised first; what was under way has ended by then.

    """
    waiting = deque(items)
    failures: list[BaseException] = []
    crew: list[threading.Thread] = []
    growing = threading.Lock()

    def work() -> None:
        for item in _taken(waiting):
            if failures:
                return
            try:
                act(item)
                grow()
            except BaseException as error:  # noqa: BLE001 -- raised again below, in the caller
                failures.append(error)

    def grow() -> None:
        if len(crew) < width():
            with growing:
                while waiting and len(crew) < width():
                    crew.append(threading.Thread(target=work))
                    crew[-1].start()

    try:
        grow()
        _join(crew)
    except KeyboardInterrupt as stop:
        failures.append(stop)
        _join(crew)
    if failures:
        raise failures[0]


def _taken(waiting: deque[_Item]) -> Iterator[_Item]:
    """Yield what is left; each of many threads gets its own."""
    with suppress(IndexError):
        while True:
            yield waiting.popleft()


def _join(crew: list[threading.Thread]) -> None:
    """Wait for all of a crew, and for those that join it meanwhile."""
    for thread in crew:
        thread.join()
