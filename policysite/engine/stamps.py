"""What the file system tells of files without opening them.

Size and times alone may deceive: an editor can save twice within the clock's step, a copy can keep
the time of its model. So a stamp has the time of the last change of any kind and the number of the
file too, and one taken within `RACY` of the file's own time proves nothing, as in git's index.

There are hundreds of thousands of files in few folders, and nearly always nothing has changed. So the
files of a folder are kept together, and compared as two strings.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from operator import attrgetter
from pathlib import Path
from struct import Struct
from typing import NamedTuple

from policysite.model.folders import leads_back

Stamp = tuple[int, int, int, int]
"""Size in bytes, times of the last writing and of the last change (ns), number of the file."""

RACY = 2_000_000_000
"""Nanoseconds: the coarsest clock of a file system in use, that of FAT."""

_PACKED = Struct("=qqqQ")
_LOOK = attrgetter("st_size", "st_mtime_ns", "st_ctime_ns", "st_ino")
_NUMBERS = (1 << 64) - 1


class Folder(NamedTuple):
    """The files of one folder, in its own order: their names with `/` between, their stamps."""

    names: str
    stamps: bytes

    @staticmethod
    def of(stamps: Mapping[str, Stamp]) -> Folder:
        """Return a folder of files with their stamps by name."""
        packed = (_PACKED.pack(*stamp) for stamp in stamps.values())
        return Folder("/".join(stamps), b"".join(packed))

    def each(self) -> dict[str, Stamp]:
        """Return the stamps by name."""
        stamps: Iterator[Stamp] = _PACKED.iter_unpack(self.stamps)
        return dict(zip(self.names.split("/"), stamps, strict=True))

    def stamp_at(self, place: int) -> Stamp:
        """Return the stamp of one of the files, by its place."""
        size, written, changed, number = _PACKED.unpack_from(self.stamps, place * _PACKED.size)
        return size, written, changed, number

    def latest(self) -> int:
        """Return the latest time on any stamp, in nanoseconds."""
        numbers = memoryview(self.stamps).cast("q")
        return max(max(numbers[1::4]), max(numbers[2::4]))


Folders = Mapping[str, Folder]
"""The folders that hold files, by their paths, which are empty or end with `/`."""


def scan(root: Path, *, with_links: bool = False) -> dict[str, Folder]:
    """Return all files below `root` by their folders.

    Links to folders are followed, but for those that lead back. With `with_links`, every link is a
    file of its own, wherever it leads.
    """
    found: dict[str, Folder] = {}
    paths = [""]
    while paths:
        path = paths.pop()
        try:
            inner, folder = _look_into(f"{root}/{path}", with_links)
        except (FileNotFoundError, NotADirectoryError):
            continue
        paths += (f"{path}{name}/" for name in inner)
        if folder:
            found[path] = folder
    return found


def _look_into(place: str, with_links: bool) -> tuple[list[str], Folder | None]:
    """Return the names of the folders within a folder, and its files, if there are any."""
    inner, names, stamps = [], [], []
    with _opened(place) as folder, os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=not with_links):
                if not (entry.is_symlink() and leads_back(place + entry.name, place)):
                    inner.append(entry.name)
            elif with_links or entry.is_file():
                try:
                    status = entry.stat(follow_symlinks=not with_links)
                except FileNotFoundError:
                    continue  # gone meanwhile
                names.append(entry.name)
                stamps.append(_PACKED.pack(*_LOOK(status)))
    return inner, Folder("/".join(names), b"".join(stamps)) if names else None


@contextmanager
def _opened(folder: str) -> Iterator[int | str]:
    """Open a folder where that is possible: else the path is walked again for each of its files."""
    if os.scandir not in os.supports_fd:
        yield folder
        return
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield number
    finally:
        os.close(number)


def stamps_of(folders: Folders) -> dict[str, Stamp]:
    """Return the stamp of every file by its path."""
    return {
        f"{path}{name}": stamp
        for path, folder in folders.items()
        for name, stamp in folder.each().items()
    }


def differing(folders: Folders, others: Folders) -> set[str]:
    """Return the files that have other stamps, or are in one of both only, in whatever order."""
    if folders == others:
        return set()
    paths = {p for p in folders.keys() | others.keys() if folders.get(p) != others.get(p)}
    found, known = (
        stamps_of({path: each[path] for path in paths & each.keys()}) for each in (folders, others)
    )
    return {file for file, _ in found.items() ^ known.items()}


def updated(root: Path, folders: Folders, changes: Mapping[str, Stamp | None]) -> dict[str, Folder]:
    """Return the folders below `root` with other stamps of some files; None of one that is gone.

    The files are put in the order in which the next `scan` will find them.
    """
    found = dict(folders)
    by_folder: dict[str, dict[str, Stamp | None]] = {}
    for file, stamp in changes.items():
        path, name = split(file)
        by_folder.setdefault(path, {})[name] = stamp
    for path, new in by_folder.items():
        old = found.pop(path).each() if path in found else {}
        stamps = {**dict.fromkeys(_names_in(f"{root}/{path}")), **old, **new}
        if present := {name: stamp for name, stamp in stamps.items() if stamp}:
            found[path] = Folder.of(present)
    return found


def _names_in(place: str) -> list[str]:
    try:
        return os.listdir(place)  # noqa: PTH208 -- of folders with very many files
    except (FileNotFoundError, NotADirectoryError):
        return []


def split(file: str) -> tuple[str, str]:
    """Return the path of a file's folder, as `Folders` has it, and the file's name."""
    path, slash, name = file.rpartition("/")
    return path + slash, name


def stamp_of(path: Path | str) -> Stamp:
    """Return the stamp of one file.

    Raises:
        OSError: it is not there.

    """
    size, written, changed, number = _LOOK(os.stat(path))  # noqa: PTH116 -- of every file
    return size, written, changed, number & _NUMBERS  # some file systems have numbers of 128 bits


def now() -> int:
    """Return the time on the file system's clock, in nanoseconds."""
    return time.time_ns()
