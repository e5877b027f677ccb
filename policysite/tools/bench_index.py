"""What the search index costs the publisher: time, memory, bytes, and what one article changes."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

from policysite.pages.site import Site
from policysite.search.entries import Make, Memo
from policysite.search.index import MANIFEST, plan_index

_ADDED = "新增加的一段：琥珀色的安全帽。"


@dataclass(frozen=True, slots=True)
class Change:
    """What a change costs: seconds with everything kept, new files and their bytes."""

    seconds: float
    files: int
    size: int


@dataclass(frozen=True, slots=True)
class IndexCost:
    """What an index costs: seconds from nothing, bytes of memory at most, its files and bytes.

    `published` is the newest article come anew, `edited_new` and `edited_old` a paragraph more in
    the newest and the oldest one.
    """

    seconds: float
    memory: int
    files: int
    size: int
    published: Change
    edited_new: Change
    edited_old: Change


def measure_index(site: Site) -> IndexCost:
    """Return the costs; the memory is what the process grew by at most, on Linux."""
    kept: dict[str, bytes] = {}

    def memo(key: str, make: Make) -> bytes:
        if key not in kept:
            kept[key] = make()
        return kept[key]

    grown = _memory()
    started = time.perf_counter()
    before = _sizes(replace(site, articles=site.articles[1:]), memo)
    seconds = time.perf_counter() - started
    memory = _memory() - grown
    files, published = _change(before, site, memo)
    _, edited_new = _change(files, _edited(site, 0), memo)
    _, edited_old = _change(files, _edited(site, -1), memo)
    return IndexCost(
        seconds, memory, len(files), sum(files.values()), published, edited_new, edited_old
    )


def _memory() -> int:
    """Return the most bytes that the process has had so far."""
    from resource import RUSAGE_SELF, getrusage  # not there on Windows, where nobody measures

    return getrusage(RUSAGE_SELF).ru_maxrss * 1024


def _sizes(site: Site, memo: Memo) -> dict[str, int]:
    return {name: len(data) for name, data in plan_index(site, memo)}


def _change(before: dict[str, int], later: Site, memo: Memo) -> tuple[dict[str, int], Change]:
    """Return the files of `later`, and what it costs to come there from `before`."""
    started = time.perf_counter()
    after = _sizes(later, memo)
    seconds = time.perf_counter() - started
    # The manifest keeps its name and changes each time.
    new = [name for name in after if name == MANIFEST or name not in before]
    return after, Change(seconds, len(new), sum(after[name] for name in new))


def _edited(site: Site, place: int) -> Site:
    articles = list(site.articles)
    articles[place] = replace(articles[place], text=f"{articles[place].text}\n{_ADDED}")
    return replace(site, articles=tuple(articles))
