"""What a build depends on besides the content: the program, its libraries, theme and settings."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import cache
from hashlib import blake2b
from pathlib import Path

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


def digest_files(paths: Iterable[Path], root: Path) -> bytes:
    """Return a digest of files and their places below `root`; one that is missing counts too."""
    parts = []
    for path in sorted(paths):
        parts.append(path.relative_to(root).as_posix().encode())
        parts.append(path.read_bytes() if path.is_file() else b"\0")
    return digest(*parts)


def digest_tree(root: Path) -> bytes:
    """Return a digest of all files below a folder but compiled Python."""
    files = (path for path in root.rglob("*") if path.suffix != ".pyc" and path.is_file())
    return digest_files(files, root)


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
            found.update(entry.name for entry in place.iterdir() if entry.suffix == ".dist-info")
    return sorted(found)
