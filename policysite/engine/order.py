"""What a run of the build is asked for, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TextIO

from policysite.engine.looked import Looked, look
from policysite.engine.quick import NOT_SEEN, Seen
from policysite.environment import ROOT
from policysite.pages.site import Site

PICTURE_CACHE = ROOT / ".cache" / "images"


@dataclass(frozen=True, slots=True)
class Order:
    """What to build: content and output folder, as of which moment, where problems are told.

    `explain` is a file of the output of which to say why it was made. `needs_site` asks for the
    site itself in the outcome: then all of it is derived, whatever changed. `seen` is what a
    quick look found just now.
    """

    content: Path
    output: Path
    now: datetime
    out: TextIO
    explain: str = ""
    needs_site: bool = True
    seen: Seen = NOT_SEEN

    def look(self, before: Looked | None) -> Looked:
        """Return the content as it is; `before` is how the last build found it."""
        if self.seen.now and self.seen.before == before:
            return self.seen.now
        return look(self.content, before)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to: the site, the files that changed, and why the one asked for did.

    What lists show of articles is at hand if the order asked for it; the store that has their
    texts is closed by now.
    """

    site: Site
    counts: tuple[int, int]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    why: tuple[str, ...] = ()

    def closing(self) -> str:
        """Return the build's closing line."""
        return closing(self.counts, len(self.changed), len(self.removed))


def closing(counts: tuple[int, int], changed: int, removed: int) -> str:
    """Return what a build says at its end; `counts` are those of articles and fixed pages."""
    articles, pages = counts
    return (
        f"网站已生成：{articles} 篇文章，{pages} 个固定页面；"
        f"更新 {changed} 个文件，删除 {removed} 个文件。"
    )
