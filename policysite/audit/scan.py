"""Goes through a folder of pages, in as many processes as there are cores; keeps only facts."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from hashlib import sha256
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path

from policysite.audit import cache
from policysite.audit.reading import read_page
from policysite.audit.rules import PAGE_RULES
from policysite.audit.store import Kept, Store, kept

SUFFIXES = (".html", ".htm", ".shtml", ".xhtml")
CHUNK = 64
"""Pages handed to a process at once: enough to pay for the handing, few enough to share out."""
ALONE = 256
"""With fewer pages than this to read, other processes take longer to start than to help."""
_AHEAD = 2
"""Chunks under way for each process, so that none waits and no results heap up."""


def scan(root: Path, store: Store, known: cache.Known, processes: int = 0) -> int:
    """Put all files below `root` and the facts of its pages into `store`; return how many pages had
    to be read because `known` does not know them as they are.
    """
    store.files.fill(_files(root))
    read = 0
    for page in _read(root, _unknown(root, store, known), processes):
        store.pages.add(page.sealed(cache.fingerprint()))
        read += 1
    return read


def is_page_file(name: str) -> bool:
    """Return whether a file is named like a page."""
    return name.lower().endswith(SUFFIXES)


def _files(root: Path) -> Iterator[tuple[str, int]]:
    for folder, _, names in os.walk(root):
        for name in names:
            path = Path(folder, name)
            try:
                size = path.stat().st_size
            except OSError:  # a dangling link, or gone since
                continue
            yield _text(path.relative_to(root).as_posix()), size


def _text(name: str) -> str:
    """Return a name as text: one that is none cannot be an address, and will not be found."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _unknown(root: Path, store: Store, known: cache.Known) -> Iterator[str]:
    """Yield the pages that have to be read; put the others into the store as they are known."""
    for name in filter(is_page_file, store.files):
        page = known.get(name, _digest(root / name))
        if page:
            store.pages.add(page)
        else:
            yield name


def _read(root: Path, names: Iterator[str], processes: int) -> Iterator[Kept]:
    first = list(islice(names, ALONE))
    if len(first) < ALONE or processes == 1:
        for name in chain(first, names):
            yield _read_file(root, name)
        return
    count = processes or os.cpu_count() or 1
    # A fresh interpreter for each: forking a process that runs threads may hang it.
    with ProcessPoolExecutor(count, get_context("spawn")) as pool:
        waiting: deque[Future[list[Kept]]] = deque()
        for chunk in _chunks(chain(first, names)):
            waiting.append(pool.submit(_read_chunk, root, chunk))
            if len(waiting) > _AHEAD * count:
                yield from waiting.popleft().result()
        for future in waiting:
            yield from future.result()


def _chunks(names: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(names)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def _read_chunk(root: Path, names: Sequence[str]) -> list[Kept]:
    return [_read_file(root, name) for name in names]


def _read_file(root: Path, name: str) -> Kept:
    try:
        data = (root / name).read_bytes()
    except OSError:  # not for us to read: there, but no page to anyone
        data = b""
    return kept(read_page(name, data, PAGE_RULES))


def _digest(path: Path) -> str:
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
