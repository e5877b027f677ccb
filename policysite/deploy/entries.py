"""What is published, as values: a file's digest and headers, and the digest of all of them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import md5, sha256

RECORDS = "_deploy/"
"""The deployer's own objects; nothing of the site may be called so."""

FINGERPRINTED = r"\.[0-9a-f]{8,64}\.[a-z0-9]+$|(^|/)search/[0-9a-f]{12}/[^/]+$"
"""Names that tell the content: of a file, or of the folder that a segment of the search index is."""
_FINGERPRINTED = re.compile(FINGERPRINTED)


@dataclass(frozen=True, slots=True)
class Headers:
    """What the store answers with an object besides its bytes; empty means not sent."""

    content_type: str = ""
    cache_control: str = ""
    content_encoding: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One published object: digest (hex) and size of its final bytes, and its headers."""

    sha256: str
    size: int
    headers: Headers

    def same(self, other: Entry | None) -> bool:
        """Return whether bytes and headers are the same."""
        return other is not None and self.identity == other.identity

    @property
    def identity(self) -> tuple[str, Headers]:
        """Return what tells two entries apart."""
        return self.sha256, self.headers


Entries = Mapping[str, Entry]
"""Entries by key: `2026/heat-relief.html`."""


def digest_of(entries: Entries) -> str:
    """Return one digest (hex) of all keys, bytes and headers, whatever their order."""
    rows = (
        f"{key}\0{e.sha256}\0{e.headers.content_type}\0{e.headers.cache_control}"
        f"\0{e.headers.content_encoding}\n"
        for key, e in sorted(entries.items())
    )
    return sha256("".join(rows).encode()).hexdigest()


def md5_of(data: bytes) -> str:
    """Return the MD5 in hex: stores list it as ETag; it secures nothing."""
    return md5(data, usedforsecurity=False).hexdigest()


def is_fingerprinted(key: str) -> bool:
    """Return whether the name tells the content: `assets/site.3f2a91c0.css`, `search/b59a47765619/2e.bin`."""
    return _FINGERPRINTED.search(key) is not None


def canonical_json(value: object) -> bytes:
    """Return the one JSON form of a value: sorted, compact, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
