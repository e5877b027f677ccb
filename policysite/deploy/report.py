"""Shows a plan, its progress and what came of it: to a person, to a CI log, as JSON."""

from __future__ import annotations

import datetime as dt
import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol, TextIO

from policysite.deploy.history import Deploy
from policysite.deploy.messages import LOG, PLAN, REASONS, TASKS
from policysite.deploy.plan import Plan
from policysite.deploy.state import State
from policysite.files import replace_file

SHOWN = 40
"""Changes that are shown one by one; the report has all."""
_CHINA = dt.timezone(dt.timedelta(hours=8))


def show_plan(plan: Plan, *, limit: int = SHOWN) -> str:
    """Return the plan in words: a line for each object, its reason, counts and bytes."""
    puts, deletes = plan.puts[:limit], plan.deletes[: max(0, limit - len(plan.puts))]
    shown = [
        PLAN["put"].format(key=c.key, reason=REASONS[c.reason], size=size_of(c.size)) for c in puts
    ]
    shown += [PLAN["delete"].format(key=c.key, reason=REASONS[c.reason]) for c in deletes]
    if more := len(plan.puts) + len(plan.deletes) - len(shown):
        shown.append(PLAN["more"].format(count=more))
    total = PLAN["total"].format(
        puts=len(plan.puts),
        size=size_of(plan.size),
        deletes=len(plan.deletes),
        unchanged=plan.unchanged,
        kept=len(plan.kept),
    )
    return "\n".join([*shown, total])


def size_of(count: int) -> str:
    """Return bytes in words.

    >>> size_of(1536)
    '1.5 KB'
    """
    if count < 1024:
        return f"{count} B"
    if count < 1024**2:
        return f"{count / 1024:.1f} KB"
    return f"{count / 1024**2:.1f} MB"


def plan_as_dict(plan: Plan) -> dict[str, Any]:
    """Return the JSON form of a plan, with every object."""
    return {
        "puts": [
            {"key": c.key, "reason": c.reason, "size": c.size, "group": c.group} for c in plan.puts
        ],
        "deletes": [{"key": c.key, "reason": c.reason} for c in plan.deletes],
        "kept": sorted(plan.kept),
        "unchanged": plan.unchanged,
        "bytes": plan.size,
    }


def write_report(path: Path, report: dict[str, Any]) -> None:
    """Write the JSON report whole."""
    # A line for each field: json's own indenting takes ten times as long for 10,000 objects.
    lines = (f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in report.items())
    replace_file(path, [("{\n" + ",\n".join(lines) + "\n}\n").encode()])


def show_log(deploys: list[Deploy], current: State) -> str:
    """Return the log, the newest deploy first."""
    followed = {deploy.before for deploy in deploys}
    return "\n".join(_line(deploy, current, followed) for deploy in deploys) or LOG["empty"]


def _line(deploy: Deploy, current: State, followed: set[int]) -> str:
    if deploy.generation == current.generation:
        state = LOG["current"]
    elif deploy.generation > current.generation:
        state = LOG["running"]
    else:
        state = LOG["complete"] if deploy.generation in followed else LOG["broken"]
    moment = dt.datetime.fromtimestamp(deploy.time, _CHINA).strftime("%Y-%m-%d %H:%M")
    return (
        LOG["line"]
        .format(
            generation=deploy.generation,
            time=moment,
            task=TASKS.get(deploy.task, deploy.task),
            puts=deploy.puts,
            size=size_of(deploy.bytes),
            deletes=deploy.deletes,
            state=state,
            commit=deploy.commit[:12],
            host=deploy.host,
        )
        .rstrip()
    )


class Progress(Protocol):
    """Counts what is done."""

    def begin(self, plan: Plan) -> None:
        """Learn how much there is to do."""

    def step(self, key: str, size: int) -> None:
        """Count one object; comes from many threads."""


class Silent:
    """Shows nothing."""

    def begin(self, plan: Plan) -> None:
        """See Progress."""

    def step(self, key: str, size: int) -> None:
        """See Progress."""


class Lines:
    """A line for each tenth: readable in the log of a CI run."""

    def __init__(self, out: TextIO) -> None:
        self._out, self._lock = out, threading.Lock()
        self._done = self._total = 0

    def begin(self, plan: Plan) -> None:
        """See Progress."""
        self._total = len(plan.puts) + len(plan.deletes)

    def step(self, key: str, size: int) -> None:
        """See Progress."""
        with self._lock:
            before, self._done = self._done, self._done + 1
            if self._total >= 100 and before * 10 // self._total < self._done * 10 // self._total:
                print(f"{self._done}/{self._total}", file=self._out, flush=True)


@contextmanager
def progress(*, quiet: bool) -> Iterator[Progress]:
    """Yield what shows progress: a bar at a terminal, lines elsewhere, nothing if `quiet`."""
    if quiet:
        yield Silent()
    elif not sys.stderr.isatty() or find_spec("rich") is None:
        yield Lines(sys.stderr)
    else:
        with _bar() as bar:
            yield bar


@contextmanager
def _bar() -> Iterator[Progress]:
    # rich comes with Pelican, which a job that only deploys does not have, and takes 60 ms to import that nobody need wait for in CI.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn
    from rich.progress import Progress as Bars

    console = Console(stderr=True)
    with Bars(BarColumn(), MofNCompleteColumn(), console=console, transient=True) as bars:

        class Bar:
            def begin(self, plan: Plan) -> None:
                self._task = bars.add_task("", total=len(plan.puts) + len(plan.deletes))

            def step(self, key: str, size: int) -> None:
                bars.advance(self._task)

        yield Bar()
