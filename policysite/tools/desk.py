"""The commands of the editor's desk: check, explain."""

from __future__ import annotations

import sys
from pathlib import Path

from policysite.clock import build_as_of
from policysite.environment import stop
from policysite.tools import check as checking
from policysite.tools.explain import UnknownCode
from policysite.tools.explain import explain as explanation
from policysite.tools.report_formats import FORMATS


def check(
    paths: list[str],
    form: str,
    content: str,
    *,
    date: str = "",
    changed: str | bool = "",
    learn: bool = False,
) -> None:
    """Show the findings; exit 1 if one of them is an error.

    `changed` is a branch or commit to compare with, True for what is not committed yet. `learn`
    writes the list of known problems instead.
    """
    set_day(date)
    root = existing(content)
    if form not in FORMATS:
        stop(f"--format 只能是 {'、'.join(FORMATS)}，现在是 {form}。")
    if missing := [path for path in paths if not Path(path).exists()]:
        stop(f"找不到 {'、'.join(missing)}。请核对文件或文件夹的名称。")
    if learn:
        print(f"已记下 {checking.learn(root)} 处存量问题，以后不再列出；改过的行会重新检查。")
        return
    wanted = [Path(path) for path in paths]
    if changed:
        wanted += _changed(root, "HEAD" if changed is True else str(changed))
        if not wanted:
            print("没有改动的文件。")
            return
    report = checking.check(root, wanted)
    sys.stdout.write(FORMATS[form](report))
    sys.exit(1 if report.has_errors else 0)


def _changed(content: Path, since: str) -> list[Path]:
    try:
        return checking.changed_files(content, since)
    except checking.NotInGit as error:
        stop(f"{error}。")


def explain(code: str) -> None:
    """Say what a code means."""
    if not code:
        stop("请写上代码，例如：python3 tasks.py explain T101")
    try:
        sys.stdout.write(explanation(code))
    except UnknownCode as error:
        stop(str(error.args[0]))


def existing(content: str) -> Path:
    """Return the content folder; the process ends if there is none."""
    if not Path(content).is_dir():
        stop(f"找不到内容文件夹 {content}。请在网站的文件夹里运行。")
    return Path(content)


def set_day(date: str) -> None:
    """Take another day for today."""
    try:
        if date:
            build_as_of(date)
    except ValueError:
        stop(f"--date 要写成 2026-12-31 这样的日期，现在是 {date}。")
