"""Whole lines of a log in memory, in pieces, for DuckDB to read as if they were files.

A log may grow while it is read, be compressed, or lie on object storage; DuckDB gets exactly the
bytes that the ledger will call counted, and no raw line is ever written to a disk.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from datetime import datetime
from io import BytesIO
from typing import Any, BinaryIO

from fsspec.spec import AbstractFileSystem

from policysite.model.values import CHINA

BLOCK = 64 << 20
"""Bytes; a few of these and what DuckDB makes of one have to fit the memory limit."""
PARQUET = "block://parquet"
_BUFFER = 2 << 20
_LONGEST = 1 << 20
_NEVER = "\x01"

COLUMNS = 40
"""More than any kind needs; CloudFront has 33. Columns that nothing asks for cost next to nothing."""


def table(place: int, cut_at: str = "") -> str:
    """Return the block at `place` as a table: `line`, or the columns `c1`, `c2`, … between the signs.

    Nothing is left out: a line with too few signs has NULL in the columns that it lacks.
    """
    names = [f"c{number}" for number in range(1, COLUMNS + 1)] if cut_at else ["line"]
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in names)
    return (
        f"(FROM read_csv('block://{place}', columns = {{{columns}}}, auto_detect = false, header = false,"
        f" delim = '{cut_at or _NEVER}', quote = '', escape = '', comment = '', nullstr = '\x02',"
        " new_line = '\\n', strict_mode = false, null_padding = true, ignore_errors = true,"
        f" buffer_size = {_BUFFER}, max_line_size = {_LONGEST})"
        f" WHERE {names[0]} <> '' AND NOT starts_with({names[0]}, '#'))"
    )


class BlockStore(AbstractFileSystem):  # type: ignore[misc]
    """A file system of three files: the block that is read, the one before it, and a Parquet file."""

    protocol = "block"
    cachable = False

    def __init__(self) -> None:
        super().__init__()
        self.blocks = [b"", b""]
        self.parquet: Callable[[], BinaryIO] = BytesIO
        self.parquet_size = 0
        self._open: list[BinaryIO] = []

    def _block(self, path: str) -> bytes | None:
        return None if path.endswith(PARQUET) else self.blocks[int(path[-1])]

    def open(self, path: str, mode: str = "rb", **_: Any) -> BinaryIO:
        """Return a file from its beginning."""
        block = self._block(path)
        if block is not None:
            return BytesIO(block)
        self._open.append(self.parquet())
        return self._open[-1]

    def close_all(self) -> None:
        """Close the Parquet file as often as it was opened; DuckDB leaves that to us."""
        while self._open:
            self._open.pop().close()

    def info(self, path: str, **_: Any) -> dict[str, Any]:
        """Return the size of a file."""
        block = self._block(path)
        size = self.parquet_size if block is None else len(block)
        return {"name": path, "size": size, "type": "file"}

    def exists(self, path: str, **_: Any) -> bool:
        """Say that the file is there."""
        return True

    def glob(self, path: str, **_: Any) -> list[str]:
        """Return the one file."""
        return [path]

    def modified(self, path: str) -> datetime:
        """Return a fixed time; blocks have none of their own."""
        return datetime(1970, 1, 1, tzinfo=CHINA)


def cut_blocks(stream: BinaryIO, length: int = -1, size: int = BLOCK) -> Iterator[bytes]:
    """Yield whole lines of a stream, about `size` bytes at a time and `length` in all.

    What follows the last line break is left for another time: the line is still being written.
    """
    rest = b""
    left = length
    while data := stream.read(size if left < 0 else min(size, left)):
        left -= len(data) if left > 0 else 0
        data = rest + data
        end = data.rfind(b"\n") + 1
        rest = data[end:]
        if end:
            yield data[:end]
        if left == 0:
            return


def legible(block: bytes, *, escaped: bool) -> bytes:
    """Return a block of the same lines that DuckDB reads without losing one.

    Bytes that are no UTF-8 become question marks (GBK in a referrer), carriage returns and NUL
    spaces, and lines too long to be records nothing. `escaped`: \\" stands for a quotation mark
    inside quotes (Apache), and becomes two single ones.
    """
    if not block.isascii():
        block = block.decode("utf-8", "question-marks").encode()
    if any(sign in block for sign in _CONTROLS):
        block = block.translate(_SPACES)
    if escaped and b"\\" in block:
        block = block.replace(b"\\\\", b"//").replace(b'\\"', b"''")
    if _has_long_lines(block):
        lines = block.split(b"\n")
        block = b"\n".join(line if len(line) < _LONGEST else b"?" for line in lines)
    return block


def _has_long_lines(block: bytes) -> bool:
    start = 0
    while start + _LONGEST < len(block):
        end = block.rfind(b"\n", start, start + _LONGEST)
        if end < 0:
            return True
        start = end + 1
    return False


_CONTROLS = (b"\r", b"\0", b"\x01", b"\x02")
_SPACES = bytes.maketrans(b"".join(_CONTROLS), b" " * len(_CONTROLS))


def _question_marks(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return "?" * (error.end - error.start), error.end


codecs.register_error("question-marks", _question_marks)
