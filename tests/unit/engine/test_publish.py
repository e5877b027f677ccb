"""The finished site replaces the old one file by file."""

import os
import shutil
from pathlib import Path

import pytest

from policysite.engine.fingerprint import digest
from policysite.engine.publish import inspect_output, put_in_place, scan_own, stage
from policysite.engine.stamps import stamps_of
from policysite.writer import staging_folder
from tests.unit.engine.trees import write

LONG_AGO = 1_000_000_000


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """Return a published site, all of it long ago."""
    folder = tmp_path / "output"
    write(folder, {"index.html": "首页", "2026/a.html": "甲", "assets/site.1.css": "css"})
    for path in folder.rglob("*"):
        os.utime(path, (LONG_AGO, LONG_AGO))
    return folder


def publish(files: dict[str, str], output: Path) -> tuple[int, int]:
    """Make `files` the site, and return how many were replaced and removed."""
    staging = staging_folder(output)
    changed = [n for n, text in files.items() if stage(staging, output, n, text.encode())]
    removed = stamps_of(scan_own(output)).keys() - files.keys()
    put_in_place(staging, output, changed, removed)
    return len(changed), len(removed)


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
    assert publish(fresh, output) == (2, 1)
    assert contents(output) == fresh
    assert not staging_folder(output).exists()


def test_the_first_build_makes_the_output(tmp_path: Path) -> None:
    assert publish({"index.html": "首页", "a/b.html": "甲"}, tmp_path / "site") == (2, 0)
    assert contents(tmp_path / "site") == {"index.html": "首页", "a/b.html": "甲"}


def test_an_unchanged_file_keeps_its_time_and_a_changed_one_does_not(output: Path) -> None:
    publish({"index.html": "新", "2026/a.html": "甲"}, output)
    assert (output / "2026/a.html").stat().st_mtime == LONG_AGO
    assert (output / "index.html").stat().st_mtime > LONG_AGO


def test_a_file_of_the_same_length_is_compared_by_content(output: Path) -> None:
    assert publish({"index.html": "主页", "2026/a.html": "甲"}, output)[0] == 1
    assert (output / "index.html").read_text("utf-8") == "主页"


def test_what_the_site_no_longer_has_is_removed_with_its_empty_folder(output: Path) -> None:
    assert publish({"index.html": "首页"}, output) == (0, 2)
    assert [path.name for path in output.iterdir()] == ["index.html"]


def test_what_another_task_publishes_stays(output: Path) -> None:
    write(output, {"data/views/2026-01.json": "{}", "data/views2/old.json": "{}"})
    publish({"index.html": "首页"}, output)
    assert contents(output) == {"index.html": "首页", "data/views/2026-01.json": "{}"}


def test_a_folder_gives_way_to_a_file_of_its_name(output: Path) -> None:
    publish({"index.html": "首页", "2026": "文件"}, output)
    assert contents(output) == {"index.html": "首页", "2026": "文件"}


def test_pages_are_replaced_after_what_they_load(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = {"a.html": "1", "assets/site.2.css": "2", "feed.xml": "3", "2026/z.html": "4"}
    order: list[str] = []
    replace = os.replace

    def remember(path: str, target: str) -> None:
        order.append(Path(path).relative_to(staging_folder(output)).as_posix())
        replace(path, target)

    monkeypatch.setattr(os, "replace", remember)
    publish(names, output)
    assert order == ["assets/site.2.css", "feed.xml", "2026/z.html", "a.html"]


def test_when_replacing_fails_no_file_is_lost_and_none_is_half_written(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(output)

    def fail(path: str, target: str) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        publish({"index.html": "新首页"}, output)
    assert contents(output) == before


def test_a_link_in_the_output_is_removed_and_not_followed(output: Path, tmp_path: Path) -> None:
    elsewhere = write(tmp_path / "elsewhere", {"keep.txt": "留下"})
    (output / "link").symlink_to(elsewhere)
    publish({"index.html": "首页"}, output)
    assert not (output / "link").is_symlink()
    assert contents(elsewhere) == {"keep.txt": "留下"}


def test_only_what_is_gone_altered_or_strange_is_told_of_an_output(output: Path) -> None:
    left = scan_own(output)
    assert inspect_output(output, left, made).altered == frozenset()
    write(output, {"2026/b.html": "新", "2026/a.html": "乙"})
    (output / "index.html").unlink()
    os.utime(output / "assets/site.1.css")
    lying = inspect_output(output, left, made)
    assert lying.altered == {"2026/a.html", "index.html"}
    assert lying.strange == {"2026/b.html"}
    assert lying.those_of({"2026/b.html", "index.html", "none/a.html"}) == ("2026/b.html",)


def made(name: str) -> bytes:
    return digest(
        {"index.html": "首页", "2026/a.html": "甲", "assets/site.1.css": "css"}[name].encode()
    )


def test_a_file_may_have_come_into_the_place_of_a_folder_and_the_other_way(output: Path) -> None:
    site = contents(output)
    for name in ("2026", "index.html"):
        place = output / name
        shutil.rmtree(place) if place.is_dir() else place.unlink()
    write(output, {"2026": "文件", "index.html/x": "文件夹"})
    publish(site, output)
    assert contents(output) == site


def test_a_link_to_the_same_text_is_not_the_file_that_was_made(output: Path) -> None:
    left, made = scan_own(output), {n: digest(t.encode()) for n, t in contents(output).items()}
    page = output / "index.html"
    page.rename(output.parent / "elsewhere.html")
    page.symlink_to(output.parent / "elsewhere.html")
    assert inspect_output(output, left, made.__getitem__).altered == {"index.html"}
    publish(contents(output), output)
    assert not page.is_symlink()
