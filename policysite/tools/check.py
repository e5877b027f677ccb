"""`check`: the gate's findings in the files that were asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from policysite.clock import build_time
from policysite.engine.readings import Readings
from policysite.gate import inspect_all
from policysite.known_problems import without_known, write_known
from policysite.model.content import ROSTER
from policysite.pages.proof import Edition
from policysite.problems import Level, Problem
from policysite.tools.git import git


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found in the files that were asked for.

    `content` is the folder that the problems' paths begin with, if there is one to read lines from.
    `known` counts the problems that the list of known ones kept back.
    """

    problems: tuple[Problem, ...]
    content: Path | None = None
    known: int = 0

    @property
    def has_errors(self) -> bool:
        """Whether the content may not be published."""
        return any(found.level is Level.ERROR for found in self.problems)


def check(
    content: Path, paths: Sequence[Path], *, has_reviews: bool = True, is_copy: bool = False
) -> Report:
    """Check the whole content and keep what concerns `paths` (files or folders; none means all).

    Reviews are not asked for before a commit: a text must be committed for anyone to review it. Of a
    copy that will soon be gone, nothing is kept for the next check.

    What others state is known even for one file: a link is right or wrong only beside what it
    leads to.
    """
    shown = content.resolve().name
    wanted = [name for path in paths if (name := _shown(path, content)) != shown]
    if len(wanted) < len(paths):
        wanted = []

    def is_wanted(source: str) -> bool:
        return _is_among(f"{shown}/{source}", wanted)

    if wanted and not is_copy:
        kept_before = Readings(content, is_wanted)
        ways = (kept_before.read, kept_before.lint)
        edition, everything = inspect_all(content, build_time(), is_wanted, *ways)
    else:
        edition, everything = inspect_all(content, build_time(), is_wanted)
    kept = _concerning(everything, wanted)
    # 先审后发 has its own first day in the roster; no list of old faults takes it back.
    reviews = _reviews(edition, is_wanted) if has_reviews else []
    fresh = without_known(kept, content)
    found = sorted([*fresh, *_concerning(reviews, wanted)])
    return Report(tuple(found), content, max(0, len(kept) - len(fresh)))


def _reviews(edition: Edition, is_wanted: Callable[[str], bool]) -> list[Problem]:
    if not (edition.content.root / ROSTER).is_file():
        return []
    from policysite.review.inspection import inspect_reviews

    return inspect_reviews(edition.content, edition.used, is_wanted)


def _concerning(problems: Sequence[Problem], wanted: Sequence[str]) -> list[Problem]:
    return [found for found in problems if _is_among(found.path, wanted)]


def _is_among(path: str, wanted: Sequence[str]) -> bool:
    """Return whether a path is one of those wanted or below one; none wanted means all are."""
    return not wanted or any(path == name or path.startswith(name + "/") for name in wanted)


def _shown(path: Path, content: Path) -> str:
    """Return a path as problems name it: the content folder's name, then what is below it."""
    try:
        below = path.resolve().relative_to(content.resolve())
    except ValueError:
        return path.as_posix()
    return (Path(content.resolve().name) / below).as_posix().removesuffix("/.")


def learn(content: Path) -> int:
    """Write all that is wrong with the text now to the list of known problems; return the count."""
    return write_known(inspect_all(content, build_time())[1], content)


def changed_files(content: Path, since: str = "HEAD") -> list[Path]:
    """Return the files below `content` that differ from where this branch left `since`.

    What is not committed, and not even added yet, counts. A changed file that is no manuscript may
    make any of them wrong: then the folder itself is returned.

    Raises:
        NotInGit: there is no repository here, or it has no `since`.

    """
    root = Path(git(content, "rev-parse", "--show-toplevel").strip())
    base = git(content, "merge-base", since, "HEAD").strip()
    tracked = git(content, "diff", "--name-only", "-z", "--diff-filter=d", base, "--", ".")
    new = git(content, "ls-files", "--others", "--exclude-standard", "--full-name", "-z", "--", ".")
    gone = git(content, "diff", "--name-only", "-z", "--diff-filter=D", base, "--", ".")
    paths = [root / name for name in sorted({*tracked.split("\0"), *new.split("\0")} - {""})]
    if gone or any(path.suffix != ".md" for path in paths):
        return [content]
    return paths
