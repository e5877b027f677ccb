"""The facts of a site: a digest of everything that an output may look at, by the names of trace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from policysite.build.fingerprint import digest
from policysite.build.pieces import Piece
from policysite.build.trace import (
    ALL,
    Log,
    Noted,
    Watched,
    WatchedArticles,
    WatchedColumns,
    WatchedList,
)
from policysite.pages.article import Article
from policysite.pages.site import Site

Facts = dict[str, bytes]

_TABLES = ("neighbours", "related", "relations", "histories", "courses", "courses_of", "pictures")
_LISTS = ("articles", "others", "pages", "topics")


def facts_of(
    site: Site, pieces: Mapping[str, Piece], files: Mapping[str, bytes], frame: bytes
) -> Facts:
    """Return every fact of a site.

    `files` has the digests of the content's files, `frame` is what all pages show.
    """
    facts: Facts = {"frame:*": frame}
    for article in site.by_slug.values():
        facts[f"slug:{article.slug}"] = article.source_path.encode()
    facts["slug:*"] = digest("\n".join(site.by_slug).encode())
    for articles in (getattr(site, name) for name in _LISTS):
        for article in articles:
            piece = pieces[article.source_path]
            facts[f"card:{article.source_path}"] = piece.card_digest
            facts[f"body:{article.source_path}"] = piece.body_digest
    lists = {name: getattr(site, name) for name in _LISTS} | dict(site.by_column)
    for name, articles in lists.items():
        sources = [article.source_path for article in articles]
        facts[f"order:{name}"] = digest("\n".join(sources).encode())
        facts[f"all:{name}"] = digest(*(pieces[source].card_digest for source in sources))
    facts[f"columns:{ALL}"] = digest(*(name.encode() for name in site.by_column))
    for kind in _TABLES:
        facts |= _table(kind, getattr(site, kind))
    facts |= _table("files", {name: files[name] for name in site.files})
    listed = [pieces[article.source_path].body_digest for article in site.articles]
    facts[f"texts:{ALL}"] = digest(*listed)
    facts[f"targets:{ALL}"] = digest(repr(sorted(site.targets.by_source.items())).encode(),
                                     repr(sorted(site.targets.files)).encode(),
                                     repr(sorted(site.targets.pages)).encode())  # fmt: skip
    return facts


def _table(kind: str, table: Mapping[str, object]) -> Facts:
    facts = {f"{kind}:{name}": digest(repr(value).encode()) for name, value in table.items()}
    facts[f"{kind}:{ALL}"] = digest(*(name.encode() + fact for name, fact in facts.items()))
    return facts


def watched(site: Site, log: Log) -> Site:
    """Return the site with everything in it noting into `log` what is looked at."""
    lists: dict[str, Sequence[Article]] = {
        name: WatchedList(name, getattr(site, name), log) for name in _LISTS
    }
    tables = {name: Watched(name, getattr(site, name), log) for name in (*_TABLES, "files")}
    return replace(
        site,
        **lists,  # type: ignore[arg-type]
        **tables,  # type: ignore[arg-type]
        by_slug=WatchedArticles(site.by_slug, log),
        by_column=WatchedColumns(site.by_column, log),
        targets=Noted("targets", site.targets, log),  # type: ignore[arg-type]
    )
