"""A file is replaced whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from policysite.files import replace_file


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
