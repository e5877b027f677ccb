"""The hook of git: what is about to be committed is checked, and refused if it is wrong."""

import os
import subprocess
from pathlib import Path

import pytest

from policysite.environment import ROOT
from policysite.tools import hook
from policysite.tools.git import NotInGit
from policysite.tools.hook import CannotInstall, install
from tests.unit.making import front_matter, write_content

A = "notices/2026-03-15-a.md"
B = "notices/2026-03-16-b.md"
RIGHT, WRONG = front_matter(body="学习，贯彻。\n"), front_matter(body="学习,贯彻。\n")
LINKING = front_matter(date="2026-03-16", body=f"见[甲](/{A})。\n")

# What tasks.py does once the environment is there.
TASKS = """
import sys
from policysite.tools import desk
desk.check([], "text", sys.argv[-1], staged="--staged" in sys.argv)
"""


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    me = ["-c", "user.name=林溪", "-c", "user.email=lx@example.org"]
    return subprocess.run(
        ["git", *me, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a repository whose folder `site` has sound content and the hook."""
    root = tmp_path / "单位 repo" / "site"
    write_content(root, {A: RIGHT, B: LINKING})
    (root / "tasks.py").write_text(TASKS, "utf-8")
    monkeypatch.setattr(hook, "ROOT", root)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    git(root.parent, "init", "-q")
    install(root / "content")
    assert git(root, "add", "-A").returncode == 0
    assert git(root, "commit", "--no-verify", "-m", "begin").returncode == 0
    return root


def commits(site: Path) -> int:
    return int(git(site, "rev-list", "--count", "HEAD").stdout)


def test_a_sound_article_is_committed(site: Path) -> None:
    (site / "content" / A).write_text(RIGHT.replace("贯彻", "落实"), "utf-8")
    assert git(site, "commit", "-am", "edit").returncode == 0
    assert commits(site) == 2


def test_a_broken_article_is_refused_and_the_line_is_told(site: Path) -> None:
    (site / "content" / A).write_text(WRONG, "utf-8")
    said = git(site, "commit", "-am", "edit")
    assert said.returncode == 1
    assert "没有提交" in said.stderr
    assert f"content/{A}:6:3 [T101]" in said.stdout + said.stderr
    assert "学习,贯彻" in said.stdout + said.stderr
    assert commits(site) == 1


def test_what_counts_is_what_was_added_not_what_lies_there(site: Path) -> None:
    path = site / "content" / A
    path.write_text(WRONG, "utf-8")
    git(site, "add", "-A")
    path.write_text(RIGHT, "utf-8")
    assert git(site, "commit", "-m", "edit").returncode == 1
    git(site, "reset", "-q")
    path.write_text(RIGHT.replace("贯彻", "落实"), "utf-8")
    git(site, "add", "-A")
    path.write_text(WRONG, "utf-8")
    assert git(site, "commit", "-m", "edit").returncode == 0
    assert path.read_text("utf-8") == WRONG


def test_a_file_named_to_commit_is_checked_from_any_folder(site: Path) -> None:
    path = site / "content" / A
    path.write_text(WRONG, "utf-8")
    assert git(path.parent, "commit", "-m", "edit", path.name).returncode == 1
    path.write_text(RIGHT.replace("贯彻", "落实"), "utf-8")
    assert git(path.parent, "commit", "-m", "edit", path.name).returncode == 0


def test_an_article_that_others_link_to_cannot_just_go(site: Path) -> None:
    git(site, "rm", "-q", f"content/{A}")
    said = git(site, "commit", "-m", "remove")
    assert said.returncode == 1
    assert f"content/{B}" in said.stdout + said.stderr


def test_what_is_no_content_is_committed_unread(site: Path) -> None:
    (site / "README.md").write_text("说明,说明", "utf-8")
    git(site, "add", "-A")
    assert git(site, "commit", "-m", "readme").returncode == 0


def test_a_linked_worktree_is_checked_too(site: Path) -> None:
    other = site.parent.parent / "other"
    git(site, "worktree", "add", "-q", str(other))
    (other / "site" / "content" / A).write_text(WRONG, "utf-8")
    git(other, "add", "-A")
    assert git(other, "commit", "-m", "edit").returncode == 1
    assert git(site, "status", "--porcelain").stdout == ""


def test_nothing_is_left_behind(site: Path) -> None:
    (site / "content" / A).write_text(WRONG, "utf-8")
    git(site, "commit", "-am", "edit")
    assert list((site.parent / ".git").glob("policysite-*")) == []


def test_a_hook_of_somebody_else_is_left_alone(site: Path) -> None:
    path = site.parent / ".git/hooks/pre-commit"
    path.write_text("#!/bin/sh\n", "utf-8")
    with pytest.raises(CannotInstall, match="check --staged"):
        install(site / "content")
    assert path.read_text("utf-8") == "#!/bin/sh\n"


def test_our_own_hook_is_written_anew(site: Path) -> None:
    assert install(site / "content") == site.parent / ".git/hooks/pre-commit"


def test_a_folder_without_git_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotInGit, match="git 说不清"):
        install(write_content(tmp_path, {}))
