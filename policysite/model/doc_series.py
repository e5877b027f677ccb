"""Who issues documents, and what number comes next in each of their series (发文字号)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from policysite.model.manuscript import Article
from policysite.model.values import DocNumber


def issuers(articles: Iterable[Article], column: str) -> list[str]:
    """Return every 发文机关, those of the column at the path `column` first, then the frequent."""
    counts: Counter[str] = Counter()
    here: Counter[str] = Counter()
    for article in articles:
        for place, name in enumerate(article.fields.issuer):
            counts[name] += 1
            # Of a joint document the first is the one that gives it its number (主办机关).
            here[name] += not place and article.column is not None and article.column.path == column
    return sorted(counts, key=lambda name: (-here[name], -counts[name], name))


def next_numbers(articles: Sequence[Article], issuer: str, year: int) -> list[DocNumber]:
    """Return the number that follows in each series of `issuer`, the most used series first.

    Each 机关代字 is a series of its own and begins with 1 every year. Drafts and documents that
    were withdrawn have their numbers too.
    """
    numbered = [article.fields for article in articles if article.fields.doc_number]
    used = Counter(
        fields.doc_number.agency
        for fields in numbered
        if fields.doc_number and fields.issuer[:1] == (issuer,)
    )
    last = dict.fromkeys(used, 0)
    for fields in numbered:
        number = fields.doc_number
        if number and number.agency in last and number.year == year:
            last[number.agency] = max(last[number.agency], number.number)
    series = sorted(used, key=lambda agency: (-used[agency], agency))
    return [DocNumber(agency, year, last[agency] + 1) for agency in series]
