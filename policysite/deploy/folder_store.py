"""A folder as a store: to try everything without a cloud, and for a web server's own disk.

It keeps no headers; the web server sets them (see header_export.py).
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from policysite.deploy.entries import RECORDS, Headers, md5_of
from policysite.deploy.store import Found, Listed, Refused
from policysite.files import reason_of

_T = TypeVar("_T")
_MISSING = (FileNotFoundError, NotADirectoryError)


class FolderStore:
    """Each object is a file, written beside its place and then renamed."""

    can_compress = False

    def __init__(self, root: Path) -> None:
        self._root = root

    def width(self) -> int:
        """Return how many files to write at once: a disk is soon busy."""
        return 4

    def get(self, key: str) -> bytes | None:
        """Return a file's bytes, or None."""
        try:
            return (self._root / key).read_bytes()
        except _MISSING:
            return None
        except OSError as error:
            raise _refused(error) from error

    def put(self, key: str, data: bytes, headers: Headers) -> None:
        """Write a file; readers see the old bytes or the new ones."""
        self._do(lambda: self._written(key, data).replace(self._root / key))

    def create(self, key: str, data: bytes) -> bool:
        """Write a file unless there is one: a hard link cannot be made over another file."""

        def link() -> bool:
            beside = self._written(key, data)
            try:
                os.link(beside, self._root / key)
            except FileExistsError:
                return False
            finally:
                beside.unlink()
            return True

        return self._do(link)

    def delete(self, key: str) -> None:
        """Remove a file, and the folders that it leaves empty."""
        path = self._root / key
        try:
            path.unlink()
        except _MISSING:
            return
        except OSError as error:
            raise _refused(error) from error
        for folder in path.relative_to(self._root).parents:
            try:
                (self._root / folder).rmdir()
            except OSError:
                return

    def list(self, prefix: str) -> Iterator[Listed]:
        """Yield the files below a prefix, which is a folder."""
        for path in sorted((self._root / prefix).rglob("*")):
            key = path.relative_to(self._root).as_posix()
            if path.is_file() and not key.startswith(f"{RECORDS}tmp/"):
                data = path.read_bytes()
                yield Listed(key, len(data), md5_of(data))

    def head(self, key: str) -> Found | None:
        """Return a file's size and age; a folder knows no other headers."""
        try:
            status = (self._root / key).stat()
        except _MISSING:
            return None
        return Found({"content-length": str(status.st_size)}, time.time() - status.st_mtime)

    def first_line_of(self, key: str) -> bytes | None:
        """Return the first line of a file."""
        data = self.get(key)
        return data and data.split(b"\n", 1)[0]

    def _written(self, key: str, data: bytes) -> Path:
        """Return a temporary file with the bytes, on the same disk as its place."""
        (self._root / key).parent.mkdir(parents=True, exist_ok=True)
        beside = self._root / RECORDS / "tmp"
        beside.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=beside)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                # Readers see the web server's file; it must be theirs to read.
                os.fchmod(file.fileno(), 0o644)
        except OSError:
            Path(name).unlink()  # on a full disk its bytes are what the next record needs
            raise
        return Path(name)

    def _do(self, act: Callable[[], _T]) -> _T:
        try:
            return act()
        except OSError as error:
            raise _refused(error) from error


def _refused(error: OSError) -> Refused:
    where = f"{error.filename}: " if error.filename else ""
    return Refused(f"{where}{reason_of(error)}", "disk")
