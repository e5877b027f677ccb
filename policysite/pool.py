"""Spreads work over the cores by forking, so that workers see all that is in memory.

Each worker has every n-th item and a pipe of its own. The standard library's pools wait for ever
when a worker is killed, and start threads in the parent.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO, NamedTuple, TypeVar

from policysite.progress import progress

T = TypeVar("T")
R = TypeVar("R")

WORTH_IT = 64
"""To start the processes takes as long as to make some dozens of pages."""
_LENGTH = 4


class _Worker(NamedTuple):
    process: int
    results: BinaryIO


def nothing() -> None:
    """Load nothing."""


def spread(
    work: Callable[[T], R],
    items: Sequence[T],
    what: str,
    load: Callable[[], object] = nothing,
) -> Iterator[R]:
    """Yield what `work` makes of each item, in order; `what` is being done, for people.

    `load` loads what every process would have to load for itself, such as dictionaries: it is
    called once before there are several. Results travel through a pipe and should be small or
    bytes. Where there is one core, little to do or no fork, it is done here; so is an item at which
    a worker fails, so that its error is raised where it can be told.
    """
    with progress(what, len(items)) as advance:
        count = cores() if len(items) >= WORTH_IT else 1
        if count > 1:
            load()
        for result in _forked(work, items, count) if count > 1 else map(work, items):
            yield result
            advance(1)


def cores() -> int:
    """Return how many processes may run at once; 1 where there is no fork."""
    if not hasattr(os, "fork"):
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _forked(work: Callable[[T], R], items: Sequence[T], count: int) -> Iterator[R]:
    gc.collect()
    gc.freeze()  # a collection in a worker would copy every page of memory that it touches
    workers = [_start(work, items[first::count]) for first in range(count)]
    try:
        for place, item in enumerate(items):
            result = _receive(workers[place % count].results)
            yield pickle.loads(result) if result is not None else work(item)  # noqa: S301 -- ours
    finally:
        gc.unfreeze()
        for worker in workers:
            worker.results.close()
            os.kill(worker.process, signal.SIGTERM)
            os.waitpid(worker.process, 0)


def _start(work: Callable[[T], R], items: Sequence[T]) -> _Worker:
    reading, writing = os.pipe()
    process = os.fork()
    if process:
        os.close(writing)
        return _Worker(process, os.fdopen(reading, "rb"))
    try:
        os.close(reading)
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        with os.fdopen(writing, "wb") as results:
            for item in items:
                data = pickle.dumps(work(item), pickle.HIGHEST_PROTOCOL)
                results.write(len(data).to_bytes(_LENGTH, "little") + data)
                results.flush()
    finally:
        os._exit(0)  # at once: nothing that belongs to the parent may be closed here


def _receive(results: BinaryIO) -> bytes | None:
    """Return the next result, or None if the worker has ended before it."""
    length = results.read(_LENGTH)
    data = results.read(int.from_bytes(length, "little")) if len(length) == _LENGTH else b""
    return data if length and len(data) == int.from_bytes(length, "little") else None
