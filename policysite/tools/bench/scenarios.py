"""The edits that are measured, the same ones for every generator."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from policysite.engine.quick import store_of
from policysite.engine.store import discard
from policysite.tools.bench.corpus import LAST, Entry, make_corpus
from policysite.tools.bench.sites import write_article

SCENARIOS = {
    "cold": "全部重新生成",
    "same": "没有改动",
    "body": "改一篇的正文",
    "title": "改一篇的标题",
    "new": "新增一篇",
}


class Desk:
    """The corpus as it stands after the edits so far, and the sites it is written to."""

    def __init__(self, entries: list[Entry]) -> None:
        self.entries = entries
        self.count = 0
        # One in the middle: its neighbours and lists are like those of most.
        self.place = len(entries) // 2

    def edit(self, scenario: str) -> Entry | None:
        """Make the next edit and return the article it left, None where nothing is to be written."""
        self.count += 1
        if scenario == "new":
            number = len(self.entries)
            sample = next(make_corpus(1, seed=self.count + 1))
            date = LAST + timedelta(minutes=self.count)
            self.entries.append(replace(sample, number=number, date=date, record=()))
            return self.entries[-1]
        old = self.entries[self.place]
        if scenario == "body":
            new = replace(old, body=f"{old.body}\n第{self.count}次修改了这一段正文。\n")
        elif scenario == "title":
            new = replace(old, title=f"第{self.count}次修改后的标题")
        else:
            return None
        self.entries[self.place] = new
        return new


def prepare(scenario: str, entry: Entry | None, kind: str, folder: Path) -> None:
    """Bring a site's folder to where the scenario begins."""
    if scenario == "cold":
        for name in ("output", "resources", ".cache"):
            shutil.rmtree(folder / name, ignore_errors=True)
        discard(store_of(folder / "output"))
    if entry:
        write_article(kind, folder, entry)
