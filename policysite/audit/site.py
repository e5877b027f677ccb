"""A whole site as the rules see it: the facts of its pages, its files, and the day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from policysite.audit.facts import PageFacts
from policysite.audit.kinds import Kind
from policysite.audit.search_index import SearchIndex, read_search_index
from policysite.audit.store import Pages, Place, Store
from policysite.model.columns import Column, Columns

NEWS_DAYS, NOTICE_DAYS = 14, 180
"""国办秘函〔2019〕19号 单项否决: 动态、要闻 two weeks; 通知公告、政策文件 six months."""
_NEWS = ("动态", "要闻", "新闻", "资讯", "快讯")
_NOTICE = ("通知", "公告", "公示", "政策", "文件")
_AT_HAND = 2048
"""Addresses of which is remembered where they lead: pages share most of theirs."""
_ENOUGH = 50
"""Pages that tell the site's host where there is no home page."""


class Target(NamedTuple):
    """Where an address on this site leads: `file` is empty if nothing is there, `size` in bytes."""

    path: str
    fragment: str
    file: str
    size: int


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


def _is_part(name: str, folder: str, columns: Iterable[tuple[str, str]]) -> bool:
    """Return whether a column of the same name stands above a folder."""
    return any(other == name and folder.startswith(f"{above}/") for other, above in columns)


@dataclass(frozen=True)
class AuditedSite:
    """Everything that site rules look at; `today` is the day asked.

    `table` holds the columns as the site's own columns.toml defines them, None for a site of
    others. `is_strict` holds columns to the intervals of the norm even if their table says longer.
    """

    root: Path
    today: date
    store: Store
    table: Columns | None = None
    is_strict: bool = False
    dead: Mapping[str, str] = field(default_factory=dict)

    @property
    def pages(self) -> Pages:
        """Every page, in the order of paths."""
        return self.store.pages

    @property
    def files(self) -> Mapping[str, int]:
        """The size of every file by its path."""
        return self.store.files

    @cached_property
    def home(self) -> PageFacts | None:
        """The home page."""
        return self.page_at("/")

    @cached_property
    def host(self) -> str:
        """The site's own host, as most of its pages state it."""
        told_by = [self.home] if self.home else islice(self.pages, _ENOUGH)
        hosts = [page.host for page in told_by]
        return max(set(hosts), key=lambda h: (hosts.count(h), h), default="")

    @cached_property
    def name(self) -> str:
        """The site's name, or its host, or the name of its folder."""
        return (self.home.site_name if self.home else "") or self.host or self.root.name

    @cached_property
    def target(self) -> Callable[[str], Target | None]:
        """Tells where an address leads on this site, None if it leads away."""
        return lru_cache(_AT_HAND)(self._find)

    def _find(self, address: str) -> Target | None:
        path, _, fragment = self._local(address).partition("#")
        return Target(path, fragment, *self._file_of(path)) if path else None

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

    def _file_of(self, path: str) -> tuple[str, int]:
        """Return the file that a server sends for a path, and its size; empty if there is none."""
        name = unquote(path.partition("?")[0]).lstrip("/")
        if name.endswith("/") or not name:
            candidates = (f"{name}index.html", f"{name}index.htm")
        else:
            candidates = (name, f"{name}/index.html")
        for candidate in candidates:
            if (size := self.files.get(candidate)) is not None:
                return candidate, size
        return "", 0

    def page_at(self, address: str) -> PageFacts | None:
        """Return the page of this site at an address, None if it is none."""
        target = self.target(address)
        return self.pages.get(target.file) if target and target.file else None

    @cached_property
    def withdrawn(self) -> Mapping[str, str]:
        """The addresses of what was withdrawn by the paths of what stands in its place."""
        return {place.path: place.url for place in self.pages.of_kind(Kind.WITHDRAWN)}

    @cached_property
    def columns(self) -> tuple[ColumnState, ...]:
        """Every column, in the order of addresses; later pages of a list belong to the first.

        Where the site has a table of its columns, those are meant and no others; else what lies
        below a column of the same name, such as the lists of a library by year, is part of it.
        """
        first: dict[tuple[str, str], Place] = {}
        for place in self.pages.of_kind(Kind.COLUMN):
            if place.column and self._is_column(place):
                first.setdefault((place.column, place.url.rpartition("/")[0]), place)
        if self.table is None:
            first = {key: place for key, place in first.items() if not _is_part(*key, first)}
        ordered = sorted(first.values(), key=lambda place: place.url)
        pages = (self.pages.get(place.path) for place in ordered)
        return tuple(self._column(page) for page in pages if page)

    def _column(self, page: PageFacts) -> ColumnState:
        dates = [row.date for row in page.rows if row.date and row.date <= self.today.isoformat()]
        own = self._in_table(page.url)
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

    def _is_column(self, place: Place) -> bool:
        return self.table is None or self._in_table(place.url) is not None

    def _in_table(self, url: str) -> Column | None:
        columns = self.table or ()
        return next((c for c in columns if url == c.url), None)

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
