"""Asks git, and says in Chinese why it has no answer."""

from __future__ import annotations

import subprocess
from pathlib import Path


class NotInGit(Exception):
    """Git does not know what has changed; the text says why."""


def git(folder: Path, *arguments: str, given: str = "") -> str:
    """Return what git says in `folder`.

    Raises:
        NotInGit: it says that something is wrong, or it is not installed.

    """
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(  # noqa: S603 -- no shell
            command, input=given.encode(), capture_output=True, check=True
        )
    except FileNotFoundError as error:
        raise NotInGit("没有安装 git，无法知道改了哪些文件") from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode("utf-8", "replace").strip().splitlines()
        raise NotInGit(f"git 说不清改了哪些文件：{said[-1] if said else '没有说明原因'}") from error
    return done.stdout.decode("utf-8", "replace")
