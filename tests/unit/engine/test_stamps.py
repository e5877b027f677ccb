"""A file that changed is noticed, however quickly."""

import os
import pickle
from pathlib import Path

import pytest

from policysite.engine.looked import Files, Looked, look
from policysite.engine.stamps import RACY, Folder, differing, scan, stamp_of, stamps_of, updated
from policysite.model.folders import is_content, may_have_litter
from tests.unit.engine.trees import write

LONG_AGO = 1_000_000_000


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return a content folder."""
    write(tmp_path, {"a.md": "甲", "b.md": "乙", "news/a.md": "丙", "news/b.md": "丁"})
    return tmp_path


def settled(looked: Looked) -> Looked:
    """Return what was found as if it had been found later: all stamps prove something."""
    return looked._replace(racy=frozenset())


@pytest.fixture(params=[True, False], ids=["opened folders", "walked paths"])
def by_number(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let folders be opened, or not, as on a system that cannot look through an open folder."""
    if not request.param:
        monkeypatch.setattr(os, "supports_fd", set())


@pytest.mark.usefixtures("by_number")
def test_every_file_is_found_by_its_path(tmp_path: Path) -> None:
    write(tmp_path, {"a/b/c.md": "甲", "d.md": "乙"})
    (tmp_path / "away").symlink_to(tmp_path / "none")
    (tmp_path / "to").symlink_to(tmp_path / "d.md")
    (tmp_path / "folder").symlink_to(tmp_path / "a")
    (tmp_path / "a/back").symlink_to(tmp_path)
    found = stamps_of(scan(tmp_path))
    assert sorted(found) == ["a/b/c.md", "d.md", "folder/b/c.md", "to"]
    assert all(stamp == stamp_of(tmp_path / name) for name, stamp in found.items())
    own = stamps_of(scan(tmp_path, with_links=True))
    assert sorted(own) == ["a/b/c.md", "a/back", "away", "d.md", "folder", "to"]
    assert own["to"] != found["to"]


def test_a_folder_that_is_not_there_has_no_files(tmp_path: Path) -> None:
    assert scan(tmp_path / "none") == {}


def test_stamps_are_replaced_added_and_taken_away(content: Path) -> None:
    found = updated(
        content, scan(content), {"a.md": (1, 2, 3, 4), "new/a.md": (5, 6, 7, 8), "b.md": None}
    )
    expected = stamps_of(scan(content)) | {"a.md": (1, 2, 3, 4), "new/a.md": (5, 6, 7, 8)}
    del expected["b.md"]
    assert stamps_of(found) == expected
    assert "new/" not in updated(content, found, {"new/a.md": None})


def test_stamps_of_new_files_stand_in_the_order_in_which_they_will_be_found(content: Path) -> None:
    stamps = dict(reversed(stamps_of(scan(content)).items()))
    turned = updated(content, {}, stamps)
    assert turned == scan(content)


def test_files_differ_by_their_stamps_and_not_by_their_order(content: Path) -> None:
    found = scan(content)
    turned = {p: Folder.of(dict(reversed(each.each().items()))) for p, each in found.items()}
    assert turned != found
    assert differing(found, turned) == set()
    other = updated(content, found, {"a.md": (1, 2, 3, 4), "news/a.md": None})
    assert differing(found, other) == differing(other, turned) == {"a.md", "news/a.md"}


def test_the_latest_time_of_a_folder_is_that_of_any_of_its_files() -> None:
    folder = Folder.of({"a": (9, 1, 2, 9), "b": (9, 4, 3, 9), "c": (9, 1, 1, 1 << 63)})
    assert folder.latest() == 4


def test_a_file_written_just_before_it_was_seen_proves_nothing(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stamps = stamps_of(scan(content))
    latest = max(max(stamp[1:3]) for stamp in stamps.values())
    late = {name for name, stamp in stamps.items() if max(stamp[1:3]) == latest}
    monkeypatch.setattr("time.time_ns", lambda: latest + RACY)
    assert look(content, None).racy == frozenset()
    monkeypatch.setattr("time.time_ns", lambda: latest + RACY - 1)
    assert look(content, None).racy == late


def test_a_change_of_the_same_size_and_time_is_noticed(content: Path) -> None:
    path = content / "a.md"
    times = path.stat()
    before = look(content, None)
    path.write_text("戊", "utf-8")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    after = look(content, before)
    assert [*after.files.differing(before.files)] == ["a.md"]


def test_a_file_of_another_time_is_opened_and_the_others_are_not(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = settled(look(content, None))
    (content / "news/a.md").write_text("戊", "utf-8")
    os.utime(content / "news/b.md", (LONG_AGO, LONG_AGO))
    opened: list[str] = []
    real = open

    def remember(file: str, *given: object, **named: object) -> object:
        opened.append(file)
        return real(file, *given, **named)  # type: ignore[call-overload]

    monkeypatch.setattr("builtins.open", remember)
    after = look(content, before)
    assert sorted(opened) == [f"{content}/news/a.md", f"{content}/news/b.md"]
    assert [*after.files.differing(before.files)] == ["news/a.md"]


def test_files_that_come_and_go_differ(content: Path) -> None:
    before = look(content, None)
    (content / "a.md").unlink()
    write(content, {"news/c.md": "戊", "study/a.md": "己"})
    after = look(content, before)
    assert sorted(after.files.differing(before.files)) == ["a.md", "news/c.md", "study/a.md"]
    assert sorted(before.files.differing(after.files)) == ["a.md", "news/c.md", "study/a.md"]


def test_a_folder_in_another_order_does_not_differ(content: Path) -> None:
    before = look(content, None)
    turned = {
        path: known._replace(
            folder=Folder.of(dict(reversed(known.stamps().items()))),
            packed=known.packed[16:] + known.packed[:16],
        )
        for path, known in before.files.folders.items()
    }
    assert before.files != Files(turned)
    assert [*before.files.differing(Files(turned))] == []


def test_files_are_known_by_their_paths_and_folders(content: Path) -> None:
    files = pickle.loads(pickle.dumps(look(content, None).files))
    assert sorted(files) == ["a.md", "b.md", "news/a.md", "news/b.md"]
    assert len(files) == len({*files.values()}) == 4
    assert "news/a.md" in files
    assert files.get("news/c.md", files.get("none/a.md")) is None
    assert sorted(files.below({"news"})) == ["news/a.md", "news/b.md"]


LITTER = [
    ".DS_Store",
    "~$a.docx",
    "Thumbs.db",
    "desktop.ini",
    ".git/a.md",
    "a/.b/c.md",
    "a/Thumbs.db",
]


def test_what_programs_leave_is_no_content(content: Path) -> None:
    expected = sorted(look(content, None).files)
    write(content, dict.fromkeys(LITTER, ""))
    assert sorted(look(content, None).files) == expected


@pytest.mark.parametrize("name", LITTER)
def test_among_many_names_those_of_litter_are_suspected(name: str) -> None:
    assert not is_content(name)
    assert may_have_litter(name)
    assert may_have_litter(f"news/b.md/{name}/a.md")
    assert not may_have_litter("news/a.md/b~$.md/my Thumbs.db")
