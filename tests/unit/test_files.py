"""A file is replaced whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from errno import ELOOP, ENOSPC
from pathlib import Path

import pytest

from policysite.files import reason_of, replace_file


def test_the_parts_follow_each_other_in_a_folder_made_for_them(tmp_path: Path) -> None:
    replace_file(tmp_path / "new" / "a.txt", [b"a", b"b"])
    assert (tmp_path / "new" / "a.txt").read_bytes() == b"ab"


def test_what_fails_on_the_way_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")

    def broken() -> Iterator[bytes]:
        yield b"new"
        raise ValueError

    with pytest.raises(ValueError):
        replace_file(path, broken())
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_why_a_file_cannot_be_written_is_said_in_chinese() -> None:
    with pytest.raises(IsADirectoryError) as raised:
        Path("/").write_text("甲", "utf-8")
    assert reason_of(raised.value) == "它是一个文件夹"
    assert reason_of(OSError(ENOSPC, "No space left on device")) == "磁盘已满"
    assert reason_of(OSError(ELOOP, "Too many levels")) == "Too many levels"
