"""Runs a command as a whole process and tells what it took."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_PULSE = 0.1
"""Seconds between two looks at the memory."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds on the clock, seconds of CPU (user and system, with children), bytes of memory.

    `memory` is the most that the process and its children held at once, shared pages counted once.
    It is 0 where the system does not tell.
    """

    wall: float
    cpu: float
    memory: int


class Failed(Exception):
    """A command did not succeed; the message is what it printed."""


def measure(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Taken:
    """Run a command in `folder`.

    Raises:
        Failed: it ended with another status than 0.

    """
    before, start = os.times(), time.perf_counter()
    with subprocess.Popen(  # noqa: S603 -- our own commands
        list(command),
        cwd=folder,
        env=dict(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        memory = _Memory(process.pid)
        said = process.communicate()[0]
        wall = time.perf_counter() - start
        after = os.times()
        peak = memory.stop()
    if process.returncode:
        raise Failed(f"{' '.join(command)}\n{said}")
    cpu = after.children_user - before.children_user
    cpu += after.children_system - before.children_system
    return Taken(wall, cpu, peak)


class _Memory:
    """Looks at the memory of a process and its children until told to stop."""

    def __init__(self, process: int) -> None:
        self.process = process
        self.peak = 0
        self.is_over = threading.Event()
        self.thread = threading.Thread(target=self._look, daemon=True)
        self.thread.start()

    def _look(self) -> None:
        while not self.is_over.wait(_PULSE):
            self.peak = max(self.peak, sum(map(memory_of, _family(self.process))))

    def stop(self) -> int:
        self.is_over.set()
        self.thread.join()
        return self.peak


def _family(process: int) -> Iterator[int]:
    yield process
    for file in Path(f"/proc/{process}/task").glob("*/children"):
        for child in _read(file).split():
            yield from _family(int(child))


def memory_of(process: int) -> int:
    """Return the bytes of a process, its share of what it has in common with others."""
    for line in _read(Path(f"/proc/{process}/smaps_rollup")).splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


def _read(file: Path) -> str:
    try:
        return file.read_text()
    except OSError:  # it has ended
        return ""
