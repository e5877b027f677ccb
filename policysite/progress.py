"""Shows people how far long work has come, and adds up where the time goes."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LONG = 200
"""Fewer items are done before anyone wonders."""

stages: dict[str, tuple[int, float, float]] = {}
"""What was done in this run: how many items, seconds, CPU seconds of this process."""


@contextmanager
def progress(what: str, total: int) -> Iterator[Callable[[int], None]]:
    """Show a bar with counts and the time left, on a terminal only; count the time."""
    with stage(what, total):
        if total < LONG or not sys.stderr.isatty():
            yield lambda count: None
            return
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("还要"),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(what, total=total)
            yield lambda count: bar.advance(task, count)


_inner: list[tuple[float, float]] = []
"""What the stages within each stage that is going on have taken so far."""


@contextmanager
def stage(what: str, count: int = 0) -> Iterator[None]:
    """Add what happens within to the table of stages, but for what is a stage of its own."""
    wall, cpu = time.perf_counter(), time.process_time()
    _inner.append((0.0, 0.0))
    try:
        yield
    finally:
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        others = _inner.pop()
        if _inner:
            above = _inner.pop()
            _inner.append((above[0] + wall, above[1] + cpu))
        had = stages.get(what, (0, 0.0, 0.0))
        stages[what] = (had[0] + count, had[1] + wall - others[0], had[2] + cpu - others[1])
