"""Pictures made once: kept on disk by what they are made from, and checked before they are used.

An entry is one file, named by the digest of the source's bytes and of everything that decides what
comes of them. It holds a SHA-256 of the rest, a line of JSON that says what follows, and the
pictures. A damaged or half-written entry fails its own digest and counts as missing.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from policysite.files import replace_file


@dataclass(frozen=True, slots=True)
class Rendition:
    """One encoded form of an image: `suffix` is avif, webp, jpg or png; sizes are in pixels."""

    suffix: str
    width: int
    height: int
    data: bytes


def load(folder: Path, key: str) -> tuple[Rendition, ...] | None:
    """Return what is kept under `key`, or None if nothing usable is."""
    try:
        entry = _file(folder, key).read_bytes()
    except FileNotFoundError:
        return None
    digest, _, rest = entry.partition(b"\n")
    if digest.decode("ascii", "replace") != sha256(rest).hexdigest():
        return None
    head, _, blobs = rest.partition(b"\n")
    renditions, place = [], 0
    for suffix, width, height, length in json.loads(head):
        renditions.append(Rendition(suffix, width, height, blobs[place : place + length]))
        place += length
    return tuple(renditions)


def store(folder: Path, key: str, renditions: Sequence[Rendition]) -> None:
    """Keep `renditions` under `key`; whoever reads meanwhile sees the old entry or the new one."""
    head = [(r.suffix, r.width, r.height, len(r.data)) for r in renditions]
    rest = json.dumps(head).encode() + b"\n" + b"".join(r.data for r in renditions)
    replace_file(_file(folder, key), [sha256(rest).hexdigest().encode(), b"\n", rest])


def _file(folder: Path, key: str) -> Path:
    return folder / key[:2] / key[2:]
