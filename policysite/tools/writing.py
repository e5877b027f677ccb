"""The tasks of those who write and review: new articles, imported ones, 三审三校."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from policysite.environment import stop
from policysite.tools.desk import existing

# Each task loads what it needs: together it takes longer than most of them.


def new(  # one parameter for each option of the task
    column: str,
    title: str,
    slug: str,
    date: str,
    fields: Mapping[str, str],
    lines: Iterable[str],
    content: str,
    *,
    yes: bool,
) -> None:
    """Write a new article and say where it is; `lines` are further fields as `名称=内容`."""
    from policysite.tools import new as writing

    root = existing(content)
    if unclear := [line for line in lines if "=" not in line]:
        stop(f"--field 要写成 名称=内容，例如 --field 责任编辑=周予安，现在是 {unclear[0]}。")
    named = {name.strip(): text for name, _, text in (line.partition("=") for line in lines)}
    given = {**{key: text for key, text in fields.items() if text}, **named}
    try:
        path = writing.new(root, writing.Answers(column, title, slug, date, given, is_sure=yes))
    except writing.CannotWrite as error:
        stop(str(error))
    except KeyboardInterrupt:
        stop("已取消，没有新建文件。")
    print(f"已新建 {path}。写好正文后，把“状态”改成“已发布”。")


def import_file(
    path: str, content: str, column: str, slug: str, date: str, *, accept_revisions: bool, yes: bool
) -> None:
    """Make a draft of a file, and say what has to be looked at."""
    from policysite.importing.blocks import CannotImport
    from policysite.tools.importing import Wishes, import_file

    try:
        done = import_file(
            Path(path), Path(content), Wishes(column, slug, date, accept_revisions, yes)
        )
    except CannotImport as error:
        stop(str(error))
    except KeyboardInterrupt:
        stop("已取消，没有导入。")
    print(f"已导入为草稿：{done.path}")
    for remark in done.remarks:
        print(f"  请注意：{remark.rstrip('。')}。")
    print("核对无误后，把“状态”改成“已发布”。")


def import_site(folder: str, rules: str, report: str, content: str) -> None:
    """Make drafts of the pages of an old site; exit 1 if some could not be imported."""
    from policysite.importing.blocks import CannotImport
    from policysite.importing.site import FAILED, Row
    from policysite.tools import importing_site as old

    rows: list[Row] = []
    try:
        for row in old.import_site(Path(folder), Path(rules), Path(content)):
            rows.append(row)
            if row.result == FAILED:
                print(f"{row.address} 没有导入：{row.remarks}。")
    except CannotImport as error:
        stop(str(error))
    except KeyboardInterrupt:
        print("已停止。再运行一次，会接着导入。")
    _replace(Path(report), old.report(rows))
    print(f"{old.summary(rows)}报告在 {report}。")
    sys.exit(1 if any(row.result == FAILED for row in rows) else 0)


def review(path: str, step: str, content: str, *, yes: bool) -> None:
    """Record that the person at this machine has reviewed an article."""
    from policysite.tools import review as reviewing

    try:
        taken = reviewing.review(Path(path), step, Path(content), is_sure=yes)
    except reviewing.CannotReview as error:
        stop(str(error))
    except KeyboardInterrupt:
        stop("已取消，没有记录。")
    print(f"已记录：{taken.name}对{taken.title}{taken.step}通过。请推送（git push）。")


def review_log(output: str, content: str) -> None:
    """Write the log of reviews to a file, or show it."""
    from policysite.tools import review as reviewing

    try:
        log = reviewing.review_log(Path(content))
    except reviewing.CannotReview as error:
        stop(str(error))
    if not output:
        sys.stdout.write(log.removeprefix("\ufeff"))
        return
    _replace(Path(output), log)
    print(f"审校台账已写到 {output}。")


def _replace(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    from policysite.files import reason_of, replace_file

    try:
        replace_file(path, [text.encode()])
    except OSError as error:
        stop(f"写不进 {path}（{reason_of(error)}）。")
