"""What the file system tells of files without opening them.

Size and times alone may deceive: an editor can save twice within the clock's step, a copy can keep
the time of its model. So a stamp has the time of the last change of any kind and the number of the
file too, and one taken within `RACY` of the file's own time proves nothing, as in git's index.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Mapping
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
    folders = [("", str(root))]
    while folders:
        prefix, folder = folders.pop()
        try:
            entries = os.scandir(folder)
        except (FileNotFoundError, NotADirectoryError):
            continue
        with entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append((f"{prefix}{entry.name}/", entry.path))
                elif stamp := _look(entry, with_links):
                    found[prefix + entry.name] = stamp
    return found


def _look(entry: os.DirEntry[str], with_links: bool) -> Stamp | None:
    try:
        status = entry.stat(follow_symlinks=not with_links)
    except FileNotFoundError:
        return None  # a link to nothing, or gone meanwhile
    return _stamp(status) if with_links or stat.S_ISREG(status.st_mode) else None


def _stamp(status: os.stat_result) -> Stamp:
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def stamp_of(path: Path | str) -> Stamp:
    """Return the stamp of one file.

    Raises:
        OSError: it is not there.

    """
    return _stamp(os.stat(path))  # noqa: PTH116 -- of every file of the site


def racy(stamps: Mapping[str, Stamp], seen: int) -> list[str]:
    """Return the files whose stamps, taken at `seen` (ns), a later change may not alter."""
    latest = seen - RACY
    return sorted(name for name, stamp in stamps.items() if max(stamp[1], stamp[2]) > latest)


def now() -> int:
    """Return the time on the file system's clock, in nanoseconds."""
    return time.time_ns()
