"""What readers get: files of counts and lists of what is read most, under /data/views/.

This is the only writer of that folder; a build leaves it alone (policysite/writer.py).
"""

from __future__ import annotations

import json
from collections import Counter as Bag
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from policysite.files import replace_file
from policysite.pages.views import FOLDER, counts_url, hot_url
from policysite.views.pages import CountedPage

PERIODS = (7, 30)
"""Days that the lists of what is read most look back, today included."""
LISTED = 8
INDEX = f"{FOLDER}/index.json"


@dataclass(frozen=True, slots=True)
class Reads:
    """Reads of one article on one day."""

    url: str
    day: date
    n: int


class Fewer(Exception):
    """The new counts are lower than the published ones: `pages` has address, old and new count."""

    def __init__(self, pages: Sequence[tuple[str, int, int]]) -> None:
        super().__init__(pages)
        self.pages = pages


def plan_published(
    reads: Sequence[Reads], pages: Sequence[CountedPage], columns: Sequence[str], today: date
) -> Iterator[tuple[str, str]]:
    """Yield file and text of everything that is published of the counts.

    `columns` are the paths of those that have a list. Every file that a page may ask for is there,
    if need be with nothing in it.
    """
    totals: Bag[str] = Bag()
    for read in reads:
        totals[read.url] += read.n
    shards: dict[str, dict[str, int]] = defaultdict(dict)
    for page in pages:
        shard = shards[counts_url(page.url)]
        if totals[page.url]:
            shard[page.url] = totals[page.url]
    for url, counts in sorted(shards.items()):
        yield url.removeprefix("/"), _json(dict(sorted(counts.items())))
    listed = [page for page in pages if page.is_listed]
    for path in ("", *columns):
        among = [page for page in listed if _is_in(page, path)]
        lists = {str(days): _hottest(reads, among, today, days) for days in PERIODS}
        yield hot_url(path).removeprefix("/"), _json(lists)
    yield INDEX, _json({"total": sum(totals[page.url] for page in pages)})


def _is_in(page: CountedPage, path: str) -> bool:
    return not path or page.column.path == path or page.column.parent_path == path


def _hottest(
    reads: Iterable[Reads], pages: Sequence[CountedPage], today: date, days: int
) -> list[dict[str, object]]:
    """Return the articles read most in the last `days`; among equals the newest first."""
    since = today - timedelta(days=days - 1)
    counts: Bag[str] = Bag()
    for read in reads:
        if since <= read.day <= today:
            counts[read.url] += read.n
    found = [page for page in pages if counts[page.url]]
    found.sort(key=lambda page: (counts[page.url], page.date, page.url), reverse=True)
    return [
        {"url": page.url, "title": page.title, "n": counts[page.url]} for page in found[:LISTED]
    ]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=0, separators=(",", ":")) + "\n"


def publish(
    planned: Mapping[str, str],
    output: Path,
    pages: Sequence[CountedPage],
    *,
    fewer: bool = False,
) -> int:
    """Write the files below `output`, each beside and then renamed; return how many changed.

    Raises:
        Fewer: some article has a lower count than is published, and `fewer` does not allow it.

    """
    if not fewer and (lower := list(_lower(planned, output, {page.url for page in pages}))):
        raise Fewer(lower)
    folder = output / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    changed = 0
    for name, text in planned.items():
        target = output / name
        if target.is_file() and target.read_text("utf-8") == text:
            continue
        replace_file(target, [text.encode()])
        changed += 1
    for path in folder.iterdir():
        if path.relative_to(output).as_posix() not in planned:
            path.unlink()
    return changed


def _lower(
    planned: Mapping[str, str], output: Path, present: Set[str]
) -> Iterator[tuple[str, int, int]]:
    """Yield the articles whose count would fall; those no longer on the site are not asked."""
    for name, text in planned.items():
        before = output / name
        if name == INDEX or "/hot" in name or not before.is_file():
            continue
        new, old = json.loads(text), json.loads(before.read_text("utf-8"))
        for url, count in old.items():
            if url in present and new.get(url, 0) < count:
                yield url, count, new.get(url, 0)


def published_total(output: Path) -> int:
    """Return the sum of the published counts; 0 if there are none yet."""
    index = output / INDEX
    return int(json.loads(index.read_text("utf-8"))["total"]) if index.is_file() else 0
