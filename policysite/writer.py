"""One build at a time for each output, and where it writes before it publishes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

PATIENCE = 600
"""Seconds that a build waits for another one."""


class Busy(Exception):
    """Another build of the same output did not come to an end."""


@contextmanager
def alone(output: Path) -> Iterator[None]:
    """Hold an output for one build at a time: a preview and a build may well meet.

    SQLite's lock is the one of the standard library that works on every system and that even a
    killed process lets go of; the file stays empty.

    Raises:
        Busy: after waiting for ten minutes.
        OSError: there can be no such file.

    """
    output.parent.mkdir(parents=True, exist_ok=True)
    lock_file(output).open("ab").close()  # SQLite would not say why it cannot
    with closing(sqlite3.connect(lock_file(output), PATIENCE, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise Busy from error
        yield


def lock_file(output: Path) -> Path:
    """Return the file that marks a build under way."""
    return output.parent / f".{output.name}.lock"


def staging_folder(output: Path) -> Path:
    """Return the folder in which a build collects its files."""
    return output.parent / f".{output.name}.staging"
