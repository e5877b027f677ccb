"""Checks that a built site is the one the corpus asks for, whoever built it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from pathlib import Path

from policysite.tools.bench.corpus import COLUMNS, Entry

_TITLE = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_LINK = re.compile(r'<a\b([^>]*)href="(?:https://www\.example\.org)?(/\d{4}/a\d+\.html)"([^>]*)>')
_TARGET = re.compile(r"\]\([^)]*\)")
_FEEDS = ("feed.xml", "index.xml")


def find_faults(output: Path, entries: Sequence[Entry]) -> list[str]:
    """Return what is missing or wrong in a site made from `entries`; nothing else may differ."""
    faults = [*_article_faults(output, entries), *_list_faults(output, entries)]
    text = (output / "sitemap.xml").read_text("utf-8") if (output / "sitemap.xml").exists() else ""
    if missing := [entry.url for entry in entries if f"{entry.url}</loc>" not in text]:
        faults.append(f"sitemap.xml：少了 {len(missing)} 个网址，例如 {missing[0]}")
    newest = max(entries, key=lambda entry: entry.date).url
    feeds = [output / name for name in _FEEDS if (output / name).exists()]
    for file in (output / "index.html", *(feeds or [output / "feed.xml"])):
        if not file.exists() or newest not in file.read_text("utf-8"):
            faults.append(f"{file.name}：没有最新一篇 {newest}")
    return faults


def _article_faults(output: Path, entries: Sequence[Entry]) -> Iterator[str]:
    expected = dict(_neighbours(entries))
    for entry in entries:
        file = output / entry.url.removeprefix("/")
        if not file.exists():
            yield f"{entry.url}：没有这一页"
            continue
        html = file.read_text("utf-8")
        found = _TITLE.search(html)
        if (title := unescape(_TAG.sub("", found[1])).strip() if found else "") != entry.title:
            yield f"{entry.url}：标题是“{title}”，应为“{entry.title}”"
        links = {relation: _related(html, relation) for relation in ("prev", "next")}
        if links != expected[entry.url]:
            yield f"{entry.url}：上一篇和下一篇是 {links}，应为 {expected[entry.url]}"
        # A body ends with its last words, whatever markup is around them.
        if _plain(_TARGET.sub("", entry.body))[-12:] not in _plain(html):
            yield f"{entry.url}：正文不完整"


def _neighbours(entries: Iterable[Entry]) -> Iterator[tuple[str, Mapping[str, str]]]:
    columns: dict[str, list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda entry: entry.date, reverse=True):
        columns[entry.column].append(entry)
    for column in columns.values():
        urls = ["", *(entry.url for entry in column), ""]
        for newer, url, older in zip(urls, urls[1:], urls[2:], strict=False):
            yield url, {"prev": newer, "next": older}


def _related(html: str, relation: str) -> str:
    """Return where the article's link of a relation leads; lists turn pages with such links too."""
    for before, url, after in _LINK.findall(html):
        if f'rel="{relation}"' in before + after:
            return str(url)
    return ""


def _list_faults(output: Path, entries: Sequence[Entry]) -> Iterator[str]:
    for top, (_, leaves) in COLUMNS.items():
        for column in (top, *(f"{top}/{leaf}" for leaf in leaves)):
            wanted = {e.url for e in entries if f"{e.column}/".startswith(f"{column}/")}
            if missing := wanted - set(_listed(output / column)):
                yield f"/{column}/：列表里少了 {len(missing)} 篇，例如 {min(missing)}"


def _listed(folder: Path) -> Iterator[str]:
    for pattern in ("index.html", "page-*.html", "page/*/index.html"):
        for file in folder.glob(pattern):
            yield from (url for _, url, _ in _LINK.findall(file.read_text("utf-8")))


def _plain(text: str) -> str:
    return re.sub(r"[\W_]", "", unescape(_TAG.sub("", text)))
