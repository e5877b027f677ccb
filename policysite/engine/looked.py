"""The content as a build found it, folder by folder."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from policysite.engine import stamps as stamping
from policysite.engine.fingerprint import digest
from policysite.engine.stamps import RACY, Folder, Stamp, split, stamp_of
from policysite.model.folders import is_content, may_have_litter

_SIZE = 16
"""Bytes of a digest."""


class Disturbed(Exception):
    """A file was changed after it had been looked at, and before its text was made use of."""


class FolderFiles(NamedTuple):
    """The files of one folder, the digests of their bytes, and the latest time on their stamps."""

    folder: Folder
    packed: bytes
    latest: int

    def stamps(self) -> dict[str, Stamp]:
        """Return the stamps by name."""
        return self.folder.each()

    def digests(self) -> dict[str, bytes]:
        """Return the digests by name."""
        names = enumerate(self.folder.names.split("/"))
        return {name: self.digest_at(place) for place, name in names}

    def digest_at(self, place: int) -> bytes:
        """Return the digest of one of the files, by its place in the folder."""
        return self.packed[place * _SIZE : (place + 1) * _SIZE]


class Files(Mapping[str, bytes]):
    """The digest of every file of the content by its path; what folders hold is found when it is asked for.

    All stays packed: there are very many files, and nearly all are asked for in a build from nothing.
    """

    def __init__(self, folders: Mapping[str, FolderFiles]) -> None:
        self.folders = folders
        self.places: dict[str, dict[str, int]] = {}

    def __reduce__(self) -> tuple[object, ...]:
        return (Files, (self.folders,))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Files) and self.folders == other.folders

    __hash__ = None  # type: ignore[assignment]

    def __getitem__(self, file: str) -> bytes:
        path, name = split(file)
        return self.folders[path].digest_at(self._places_in(path)[name])

    def __iter__(self) -> Iterator[str]:
        return self._in(self.folders)

    def __len__(self) -> int:
        return sum(known.folder.names.count("/") + 1 for known in self.folders.values())

    def fold(self) -> None:
        """Let go of where each file stands in its folder."""
        self.places.clear()

    def changed_since(self, root: Path, files: Iterable[str]) -> list[str]:
        """Return those files below `root` that are not any more what their digests tell."""
        return [file for file in files if self._stamp(file) != _stamp_of(f"{root}/{file}")]

    def make_sure(self, root: Path, files: Iterable[str]) -> None:
        """Make sure that what was just read of some files is what their digests tell.

        Raises:
            Disturbed: one of them was changed since it was looked at.

        """
        for file in self.changed_since(root, files):
            raise Disturbed(file)

    def _stamp(self, file: str) -> Stamp | None:
        path, name = split(file)
        if path not in self.folders or name not in (places := self._places_in(path)):
            return None
        return self.folders[path].folder.stamp_at(places[name])

    def _places_in(self, path: str) -> dict[str, int]:
        if path not in self.places:
            names = self.folders[path].folder.names.split("/")
            self.places[path] = {name: place for place, name in enumerate(names)}
        return self.places[path]

    def _in(self, paths: Iterable[str]) -> Iterator[str]:
        for path in paths:
            for name in self.folders[path].folder.names.split("/"):
                yield f"{path}{name}"

    def below(self, tops: Collection[str]) -> Iterator[str]:
        """Yield the files of some folders of content/, and of all folders in them."""
        return self._in(path for path in self.folders if path.split("/", 1)[0] in tops)

    def differing(
        self,
        other: Files,
        values: Callable[[FolderFiles], Mapping[str, object]] = FolderFiles.digests,
    ) -> Iterator[str]:
        """Yield the files of other bytes, or `values`, and those that only one of both has."""
        for path in self.folders.keys() | other.folders.keys():
            pair = self.folders.get(path), other.folders.get(path)
            if pair[0] != pair[1]:
                own, others = (values(known) if known else {} for known in pair)
                for name in own.keys() | others.keys():
                    if own.get(name) != others.get(name):
                        yield f"{path}{name}"


class Looked(NamedTuple):
    """The files of the content as they are now, and those that a stamp proves nothing of."""

    files: Files
    racy: frozenset[str]


def look(root: Path, before: Looked | None) -> Looked:
    """Return the state of all content; only files with another stamp than before are opened."""
    seen = stamping.now()
    old, doubted = before or (Files({}), frozenset())
    doubtful = {split(file)[0] for file in doubted}
    folders = {}
    for path, found in stamping.scan(root).items():
        known = old.folders.get(path)
        folder = _without_litter(path, found)
        if known and known.folder == folder and path not in doubtful:
            folders[path] = known
        elif folder:
            folders[path] = _read(root, path, folder, known, doubted)
    racy = (file for path, known in folders.items() for file in _racy(path, known, seen))
    return Looked(Files(folders), frozenset(racy))


def _without_litter(path: str, folder: Folder) -> Folder | None:
    if not may_have_litter(path + folder.names):
        return folder
    stamps = {name: s for name, s in folder.each().items() if is_content(path + name)}
    return Folder.of(stamps) if stamps else None


def _read(
    root: Path, path: str, folder: Folder, known: FolderFiles | None, doubted: Collection[str]
) -> FolderFiles:
    """Return the digests of a folder's files; those of other stamps, or `doubted`, are opened."""
    stamps, digests = (known.stamps(), known.digests()) if known else ({}, {})
    found = [
        digests[name]
        if stamps.get(name) == stamp and f"{path}{name}" not in doubted
        else _digest_of(f"{root}/{path}{name}")
        for name, stamp in folder.each().items()
    ]
    return FolderFiles(folder, b"".join(found), folder.latest())


def _stamp_of(file: str) -> Stamp | None:
    try:
        return stamp_of(file)
    except OSError:
        return None


def _digest_of(file: str) -> bytes:
    with open(file, "rb", buffering=0) as opened:  # noqa: PTH123 -- of every file of the site
        return digest(opened.read())


def _racy(path: str, known: FolderFiles, seen: int) -> Iterator[str]:
    """Yield the files whose stamps, taken at `seen` (ns), a later change may not alter."""
    safe = seen - RACY
    if known.latest > safe:
        for name, (_, written, changed, _) in known.stamps().items():
            if max(written, changed) > safe:
                yield f"{path}{name}"
