"""The site of an edit: as the last build left it, everything fetched when it is looked at."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from policysite.engine.facts import TABLES
from policysite.engine.kept_site import Cards, KeptArticles, KeptColumns, KeptList, KeptTable
from policysite.engine.shelf import Shelf
from policysite.engine.standing import Standing, Surroundings
from policysite.pages.site import Site
from policysite.settings import SiteSettings


def edited_site(
    settings: SiteSettings,
    now: datetime,
    around: Surroundings,
    standing: Standing,
    shelf: Shelf,
    cards: Cards,
) -> Site:
    """Return the site; `shelf` has its facts, `cards` its articles."""
    listed, others, pages, topics = (
        KeptList(name, shelf, cards) for name in ("articles", "others", "pages", "topics")
    )
    tables = (table for table in TABLES if table != "courses")
    content = around.content
    return Site(
        settings=settings,
        now=now,
        columns=content.columns,
        articles=listed,
        others=others,
        pages=pages,
        topics=topics,
        by_slug=KeptArticles(shelf, cards, (listed, others)),
        by_column=KeptColumns(standing.columns, shelf, cards),
        courses=standing.courses,
        files=content.files,
        targets=around.targets,
        synonyms=content.synonyms,
        **cast(Any, {kind: KeptTable(kind, shelf) for kind in tables}),
    )
