"""Bytes with a checksum, which tells a damaged file from a whole one, and one file from another.

CRC-32 of the seed of the segment, the number of the piece and all that follows.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping

MANIFEST_SEED = b"manifest"


def checked(data: bytes, seed: bytes, number: int) -> bytes:
    """Return the checksum in four bytes, the high one first, and `data`."""
    return _sum(data, seed, number).to_bytes(4, "big") + data


def checked_json(value: Mapping[str, object], seed: bytes) -> bytes:
    """Return JSON whose first member is the checksum of all that follows it, as eight digits."""
    rest = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()[1:]
    return b'{"check":"%08x",%s' % (_sum(rest, seed, 0), rest)


def _sum(data: bytes, seed: bytes, number: int) -> int:
    return zlib.crc32(data, zlib.crc32(b"%s %d " % (seed, number)))
