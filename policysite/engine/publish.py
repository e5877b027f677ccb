"""What lies in the output folder, and putting in place what differs from it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from policysite.engine.fingerprint import digest
from policysite.engine.stamps import Folder, Folders, scan, split, stamps_of

OTHERS = ("data/views/",)
"""Folders of the output that other tasks write: the counts of `views`."""


@dataclass(frozen=True, slots=True)
class Lying:
    """The files of the output folder as a build found them.

    `altered` are those of the last build that are gone or not as it left them, `strange` those
    that it did not make.
    """

    folders: Folders
    altered: frozenset[str]
    strange: frozenset[str]

    def those_of(self, names: Collection[str]) -> tuple[str, ...]:
        """Return the names of which there was a file."""
        paths = {split(name)[0] for name in names} & self.folders.keys()
        here = stamps_of({path: self.folders[path] for path in paths})
        return tuple(sorted(here.keys() & names))


def inspect_output(output: Path, left: Folders, made: Callable[[str], bytes]) -> Lying:
    """Compare the output folder with how the last build left it.

    `left` has its stamps, `made` tells the digest of a file; a file with another stamp is opened.
    """
    found = scan_own(output)
    other = {path for path in found.keys() | left.keys() if found.get(path) != left.get(path)}
    here, before = (
        stamps_of({path: folders[path] for path in other & folders.keys()})
        for folders in (found, left)
    )
    altered = {
        name
        for name, stamp in before.items()
        if here.get(name) != stamp and not _is_same(output / name, made(name))
    }
    return Lying(found, frozenset(altered), frozenset(here.keys() - before.keys()))


def scan_own(output: Path) -> dict[str, Folder]:
    """Return the files of the output but for what other tasks write there."""
    folders = scan(output, with_links=True)
    return {path: folder for path, folder in folders.items() if not path.startswith(OTHERS)}


def _is_same(path: Path, content: bytes) -> bool:
    """Return whether a file is what was made; a link is not, for it may lead elsewhere any time."""
    try:
        return not path.is_symlink() and digest(path.read_bytes()) == content
    except OSError:
        return False


def stage(staging: Path, output: Path, name: str, data: bytes) -> bool:
    """Write a file beside the site, unless the site has it already; return whether it has not."""
    if _has(f"{output}/{name}", data):
        return False
    place = f"{staging}/{name}"
    try:
        _write(place, data)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(place), exist_ok=True)  # noqa: PTH103, PTH120
        _write(place, data)
    return True


def _has(place: str, data: bytes) -> bool:
    try:
        if os.lstat(place).st_size != len(data):
            return False
        with open(place, "rb", buffering=0) as file:  # noqa: PTH123
            return file.read() == data
    except OSError:
        return False


def _write(place: str, data: bytes) -> None:
    with open(place, "wb") as file:  # noqa: PTH123
        file.write(data)


def put_in_place(
    staging: Path, output: Path, changed: Iterable[str], removed: Collection[str]
) -> None:
    """Replace the files of the site that changed, and remove those that have no source any more.

    Pages go last but one, removals last, so that no page ever names a file that is not there.
    """
    output.mkdir(parents=True, exist_ok=True)
    ordered = sorted(changed, key=lambda name: (name.endswith(".html"), name))
    for folder in dict.fromkeys(name.rpartition("/")[0] for name in ordered):
        _make_folder(output / folder, output)
    for name in ordered:
        target = f"{output}/{name}"
        if os.path.isdir(target) and not os.path.islink(target):  # noqa: PTH112, PTH114
            shutil.rmtree(target)
        os.replace(f"{staging}/{name}", target)  # noqa: PTH105 -- a path costs more than this
    for name in sorted(removed, reverse=True):
        path = output / name
        if path.is_symlink() or not path.is_dir():  # it may have become a folder of the new site
            with suppress(FileNotFoundError, NotADirectoryError):
                path.unlink()
        _remove_empty(path.parent, output)
    shutil.rmtree(staging, ignore_errors=True)


def _make_folder(folder: Path, output: Path) -> None:
    """Make a folder, also where a file of the old site has its name or that of one above it."""
    if folder.is_dir():
        return
    for place in (*reversed(folder.parents), folder):
        if place.is_relative_to(output) and place.exists() and not place.is_dir():
            place.unlink()
    folder.mkdir(parents=True, exist_ok=True)


def _remove_empty(folder: Path, output: Path) -> None:
    with suppress(OSError):  # it holds something, or is gone
        while folder != output:
            folder.rmdir()
            folder = folder.parent


def remove_empty_folders(output: Path) -> None:
    """Remove folders that hold nothing."""
    for folder, _, files in os.walk(output, topdown=False):
        if not files and folder != str(output):
            with suppress(OSError):  # it holds other folders
                Path(folder).rmdir()
