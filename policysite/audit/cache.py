"""Facts of pages kept from one audit to the next, by the digest of the page.

The cache is one file: a line with the SHA-256 of the rest, then JSON with the fingerprint of the
program that made it. What is damaged, or was made by other rules, counts as empty: the audit then
takes longer and finds the same.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

import pydantic
from lxml import etree
from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from policysite.audit.facts import PageFacts

_PACKAGE = Path(__file__).parent
# Page rules and readers take words, forms and kinds from here, so a change here changes facts.
_ALSO = (_PACKAGE.parent / "model" / "columns.py",)


@dataclass(frozen=True, slots=True)
class _Kept:
    fingerprint: str
    pages: tuple[PageFacts, ...]


_KEPT = TypeAdapter(_Kept)


@cache
def fingerprint() -> str:
    """Return the digest of all that decides what facts are read from a page."""
    digest = sha256(f"{etree.LXML_VERSION}{etree.LIBXML_VERSION}{pydantic.VERSION}".encode())
    for path in (*sorted(_PACKAGE.rglob("*.py")), *_ALSO):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def load(path: Path) -> Mapping[str, PageFacts]:
    """Return the kept facts by path of the page; nothing if the file cannot be relied on."""
    try:
        data = path.read_bytes()
    except OSError:
        return {}
    digest, _, rest = data.partition(b"\n")
    if digest.decode("ascii", "replace") != sha256(rest).hexdigest():
        return {}
    try:
        kept = _KEPT.validate_json(rest)
    except ValidationError:
        return {}
    return {p.path: p for p in kept.pages} if kept.fingerprint == fingerprint() else {}


def store(path: Path, pages: Iterable[PageFacts]) -> None:
    """Keep the facts; whoever reads meanwhile sees the old file or the new one."""
    rest = _KEPT.dump_json(_Kept(fingerprint(), tuple(pages)))
    replace_file(path, sha256(rest).hexdigest().encode() + b"\n" + rest)


def replace_file(path: Path, data: bytes) -> None:
    """Write a file beside its place, then put it there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    Path(name).chmod(0o644)
    Path(name).replace(path)
