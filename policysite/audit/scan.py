"""Goes through a folder of pages, in as many processes as there are cores; keeps only facts."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path

from policysite.audit.facts import PageFacts, share_strings
from policysite.audit.reading import read_page
from policysite.audit.rules import PAGE_RULES

SUFFIXES = (".html", ".htm", ".shtml", ".xhtml")
CHUNK = 64
"""Pages handed to a process at once: enough to pay for the handing, few enough to share out."""
ALONE = 256
"""With fewer pages than this to read, other processes take longer to start than to help."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """A folder: facts of its pages in the order of paths, sizes of all files, and pages re-read."""

    pages: tuple[PageFacts, ...]
    files: Mapping[str, int]
    read: int


def scan(root: Path, known: Mapping[str, PageFacts], processes: int = 0) -> Scanned:
    """Return the facts of every page below `root`; those in `known` are used if still true."""
    files = dict(sorted(_files(root)))
    found: dict[str, PageFacts] = {}
    fresh: list[str] = []
    for name in filter(is_page_file, files):
        kept = known.get(name)
        if kept and kept.digest == _digest(root / name):
            found[name] = kept
        else:
            fresh.append(name)
    for facts in _read(root, fresh, processes):
        found[facts.path] = share_strings(facts)
    return Scanned(tuple(found[name] for name in sorted(found)), files, len(fresh))


def is_page_file(name: str) -> bool:
    """Return whether a file is named like a page."""
    return name.lower().endswith(SUFFIXES)


def _files(root: Path) -> Iterator[tuple[str, int]]:
    for folder, _, names in os.walk(root):
        for name in names:
            path = Path(folder, name)
            try:
                yield path.relative_to(root).as_posix(), path.stat().st_size
            except OSError:  # a dangling link, or gone since
                continue


def _read(root: Path, names: Sequence[str], processes: int) -> Iterator[PageFacts]:
    chunks = [(root, names[place : place + CHUNK]) for place in range(0, len(names), CHUNK)]
    if len(names) < ALONE or processes == 1:
        for chunk in chunks:
            yield from _read_chunk(chunk)
        return
    # A fresh interpreter for each: forking a process that runs threads may hang it.
    with ProcessPoolExecutor(processes or os.cpu_count(), get_context("spawn")) as pool:
        for facts in pool.map(_read_chunk, chunks):
            yield from facts


def _read_chunk(chunk: tuple[Path, Sequence[str]]) -> list[PageFacts]:
    root, names = chunk
    found = []
    for name in names:
        try:
            data = (root / name).read_bytes()
        except OSError:  # not for us to read: there, but no page to anyone
            data = b""
        found.append(read_page(name, data, PAGE_RULES))
    return found


def _digest(path: Path) -> str:
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
