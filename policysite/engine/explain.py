"""Says in words why a file was made again, and how long each step took."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from policysite import messages_build as say
from policysite.engine.order import Order
from policysite.engine.store import Store

MOST = 12
"""How many reasons are kept and told; a new theme has one, a new column thousands."""


def keep_reasons(
    store: Store, reasons: Mapping[str, Iterable[str]], now: datetime, frame: Mapping[str, bytes]
) -> None:
    """Remember why jobs were done; the caller holds the transaction.

    `frame` has digests of the parts of what all pages show.
    """
    before = store.meta("frame") or {}
    store.put_meta("frame", frame)
    instead = {"frame:*": "frame:" + "/".join(p for p in frame if frame[p] != before.get(p))}
    if not before:
        instead["new:*"] = "first:*"
    rows, moment = [], f"{now:%Y-%m-%d %H:%M}"
    for job, facts in sorted(reasons.items()):
        told = sorted(instead.get(fact, fact) for fact in facts)
        rows.append((job, moment, len(told), "\n".join(told[:MOST])))
    store.write("INSERT OR REPLACE INTO reason VALUES (?, ?, ?, ?)", rows)


def name_in(output: Path, asked: str) -> str:
    """Return the name of a file in the output, however it was asked for: its path, its address."""
    place = Path(asked).absolute()
    if place.is_relative_to(output.absolute()):
        place = place.relative_to(output.absolute())
    else:
        place = Path(urlsplit(asked).path.lstrip("/"))
    name = place.as_posix()
    return f"{name}/index.html".removeprefix("./") if (output / place).is_dir() else name


def explain(
    store: Store, order: Order, changed: Iterable[str], done: Iterable[str]
) -> Iterator[str]:
    """Yield lines that say why the file that is asked about was made, if there is one.

    `changed` are the files that this run has made otherwise, `done` its jobs.
    """
    if not order.explain:
        return
    name = name_in(order.output, order.explain)
    found = store.rows(
        "SELECT r.job, r.moment, r.count, r.facts FROM output o JOIN reason r ON r.job = o.job"
        " WHERE o.name = ?",
        name,
    )
    if not found:
        yield say.UNKNOWN.format(name=name)
        return
    job, moment, count, facts = found[0]
    if job in set(done):
        is_changed = name in set(changed)
        yield say.REMADE.format(name=name, changed=say.CHANGED if is_changed else say.UNCHANGED)
    else:
        yield say.NOT_REMADE.format(name=name, moment=moment)
    yield from (f"  - {in_words(fact)}" for fact in facts.split("\n"))
    if count > MOST:
        yield "  " + say.MORE.format(count=count)


def in_words(fact: str) -> str:
    """Return what a changed fact means.

    >>> in_words("neighbours:summer-heat")
    'summer-heat 的上一篇或下一篇变了'
    """
    kind, _, name = fact.partition(":")
    shown = name
    if kind == "frame":
        shown = "、".join(say.FRAME[part] for part in name.split("/"))
    elif kind in ("order", "all", "view"):
        whole, *parts = (say.LISTS.get(part, part) for part in name.split("/"))
        whole += f"（{'、'.join(parts)}）" if parts else ""
        shown = name[1:] if name.startswith("/") else whole
    return say.REASONS[kind].format(name=say.ALL if shown == "*" else shown)


def timings(stages: Mapping[str, tuple[int, float, float]]) -> Iterator[str]:
    """Yield the lines of a table of stages."""
    rows: list[tuple[str, ...]] = [(say.STAGE, say.COUNT, say.WALL, say.CPU)]
    for what, (count, wall, cpu) in stages.items():
        rows.append((what, str(count or ""), f"{wall:.2f}", f"{cpu:.2f}"))
    totals = [sum(row[place] for row in stages.values()) for place in (1, 2)]
    rows.append((say.TOTAL, "", *(f"{total:.2f}" for total in totals)))
    widths = [max(_width(row[place]) for row in rows) for place in range(4)]
    for row in rows:
        first = row[0] + " " * (widths[0] - _width(row[0]))
        rest = (
            " " * (w - _width(cell)) + cell for cell, w in zip(row[1:], widths[1:], strict=True)
        )
        yield "  ".join((first, *rest))
    yield from _processes()


def _processes() -> Iterator[str]:
    if sys.platform == "win32":
        return
    import resource

    others = resource.getrusage(resource.RUSAGE_CHILDREN)
    most = max(others.ru_maxrss, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    yield say.IN_WORKERS.format(seconds=others.ru_utime + others.ru_stime, memory=most // 1024)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
