"""More articles than there are, for `bench-search`: made of the given ones, the same each time."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from markupsafe import Markup

from policysite.model.values import DocNumber
from policysite.pages.article import Article
from policysite.pages.site import Site

YEARS = 20
KEPT = 0.3
"""The share of an article's own paragraphs; the others come from all articles."""
_PLACES = "东西南北上下新大金龙石青白长安平江河山海湖泉林田"
_KINDS = "市县区镇"
_FIRST, _LAST = 0x4E00, 0x9FA5


def multiply(site: Site, count: int) -> Site:
    """Return the site with `count` articles, spread evenly over the twenty years up to its newest.

    An article has the paragraphs of a given one, seven in ten exchanged for paragraphs of others; a
    place before its title; and three names of two characters out of all of Unicode's common ones,
    so that the vocabulary grows with the articles as it does in life.
    """
    articles = tuple(_new_articles(site.articles, count, random.Random(count)))  # noqa: S311
    slugs = {article.slug: article for article in articles}
    return replace(site, articles=articles, others=(), by_slug=slugs, relations={})


def _new_articles(given: Sequence[Article], count: int, chance: random.Random) -> Iterator[Article]:
    paragraphs = [line for article in given for line in article.text.split("\n")]
    newest = given[0].date
    assert newest, "an article has its date"
    for number in range(count):
        base = chance.choice(given)
        own = base.text.split("\n")
        lines = [line if chance.random() < KEPT else chance.choice(paragraphs) for line in own]
        lines.append("、".join(_name(chance) for _ in range(3)))
        day = newest - timedelta(days=number * YEARS * 365 // count)
        slug = f"{base.slug}-{number}"
        meta = base.meta
        if meta and meta.doc_number:
            own_number = DocNumber(meta.doc_number.agency, day.year, number % 9999 + 1)
            meta = replace(meta, doc_number=own_number)
        yield replace(
            base,
            slug=slug,
            url=f"/{day.year}/{slug}.html",
            save_as=f"{day.year}/{slug}.html",
            date=day,
            title=f"{_place(chance)}{base.title}",
            text="\n".join(lines),
            html=Markup("").join(Markup("<p>{}</p>\n").format(line) for line in lines),
            meta=meta,
            validity=None,
        )


def _place(chance: random.Random) -> str:
    return "".join(chance.choices(_PLACES, k=2)) + chance.choice(_KINDS)


def _name(chance: random.Random) -> str:
    return chr(chance.randint(_FIRST, _LAST)) + chr(chance.randint(_FIRST, _LAST))
