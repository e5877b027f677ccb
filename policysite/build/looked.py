"""The content as a build found it, file by file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from policysite.build import stamps as stamping
from policysite.build.fingerprint import digest
from policysite.build.stamps import Stamp
from policysite.model.folders import is_content

Files = Mapping[str, tuple[Stamp, bytes]]
"""Every file of the content by its path: its stamp and the digest of its bytes."""


class Looked(NamedTuple):
    """The files of the content as they are now, and those that a stamp proves nothing of."""

    files: Files
    racy: frozenset[str]


def look(root: Path, before: Looked | None) -> Looked:
    """Return the state of all content; only files with another stamp than before are opened."""
    seen = stamping.now()
    stamps = {name: stamp for name, stamp in stamping.scan(root).items() if is_content(name)}
    files: dict[str, tuple[Stamp, bytes]] = {}
    for name, stamp in stamps.items():
        known = before.files.get(name) if before else None
        if known and before and known[0] == stamp and name not in before.racy:
            files[name] = known
        else:
            files[name] = (stamp, digest((root / name).read_bytes()))
    return Looked(files, frozenset(stamping.racy(stamps, seen)))
