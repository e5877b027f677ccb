"""What files state, kept from one check to the next: to check one file, the others need no reading.

It is no part of a build's store: a check may come before the first build, and beside one that runs.
One file, read at once, is also quicker than a row for each manuscript. It is as safe: it names the
program and the folder that it is for, carries a digest of itself, and whatever is wrong with it ends
in one answer, to read everything. What was found in the last texts is kept beside it in the same way.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from policysite.engine import stamps
from policysite.engine.fingerprint import PROGRAM, digest, libraries
from policysite.engine.looked import FolderFiles, Looked, look
from policysite.engine.manuscripts import flatten, restore
from policysite.engine.quick import STORES
from policysite.engine.store import Damaged, seal, tidy, unseal
from policysite.files import replace_file
from policysite.lint.desk import lint_content
from policysite.model.columns import Column
from policysite.model.content import TERM_LIST, Content, Reading, read_content, read_file
from policysite.problems import Problem

_FEW = 20
"""So many files are read again sooner than everything is written down."""
_TEXTS = 100
"""Of how many texts is kept what was found: those that are being worked on."""

Known = dict[str, tuple[bytes, Any]]
"""By the path of a file under content/: a digest of what it was made from, and what is kept."""


class Readings:
    """Reads content and looks through texts as a check does, but for what it knows from before.

    `is_wanted` says of a path under content/ whether the file is asked about: only those have a text.
    """

    def __init__(self, root: Path, is_wanted: Callable[[str], bool]) -> None:
        self.root, self.is_wanted = root, is_wanted
        self.name = digest(str(root.resolve()).encode()).hex()
        self.maker = _maker(root)

    def read(self, root: Path, now: datetime) -> tuple[Content, list[Problem]]:
        """Read all content as `read_content` does; of files not asked about, what they state."""
        looked, stated = self._recall("check", (None, {}))
        before = Looked(*looked) if looked else None
        self.looked = look(root, before)
        files = self.looked.files
        fresh: Known = {}

        def read(
            path: Path, name: str, source: str, column: Column | None, now: datetime
        ) -> Reading:
            if self.is_wanted(source):
                return read_file(path, name, source, column, now)
            known = files[source]
            if stated.get(source, (b"",))[0] != known:
                reading = read_file(path, name, source, column, now)
                stated[source] = fresh[source] = (known, flatten(reading))
            return restore(stated[source][1], root, column, now)

        content = read_content(root, now, files, read)
        if max(len(fresh), _opened(self.looked, before)) > _FEW:
            kept = {source: said for source, said in stated.items() if source in files}
            self._keep("check", (tuple(self.looked), kept))
        return content

    def lint(
        self,
        content: Content,
        used: Mapping[str, frozenset[str]],
        is_wanted: Callable[[str], bool],
    ) -> list[Problem]:
        """Return what is wrong with the texts asked about, as `lint_content` does."""
        wanted = [source for source in content.sources if is_wanted(source)]
        if is_wanted(TERM_LIST) or len(wanted) > _TEXTS:
            return lint_content(content, used, is_wanted)
        known: Known = self._recall("lint", {})
        keys = {source: self._key(source, used.get(source, ())) for source in wanted}
        stale = {source for source in wanted if known.get(source, (b"",))[0] != keys[source]}
        if stale:
            found = defaultdict(list)
            for problem in lint_content(content, used, stale.__contains__):
                found[problem.path].append(problem)
            new = {s: (keys[s], found[f"{content.shown}/{s}"]) for s in sorted(stale)}
            known = {**new, **{s: said for s, said in known.items() if s not in new}}
            self._keep("lint", dict(islice(known.items(), _TEXTS)))
        return [problem for source in wanted for problem in known[source][1]]

    def _key(self, source: str, names: Iterable[str]) -> bytes:
        """Return a digest of all that is looked through with a text."""
        files = self.looked.files
        terms = files.get(TERM_LIST, b"")
        used = [part for name in sorted(names) for part in (name.encode(), files[name])]
        return digest(files[source], terms, *used)

    def _place(self, kind: str) -> Path:
        return STORES / f"{self.name}.{kind}"

    def _recall(self, kind: str, nothing: Any) -> Any:
        try:
            data = self._place(kind).read_bytes()
            # First who made it: another program's values may be of classes that there are no more.
            return unseal(data[len(self.maker) :]) if data.startswith(self.maker) else nothing
        except (OSError, Damaged):
            return nothing

    def _keep(self, kind: str, kept: object) -> None:
        with suppress(OSError):  # it only saves time
            tidy(self._place(kind))
            replace_file(self._place(kind), [self.maker, seal(kept)])


def _maker(root: Path) -> bytes:
    """Return a digest of the program and the folder; stamps do, for nothing is published by it."""
    files = stamps.stamps_of(stamps.scan(PROGRAM))
    own = sorted(item for item in files.items() if not item[0].endswith(".pyc"))
    parts = (sys.version, str(root.resolve()), own, libraries())
    return digest(repr(parts).encode())


def _opened(found: Looked, before: Looked | None) -> int:
    """Return how many files had to be opened to know whether they are as before."""
    if before is None:
        return len(found.files)
    return len({*found.files.differing(before.files, FolderFiles.stamps), *before.racy})
