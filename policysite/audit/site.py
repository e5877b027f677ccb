"""A whole site as the rules see it: the facts of its pages, its files, and the day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from policysite.audit.facts import PageFacts
from policysite.audit.rule import SHOWN, Kind
from policysite.audit.search_index import SearchIndex, read_search_index
from policysite.model.columns import Column, Columns

NEWS_DAYS, NOTICE_DAYS = 14, 180
"""国办秘函〔2019〕19号 单项否决: 动态、要闻 two weeks; 通知公告、政策文件 six months."""
_NEWS = ("动态", "要闻", "新闻", "资讯", "快讯")
_NOTICE = ("通知", "公告", "公示", "政策", "文件")


class Target(NamedTuple):
    """Where an address on this site leads: `file` is None if nothing is there, `page` if it is no
    page.
    """

    path: str
    fragment: str
    file: str | None
    page: PageFacts | None


@dataclass(frozen=True, slots=True)
class ColumnState:
    """A column as readers find it: its first page, and the days within which it must change.

    `newest` is ISO or empty; `days` is None where nothing is asked of it.
    """

    name: str
    page: PageFacts
    newest: str
    count: int
    days: int | None
    is_archived: bool = False

    def age(self, today: date) -> int | None:
        """Return the days since the newest entry, None if nothing is dated."""
        return (today - date.fromisoformat(self.newest)).days if self.newest else None


@dataclass(frozen=True)
class AuditedSite:
    """Everything that site rules look at. `files` gives each file's size; `today` is the day asked.

    `table` holds the columns as the site's own columns.toml defines them, None for a site of
    others. `is_strict` holds columns to the intervals of the norm even if their table says longer.
    """

    root: Path
    today: date
    pages: tuple[PageFacts, ...]
    files: Mapping[str, int]
    table: Columns | None = None
    is_strict: bool = False
    dead: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def by_url(self) -> Mapping[str, PageFacts]:
        """Every page by its address."""
        return {page.url: page for page in self.pages}

    @cached_property
    def shown(self) -> tuple[PageFacts, ...]:
        """The pages that readers are meant to see."""
        return tuple(page for page in self.pages if page.kind in SHOWN)

    @cached_property
    def home(self) -> PageFacts | None:
        """The home page."""
        return self.by_url.get("/")

    @cached_property
    def host(self) -> str:
        """The site's own host, as most of its pages state it."""
        hosts = [page.host for page in ([self.home] if self.home else self.pages[:50])]
        return max(set(hosts), key=lambda h: (hosts.count(h), h), default="")

    @cached_property
    def name(self) -> str:
        """The site's name, or its host, or the name of its folder."""
        return (self.home.site_name if self.home else "") or self.host or self.root.name

    @cached_property
    def articles(self) -> tuple[PageFacts, ...]:
        """The articles that stand in lists."""
        return tuple(p for p in self.pages if p.kind is Kind.ARTICLE and not p.noindex)

    def target(self, address: str) -> Target | None:
        """Return where an address leads on this site, None if it leads away.

        Pages share most of their addresses, so each is looked into once.
        """
        if address not in self._targets:
            self._targets[address] = self._find(address)
        return self._targets[address]

    @cached_property
    def _targets(self) -> dict[str, Target | None]:
        return {}

    def _find(self, address: str) -> Target | None:
        path, _, fragment = self._local(address).partition("#")
        if not path:
            return None
        name = self._file_of(path)
        return Target(path, fragment, name, self._by_path.get(name) if name else None)

    def _local(self, address: str) -> str:
        """Return the path of an address on this site with its fragment, empty if it leads away."""
        if address.startswith("/") and not address.startswith("//"):
            return address
        try:
            parts = urlsplit(address)
        except ValueError:
            return ""
        if parts.scheme not in ("http", "https", "") or (parts.hostname or "") != self.host:
            return ""
        fragment = f"#{parts.fragment}" if parts.fragment else ""
        return (parts.path or "/") + fragment

    def _file_of(self, path: str) -> str | None:
        """Return the file that a server sends for a path, None if there is none."""
        name = unquote(path.partition("?")[0]).lstrip("/")
        if name.endswith("/") or not name:
            candidates = (f"{name}index.html", f"{name}index.htm")
        else:
            candidates = (name, f"{name}/index.html")
        return next((each for each in candidates if each in self.files), None)

    def page_at(self, address: str) -> PageFacts | None:
        """Return the page of this site at an address, None if it is none."""
        target = self.target(address)
        return target.page if target else None

    @cached_property
    def _by_path(self) -> Mapping[str, PageFacts]:
        return {page.path: page for page in self.pages}

    @cached_property
    def columns(self) -> tuple[ColumnState, ...]:
        """Every column, in the order of addresses; later pages of a list belong to the first.

        Where the site has a table of its columns, those are meant and no others.
        """
        first: dict[tuple[str, str], PageFacts] = {}
        for page in sorted(self.pages, key=lambda p: (len(p.url), p.url)):
            if page.kind is Kind.COLUMN and page.column and self._is_column(page):
                first.setdefault((page.column, page.url.rpartition("/")[0]), page)
        return tuple(self._column(page) for page in sorted(first.values(), key=lambda p: p.url))

    def _column(self, page: PageFacts) -> ColumnState:
        dates = [row.date for row in page.rows if row.date and row.date <= self.today.isoformat()]
        own = self._in_table(page)
        days = own.update_days if own else norm_days(page)
        if own is None and not dates:
            days = None
        if self.is_strict and days and (limit := norm_days(page)):
            days = min(days, limit)
        return ColumnState(
            page.column,
            page,
            max(dates, default=""),
            len(page.rows),
            days,
            is_archived=bool(own and own.archived),
        )

    def _is_column(self, page: PageFacts) -> bool:
        return self.table is None or self._in_table(page) is not None

    def _in_table(self, page: PageFacts) -> Column | None:
        columns = self.table or ()
        return next((c for c in columns if page.url == c.url), None)

    @cached_property
    def search_index(self) -> SearchIndex | None:
        """What the site's own search knows, None if it has none that we can read."""
        return read_search_index(self.root, self.files)

    def newest_on_home(self) -> str:
        """Return the newest date that the home page shows, ISO or empty."""
        rows = self.home.rows if self.home else ()
        return max((r.date for r in rows if r.date <= self.today.isoformat()), default="")

    def texts(self, *suffixes: str) -> Iterator[tuple[str, str]]:
        """Yield path and text of the files with these endings."""
        for name in self.files:
            if name.lower().endswith(suffixes):
                try:
                    yield name, (self.root / name).read_text("utf-8", "replace")
                except OSError:  # gone since it was counted
                    continue


def norm_days(page: PageFacts) -> int | None:
    """Return the longest interval that the norm gives a column, by its name, then by its type."""
    if any(word in page.column for word in _NOTICE):
        return NOTICE_DAYS
    if any(word in page.column for word in _NEWS):
        return NEWS_DAYS
    return NOTICE_DAYS if page.column_type == "政策文件" else None
