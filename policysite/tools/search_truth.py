"""What a search has to find, by a plain look through every text, and how well it was found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from policysite.pages.article import Article
from policysite.pages.site import Site
from policysite.search.tokens import normalise

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Answer:
    """What the engine found, as addresses, best first; `verified` tells of the first ten."""

    hits: tuple[str, ...]
    loose: tuple[str, ...]
    verified: tuple[bool, ...]
    damaged: bool


@dataclass(frozen=True, slots=True)
class Quality:
    """How one query was answered: shares from 0 to 1, and how many documents hold the phrase."""

    query: str
    truth: int
    recall: float
    precision: float
    first_ten: float


class Truth:
    """Every text, to be looked through."""

    def __init__(self, site: Site) -> None:
        self.synonyms = [tuple(map(normalise, group)) for group in site.synonyms]
        self.texts = {
            a.url: normalise(f"{a.title}\n{a.subtitle}\n{a.text}\n{a.doc_number}")
            for a in site.articles
        }

    def holding(self, query: str) -> set[str]:
        """Return the addresses of the articles that have every word of a query as it stands."""
        words = [word for part in query.split() if len(word := normalise(part)) > 1]
        return {url for url, text in self.texts.items() if all(word in text for word in words)}

    def meaning(self, query: str) -> set[str]:
        """Return those that have it in the query's words or in synonyms."""
        found = self.holding(query)
        for group in self.synonyms:
            for form in (form for form in group if form in normalise(query)):
                for other in group:
                    found |= self.holding(normalise(query).replace(form, other))
        return found


def judge(query: str, answer: Answer, truth: Truth) -> Quality:
    """Return how well a query was answered."""
    held, meant = truth.holding(query), truth.meaning(query)
    hits = set(answer.hits)
    first = answer.hits[:SHOWN]
    return Quality(
        query,
        len(held),
        len(hits & held) / len(held) if held else 1.0,
        len(hits & meant) / len(hits) if hits else 1.0,
        sum(url in meant for url in first) / len(first) if first else 1.0,
    )


def number_forms(article: Article) -> tuple[str, ...]:
    """Return the ways in which people type the 发文字号 of an article."""
    number = article.meta.doc_number if article.meta else None
    assert number, "only asked of articles with a 发文字号"
    agency, year, place = number.agency, number.year, number.number
    return (
        f"{agency}〔{year}〕{place}号", f"{agency}（{year}）{place}号", f"{agency}[{year}]{place}号",
        f"{agency}〔{year}〕第{place}号", f"{agency}{year}年{place}号", f"〔{year}〕{place}号",
        f"{year}年{place}号", f"{agency} {year} {place}",
    )  # fmt: skip


def same_number(articles: Iterable[Article], wanted: Article, form: str) -> set[str]:
    """Return all that `form` can mean: without 机关代字, there may be several."""
    number = wanted.meta and wanted.meta.doc_number
    assert number, "only asked of articles with a 发文字号"
    same = [
        (article.url, other)
        for article in articles
        if article.meta and (other := article.meta.doc_number)
    ]
    return {
        url
        for url, other in same
        if replace(other, agency="") == replace(number, agency="")
        and (other == number or not form.startswith(number.agency))
    }
