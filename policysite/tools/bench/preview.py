"""The preview in a real browser: from saving an article to seeing it, and memory over many saves."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

from policysite.environment import ROOT, find_browser, tell
from policysite.tools.bench.corpus import Entry, make_corpus
from policysite.tools.bench.measure import memory_of
from policysite.tools.bench.race import fresh_folder, home_environment
from policysite.tools.bench.sites import write_article, write_site

SAVES, MANY_SAVES = 20, 300
_PAUSE = 1.5
"""Seconds between two saves: an editor looks at what came of the last one."""
_PATIENCE = 120_000


@dataclass(frozen=True, slots=True)
class Seen:
    """Seconds from each save to the new text in the browser.

    `memory` is that of the preview's own process before and after many saves, in bytes.
    """

    articles: int
    seconds: tuple[float, ...]
    memory: tuple[int, int]


def measure_preview(articles: int, folder: Path, many: int = MANY_SAVES) -> Seen:
    """Save an article over and over and watch for it in a browser."""
    entries = list(make_corpus(articles))
    place = fresh_folder(folder / "preview")
    write_site("policysite", place, entries)
    entry = entries[articles // 2]
    with _preview(place, home_environment()) as (process, address), _page() as page:
        page.goto(f"{address}{entry.url}")
        seconds = []
        for number in range(SAVES):
            time.sleep(_PAUSE)
            seconds.append(_save(place, entry, f"第{number}次保存", page))
        before = memory_of(process)
        tell(f"正在保存 {many} 次……")
        for number in range(SAVES, SAVES + many):
            _save(place, entry, f"第{number}次保存", page)
        time.sleep(_PAUSE * 4)
        after = memory_of(process)
    return Seen(articles, tuple(seconds), (before, after))


def _save(place: Path, entry: Entry, words: str, page: Page) -> float:
    """Save the article with new words in it; return when the browser shows them."""
    changed = Entry(
        entry.number, entry.column, entry.title, entry.date, entry.keywords,
        f"{words}。{entry.body}", entry.record,
    )  # fmt: skip
    start = time.perf_counter()
    write_article("policysite", place, changed)
    page.get_by_text(f"{words}。").first.wait_for(timeout=_PATIENCE)
    return time.perf_counter() - start


def show_preview(seen: Seen) -> str:
    """Return the figures in one line."""
    ordered = sorted(seen.seconds)
    before, after = (size / 1e6 for size in seen.memory)
    return (
        f"预览 {seen.articles} 篇：保存到浏览器显示，{len(ordered)} 次的中位数 {median(ordered):.2f} 秒，"
        f"最短 {ordered[0]:.2f} 秒，最长 {ordered[-1]:.2f} 秒；"
        f"内存起初 {before:.0f} MB，多次保存后 {after:.0f} MB。"
    )


@contextmanager
def _preview(place: Path, environment: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """Run the preview of a site; yield its process and its address."""
    command = [sys.executable, "-m", "invoke", "--search-root", str(ROOT), "serve"]
    with subprocess.Popen(  # noqa: S603 -- our own task
        [*command, "--port", "18800"],
        cwd=place,
        env=dict(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout
        said = next(line for line in process.stdout if "http://" in line)
        found = re.search(r"http://[^/]+", said)
        assert found
        try:
            yield process.pid, found[0]
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=60)


@contextmanager
def _page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browser(), args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser.new_page()
        browser.close()
