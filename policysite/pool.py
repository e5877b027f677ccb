"""Spreads work over the cores by forking, so that workers see all that is in memory.

Each worker has every n-th item and a pipe of its own, and after a while a successor to both. The standard library's pools wait for ever
when a worker is killed, and start threads in the parent.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import BinaryIO, NoReturn, TypeVar

from policysite.progress import progress

T = TypeVar("T")
R = TypeVar("R")

WORTH_IT = 64
"""To start the processes takes as long as to make some dozens of pages."""
SPELL = 2_000
"""So many items does a process do before another takes its place: whatever it looks at is copied for it."""
_LENGTH = 4
_ROOM = 1 << 20
"""Bytes of results on their way: what Linux allows everyone."""


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
    called in a process from which the others come, so that they share what it loads and none of it
    is left when they are done. Results travel through a pipe and should be
    small or bytes. Where there is one core, little to do or no fork, it is done here; so is an item
    at which a worker fails, so that its error is raised where it can be told.
    """
    with progress(what, len(items)) as advance:
        count = cores() if len(items) >= WORTH_IT else 1
        for result in _forked(work, items, count, load) if count > 1 else map(work, items):
            yield result
            advance(1)


def apart(work: Callable[[], R]) -> R:
    """Return what `work` returns, done in a process of its own: nothing that it loads stays here."""
    if not hasattr(os, "fork"):
        return work()
    (result,) = _forked(lambda do: do(), [work], 1, nothing)
    return result


def dealt(items: Sequence[T]) -> list[T]:
    """Return items in an order in which each process gets a run of neighbours, see `spread`.

    Those have most of what they look at in common, and whatever a process looks at is copied for it.
    """
    length = -(-len(items) // cores())
    return [item for start in range(length) for item in items[start::length]]


def cores() -> int:
    """Return how many processes may run at once; 1 where there is no fork."""
    if not hasattr(os, "fork"):
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _forked(
    work: Callable[[T], R], items: Sequence[T], count: int, load: Callable[[], object]
) -> Iterator[R]:
    _give_back()
    # A collection in a worker would copy every page of memory that it touches; one here, before, finds
    # nothing in what nearly all lives to the end, and takes a tenth of a second for 10,000 articles.
    gc.freeze()
    pipes = [_pipe() for _ in range(count)]
    foreman = os.fork()
    if not foreman:
        _lead(work, items, pipes, load)
    _form_group(foreman)
    results = [os.fdopen(reading, "rb") for reading, _ in pipes]
    _close(writing for _, writing in pipes)
    try:
        for place, item in enumerate(items):
            result = _receive(results[place % count])
            yield pickle.loads(result) if result is not None else work(item)  # noqa: S301 -- ours
    except BaseException:
        with suppress(ProcessLookupError):
            os.killpg(foreman, signal.SIGTERM)
        raise
    finally:
        gc.unfreeze()
        for pipe in results:
            pipe.close()
        os.waitpid(foreman, 0)


def _give_back() -> None:
    """Give what was freed back to the system, as far as the C library knows how.

    It keeps a third of the memory of a large site for later, and processes are about to need some.
    """
    import ctypes  # few builds do work in several processes

    with suppress(AttributeError, OSError, TypeError):  # glibc has it; Windows names no library
        ctypes.CDLL(None).malloc_trim(0)


def _lead(
    work: Callable[[T], R],
    items: Sequence[T],
    pipes: Sequence[tuple[int, int]],
    load: Callable[[], object],
) -> NoReturn:
    """Load what the workers share, start them, and start another where one has done its spell."""
    try:
        _form_group(0)
        # It stays to see the workers end: none gets a successor when nobody wants its next result.
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        _close(reading for reading, _ in pipes)
        load()
        ends = {place: writing for place, (_, writing) in enumerate(pipes)}
        at_work = {_start(work, items, place, len(pipes), ends): place for place in [*ends]}
        while at_work:
            worker, status = os.wait()
            first = at_work.pop(worker) + SPELL * len(pipes)
            if status == 0 and first < len(items):
                at_work[_start(work, items, first, len(pipes), ends)] = first
            else:
                os.close(ends.pop(first % len(pipes)))
    finally:
        os._exit(0)  # at once: nothing that belongs to the parent may be closed here


def _start(
    work: Callable[[T], R], items: Sequence[T], first: int, count: int, ends: Mapping[int, int]
) -> int:
    """Start a worker, one of `count`, for a spell from the item at `first` on; return its process."""
    worker = os.fork()
    if worker:
        return worker
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        own = first % count
        # While another process holds it open, a pipe whose worker was killed seems to live.
        _close(end for place, end in ends.items() if place != own)
        _do_spell(work, items[first : first + SPELL * count : count], ends[own])
        os._exit(0)
    finally:
        os._exit(1)


def _do_spell(work: Callable[[T], R], items: Iterable[T], end: int) -> None:
    with os.fdopen(end, "wb") as results:
        for item in items:
            data = pickle.dumps(work(item), pickle.HIGHEST_PROTOCOL)
            results.write(len(data).to_bytes(_LENGTH, "little") + data)
            results.flush()


def _pipe() -> tuple[int, int]:
    """Open a pipe, where possible with room for all by which a worker may be ahead of another.

    Results are wanted in order, and with room for a few of them only, workers wait for each other.
    """
    reading, writing = os.pipe()
    if sys.platform == "linux":
        import fcntl

        with suppress(OSError):  # the system allows no more
            fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, _ROOM)
    return reading, writing


def _form_group(process: int) -> None:
    """Let a process and its workers be stopped together; both sides ask, as either may be first."""
    with suppress(OSError):  # it has ended
        os.setpgid(process, process)


def _close(files: Iterable[int]) -> None:
    for file in files:
        os.close(file)


def _receive(results: BinaryIO) -> bytes | None:
    """Return the next result, or None if the worker has ended before it."""
    length = results.read(_LENGTH)
    data = results.read(int.from_bytes(length, "little")) if len(length) == _LENGTH else b""
    return data if length and len(data) == int.from_bytes(length, "little") else None
