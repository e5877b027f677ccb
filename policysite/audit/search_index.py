"""Reads a search index from its files, as a browser would: what titles does it know?

Ours is manifest.json with its segments (version 3), each with its records: blocks whose lengths
the manifest tells in units of 32 bytes, one character each from U+0030 on. 256 blocks are in a file,
r0, r1 and so on, with a name of four characters that the manifest tells too. A block is a checksum of
four bytes, the length of the titles in two, the titles in UTF-16 divided by line feeds, then a line
for each document with slug (or address) and day in hexadecimal. An index of any other make is taken
as text: a title is in it or not.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from policysite.audit.store import Strings

FOLDER = "search"
VERSION = 3
_UNIT, _FIRST_CHARACTER = 32, 0x30
_IN_FILE, _NAME_LENGTH = 256, 4
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """The titles and addresses that a search can find; of a foreign index its whole text."""

    titles: Container[str] = ()
    urls: Container[str] = ()
    text: str = ""

    def knows(self, title: str, url: str) -> bool:
        """Return whether a search for the title can lead to the page."""
        if self.text:
            return title in self.text or url in self.text
        return title in self.titles and url in self.urls


def read_search_index(root: Path, files: Mapping[str, int]) -> SearchIndex | None:
    """Return what the index below `root` knows, None if there is no index."""
    names = [n for n in files if n.startswith(f"{FOLDER}/") and n.endswith(".json")]
    if not names:
        return None
    manifest = _manifest(root / FOLDER / "manifest.json")
    if manifest is None:
        return SearchIndex(text="".join(_text(root / name) for name in names) or " ")
    titles, urls = Strings(), Strings()
    for segment in manifest:
        for title, url in _entries(root, segment):
            titles.add(title)
            urls.add(url)
    return SearchIndex(titles, urls)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace")
    except OSError:
        return ""


def _manifest(path: Path) -> list[Any] | None:
    """Return the segments of an index of ours, None if it is not one or is not to be read."""
    try:
        data = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    if not isinstance(data, dict) or data.get("version") != VERSION:
        return None
    segments = data.get("segments")
    return segments if isinstance(segments, list) else None


def _entries(root: Path, segment: Any) -> Iterator[tuple[str, str]]:
    """Yield title and address of each document of a segment; what is damaged is not found."""
    if not isinstance(segment, dict):
        return
    lengths, names = str(segment.get("blocks", "")), str(segment.get("records", ""))
    folder = root / FOLDER / str(segment.get("name", ""))
    for number in range(0, len(lengths), _IN_FILE):
        place = number // _IN_FILE
        edition = names[place * _NAME_LENGTH : (place + 1) * _NAME_LENGTH]
        try:
            data = (folder / f"r{place:x}.{edition}.bin").read_bytes()
        except (OSError, ValueError):
            continue
        start = 0
        for character in lengths[number : number + _IN_FILE]:
            end = start + (ord(character) - _FIRST_CHARACTER) * _UNIT
            yield from _block(data[start:end])
            start = end


def _block(block: bytes) -> Iterator[tuple[str, str]]:
    length = int.from_bytes(block[4:6], "big")
    titles = block[6 : 6 + length].decode("utf-16-le", "replace").split("\n")
    rest = block[6 + length :].decode("utf-8", "replace").rstrip(" ").splitlines()
    for title, line in zip(titles, rest, strict=False):
        slug, _, further = line.partition("\t")
        try:
            day = _EPOCH + timedelta(days=int(further.partition("\t")[0], 16))
        except (ValueError, OverflowError):
            continue
        yield title, slug if slug.startswith("/") else f"/{day.year}/{slug}.html"
