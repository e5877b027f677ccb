"""标题音序索引: where a title stands, and pages whose addresses never move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import pytest

from policysite.model.values import CHINA
from policysite.pages.article import Article
from policysite.pages.title_index import Shelf, Title, by_letter, every_shelf, shelve
from tests.unit.making import make_article, make_manuscript

DAY = datetime(2024, 3, 1, tzinfo=CHINA)


def articles_named(*titles: str) -> tuple[Article, ...]:
    return tuple(
        make_article(title=title, slug=f"a{place}", url=f"/a{place}.html", date=DAY)
        for place, title in enumerate(titles)
    )


def named(*titles: str) -> tuple[Title, ...]:
    return tuple(article.filed for article in articles_named(*titles))


def letter_of(title: str, *issuers: str) -> str:
    lines = "".join(f"\n  - {name}" for name in issuers)
    meta = make_manuscript(f"发文机关:{lines}", "文种: 通知").fields if issuers else None
    return make_article(title=title, date=DAY, meta=meta).filed.key[0]


def addresses(shelf: Shelf) -> dict[str, list[str]]:
    return {page.url: [t.passed + t.filed for t in page.titles] for page in every_shelf(shelf)}


@pytest.mark.parametrize(
    ("title", "letter"),
    [
        ("重庆市总工会召开会议", "c"),
        ("重点工作安排", "z"),
        ("重阳节慰问", "c"),
        ("长江航运工会", "c"),
        ("行业工会怎么建", "h"),
        ("行程安排", "x"),
        ("调整福利标准", "t"),
        ("调查研究", "d"),
        ("会计核算办法", "k"),
        ("会员怎么入会", "h"),
        ("乐山职工之家", "l"),
        ("乐器比赛", "y"),
        ("女职工权益", "n"),
        ("2026年工作要点", "0-9"),
        ("12351热线", "0-9"),
        ("AI技能比武", "a"),
        ("《工会法》问答", "g"),
        ("“六件小事”办到位", "l"),
        ("关于做好送清凉工作的通知", "z"),
        ("关于印发《经费办法》的通知", "j"),
        ("公布名单", "g"),
        ("𠮷田来访", "0-9"),
        ("……", "0-9"),
        ("关于", "g"),
    ],
)
def test_a_title_stands_under_the_sound_of_its_first_word_that_counts(
    title: str, letter: str
) -> None:
    assert letter_of(title) == letter


def test_issuers_at_the_beginning_do_not_count() -> None:
    one, other = "示例省总工会", "示例省财政厅"
    assert letter_of(f"{one}关于调整标准的通知", one) == "t"
    assert letter_of(f"{one} {other}关于印发〈补助办法〉的通知", one, other) == "b"
    assert letter_of(f"{one}、{other}公告", one, other) == "g"
    assert letter_of(f"{one}召开会议") == "s"
    assert letter_of(one, one) == "s"


def test_what_does_not_count_is_kept_beside_what_does() -> None:
    (title,) = shelve(named("关于印发《经费办法》的通知")).titles
    assert (title.passed, title.filed) == ("关于印发《", "经费办法》的通知")


def test_titles_are_in_the_order_of_their_sounds() -> None:
    titles = ("工会经费", "帮扶", "公示", "工伤", "北方", "12月")
    shelf = shelve(named(*titles))
    assert [t.passed + t.filed for t in shelf.titles] == [
        "12月", "帮扶", "北方", "工会经费", "工伤", "公示"
    ]  # fmt: skip
    assert [(letter, len(group)) for letter, group in by_letter(shelf.titles)] == [
        ("0-9", 1),
        ("b", 2),
        ("g", 3),
    ]


def test_numbers_are_in_the_order_of_counting() -> None:
    shelf = shelve(named("简报第10期", "简报第9期", "简报第101期"))
    assert [t.passed + t.filed for t in shelf.titles] == ["简报第9期", "简报第10期", "简报第101期"]


def test_a_page_with_too_many_titles_is_divided_by_the_next_syllable() -> None:
    shelf = shelve(named("工会经费", "工会主席", "工伤", "公会", "帮扶"), size=3)
    assert addresses(shelf) == {
        "/search/a-z/": [],
        "/search/a-z/b/": ["帮扶"],
        "/search/a-z/g/": [],
        "/search/a-z/g/gong/": [],
        "/search/a-z/g/gong/hui/": ["公会", "工会经费", "工会主席"],
        "/search/a-z/g/gong/shang/": ["工伤"],
    }
    (gong,) = (page for page in every_shelf(shelf) if page.path == ("g", "gong"))
    assert (gong.count, gong.words) == (4, ("工", "公"))
    assert [(part.name, part.words, part.count) for part in gong.parts] == [
        ("gong hui", ("工会", "公会"), 3),
        ("gong shang", ("工伤",), 1),
    ]


def test_titles_that_sound_alike_to_the_end_are_divided_by_year() -> None:
    titles = tuple(
        replace(article, date=DAY.replace(year=2020 + place % 2)).filed
        for place, article in enumerate(articles_named(*["简报"] * 6))
    )
    found = addresses(shelve(titles, size=3))
    assert {url: len(titles) for url, titles in found.items() if titles} == {
        "/search/a-z/j/jian/bao/2020/": 3,
        "/search/a-z/j/jian/bao/2021/": 3,
    }
    # Nothing is left to divide by: better a long page than a lost title.
    assert len(addresses(shelve(titles, size=2))["/search/a-z/j/jian/bao/2021/"]) == 3


def test_every_title_stands_on_exactly_one_page() -> None:
    titles = [f"{first}{second}{n}" for first in "工公帮" for second in "会示扶" for n in range(5)]
    for size in (1, 4, 10, 100):
        pages = addresses(shelve(named(*titles), size=size)).values()
        assert sorted(title for page in pages for title in page) == sorted(titles)


def test_a_new_title_changes_the_one_page_it_stands_on_and_moves_none() -> None:
    titles = ["工会经费", "工会主席", "工伤", "公会", "帮扶", "北方"]
    before = addresses(shelve(named(*titles), size=3))
    after = addresses(shelve(named(*titles, "工伤认定"), size=3))
    assert before.keys() == after.keys()
    assert {url for url in before if before[url] != after[url]} == {"/search/a-z/g/gong/shang/"}


def _urls(titles: Sequence[str]) -> set[str]:
    return set(addresses(shelve(named(*titles), size=2)))


def test_no_address_is_lost_when_titles_are_added() -> None:
    titles = [
        "工会经费",
        "工会主席",
        "工伤",
        "公会",
        "帮扶",
        "工会主席会",
        "北方",
        "工会经验",
        "阿姨",
    ]
    for count in range(len(titles)):
        assert _urls(titles[:count]) <= _urls(titles[: count + 1])
