"""Where logs lie: files, folders, and prefixes on object storage, plain or gzipped."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from policysite.views.messages import NO_KEY, NO_LOGS, NOT_FOUND, UNREACHABLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from obstore.store import ObjectStore

REMOTE = "s3://"
_EDGE = 4096


class NoLogs(Exception):
    """A place that was named has nothing to read, or cannot be reached; the message says which."""


@dataclass(frozen=True, slots=True)
class Log:
    """One log: its name for people, its size as it lies there, and how to open it.

    `stamp` tells two states of a file apart without reading all of it.
    """

    name: str
    size: int
    stamp: str
    opened: Callable[[], BinaryIO]


class Packing(Enum):
    """How the bytes of a log lie there, told by the first of them."""

    PLAIN = b""
    GZIP = b"\x1f\x8b"
    PARQUET = b"PAR1"


def packing(raw: BinaryIO) -> Packing:
    """Return how the log that was just opened is packed."""
    first = raw.read(4)
    raw.seek(0)
    return next((p for p in Packing if p.value and first.startswith(p.value)), Packing.PLAIN)


def find_logs(places: Sequence[str]) -> list[Log]:
    """Return the logs at these places, each file once, in the order of their names.

    Raises:
        NoLogs: nothing is at one of them.

    """
    found: dict[str, Log] = {}
    for place in places:
        logs = list(_remote(place) if place.startswith(REMOTE) else _local(Path(place)))
        if not logs:
            raise NoLogs(NO_LOGS.format(place=place))
        found |= {log.name: log for log in logs}
    return [found[name] for name in sorted(found)]


def _local(place: Path) -> Iterator[Log]:
    if not place.exists():
        raise NoLogs(NOT_FOUND.format(place=place))
    files = sorted(place.rglob("*")) if place.is_dir() else [place]
    for path in files:
        hidden = any(part.startswith(".") for part in path.relative_to(place).parts)
        if path.is_file() and not hidden and path.stat().st_size:
            yield _local_log(path)


def _local_log(path: Path) -> Log:
    size = path.stat().st_size
    with path.open("rb") as file:
        edges = file.read(_EDGE)
        file.seek(max(size - _EDGE, 0))
        edges += file.read(_EDGE)
    return Log(str(path), size, digest(b"%d " % size + edges), partial(_open_file, path))


def _open_file(path: Path) -> BinaryIO:
    return path.open("rb")


def _remote(place: str) -> Iterator[Log]:
    """Yield the objects under a prefix; names and keys come from the usual AWS_… variables."""
    from obstore import list as list_objects
    from obstore.exceptions import BaseError
    from obstore.store import S3Store

    bucket, _, prefix = place.removeprefix(REMOTE).partition("/")
    try:
        store = S3Store(bucket)
        for page in list_objects(store, prefix=prefix or None):
            for entry in page:
                if entry["size"]:
                    yield _remote_log(store, bucket, cast("dict[str, Any]", entry))
    except BaseError as error:
        reason = str(error).splitlines()[0][:200]
        # Without a key it asks the machine for one, at the address where clouds have an answer.
        said = NO_KEY if "169.254.169.254" in reason else UNREACHABLE
        raise NoLogs(said.format(place=place, reason=reason)) from None


def _remote_log(store: ObjectStore, bucket: str, entry: dict[str, Any]) -> Log:
    name = f"{REMOTE}{bucket}/{entry['path']}"
    stamp = digest(f"{entry['size']} {entry['e_tag']}".encode())
    return Log(name, entry["size"], stamp, partial(_open_object, store, entry["path"]))


def _open_object(store: ObjectStore, path: str) -> BinaryIO:
    return cast(BinaryIO, io.BufferedReader(_ObjectFile(store, path), 1 << 20))


class _ObjectFile(io.RawIOBase):
    """An object on storage as a file: read in pieces as large as they are asked for."""

    def __init__(self, store: ObjectStore, path: str) -> None:
        from obstore import open_reader
        from obstore.exceptions import BaseError

        try:
            self._reader = open_reader(store, path, buffer_size=8 << 20)
        except BaseError as error:
            raise PermissionError(path) from error

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._reader.read(len(buffer))
        buffer[: len(data)] = memoryview(data)
        return len(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._reader.seek(offset, whence)

    def tell(self) -> int:
        return self._reader.tell()


def digest(data: bytes) -> str:
    """Return 64 bits that stand for the data."""
    return blake2b(data, digest_size=8).hexdigest()
