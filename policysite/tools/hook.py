"""`hook`: git checks the content before each commit, with nothing else to install."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

from policysite.environment import ROOT
from policysite.files import replace_file
from policysite.tools.git import git

_MARK = "由 python3 tasks.py hook 写成"

# Git tells a hook of its index by a path from where it stands, and in a linked worktree also of
# its folder, with which commands elsewhere take the wrong files for those of the repository.
_SCRIPT = """#!/bin/sh
# 提交前检查内容。{mark}，删掉这个文件就不再检查。
if [ -n "$GIT_INDEX_FILE" ]; then
  GIT_INDEX_FILE="$(cd "$(dirname "$GIT_INDEX_FILE")" && pwd)/$(basename "$GIT_INDEX_FILE")"
  export GIT_INDEX_FILE
fi
unset GIT_DIR GIT_WORK_TREE GIT_PREFIX
cd {root} && exec {python} tasks.py check --staged --content {content}
"""


class CannotInstall(Exception):
    """There is a hook that somebody else has written; the message says where, in Chinese."""


def install(content: Path) -> Path:
    """Write the hook that runs before a commit; return its path.

    Raises:
        CannotInstall: another hook is there.
        NotInGit: there is no repository here.

    """
    folder = Path(
        git(content, "rev-parse", "--path-format=absolute", "--git-path", "hooks").strip()
    )
    path = folder / "pre-commit"
    if path.is_file() and _MARK not in path.read_text("utf-8", "replace"):
        raise CannotInstall(
            f"{path} 已经有了，没有改动它。请在里面加一行：python3 tasks.py check --staged"
        )
    said = _SCRIPT.format(
        mark=_MARK,
        root=_quoted(ROOT),
        python=_quoted(Path(sys.executable)),
        content=_quoted(content.resolve()),
    )
    replace_file(path, [said.encode()])
    path.chmod(0o755)
    return path


def _quoted(path: Path) -> str:
    return shlex.quote(path.as_posix())
