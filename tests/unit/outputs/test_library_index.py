"""data/library.json: small, whole, and the same documents as went in."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from policysite.model.values import CHINA
from policysite.outputs.library_index import write_index
from policysite.pages.article import Article
from tests.unit.making import make_article
from tests.unit.outputs.many_documents import make_documents

MANY = make_documents(400)


def decode(text: str) -> list[dict[str, Any]]:
    """Read the index as theme/static/js/library.js does."""
    data = json.loads(text)
    titles = [_spelled(entry, data["words"]) for entry in data["titles"].split("|")]
    slugs = [_spelled(entry, data["parts"]) for entry in data["slugs"].split("|")]
    last: dict[int, int] = {}
    day = date.fromisoformat(data["newest"])
    found = []
    for place in range(data["count"]):
        day -= timedelta(days=data["days"][place])
        series = data["in_series"][place]
        last[series] = last.get(series, 0) + data["numbers"][place]
        agency, year = data["series"][series]
        number = f"{agency}〔{year}〕{last[series]}号" if last[series] else ""
        found.append(
            {
                "title": titles[place],
                "url": f"/{day.year}/{slugs[place]}.html",
                "date": day,
                "number": number,
                "state": data["states"][data["in_state"][place]],
                "issuer": data["issuers"][data["in_issuer"][place]],
                "kind": data["kinds"][data["in_kind"][place]],
            }
        )
    return found


def _spelled(text: str, words: list[str]) -> str:
    return re.sub("[\u0080-\u07ff]", lambda code: words[ord(code[0]) - 0x80], text)


def test_ten_thousand_documents_fit_in_150_kilobytes() -> None:
    index = write_index(make_documents(10_000)).encode()
    assert len(gzip.compress(index, 6)) <= 150_000


def test_what_went_in_comes_out() -> None:
    for article, row in zip(MANY, decode(write_index(MANY)), strict=True):
        assert article.date
        assert article.validity
        assert (row["title"], row["url"], row["date"], row["number"]) == (
            article.title, article.url, article.date.date(), article.doc_number
        )  # fmt: skip
        assert row["state"] == [
            article.validity.code,
            article.validity.label,
            article.validity.tone,
        ]


def test_a_joint_document_has_all_its_issuers() -> None:
    joint = next(a for a in MANY if a.meta and len(a.meta.issuer) == 2)
    row = decode(write_index(MANY))[MANY.index(joint)]
    assert [slug[:-5] for slug in row["issuer"]] == [
        "shi-li-sheng-zong-gong-hui",
        "shi-li-sheng-ren-li-zi-yuan-he-she-hui-bao-zhang-ting",
    ]


def test_characters_that_mean_something_to_the_index_survive() -> None:
    titles = (
        "阿·努尔同志事迹",
        "经费|决算",
        "Ω 与 é 的通知",
        "“十五五”规划（2026—2030年）",
        "𠮷林省",
    )
    moment = datetime(2026, 3, 1, tzinfo=CHINA)
    articles = [make_article(title=title, date=moment) for title in titles]
    assert [row["title"] for row in decode(write_index(articles))] == list(titles)


def test_every_kind_of_short_name_survives() -> None:
    slugs = ("a", "t20210315-1023", "zong-gong-hui", "zong-gong-hui-2", "2026")
    articles = [make_article(slug=slug, url=f"/2026/{slug}.html") for slug in slugs]
    assert [row["url"] for row in decode(write_index(articles))] == [a.url for a in articles]


def test_a_document_without_number_or_state_has_neither() -> None:
    (row,) = decode(write_index([make_article()]))
    assert (row["number"], row["state"], row["issuer"], row["kind"]) == ("", ["", "", ""], [], [])


def test_no_documents_make_an_index_of_nothing() -> None:
    assert json.loads(write_index(()))["count"] == 0


def test_numbers_that_go_up_and_down_in_a_series_survive() -> None:
    def numbered(article: Article, number: int) -> Article:
        assert article.meta
        assert article.meta.doc_number
        changed = replace(article.meta.doc_number, agency="示总工发", year=2026, number=number)
        return replace(article, meta=replace(article.meta, doc_number=changed))

    articles = [numbered(MANY[place], number) for place, number in enumerate((5, 99999, 1, 7))]
    rows = decode(write_index(articles))
    assert [row["number"] for row in rows] == [article.doc_number for article in articles]
