"""Writes the site beside the old one, then puts it in place file by file.

While a build runs, everything goes into a staging folder next to the output. Only a build that
finished replaces files, each by a rename: a reader or a deploy sees whole files only, an unchanged
file keeps its time, and a build that fails leaves the previous site as it was.
"""

from __future__ import annotations

import filecmp
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from pelican.writers import Writer

from policysite.pages.views import FOLDER

PATIENCE = 600
"""Seconds that a build waits for another one."""
OTHERS = (Path(FOLDER),)
"""Folders of the output that other tasks write: the counts of `views`."""


class StagedWriter(Writer):  # type: ignore[misc]
    """Pelican's writer, with a way to write what no template makes."""

    def write_bytes(self, name: str, data: bytes) -> None:
        """Write a file that is ready; the same guard against writing a file twice as Pelican's."""
        path = Path(self.output_path) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._open_w(str(path), "utf-8") as file:
            file.buffer.write(data)

    def copy(self, source: Path, name: str) -> None:
        """Publish a file of content/ as it is."""
        path = Path(self.output_path) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        self._open_w(str(path), "utf-8").close()
        shutil.copyfile(source, path)


class Busy(Exception):
    """Another build of the same output did not come to an end."""


@contextmanager
def alone(output: Path) -> Iterator[None]:
    """Hold an output for one build at a time: a preview and a build may well meet.

    SQLite's lock is the one of the standard library that works on every system and that even a
    killed process lets go of; the file stays empty.

    Raises:
        Busy: after waiting for ten minutes.

    """
    output.parent.mkdir(parents=True, exist_ok=True)
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


def put_in_place(staging: Path, output: Path) -> tuple[int, int]:
    """Replace the site in `output` by the one in `staging`; return (changed, removed) counts.

    Pages go last but one, removals last, so that no page ever names a file that is not there.

    Raises:
        FileNotFoundError: there is no new site; the old one is left alone.

    """
    fresh = {path.relative_to(staging) for path in staging.rglob("*") if path.is_file()}
    if not fresh:
        raise FileNotFoundError(staging)
    changed = 0
    for name in sorted(fresh, key=lambda name: (name.suffix == ".html", name)):
        target = output / name
        if target.is_file() and filecmp.cmp(staging / name, target, shallow=False):
            continue
        if target.is_dir():
            shutil.rmtree(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        (staging / name).replace(target)
        changed += 1
    removed = _remove_others(output, fresh)
    shutil.rmtree(staging)
    return changed, removed


def _is_others(name: Path) -> bool:
    return any(name.is_relative_to(folder) for folder in OTHERS)


def _remove_others(output: Path, fresh: set[Path]) -> int:
    removed = 0
    for path in sorted(output.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif path.relative_to(output) not in fresh and not _is_others(path.relative_to(output)):
            path.unlink()
            removed += 1
    return removed
