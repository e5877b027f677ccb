"""The checkers that are not written in Python: the Nu HTML checker (Java) and Lighthouse (Node).

`.ci/node` names their versions; they are installed into `.cache/node`, once for each lock file.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from policysite.environment import ROOT, find_browser, install, may_install, stop, tell

SOURCE = ROOT / ".ci" / "node"
FOLDER = ROOT / ".cache" / "node"
_STAMP = FOLDER / "installed"
_FILES = ("package.json", "package-lock.json", "measure.mjs")
# A program, and what Debian calls it.
_PROGRAMS = {"node": "nodejs", "npm": "npm", "java": "default-jre-headless"}
# The pages are ours, and --no-sandbox is what Chromium wants where it runs as root.
_CHROME_FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage "
    "--disable-background-networking"
)


def prepare_checkers() -> None:
    """Install what is missing, or end the process with what to install."""
    missing = [name for name in _PROGRAMS if not shutil.which(name)]
    if missing and may_install():
        tell(f"正在安装 {'、'.join(missing)}……")
        install([_PROGRAMS[name] for name in missing])
    if missing := [name for name in _PROGRAMS if not shutil.which(name)]:
        packages = " ".join(_PROGRAMS[name] for name in missing)
        stop(
            f"检查网页需要 {'、'.join(missing)}。Debian、Ubuntu 请安装：sudo apt-get install {packages}"
        )
    wanted = sha256(b"".join((SOURCE / name).read_bytes() for name in _FILES)).hexdigest()
    if not _STAMP.is_file() or _STAMP.read_text("utf-8") != wanted:
        _install_packages()
        _STAMP.write_text(wanted, "utf-8")


def _install_packages() -> None:
    tell("正在安装网页检查工具，第一次需要一两分钟……")
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in _FILES:
        shutil.copyfile(SOURCE / name, FOLDER / name)
    # No package of ours needs its install script; Lighthouse's would only look for a browser.
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if subprocess.call(command, cwd=FOLDER) != 0:
        stop("网页检查工具没有装好。请检查网络后重试。")


def run_html_checker(folder: Path) -> str:
    """Return what the Nu HTML checker says of every page below `folder`, as its JSON."""
    jar = FOLDER / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    # It reads files, for which it takes no address as 'self': tests/browser has the policy checked.
    options = ["--skip-non-html", "--filterpattern", ".*Content Security Policy.*"]
    command = ["java", "-jar", str(jar), *options, "--format", "json", "--exit-zero-always"]
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
        ["node", "measure.mjs", *urls],
        cwd=FOLDER,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stdout, "it is a pipe"
        yield from process.stdout
    if process.returncode != 0:
        stop("Lighthouse 没有运行成功，原因见上面的提示。")
