"""Tells every open page of the preview what happened, as server-sent events."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from queue import Empty, Full, Queue

from policysite.messages import MESSAGES

PULSE = 10.0
"""Seconds after which a silent connection is tried: a closed page is noticed then."""
_BACKLOG = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to tell the editor: `level` is error, warning or info."""

    level: str
    text: str


def findings_in(said: str) -> tuple[Finding, ...]:
    """Return what a build printed, line by line; each code tells how much it weighs."""
    lines = (line for line in said.splitlines() if line)
    return tuple(Finding(_level(line), line) for line in lines)


def _level(line: str) -> str:
    code = re.search(r" \[([A-Z]\d{3})\] ", line)
    return MESSAGES[code[1]].level if code and code[1] in MESSAGES else "error"


class News:
    """What is new, for any number of listeners; one that does not listen loses the oldest."""

    def __init__(self) -> None:
        self._listeners: set[Queue[str]] = set()
        self._lock = threading.Lock()
        self._findings: tuple[Finding, ...] = ()
        self._is_over = False

    def page_changed(self, url: str) -> None:
        """Let those who look at one page see it anew."""
        self._send(_event("page", url))

    def pages_changed(self) -> None:
        """Let every page look whether it is one of those that changed."""
        self._send(_event("changed", {}))

    def show(self, findings: tuple[Finding, ...]) -> None:
        """Show these findings on every page, and none of those before."""
        with self._lock:
            self._findings = findings
        self._send(_findings_event(findings))

    def close(self) -> None:
        """End all connections."""
        self._is_over = True
        self._send("")

    def _send(self, event: str) -> None:
        with self._lock:
            for listener in self._listeners:
                try:
                    listener.put_nowait(event)
                except Full:
                    listener.get_nowait()
                    listener.put_nowait(event)

    @contextmanager
    def listening(self) -> Iterator[Iterator[str]]:
        """Give a page its events as they come, what is to be seen now first."""
        queue: Queue[str] = Queue(_BACKLOG)
        with self._lock:
            self._listeners.add(queue)
            queue.put(_findings_event(self._findings))
        try:
            yield self._events(queue)
        finally:
            with self._lock:
                self._listeners.discard(queue)

    def _events(self, queue: Queue[str]) -> Iterator[str]:
        yield "retry: 500\n\n"
        while not self._is_over:
            try:
                yield queue.get(timeout=PULSE)
            except Empty:
                yield ": \n\n"


def _findings_event(findings: tuple[Finding, ...]) -> str:
    return _event("findings", [{"level": f.level, "text": f.text} for f in findings])


def _event(name: str, data: object) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
