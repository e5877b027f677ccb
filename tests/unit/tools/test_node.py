"""The checkers that are not written in Python: installed once, or asked for in plain words."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from policysite.tools import node


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Sequence[str]]:
    """Pretend a machine with node, npm and java; return the commands that are run on it."""
    run: list[Sequence[str]] = []

    def call(command: Sequence[str], **_: object) -> int:
        run.append(command)
        return 0

    monkeypatch.setattr(node, "FOLDER", tmp_path / "node")
    monkeypatch.setattr(node, "_STAMP", tmp_path / "node" / "installed")
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(subprocess, "call", call)
    return run


def test_the_packages_are_installed_as_locked_and_only_once(calls: list[Sequence[str]]) -> None:
    node.prepare_checkers()
    node.prepare_checkers()
    [command] = calls
    assert command[:2] == ["npm", "ci"]
    assert "--ignore-scripts" in command
    assert (node.FOLDER / "package-lock.json").is_file()


def test_a_changed_lock_file_is_installed_again(
    calls: list[Sequence[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    node.prepare_checkers()
    changed = Path(shutil.copytree(node.SOURCE, tmp_path / "changed"))
    (changed / "package-lock.json").write_text("{}", "utf-8")
    monkeypatch.setattr(node, "SOURCE", changed)
    node.prepare_checkers()
    assert len(calls) == 2


def test_an_installation_that_failed_is_not_taken_for_done(
    calls: list[Sequence[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(subprocess, "call", lambda *_, **__: 1)
    with pytest.raises(SystemExit):
        node.prepare_checkers()
    assert "没有装好" in capsys.readouterr().err
    assert not (node.FOLDER / "installed").exists()


def test_without_java_one_is_told_what_to_install(
    calls: list[Sequence[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: "" if name == "java" else name)
    monkeypatch.setattr(node, "may_install", lambda: False)
    with pytest.raises(SystemExit):
        node.prepare_checkers()
    assert "sudo apt-get install default-jre-headless" in capsys.readouterr().err
    assert calls == []


def test_every_version_is_pinned_with_its_digest() -> None:
    """Nothing is installed that was not looked at before."""
    lock = json.loads((node.SOURCE / "package-lock.json").read_text("utf-8"))
    wanted = json.loads((node.SOURCE / "package.json").read_text("utf-8"))["dependencies"]
    packages = {name: row for name, row in lock["packages"].items() if name}
    assert all(row["integrity"] for row in packages.values())
    for name, version in wanted.items():
        assert packages[f"node_modules/{name}"]["version"] == version
