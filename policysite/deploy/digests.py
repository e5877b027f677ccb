"""Digests of files that were read before, so that a deploy reads only what may have changed.

A file is taken as unchanged if its stamp is the one with which it was read (policysite/engine/stamps.py
has what that proves). The cache is a convenience: without it, or if it is damaged, all is read.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from policysite.engine.stamps import RACY, Stamp
from policysite.files import replace_file

WORTH_WRITING = 50
"""The cache is written again when a fiftieth of the files are not in it: writing 10,000 digests
takes as long as reading 300 files."""

Digest = tuple[Stamp, str]
"""A file's stamp, and its SHA-256 (hex) at that time."""
Digests = Mapping[str, Digest]
"""Digests by the files' paths below the site's folder."""


@dataclass(frozen=True, slots=True)
class DigestCache:
    """The digests of one folder, in a file of its own below `place`."""

    place: Path
    root: Path

    @property
    def path(self) -> Path:
        """Return the file's path."""
        return self.place / f"digests-{sha256(os.fsencode(self.root.resolve())).hexdigest()[:16]}"

    def read(self) -> Digests:
        """Return what was kept; nothing if there is nothing whole."""
        try:
            seal, _, text = self.path.read_bytes().partition(b"\n")
        except OSError:
            return {}
        if sha256(text).hexdigest().encode() != seal:
            return {}
        names, stamps, digests = json.loads(text)
        return dict(zip(names, zip(map(tuple, stamps), digests, strict=True), strict=True))

    def update(self, known: Digests, digests: Digests, seen: int) -> None:
        """Keep digests of files whose stamps, taken at `seen` (ns), prove something.

        `known` is what was read; if nearly everything is in it, it stays.
        """
        latest = seen - RACY
        sure = {key: row for key, row in digests.items() if max(row[0][1], row[0][2]) <= latest}
        if sum(row != known.get(key) for key, row in sure.items()) * WORTH_WRITING <= len(sure):
            return
        rows = [*sure], [stamp for stamp, _ in sure.values()], [d for _, d in sure.values()]
        text = json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()
        with suppress(OSError):  # a full disk, or no right to write here: the next deploy reads all
            replace_file(self.path, [sha256(text).hexdigest().encode(), b"\n", text])

    def forget(self) -> None:
        """Remove the file."""
        with suppress(OSError):
            self.path.unlink(missing_ok=True)
