"""What the search index costs the publisher: time, memory, bytes, and what one article changes."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from policysite.model.synonyms import forms_of
from policysite.pages.site import Site
from policysite.search.entries import Entry, make_entry
from policysite.search.index import MANIFEST, plan_index
from policysite.search.kept import Notes

_ADDED = "新增加的一段：琥珀色的安全帽。"


@dataclass(frozen=True, slots=True)
class Change:
    """What a change costs: CPU seconds with everything kept, new files and their bytes."""

    seconds: float
    files: int
    size: int


@dataclass(frozen=True, slots=True)
class IndexCost:
    """What an index costs: CPU seconds from nothing, bytes of memory at most, its files and bytes.

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


@dataclass(frozen=True, slots=True)
class _Known:
    """An entry with its digest, as the build keeps it, and the one that it took the place of."""

    entry: Entry
    digest: bytes
    url: str
    day: date
    postings: int
    former: _Known | None = None

    @classmethod
    def of(cls, entry: Entry, former: _Known | None = None) -> _Known:
        return cls(entry, entry.digest, entry.url, entry.day, entry.postings, former)

    def read(self) -> Entry:
        return self.entry

    def before(self, digest: bytes) -> Entry | None:
        found = (known for known in (self, self.former) if known and known.digest == digest)
        return next((known.entry for known in found), None)


def measure_index(site: Site) -> IndexCost:
    """Return the costs; the memory is what the process grew by at most, on Linux."""
    kept = Notes()
    grown = _memory()
    started = time.process_time()
    forms = forms_of(site.synonyms)
    entries = [_Known.of(make_entry(article, forms)) for article in site.articles]
    before = _sizes(replace(site, articles=site.articles[1:]), kept, entries[1:])
    seconds = time.process_time() - started
    memory = _memory() - grown
    files, published = _change(before, site, kept, entries)
    edited = []
    for place in (0, -1):
        article = site.articles[place]
        new = make_entry(replace(article, text=f"{article.text}\n{_ADDED}"), forms)
        entries[place] = _Known.of(new, entries[place])
        files, change = _change(files, site, kept, entries)
        edited.append(change)
    return IndexCost(seconds, memory, len(files), sum(files.values()), published, *edited)


def _memory() -> int:
    """Return the most bytes that the process has had so far."""
    from resource import RUSAGE_SELF, getrusage  # not there on Windows, where nobody measures

    return getrusage(RUSAGE_SELF).ru_maxrss * 1024


def _sizes(site: Site, kept: Notes, entries: Sequence[_Known]) -> dict[str, int]:
    return {file.name: len(file.read()) for file in plan_index(site, kept, entries)}


def _change(
    before: dict[str, int], later: Site, kept: Notes, entries: Sequence[_Known]
) -> tuple[dict[str, int], Change]:
    """Return the files of `later`, and what it costs to come there from `before`."""
    started = time.process_time()
    plan = list(plan_index(later, kept, entries))
    # The manifest keeps its name and changes each time.
    new = [file.read() for file in plan if file.name == MANIFEST or file.name not in before]
    seconds = time.process_time() - started
    after = {file.name: before.get(file.name) or len(file.read()) for file in plan}
    return after, Change(seconds, len(new), sum(map(len, new)))
