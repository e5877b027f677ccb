"""What files state, kept from one check to the next: to check one file, the others need no reading.

It is no part of a build's store: a check may come before the first build, and beside one that runs.
One file, read at once, is also quicker than a row for each manuscript. It is as safe: it names the
program and the folder that it is for, carries a digest of itself, and whatever is wrong with it ends
in one answer, to read everything.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from policysite.build import stamps
from policysite.build.fingerprint import PROGRAM, digest, libraries
from policysite.build.looked import Looked, look
from policysite.build.manuscripts import flatten, restore
from policysite.build.quick import STORES
from policysite.build.store import Damaged, seal, tidy, unseal
from policysite.files import replace_file
from policysite.model.columns import Column
from policysite.model.content import Content, Reading, read_content, read_file
from policysite.problems import Problem

_FEW = 20
"""So many files are read again sooner than everything is written down."""


class _Memory(NamedTuple):
    """The content as a check found it, and what each file stated, with the digest of its bytes."""

    looked: Looked
    stated: dict[str, tuple[bytes, Any]]


def read_kept(
    root: Path, now: datetime, is_wanted: Callable[[str], bool]
) -> tuple[Content, list[Problem]]:
    """Read all content as `read_content` does; only files that `is_wanted` names have a text.

    Of the others there is what they state, without their being opened if they are as they were.
    """
    place = STORES / f"{digest(str(root.resolve()).encode()).hex()}.check"
    maker = _maker(root)
    memory = _recall(place, maker)
    found = look(root, memory.looked if memory else None)
    stated = memory.stated if memory else {}
    fresh: dict[str, tuple[bytes, Any]] = {}

    def read(path: Path, name: str, source: str, column: Column | None, now: datetime) -> Reading:
        if is_wanted(source):
            return read_file(path, name, source, column, now)
        known = found.files[source][1]
        if stated.get(source, (b"",))[0] != known:
            reading = read_file(path, name, source, column, now)
            stated[source] = fresh[source] = (known, flatten(reading))
        return restore(stated[source][1], root, column, now)

    content = read_content(root, now, found.files, read)
    if max(len(fresh), _opened(found, memory)) > _FEW:
        kept = {source: said for source, said in stated.items() if source in found.files}
        with suppress(OSError):  # it only saves time
            tidy(place)
            replace_file(place, [seal((maker, tuple(found), kept))])
    return content


def _maker(root: Path) -> bytes:
    """Return a digest of the program and the folder; stamps do, for nothing is published by it."""
    files = stamps.scan(PROGRAM)
    own = sorted(item for item in files.items() if not item[0].endswith(".pyc"))
    parts = (sys.version, str(root.resolve()), own, libraries())
    return digest(repr(parts).encode())


def _recall(place: Path, maker: bytes) -> _Memory | None:
    try:
        made_by, looked, stated = unseal(place.read_bytes())
    except (OSError, Damaged):
        return None
    return _Memory(Looked(*looked), stated) if made_by == maker else None


def _opened(found: Looked, memory: _Memory | None) -> int:
    """Return how many files had to be opened to know whether they are as before."""
    before = memory.looked.files if memory else {}
    return sum(before.get(name) is not known for name, known in found.files.items())
