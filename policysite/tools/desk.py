"""The commands of the editor's desk: check, hook, explain, fix."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from policysite.clock import build_as_of
from policysite.environment import stop

if TYPE_CHECKING:
    from policysite.tools.check import Report

# Each command loads what it needs: Invoke loads this module for any task.


def check(
    paths: list[str],
    form: str,
    content: str,
    *,
    date: str = "",
    changed: str | bool = "",
    staged: bool = False,
    learn: bool = False,
) -> None:
    """Show the findings; exit 1 if one of them is an error.

    `changed` is a branch or commit to compare with, True for what is not committed yet; `staged`
    is what the next commit will hold. `learn` writes the list of known problems instead.
    """
    from policysite.tools import check as checking
    from policysite.tools.report_formats import FORMATS

    set_day(date)
    root = existing(content)
    if form not in FORMATS:
        stop(f"--format 只能是 {'、'.join(FORMATS)}，现在是 {form}。")
    if staged:
        _check_staged(root, form)
        return
    if missing := [path for path in paths if not Path(path).exists()]:
        stop(f"找不到 {'、'.join(missing)}。请核对文件或文件夹的名称。")
    if learn:
        print(f"已记下 {checking.learn(root)} 处存量问题，以后不再列出；改过的行会重新检查。")
        return
    wanted = [Path(path) for path in paths]
    if changed:
        wanted += _changed(root, "HEAD" if changed is True else str(changed))
    is_idle = bool(changed) and not wanted
    report = checking.Report((), root) if is_idle else checking.check(root, wanted)
    if is_idle and form == "text":
        print("没有改动的文件。")
        return
    _show(report, form)


def _check_staged(root: Path, form: str) -> None:
    from policysite.tools.check import check as check_content
    from policysite.tools.git import NotInGit
    from policysite.tools.staged import staged_content, staged_files

    try:
        with staged_content(root) as copy:
            paths = staged_files(root, copy)
            is_copy = copy != root
            report = (
                check_content(copy, paths, has_reviews=False, is_copy=is_copy) if paths else None
            )
            if report and report.has_errors:
                sys.stderr.write(
                    "没有提交。请按下面的提示改正、保存，再添加（git add）、提交一次。\n"
                )
            if report:
                _show(report, form)
    except NotInGit as error:
        stop(f"{error}。")


def hook(content: str) -> None:
    """Let git check the content before each commit."""
    from policysite.tools.git import NotInGit
    from policysite.tools.hook import CannotInstall, install

    try:
        path = install(existing(content))
    except (CannotInstall, NotInGit) as error:
        stop(f"{str(error).rstrip('。')}。")
    print(f"已写好 {path}。以后每次提交都先检查，有错误就不提交。")


def _show(report: Report, form: str) -> NoReturn:
    from policysite.tools.report_formats import FORMATS

    sys.stdout.write(FORMATS[form](report))
    sys.exit(1 if report.has_errors else 0)


def _changed(content: Path, since: str) -> list[Path]:
    from policysite.tools.check import changed_files
    from policysite.tools.git import NotInGit

    try:
        return changed_files(content, since)
    except NotInGit as error:
        stop(f"{error}。")


def explain(code: str) -> None:
    """Say what a code means."""
    from policysite.tools.explain import UnknownCode
    from policysite.tools.explain import explain as explanation

    if not code:
        stop("请写上代码，例如：python3 tasks.py explain T101")
    try:
        sys.stdout.write(explanation(code))
    except UnknownCode as error:
        stop(str(error.args[0]))


def fix(paths: list[str], content: str, *, yes: bool = False) -> None:
    """Show what can be mended safely; write it if the person agrees."""
    from policysite.lint.term_tables import FaultyTerms
    from policysite.model.content import TERM_LIST
    from policysite.tools import fix as mending

    root = existing(content)
    if missing := [path for path in paths if not Path(path).exists()]:
        stop(f"找不到 {'、'.join(missing)}。请核对文件或文件夹的名称。")
    try:
        found = list(mending.mend_files(root, [Path(path) for path in paths]))
    except FaultyTerms as error:
        stop(f"词表 {root / TERM_LIST} 没有看懂：{error}。")
    for mended in found:
        sys.stdout.write(mending.difference(mended))
    if not found:
        print("没有可以自动改正的地方。其余的问题请看 check 的提示。")
        return
    if not yes and not _agrees(len(found)):
        print("没有改动任何文件。")
        return
    for mended in found:
        mending.write(mended)
    print(f"已改正 {len(found)} 个文件。请再运行一次 check。")


def _agrees(count: int) -> bool:
    if not sys.stdin.isatty():
        print("同意这些改动的，请加上 --yes 再运行一次。")
        return False
    try:
        return input(f"改正这 {count} 个文件吗？同意请输入 y 再按回车：").strip().lower() in (
            "y",
            "yes",
            "是",
        )
    except (EOFError, KeyboardInterrupt):
        return False


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
