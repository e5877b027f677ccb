"""Bytes with a checksum, which tells a damaged file from a whole one, and one file from another.

CRC-32 of the seed of the segment, the number of the piece and all that follows. What tells two
editions of one file apart is its name, which readers have from another file that is checked.
"""

from __future__ import annotations

import json
import zlib
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from hashlib import blake2b

MANIFEST_SEED = b"manifest"
NAME_LENGTH = 4
"""Characters of a name: 24 bits. One edit in 300,000 of those that exchange fifty files might give
a file the name that it had before; a reader who kept that one would then have it a while longer."""
_NAME_BYTES = 3


def checked(data: bytes, seed: bytes, number: int) -> bytes:
    """Return the checksum in four bytes, the high one first, and `data`."""
    return _sum(data, seed, number).to_bytes(4, "big") + data


def checked_json(value: Mapping[str, object], seed: bytes) -> bytes:
    """Return JSON whose first member is the checksum of all that follows it, as eight digits."""
    rest = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()[1:]
    return b'{"check":"%08x",%s' % (_sum(rest, seed, 0), rest)


def _sum(data: bytes, seed: bytes, number: int) -> int:
    return zlib.crc32(data, zlib.crc32(b"%s %d " % (seed, number)))


def name_of(data: bytes) -> str:
    """Return the name that tells the content of a file from any other that it had.

    >>> name_of(b"")
    'zsfq'
    """
    return urlsafe_b64encode(_name_bytes(data)).decode()


def name_bits(data: bytes) -> int:
    """Return the name as a number, six bits a character."""
    return int.from_bytes(_name_bytes(data), "big")


def _name_bytes(data: bytes) -> bytes:
    return blake2b(data, digest_size=_NAME_BYTES).digest()
