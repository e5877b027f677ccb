"""Facts of pages kept from one audit to the next, by the digest of the page.

The cache is one file: a line with the SHA-256 of the rest, a line with the fingerprint of the
program that made it, then a line of JSON for each page. What is damaged, or was made by other rules,
counts as empty: the audit then takes longer and finds the same.
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

from policysite.audit.facts import PageFacts, share_strings

_PACKAGE = Path(__file__).parent
# Page rules and readers take words, forms and kinds from here, so a change here changes facts.
_ALSO = (_PACKAGE.parent / "model" / "columns.py",)


_FACTS = TypeAdapter(PageFacts)


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
    maker, *lines = rest.splitlines()
    if maker.decode("ascii", "replace") != fingerprint():
        return {}
    try:
        found = [share_strings(_FACTS.validate_json(line)) for line in lines]
    except ValidationError:
        return {}
    return {facts.path: facts for facts in found}


def store(path: Path, pages: Iterable[PageFacts]) -> None:
    """Keep the facts; whoever reads meanwhile sees the old file or the new one."""
    lines = [fingerprint().encode(), *(_FACTS.dump_json(facts) for facts in pages)]
    rest = b"\n".join(lines)
    replace_file(path, sha256(rest).hexdigest().encode() + b"\n" + rest)


def replace_file(path: Path, data: bytes) -> None:
    """Write a file beside its place, then put it there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    Path(name).chmod(0o644)
    Path(name).replace(path)
