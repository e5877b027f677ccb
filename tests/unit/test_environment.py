"""The project's own environment: when it is made, renewed or refused."""

import os
import subprocess
import sys
import venv
from hashlib import sha256
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import NoReturn

import pytest

from policysite import environment


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Pretend a checkout in a temporary folder, with nothing installed yet."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(environment, "STAMP", tmp_path / ".venv/stamp")
    monkeypatch.delenv("DEPLOY_TARGET", raising=False)
    for name in ("RUNTIME_LOCK", "DEPLOY_LOCK", "DEV_LOCK"):
        lock = tmp_path / f"{name}.lock"
        lock.write_text(name, "utf-8")
        monkeypatch.setattr(environment, name, lock)
    return tmp_path


def install(*locks: Path) -> None:
    """Leave the stamp of an installation of `locks`."""
    environment.STAMP.parent.mkdir(exist_ok=True)
    lines = [f"{lock.name} {sha256(lock.read_bytes()).hexdigest()}\n" for lock in locks]
    environment.STAMP.write_text("".join(lines), "utf-8")


def test_without_a_stamp_nothing_is_installed() -> None:
    assert not environment.is_current(environment.RUNTIME_LOCK)
    assert not environment.is_current(environment.DEV_LOCK)


def test_what_was_installed_is_current_until_its_lock_changes() -> None:
    install(environment.RUNTIME_LOCK)
    assert environment.is_current(environment.RUNTIME_LOCK)
    environment.RUNTIME_LOCK.write_text("newer", "utf-8")
    assert not environment.is_current(environment.RUNTIME_LOCK)


def test_the_tools_need_more_than_the_site() -> None:
    install(environment.RUNTIME_LOCK)
    assert not environment.is_current(environment.DEV_LOCK)


def test_who_has_the_tools_has_the_site() -> None:
    install(environment.RUNTIME_LOCK, environment.DEV_LOCK)
    assert environment.is_current(environment.RUNTIME_LOCK)
    assert environment.is_current(environment.DEV_LOCK)


def test_an_old_python_is_refused_with_what_is_needed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    with pytest.raises(SystemExit) as ended:
        environment.hand_over(["build"])
    assert ended.value.code == 1
    assert "需要 Python 3.11 或更新的版本" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("task", "words", "lock"),
    [
        ("build", ["--x"], "RUNTIME_LOCK"),
        ("test", ["--x"], "DEV_LOCK"),
        ("deploy", ["--dry-run"], "RUNTIME_LOCK"),
        ("deploy", ["--target", "file:///srv/site"], "RUNTIME_LOCK"),
        ("deploy", ["--target=s3://site?provider=oss&region=cn-hangzhou"], "DEPLOY_LOCK"),
        ("doctor", ["--target", "s3://site?provider=oss&region=cn-hangzhou"], "DEPLOY_LOCK"),
    ],
)
def test_a_task_prepares_what_it_needs_and_goes_on_inside(
    monkeypatch: pytest.MonkeyPatch, task: str, words: list[str], lock: str
) -> None:
    prepared: list[Path] = []
    commands: list[list[str]] = []
    monkeypatch.setattr(environment, "prepare", prepared.append)

    def become(path: str, command: list[str]) -> NoReturn:
        assert path == command[0]
        commands.append(command)
        raise SystemExit

    monkeypatch.setattr(os, "execv", become)
    with pytest.raises(SystemExit):
        environment.hand_over([task, *words])
    assert prepared == [getattr(environment, lock)]
    assert commands[0][2:] == [task, *words]


