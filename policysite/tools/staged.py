"""What is about to be committed: the content as the index of git has it, not as it lies there."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from policysite.model.folders import is_content
from policysite.tools.git import NotInGit, git


@contextmanager
def staged_content(content: Path) -> Iterator[Path]:
    """Lend the content folder as it would be committed, under the same name.

    Where it lies there just so, it is the folder itself. Otherwise it is a copy without what was
    changed and not added, in the folder of git, on the same disk.

    Raises:
        NotInGit: there is no repository here.

    """
    if _is_as_staged(content):
        yield content
        return
    folder = Path(git(content, "rev-parse", "--absolute-git-dir").strip())
    names = git(content, "ls-files", "-z", "--", ".")
    with tempfile.TemporaryDirectory(dir=folder, prefix="policysite-") as made:
        # Git puts each file below the prefix by its path from the top of the repository.
        git(content, "checkout-index", "-z", "--stdin", f"--prefix={made}/", given=names)
        copy = Path(made) / git(content, "rev-parse", "--show-prefix").strip()
        copy.mkdir(parents=True, exist_ok=True)
        yield copy


def _is_as_staged(content: Path) -> bool:
    """Return whether no file that matters to a check differs from the index, or is not in it."""
    tagged = git(content, "ls-files", "-v", "-z", "--", ".").split("\0")[:-1]
    # Of files with any other tag, git does not look at what lies there: see `git help ls-files`.
    if any(not name.startswith("H ") for name in tagged):
        return False
    others = git(content, "ls-files", "--others", "-z", "--", ".").split("\0")[:-1]
    changed = git(content, "diff", "--name-only", "-z", "--", ".")
    return not changed and not any(map(is_content, others))


def staged_files(content: Path, copy: Path) -> list[Path]:
    """Return the manuscripts in `copy` that differ from the last commit.

    Where anything else was changed, or something was deleted, any of them may be wrong now: then
    it is the folder itself.

    Raises:
        NotInGit: there is no repository here.

    """
    paths = ["--relative", "--name-only", "-z", "--no-renames", _base(content), "--", "."]
    changed = git(content, "diff", "--cached", "--diff-filter=d", *paths).split("\0")[:-1]
    gone = git(content, "diff", "--cached", "--diff-filter=D", *paths)
    if gone or any(not name.endswith(".md") for name in changed):
        return [copy]
    return [copy / name for name in changed]


def _base(content: Path) -> str:
    try:
        return git(content, "rev-parse", "--verify", "--quiet", "HEAD").strip()
    except NotInGit:
        # Before the first commit: the tree of nothing.
        return git(content, "hash-object", "-t", "tree", "--stdin").strip()
