"""Facts of pages kept from one audit to the next, by the digest of the page.

The cache is one file: a line with the fingerprint of the program that made it, a line of JSON for
each page, and a line with the SHA-256 of all before. What is damaged, or was made by other rules,
counts as empty: the audit then takes longer and finds the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from itertools import chain
from pathlib import Path

import pydantic
from lxml import etree
from pydantic import TypeAdapter, ValidationError

from policysite.audit.facts import PageFacts, share_strings
from policysite.files import replace_file

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
        with path.open("rb") as file:
            return {facts.path: facts for facts in _read(file)}
    except (OSError, ValidationError, _Unreliable):
        return {}


class _Unreliable(Exception):
    """The file was made by another program, or is not as it was written."""


def _read(lines: Iterable[bytes]) -> Iterator[PageFacts]:
    """Yield the facts; only who comes to the end may believe them."""
    digest, last = sha256(), b""
    for number, line in enumerate(lines):
        if number == 1 and last.decode("ascii", "replace").strip() != fingerprint():
            raise _Unreliable
        if number > 1:
            yield share_strings(_FACTS.validate_json(last))
        digest.update(last)
        last = line
    if last.decode("ascii", "replace") != digest.hexdigest():
        raise _Unreliable


def store(path: Path, pages: Iterable[PageFacts]) -> None:
    """Keep the facts; whoever reads meanwhile sees the old file or the new one."""
    replace_file(path, _sealed(pages))


def _sealed(pages: Iterable[PageFacts]) -> Iterator[bytes]:
    digest = sha256()
    for line in chain([fingerprint().encode()], map(_FACTS.dump_json, pages)):
        digest.update(line + b"\n")
        yield line + b"\n"
    yield digest.hexdigest().encode()