def test_whoever_presses_ctrl_c_gets_a_word_and_no_stack(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    install(environment.RUNTIME_LOCK)
    monkeypatch.setattr(sys, "prefix", str(environment.VENV))
    environment.hand_over(["build"])
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert capsys.readouterr().err == f"{environment.INTERRUPTED}\n"
    sys.excepthook(ValueError, ValueError("甲"), None)
    assert "ValueError: 甲" in capsys.readouterr().err


def test_inside_a_current_environment_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    install(environment.RUNTIME_LOCK)
    monkeypatch.setattr(sys, "prefix", str(environment.VENV))
    environment.hand_over(["build"])


def test_a_terminal_without_chinese_does_not_end_a_task(monkeypatch: pytest.MonkeyPatch) -> None:
    install(environment.RUNTIME_LOCK)
    monkeypatch.setattr(sys, "prefix", str(environment.VENV))
    shown = BytesIO()
    monkeypatch.setattr(sys, "stderr", TextIOWrapper(shown, "ascii", write_through=True))
    environment.hand_over(["build"])
    environment.tell("done: 甲")
    assert shown.getvalue() == b"done: \\u7532\n"


@pytest.mark.parametrize(
    ("had", "wanted", "installed"),
    [
        ([], "RUNTIME_LOCK", ["RUNTIME_LOCK"]),
        ([], "DEPLOY_LOCK", ["RUNTIME_LOCK", "DEPLOY_LOCK"]),
        (["DEPLOY_LOCK"], "RUNTIME_LOCK", ["RUNTIME_LOCK", "DEPLOY_LOCK"]),
        (["DEV_LOCK"], "RUNTIME_LOCK", ["DEV_LOCK"]),
        ([], "DEV_LOCK", ["DEV_LOCK"]),
    ],
)
def test_what_was_installed_once_stays_in_step(
    monkeypatch: pytest.MonkeyPatch, had: list[str], wanted: str, installed: list[str]
) -> None:
    commands: list[list[str]] = []
    install(*(getattr(environment, name) for name in had))
    monkeypatch.setattr(venv, "create", lambda *_, **__: None)
    monkeypatch.setattr(environment, "_add_to_path", lambda: None)

    def call(command: list[str], **_: object) -> int:
        commands.append(command)
        return 0

    monkeypatch.setattr(subprocess, "call", call)
    environment.prepare(getattr(environment, wanted))
    (command,) = commands
    assert [Path(word).stem for word in command if word.endswith(".lock")] == installed
    names = ("RUNTIME_LOCK", "DEPLOY_LOCK", "DEV_LOCK")
    covered = [*names] if installed == ["DEV_LOCK"] else installed
    assert [n for n in names if environment.is_current(getattr(environment, n))] == covered


@pytest.fixture
def programs(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Return the names of the browsers of a machine where we may install Debian's packages."""
    there: set[str] = set()
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}" if name in there else None)
    monkeypatch.setattr(environment, "may_install", lambda: True)
    monkeypatch.setattr(environment, "install", there.update)
    monkeypatch.setattr(environment, "_downloaded", lambda: "")
    return there


def test_a_browser_that_is_there_is_taken_as_it_is(programs: set[str]) -> None:
    programs.add("chromium")
    assert environment.find_browser() == "/usr/bin/chromium"
    assert programs == {"chromium"}


def test_without_a_browser_the_quick_one_is_installed_with_a_font(programs: set[str]) -> None:
    assert environment.find_browser() == "/usr/bin/chromium-headless-shell"
    assert programs == {"chromium-headless-shell", "fonts-noto-cjk"}


def test_tests_get_the_quick_one_beside_another(programs: set[str]) -> None:
    programs.add("chromium")
    assert environment.find_browser(quick=True) == "/usr/bin/chromium-headless-shell"
    assert environment.find_browser() == "/usr/bin/chromium-headless-shell"


def test_where_the_quick_one_does_not_exist_the_other_is_enough(
    programs: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(packages: tuple[str, ...]) -> None:
        if "chromium-headless-shell" not in packages:
            programs.update(packages)

    monkeypatch.setattr(environment, "install", refuse)
    assert environment.find_browser() == "/usr/bin/chromium"
    assert environment.find_browser(quick=True) == "/usr/bin/chromium"


def test_without_any_browser_the_person_is_told_what_to_install(
    programs: set[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(environment, "install", lambda _: None)
    with pytest.raises(SystemExit):
        environment.find_browser()
    assert "apt-get install chromium fonts-noto-cjk" in capsys.readouterr().err
