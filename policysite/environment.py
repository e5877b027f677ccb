"""Sets up a fresh machine: virtual environment, locked packages, browser. Standard library only.

`python3 tasks.py <task>` comes here first, whatever Python runs it, and goes on inside `.venv`.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType
from typing import NoReturn

# What only a machine to be set up needs is loaded there: this comes before each task, twice.

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "policysite-locks"
RUNTIME_LOCK = ROOT / "requirements.lock"
DEPLOY_LOCK = ROOT / "requirements-deploy.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"
OLDEST = (3, 11)
# Tasks that a person who only writes articles never runs; they need more than the site itself.
DEV_TASKS = frozenset({
    "test", "lint", "lock", "bench", "pdf", "audit-pages", "views", "bench-views", "bench-deploy",
    "test-deploy", "bench-search", "docs-pictures",
})  # fmt: skip
# These need a client for object storage, 19 MB to download, unless the target is a folder.
DEPLOY_TASKS = frozenset({"deploy", "rollback", "deploy-log", "doctor"})
# Chromium without its windows comes first: it opens a page in a third of the time, and is smaller.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
FONTS = "fonts-noto-cjk"
INTERRUPTED = "已中断。没有做完的，再运行一次就行。"
INTERRUPTED_STATUS = 130
"""As shells have it: 128 and the number of the signal."""


def hand_over(arguments: list[str]) -> None:
    """Run the task inside the project's environment, which is made or renewed first as needed."""
    sys.excepthook = _say_interrupted
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A character that this machine's encoding has not got must not end a task.
            stream.reconfigure(errors="backslashreplace")
    if sys.version_info < OLDEST:
        stop(f"需要 Python {OLDEST[0]}.{OLDEST[1]} 或更新的版本，现在是 {sys.version.split()[0]}。")
    wanted = _lock_for(arguments)
    if not inside() or not is_current(wanted):
        prepare(wanted)
    if not inside():
        _become([str(bin_folder() / "python"), str(ROOT / "tasks.py"), *arguments])


def _become(command: list[str]) -> NoReturn:
    """Go on as another program: two processes would both be told of Ctrl+C, and both speak of it."""
    if os.name == "nt":
        import subprocess

        sys.exit(subprocess.call(command))
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(command[0], command)  # noqa: S606 -- our own program


