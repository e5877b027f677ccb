"""Cutting a stream into blocks of whole lines."""

from __future__ import annotations

import random
from io import BytesIO

import pytest

from policysite.views.blocks import Block, BlockFile, cut_blocks, legible


def text(seed: int, lines: int = 400) -> bytes:
    chance = random.Random(seed)
    return b"".join(b"%d " % n + b"x" * chance.randrange(90) + b"\n" for n in range(lines))


@pytest.mark.parametrize("size", [1, 50, 64, 100, 1000, 10**6])
@pytest.mark.parametrize("tail", ["", "a line that is still being written"])
def test_blocks_are_all_whole_lines_in_their_order(size: int, tail: str) -> None:
    data = text(size)
    blocks = [
        block.last(block.size) for block in cut_blocks(BytesIO(data + tail.encode()), size=size)
    ]
    assert b"".join(blocks) == data
    assert all(block.endswith(b"\n") for block in blocks)


def test_a_block_stays_as_it_was_while_the_next_one_is_read() -> None:
    data = text(1)
    blocks = cut_blocks(BytesIO(data), size=200)
    before: tuple[Block, bytes] | None = None
    found = b""
    for block in blocks:
        if before:
            assert before[0].last(before[0].size) == before[1]
        before = block, block.last(block.size)
        found += before[1]
    assert found == data


@pytest.mark.parametrize("length", [0, 1, 333, 5000])
def test_no_more_is_read_than_there_was_when_the_log_was_looked_at(length: int) -> None:
    data = text(2)
    found = b"".join(b.last(b.size) for b in cut_blocks(BytesIO(data), length, size=100))
    assert found == data[: data.rfind(b"\n", 0, length) + 1]


def test_a_block_is_read_like_a_file() -> None:
    file = BlockFile(Block(bytearray(b"0123456789and what is left of another"), 10))
    assert (file.read(4), file.tell(), file.read(), file.read(3)) == (b"0123", 4, b"456789", b"")
    assert (file.seek(-2, 2), file.read(9)) == (8, b"89")


def test_what_is_left_in_a_buffer_from_before_does_not_count() -> None:
    block = Block(bytearray(b"a\nb\nx\r\xff\n\n"), 4)
    assert block.lines == 2
    clean = legible(block, escaped=True)
    assert clean.last(clean.size) == b"a\nb\n"
