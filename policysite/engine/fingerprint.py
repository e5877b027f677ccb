"""What a build depends on besides the content: the program, its libraries, theme and settings."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path

from policysite.model.folders import leads_back

PROGRAM = Path(__file__).resolve().parent.parent
_FORMAT = b"1"
"""To be raised when what is kept changes its form in a way that the program's text does not show."""


def digest(*parts: bytes) -> bytes:
    """Return a digest of byte strings; where one ends and the next begins counts too."""
    found = blake2b(digest_size=16)
    for part in parts:
        found.update(len(part).to_bytes(8, "little"))
        found.update(part)
    return found.digest()


def digest_tree(root: Path) -> bytes:
    """Return a digest of all files below a folder, and their places in it, but compiled Python."""
    parts = []
    for name in sorted(_files(f"{root}/", "")):
        with open(f"{root}/{name}", "rb", buffering=0) as file:  # noqa: PTH123 -- of each start
            parts += [name.encode(), file.read()]
    return digest(*parts)


def _files(root: str, inner: str) -> Iterator[str]:
    with os.scandir(root + inner) as entries:
        for entry in entries:
            if entry.is_dir():
                if not (entry.is_symlink() and leads_back(entry.path, root + inner)):
                    yield from _files(root, f"{inner}{entry.name}/")
            elif entry.is_file() and not entry.name.endswith(".pyc"):
                yield inner + entry.name


@cache
def program() -> bytes:
    """Return a digest of our own code, its data, the interpreter and the installed libraries."""
    return digest(
        _FORMAT,
        sys.version.encode(),
        digest_tree(PROGRAM),
        "\n".join(libraries()).encode(),
    )


def libraries() -> list[str]:
    """Return name and version of what is installed, by the names of the folders that say so."""
    found: set[str] = set()
    for place in map(Path, sys.path):
        if place.name in ("site-packages", "dist-packages") and place.is_dir():
            with os.scandir(place) as entries:
                found.update(e.name for e in entries if e.name.endswith(".dist-info"))
    return sorted(found)
