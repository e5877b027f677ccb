"""A file that changed is noticed, however quickly."""

import os
from pathlib import Path

from policysite.build.looked import look
from policysite.build.stamps import RACY, racy, scan


def test_every_file_is_found_by_its_path(tmp_path: Path) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "a/b/c.md").write_text("甲", "utf-8")
    (tmp_path / "d.md").write_text("乙", "utf-8")
    (tmp_path / "away").symlink_to(tmp_path / "none")
    assert sorted(scan(tmp_path)) == ["a/b/c.md", "d.md"]
    assert sorted(scan(tmp_path, with_links=True)) == ["a/b/c.md", "away", "d.md"]


def test_a_folder_that_is_not_there_has_no_files(tmp_path: Path) -> None:
    assert scan(tmp_path / "none") == {}


def test_a_file_written_just_before_it_was_seen_proves_nothing() -> None:
    stamps = {"new": (1, 99, 99, 1), "old": (1, 99 - RACY, 99 - RACY, 2), "moved": (1, 0, 99, 3)}
    assert racy(stamps, 99) == ["moved", "new"]


def test_a_change_of_the_same_size_and_time_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("甲", "utf-8")
    times = path.stat()
    before = look(tmp_path, None)
    path.write_text("乙", "utf-8")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    after = look(tmp_path, before)
    assert after.files["a.md"][1] != before.files["a.md"][1]


def test_an_untouched_file_is_not_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("甲", "utf-8")
    before = look(tmp_path, None)
    known = before._replace(racy=frozenset())
    stamp, _ = known.files["a.md"]
    trusted = known._replace(files={"a.md": (stamp, b"as told")})
    assert look(tmp_path, trusted).files["a.md"][1] == b"as told"
