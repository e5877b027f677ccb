"""What the file system tells of files without opening them.

Size and times alone may deceive: an editor can save twice within the clock's step, a copy can keep
the time of its model. So a stamp has the time of the last change of any kind and the number of the
file too, and one taken within `RACY` of the file's own time proves nothing, as in git's index.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

Stamp = tuple[int, int, int, int]
"""Size in bytes, times of the last writing and of the last change (ns), number of the file."""

RACY = 2_000_000_000
"""Nanoseconds: the coarsest clock of a file system in use, that of FAT."""


def scan(root: Path, *, with_links: bool = False) -> dict[str, Stamp]:
    """Return every file below `root` by its path; links to folders are not followed.

    With `with_links`, every link is a file of its own, wherever it leads.
    """
    found: dict[str, Stamp] = {}
    for path, status in _files(str(root), "", with_links):
        found[path] = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
    return found


def _files(folder: str, prefix: str, with_links: bool) -> Iterator[tuple[str, os.stat_result]]:
    folders = []
    try:
        entries = os.scandir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return
    with entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry)
                continue
            try:
                status = entry.stat(follow_symlinks=not with_links)
            except FileNotFoundError:
                continue  # a link to nothing, or gone meanwhile
            if with_links or stat.S_ISREG(status.st_mode):
                yield prefix + entry.name, status
    for entry in folders:
        yield from _files(entry.path, f"{prefix}{entry.name}/", with_links)


def stamp_of(path: Path | str) -> Stamp:
    """Return the stamp of one file.

    Raises:
        OSError: it is not there.

    """
    status = os.stat(path)  # noqa: PTH116 -- of every file of the site
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def racy(stamps: Mapping[str, Stamp], seen: int) -> list[str]:
    """Return the files whose stamps, taken at `seen` (ns), a later change may not alter."""
    latest = seen - RACY
    return sorted(name for name, stamp in stamps.items() if max(stamp[1], stamp[2]) > latest)


def now() -> int:
    """Return the time on the file system's clock, in nanoseconds."""
    return time.time_ns()
