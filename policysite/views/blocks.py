"""Whole lines of a log in memory, in pieces, for DuckDB to read as if they were files.

A log may grow while it is read, be compressed, or lie on object storage; DuckDB gets exactly the
bytes that the ledger will call counted, and no raw line is ever written to a disk.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any, BinaryIO

from fsspec.spec import AbstractFileSystem

from policysite.model.values import CHINA

BLOCK = 96 << 20
"""Bytes; a few of these and what DuckDB makes of one have to fit the memory limit."""
PARQUET = "block://parquet"
_BUFFER = 8 << 20
_LONGEST = 1 << 20
_PIECE = 256 << 10
_NEVER = "\x01"


def table(place: int, cut_at: str = "", columns: int = 0) -> str:
    """Return the block at `place` as a table: `line`, or the columns `c1`, `c2`, … between the signs.

    No line is left out but empty ones and comments: one with too few signs has NULL in the columns
    that it lacks, and what follows after too many is not looked at.
    """
    names = [f"c{number}" for number in range(1, columns + 1)] if cut_at else ["line"]
    types = ", ".join(f"'{name}': 'VARCHAR'" for name in names)
    there = "c1 <> '' OR c2 IS NOT NULL" if cut_at else "line <> ''"
    return (
        f"(FROM read_csv('block://{place}', columns = {{{types}}}, auto_detect = false, header = false,"
        f" delim = '{cut_at or _NEVER}', quote = '', escape = '', comment = '', nullstr = '\x02',"
        " new_line = '\\n', strict_mode = false, null_padding = true, ignore_errors = true,"
        f" buffer_size = {_BUFFER}, max_line_size = {_LONGEST})"
        f" WHERE ({there}) AND NOT starts_with({names[0]}, '#'))"
    )


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Whole lines: the first `size` bytes of a buffer."""

    buffer: bytearray
    size: int

    @property
    def lines(self) -> int:
        """Return the number of lines: what is missing without line breaks, which `replace` leaps to,
        where `count` goes byte by byte."""
        return self.size - sum(len(piece.replace(b"\n", b"")) for piece in self.pieces)

    @property
    def pieces(self) -> Iterator[bytes]:
        """Yield the bytes in pieces that the processor's cache holds: memory is slower."""
        return (self.part(start, start + _PIECE) for start in range(0, self.size, _PIECE))

    def last(self, length: int) -> bytes:
        """Return the last bytes, at most `length`."""
        return self.part(max(self.size - length, 0), self.size)

    def part(self, start: int, end: int) -> bytes:
        """Return the bytes from `start` to `end`."""
        with memoryview(self.buffer) as whole:
            return bytes(whole[start : min(end, self.size)])


class BlockFile:
    """A block as far as DuckDB asks for a file."""

    def __init__(self, block: Block) -> None:
        self._block = block
        self._place = 0

    def read(self, length: int = -1) -> bytes:
        """Return the next bytes, all of them if `length` is negative."""
        data = self._block.part(
            self._place, self._place + length if length >= 0 else self._block.size
        )
        self._place += len(data)
        return data

    def seek(self, place: int, whence: int = 0) -> int:
        """Go to a place, counted from the beginning, from here or from the end."""
        self._place = place + (0, self._place, self._block.size)[whence]
        return self._place

    def tell(self) -> int:
        """Return the place."""
        return self._place

    def close(self) -> None:
        """Leave the block to whoever has it."""


class BlockStore(AbstractFileSystem):  # type: ignore[misc]
    """A file system of three files: the block that is read, the one before it, and a Parquet file."""

    protocol = "block"
    cachable = False

    def __init__(self) -> None:
        super().__init__()
        self.blocks = [Block(bytearray(), 0)] * 2
        self.parquet: Callable[[], BinaryIO] = BytesIO
        self.parquet_size = 0
        self._open: list[BinaryIO] = []

    def _block(self, path: str) -> Block | None:
        return None if path.endswith(PARQUET) else self.blocks[int(path[-1])]

    def open(self, path: str, mode: str = "rb", **_: Any) -> BinaryIO | BlockFile:
        """Return a file from its beginning."""
        block = self._block(path)
        if block is not None:
            return BlockFile(block)
        self._open.append(self.parquet())
        return self._open[-1]

    def close_all(self) -> None:
        """Close the Parquet file as often as it was opened; DuckDB leaves that to us."""
        while self._open:
            self._open.pop().close()

    def info(self, path: str, **_: Any) -> dict[str, Any]:
        """Return the size of a file."""
        block = self._block(path)
        size = self.parquet_size if block is None else block.size
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


def cut_blocks(stream: BinaryIO, length: int = -1, size: int = BLOCK) -> Iterator[Block]:
    """Yield whole lines of a stream, about `size` bytes at a time and `length` in all.

    What follows the last line break is left for another time: the line is still being written.
    Memory fresh from the system costs more than reading into it, so two buffers take turns: a block
    is as it was until the one after the next is asked for.
    """
    buffer, other = bytearray(min(size, length) if length >= 0 else size), bytearray()
    left, rest = length, 0
    while got := _fill(stream, buffer, rest, left):
        left -= got if left > 0 else 0
        filled = rest + got
        end = buffer.rfind(b"\n", 0, filled) + 1
        rest = filled - end
        if not end:
            buffer.extend(bytes(len(buffer)))  # a line longer than a block
            continue
        yield Block(buffer, end)
        if len(other) < len(buffer):
            other = bytearray(len(buffer))
        other[:rest] = memoryview(buffer)[end:filled]
        buffer, other = other, buffer


def _fill(stream: BinaryIO, buffer: bytearray, start: int, left: int) -> int:
    """Read into a buffer from `start` on, at most `left` bytes if that is not negative."""
    with (
        memoryview(buffer) as whole,
        whole[start:] as room,
        room[: left if left >= 0 else None] as part,
    ):
        return stream.readinto(part) if part else 0  # type: ignore[attr-defined]


def legible(block: Block, *, escaped: bool) -> Block:
    """Return a block of the same lines that DuckDB reads without losing one.

    Bytes that are no UTF-8 become question marks (GBK in a referrer), carriage returns and NUL
    spaces, and lines too long to be records nothing. `escaped`: \\" stands for a quotation mark
    inside quotes (Apache), and becomes two single ones.
    """
    long_lines = _has_long_lines(block)
    if not long_lines and _is_plain(block, (*_CONTROLS, *((b"\\",) if escaped else ()))):
        return block
    data = block.last(block.size)
    if not data.isascii():
        data = data.decode("utf-8", "question-marks").encode()
    if any(sign in data for sign in _CONTROLS):
        data = data.translate(_SPACES)
    if escaped:
        data = data.replace(b"\\\\", b"//").replace(b'\\"', b"''")
    if long_lines:
        lines = data.split(b"\n")
        data = b"\n".join(line if len(line) < _LONGEST else b"?" for line in lines)
    return Block(bytearray(data), len(data))


def _is_plain(block: Block, signs: Sequence[bytes]) -> bool:
    """Whether the block is ASCII without these signs."""
    return all(
        piece.isascii() and not any(sign in piece for sign in signs) for piece in block.pieces
    )


def _has_long_lines(block: Block) -> bool:
    start = 0
    while start + _LONGEST < block.size:
        end = block.buffer.rfind(b"\n", start, start + _LONGEST)
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
