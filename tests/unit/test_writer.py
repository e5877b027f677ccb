"""The finished site replaces the old one file by file."""

import os
from pathlib import Path

import pytest

from policysite.writer import put_in_place, staging_folder

LONG_AGO = 1_000_000_000


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """Return a published site, all of it long ago."""
    folder = tmp_path / "output"
    write(folder, {"index.html": "首页", "2026/a.html": "甲", "assets/site.1.css": "css"})
    for path in folder.rglob("*"):
        os.utime(path, (LONG_AGO, LONG_AGO))
    return folder


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def contents(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_staging_folder_stands_beside_the_output_and_is_hidden(output: Path) -> None:
    assert staging_folder(output) == output.parent / ".output.staging"


def test_the_output_becomes_what_was_staged_and_the_staging_folder_goes(output: Path) -> None:
    fresh = {"index.html": "新首页", "2026/b.html": "乙", "assets/site.1.css": "css"}
    staging = write(staging_folder(output), fresh)
    assert put_in_place(staging, output) == (2, 1)
    assert contents(output) == fresh
    assert not staging.exists()


def test_the_first_build_makes_the_output(tmp_path: Path) -> None:
    staging = write(tmp_path / ".site.staging", {"index.html": "首页", "a/b.html": "甲"})
    assert put_in_place(staging, tmp_path / "site") == (2, 0)
    assert contents(tmp_path / "site") == {"index.html": "首页", "a/b.html": "甲"}


def test_an_unchanged_file_keeps_its_time_and_a_changed_one_does_not(output: Path) -> None:
    staging = write(staging_folder(output), {"index.html": "新", "2026/a.html": "甲"})
    put_in_place(staging, output)
    assert (output / "2026/a.html").stat().st_mtime == LONG_AGO
    assert (output / "index.html").stat().st_mtime > LONG_AGO


def test_a_file_of_the_same_length_is_compared_by_content(output: Path) -> None:
    staging = write(staging_folder(output), {"index.html": "主页", "2026/a.html": "甲"})
    os.utime(staging / "index.html", (LONG_AGO, LONG_AGO))
    assert put_in_place(staging, output)[0] == 1
    assert (output / "index.html").read_text("utf-8") == "主页"


def test_what_the_site_no_longer_has_is_removed_with_its_empty_folder(output: Path) -> None:
    staging = write(staging_folder(output), {"index.html": "首页"})
    assert put_in_place(staging, output) == (0, 2)
    assert [path.name for path in output.iterdir()] == ["index.html"]


def test_what_another_task_publishes_stays(output: Path) -> None:
    write(output, {"data/views/2026-01.json": "{}", "data/views2/old.json": "{}"})
    staging = write(staging_folder(output), {"index.html": "首页"})
    put_in_place(staging, output)
    assert contents(output) == {"index.html": "首页", "data/views/2026-01.json": "{}"}


def test_a_folder_gives_way_to_a_file_of_its_name(output: Path) -> None:
    staging = write(staging_folder(output), {"index.html": "首页", "2026": "文件"})
    put_in_place(staging, output)
    assert contents(output) == {"index.html": "首页", "2026": "文件"}


def test_pages_are_replaced_after_what_they_load(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = {"a.html": "1", "assets/site.2.css": "2", "feed.xml": "3", "2026/z.html": "4"}
    staging = write(staging_folder(output), names)
    order: list[str] = []
    replace = Path.replace

    def remember(path: Path, target: Path) -> Path:
        order.append(path.relative_to(staging).as_posix())
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", remember)
    put_in_place(staging, output)
    assert order == ["assets/site.2.css", "feed.xml", "2026/z.html", "a.html"]


def test_when_replacing_fails_no_file_is_lost_and_none_is_half_written(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(output)
    staging = write(staging_folder(output), {"index.html": "新首页"})

    def fail(path: Path, target: Path) -> Path:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        put_in_place(staging, output)
    assert contents(output) == before


def test_a_link_in_the_output_is_removed_and_not_followed(output: Path, tmp_path: Path) -> None:
    elsewhere = write(tmp_path / "elsewhere", {"keep.txt": "留下"})
    (output / "link").symlink_to(elsewhere)
    staging = write(staging_folder(output), {"index.html": "首页"})
    put_in_place(staging, output)
    assert not (output / "link").is_symlink()
    assert contents(elsewhere) == {"keep.txt": "留下"}


def test_without_a_new_site_the_old_one_is_left_alone(output: Path) -> None:
    before = contents(output)
    with pytest.raises(FileNotFoundError):
        put_in_place(staging_folder(output), output)
    assert contents(output) == before
