"""Real builds for tests, each in a fresh process, the way people and CI run them."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

import pytest

from policysite.model.values import CHINA
from tests.build.reading import BuiltSite

ROOT = Path(__file__).resolve().parents[2]
GOOD = ROOT / "tests" / "sites" / "good"
GOOD_CONFIG = GOOD / "pelicanconf.py"
NOW = 1_795_312_800
"""2026-11-22 10:00 in China: the moment as of which the test sites are built."""

LOG = "build.log"
OUTPUT = "output"


def run_build(
    output: Path | str = "",
    *,
    content: Path | str = "",
    config: Path | str = GOOD_CONFIG,
    cwd: Path = ROOT,
    now: int = NOW,
    environment: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run the `build` task as of `now` (seconds since 1970, UTC) and return what came of it."""
    options = {"--config": config, "--content": content, "--output": output}
    arguments = [part for name, value in options.items() if value for part in (name, str(value))]
    command = [sys.executable, "-m", "invoke", "--search-root", str(ROOT), "build", *arguments]
    return run(command, cwd=cwd, now=now, environment=environment)


def run(
    command: list[str],
    *,
    cwd: Path = ROOT,
    now: int = NOW,
    environment: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a command of the project and return what came of it."""
    return subprocess.run(
        command,
        cwd=cwd,
        env={**variables(now), **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
    )


def variables(now: int = NOW) -> dict[str, str]:
    """Return the environment in which a command finds this project and the moment `now`."""
    return {
        **os.environ,
        "SOURCE_DATE_EPOCH": str(now),
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "utf-8",
    }


def build(
    output: Path, *, content: Path | str = "", config: Path | str = GOOD_CONFIG, now: int = NOW
) -> str:
    """Build a site that has to succeed; return all that was printed."""
    done = run_build(output, content=content, config=config, now=now)
    said = done.stderr + done.stdout
    assert done.returncode == 0, said
    return said


def run_task(task: str, *arguments: object, output: Path, config: Path) -> str:
    """Run a task that has to succeed on a built site; return all that was printed."""
    options = [*map(str, arguments), "--output", str(output), "--config", str(config)]
    done = run([sys.executable, "-m", "invoke", "--search-root", str(ROOT), task, *options])
    said = done.stderr + done.stdout
    assert done.returncode == 0, said
    return said


def moment() -> datetime:
    """Return NOW as a time in China."""
    return datetime.fromtimestamp(NOW, CHINA)


def build_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Return the folder that `make` fills, made once for all test processes of this run.

    pytest-xdist starts every process with its own session; the first one that comes here builds,
    the others wait for it at the lock. What failed once is not tried again.
    """
    base = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    folder, failure = base / name, base / f"{name}.failure"
    with (base / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if failure.exists():
            pytest.fail(failure.read_text("utf-8"), pytrace=False)
        if not folder.is_dir():
            unfinished = base / f"{name}.unfinished"
            unfinished.mkdir()
            try:
                make(unfinished)
            except AssertionError as error:
                failure.write_text(str(error), "utf-8")
                raise
            unfinished.rename(folder)
    return folder


def built_site(factory: pytest.TempPathFactory, name: str, config: Path) -> BuiltSite:
    """Return the site that a settings file describes, built once for all tests."""

    def make(folder: Path) -> None:
        log = build(folder / OUTPUT, config=config)
        (folder / LOG).write_text(log, "utf-8")

    folder = build_once(factory, name, make)
    return BuiltSite(folder / OUTPUT, (folder / LOG).read_text("utf-8"))


def copy_content(folder: Path) -> Path:
    """Copy the good site's content to change something in it."""
    return Path(shutil.copytree(GOOD / "content", folder / "content"))


def read_tree(folder: Path) -> dict[str, bytes]:
    """Return every file below `folder`: path and bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def read_times(folder: Path) -> dict[str, int]:
    """Return when every file below `folder` was last written, in nanoseconds."""
    return {
        path.relative_to(folder).as_posix(): path.stat().st_mtime_ns
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def copy_output(site: BuiltSite, folder: Path) -> Path:
    """Copy a built site, times and all, to build over it; return the output folder."""
    return Path(shutil.copytree(site.root, folder / OUTPUT))


def copy_theme(folder: Path) -> Path:
    """Copy theme and settings of the good site to change something in them; return the settings.

    Content and output then are `folder`/content, if that was copied too, and `folder`/output.
    """
    shutil.copytree(ROOT / "theme", folder / "theme")
    config = folder / "pelicanconf.py"
    settings = GOOD_CONFIG.read_text("utf-8")
    content = folder / "content" if (folder / "content").is_dir() else GOOD / "content"
    config.write_text(f"{settings}\nTHEME = 'theme'\nPATH = {str(content)!r}\n", "utf-8")
    return config