def _say_interrupted(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Say that the person has pressed Ctrl+C; anything else that nobody expected is shown whole."""
    if issubclass(kind, KeyboardInterrupt):
        tell(INTERRUPTED)
    else:
        sys.__excepthook__(kind, error, trace)


def _lock_for(arguments: list[str]) -> Path:
    """Return the lock that names all that a task needs."""
    task = set(arguments[:1])
    if task & DEV_TASKS:
        return DEV_LOCK
    targets = (*arguments, os.environ.get("DEPLOY_TARGET", ""))
    to_bucket = any(word.removeprefix("--target=").startswith("s3:") for word in targets)
    return DEPLOY_LOCK if task & DEPLOY_TASKS and to_bucket else RUNTIME_LOCK


def inside() -> bool:
    """Return whether this process already runs in the project's environment."""
    return Path(sys.prefix).resolve() == VENV.resolve()


def bin_folder() -> Path:
    """Return where the environment keeps its commands."""
    return VENV / ("Scripts" if os.name == "nt" else "bin")


def is_current(lock: Path) -> bool:
    """Return whether what `lock` names is installed."""
    return _installed().get(lock.name) == _digest(lock)


def _installed() -> dict[str, str]:
    """Return the digest of each lock that was installed, by its name, whatever it is now."""
    lines = STAMP.read_text("utf-8").splitlines() if STAMP.is_file() else []
    return dict(line.split(" ", 1) for line in lines if " " in line)


def _digest(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def prepare(lock: Path) -> None:
    """Create the environment if there is none, and install exactly what `lock` names, with the
    site's own packages; what was installed once stays in step with the rest."""
    if is_current(lock):
        return
    import shutil
    import subprocess
    import venv

    names = {lock.name, *_installed()}
    has_tools = DEV_LOCK.name in names
    extra = [DEPLOY_LOCK] if has_tools or DEPLOY_LOCK.name in names else []
    locks = [RUNTIME_LOCK, *extra, *([DEV_LOCK] if has_tools else [])]
    if not (bin_folder() / "pip").exists() and not (bin_folder() / "pip.exe").exists():
        tell("正在建立运行环境（.venv）……")
        try:
            venv.create(VENV, with_pip=True, clear=VENV.exists())
        except (subprocess.CalledProcessError, OSError):
            shutil.rmtree(VENV, ignore_errors=True)
            stop("无法建立运行环境。Debian、Ubuntu 请先安装：apt-get install python3-venv")
    tell("正在安装所需软件包，第一次需要一两分钟……")
    STAMP.unlink(missing_ok=True)
    pip = [
        str(bin_folder() / "python"),
        "-m",
        "pip",
        "--disable-pip-version-check",
        "-q",
        "install",
    ]
    # The tools' lock names everything in the other two.
    sources = [word for one in ([DEV_LOCK] if has_tools else locks) for word in ("-r", str(one))]
    _call([*pip, "--require-hashes", *sources], "软件包没有装好。请检查网络后重试。")
    _add_to_path()
    STAMP.write_text("".join(f"{one.name} {_digest(one)}\n" for one in locks), "utf-8")


def _add_to_path() -> None:
    """Make the project importable from anywhere inside its environment.

    A path file does what an editable install does, without a build backend to download.
    """
    packages = next(VENV.glob("lib/python*/site-packages"), VENV / "Lib" / "site-packages")
    (packages / "policysite-checkout.pth").write_text(f"{ROOT}\n", "utf-8")


def find_browser(*, quick: bool = False) -> str:
    """Return the path of a Chromium, installing one where that is possible.

    Debian's packages where we are root; else the browser tool's own download; else the process
    ends with what to install. Who opens hundreds of pages asks for a `quick` one: then it is also
    installed, where we are root, beside one that shows windows.
    """
    import subprocess

    found = _chromium()
    if found and not (quick and may_install() and Path(found).name != BROWSERS[0]):
        return found
    if may_install():
        tell("正在安装浏览器（Chromium）和中文字体……")
        for package in BROWSERS[:2]:
            install((package, FONTS))
            if found := _chromium():
                return found
    else:
        tell("正在下载测试用的浏览器……")
        subprocess.call([sys.executable, "-m", "playwright", "install", "chromium"])
    if found := _chromium():
        return found
    stop(
        "没有找到浏览器。请安装 Chromium（Debian、Ubuntu：sudo apt-get install chromium fonts-noto-cjk）。"
    )


def is_root() -> bool:
    """Return whether this process may do everything on this machine."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def may_install() -> bool:
    """Return whether we can install Debian's packages."""
    import shutil

    return is_root() and shutil.which("apt-get") is not None


def install(packages: Iterable[str]) -> None:
    """Install Debian's packages; whether they then are there is for the caller to look."""
    import subprocess

    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    subprocess.call(["apt-get", "update", "-qq"], env=environment, stdout=subprocess.DEVNULL)
    subprocess.call(command, env=environment, stdout=subprocess.DEVNULL)


def _chromium() -> str:
    import shutil

    for name in BROWSERS:
        if path := shutil.which(name):
            return path
    return _downloaded()


def _downloaded() -> str:
    """Return the browser that Playwright downloaded, or nothing."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return str(path) if path.is_file() else ""


def _call(command: list[str], complaint: str) -> None:
    import subprocess

    if subprocess.call(command, cwd=ROOT) != 0:
        stop(complaint)


def tell(text: str) -> None:
    """Say what is going on, to the person at the terminal."""
    print(text, file=sys.stderr, flush=True)


def stop(text: str) -> NoReturn:
    """End with a message and exit status 1."""
    tell(text)
    sys.exit(1)
