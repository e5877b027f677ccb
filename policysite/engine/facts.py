"""The facts of a site: a digest of everything that an output may look at, by the names of trace."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from policysite.engine.divided import LISTS
from policysite.engine.fingerprint import digest
from policysite.engine.trace import (
    ALL,
    Log,
    Watched,
    WatchedArticles,
    WatchedColumns,
    WatchedList,
    WatchedPlaces,
    lot_of,
)
from policysite.model.links import Place, Targets
from policysite.pages.article import Article
from policysite.pages.selection import VIEWS, view
from policysite.pages.site import Site

TABLES = (
    "neighbours", "related", "relations", "histories", "courses", "courses_of", "pictures",
    "titles", "letters",
)  # fmt: skip
_ROUND = 1 << 128


class Facts(NamedTuple):
    """Digests by the names of facts, and the values of those that a build may look up by itself."""

    digests: dict[str, bytes]
    values: dict[str, object]
    bodies: dict[str, bytes]
    """The digest of each text by its path in content/, as among the digests."""


def facts_of(site: Site, files: Mapping[str, bytes], frame: bytes) -> Facts:
    """Return every fact of a site, whose articles are those of the store, and its lists divided.

    `files` has the digests of the content's files, `frame` is what all pages show.
    """
    facts: dict[str, bytes] = {"frame:*": frame}
    values: dict[str, object] = {}
    for article in site.by_slug.values():
        facts[f"slug:{article.slug}"] = article.source_path.encode()
    facts["slug:*"] = digest("\n".join(site.by_slug).encode())
    bodies = {}
    lists: dict[str, Any] = {name: getattr(site, name) for name in LISTS}
    for article in (article for articles in lists.values() for article in articles):
        facts[f"card:{article.source_path}"] = article.digest
        bodies[article.source_path] = article.body_digest
    facts |= {f"body:{source}": body for source, body in bodies.items()}
    # A column may be called like one of the lists, so its name begins with a slash.
    whole = {**lists, **{f"/{path}": articles for path, articles in site.by_column.items()}}
    parts = {f"{n}/{part}": own for n, each in whole.items() for part, own in each.parts.items()}
    for name, articles in lists.items():
        for view_name in VIEWS:
            seen = values[f"view:{name}/{view_name}"] = tuple(view(articles, view_name))
            facts[f"view:{name}/{view_name}"] = digest(repr(seen).encode())
    for name, articles in {**whole, **parts}.items():
        sources = values[f"order:{name}"] = "\n".join(article.source_path for article in articles)
        facts[f"order:{name}"] = digest(sources.encode())
        facts[f"all:{name}"] = total(article.digest for article in articles)
    facts[f"columns:{ALL}"] = digest(*(name.encode() for name in site.by_column))
    for kind in TABLES:
        table = _table(kind, getattr(site, kind))
        values |= table
        facts |= _digests(kind, table)
    facts |= _digests("files", _table("files", {name: files[name] for name in site.files}))
    texts = ((article.source_path, article.body_digest) for article in lists["articles"])
    facts[f"texts:{ALL}"] = total(entry_digest(*text) for text in texts)
    facts |= _places(site.targets.by_source.values())
    facts |= {f"page:{url}": b"" for url in site.targets.pages}
    return Facts(facts, values, bodies)


def _places(places: Iterable[Place]) -> dict[str, bytes]:
    """Return what links may lead to, in lots: see `WatchedPlaces`."""
    lots: dict[str, list[bytes]] = defaultdict(list)
    for place in places:
        found = digest(repr(place).encode())
        for name in (place.source, place.url):
            lots[lot_of(name)].append(found)
    return {f"place:{lot}": total(found) for lot, found in lots.items()}


def total(digests: Iterable[bytes]) -> bytes:
    """Return the sum of digests: when one of many changes, the others need not be known."""
    found = sum(int.from_bytes(each, "little") for each in digests)
    return (found % _ROUND).to_bytes(16, "little")


def exchanged(before: bytes, old: bytes, new: bytes) -> bytes:
    """Return a total in which one digest has been put for another."""
    return total((before, new, (_ROUND - int.from_bytes(old, "little")).to_bytes(17, "little")))


def _table(kind: str, table: Mapping[str, object]) -> dict[str, object]:
    return {f"{kind}:{name}": value for name, value in table.items()}


def _digests(kind: str, table: Mapping[str, object]) -> dict[str, bytes]:
    facts = {name: digest(repr(value).encode()) for name, value in table.items()}
    facts[f"{kind}:{ALL}"] = total(entry_digest(name, fact) for name, fact in facts.items())
    return facts


def entry_digest(name: str, fact: bytes) -> bytes:
    """Return what one entry adds to the fact of all entries of its table."""
    return digest(name.encode(), fact)


def watched(site: Site, log: Log) -> Site:
    """Return the site with everything in it noting into `log` what is looked at."""
    lists: dict[str, Sequence[Article]] = {
        name: WatchedList(name, getattr(site, name), log) for name in LISTS
    }
    tables = {name: Watched(name, getattr(site, name), log) for name in (*TABLES, "files")}
    return replace(
        site,
        **lists,  # type: ignore[arg-type]
        **tables,  # type: ignore[arg-type]
        by_slug=WatchedArticles(site.by_slug, log),
        by_column=WatchedColumns(site.by_column, log),
        targets=_watched_targets(site, log),
    )


def _watched_targets(site: Site, log: Log) -> Targets:
    targets = site.targets
    return Targets(
        by_source=WatchedPlaces(targets.by_source, log),
        by_url=WatchedPlaces(targets.by_url, log),
        files=Watched("files", site.files, log),
        pages=Watched("page", dict.fromkeys(targets.pages), log),
    )
