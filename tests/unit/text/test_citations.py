"""Citations of documents become links; which document is meant is told by a catalogue."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policysite.text.citations import Cited, Number, link_citations, title_key
from policysite.text.clauses import read_acts
from policysite.text.markdown import render
from policysite.text.plain import plain_text

AID = Cited(
    "/2026/aid.html", read_acts(render("第一条 甲。\n\n乙。\n\n第二条 丙：\n\n（一）丁。").html)
)
SELF = Cited("", read_acts(render("第一条 甲。\n\n第二条 乙。").html))
CARD = Cited("/2025/card.html", (), "示总工发")
TITLES = {
    "示例省帮扶办法": AID,
    "关于印发《示例省帮扶办法》的通知": AID,
    "会员卡办法": CARD,
    "本页办法": SELF,
}


class Shelf:
    """A catalogue of three documents."""

    def has_title(self, key: str) -> bool:
        return key in TITLES

    def has_number(self, year: int, number: int) -> bool:
        return (year, number) == (2025, 7)

    def by_title(self, key: str, number: Number | None, before: str) -> Cited | None:
        if number and self.by_number(number) is not TITLES.get(key):
            return None
        return TITLES.get(key)

    def by_number(self, number: Number) -> Cited | None:
        fits = self.has_number(number.year, number.number) and number.words.endswith("示总工发")
        return CARD if fits else None

    def by_url(self, url: str, key: str) -> Cited | None:
        return next((cited for cited in TITLES.values() if cited.url == url), None)


def links(source: str) -> list[str]:
    """Return the links that are set in `source` as 'words address'."""
    before = render(source).html
    html = link_citations(before, Shelf())
    found = re.findall(r'<a href="([^"]*)">(.*?)</a>', html)
    return [
        f"{words} {url}" for url, words in found if f'<a href="{url}">{words}</a>' not in before
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("按照《示例省帮扶办法》办理。", ["《示例省帮扶办法》 /2026/aid.html"]),
        ("《关于印发〈示例省帮扶办法〉的通知》", ["《关于印发〈示例省帮扶办法〉的通知》 /2026/aid.html"]),
        ("《关于印发《示例省帮扶办法》的通知》", ["《关于印发《示例省帮扶办法》的通知》 /2026/aid.html"]),
        ("《示例省 帮扶办法》", ["《示例省 帮扶办法》 /2026/aid.html"]),
        ("（示总工发〔2025〕7号）", ["示总工发〔2025〕7号 /2025/card.html"]),
        ("按照示总工发[2025]7号执行", ["按照示总工发[2025]7号 /2025/card.html"]),
        ("示总工发（2025）第7号", ["示总工发（2025）第7号 /2025/card.html"]),
        ("《会员卡办法》（示总工发〔2025〕7号）", ["《会员卡办法》（示总工发〔2025〕7号） /2025/card.html"]),
        ("《示例省帮扶办法》（示总工发〔2025〕7号）", ["示总工发〔2025〕7号 /2025/card.html"]),
    ],
)  # fmt: skip
def test_a_title_or_a_number_of_a_known_document_is_a_link(
    sentence: str, expected: list[str]
) -> None:
    expected = [words.replace("按照示", "示") for words in expected]
    assert links(sentence) == expected


@pytest.mark.parametrize(
    "source",
    [
        "《中华人民共和国工会法》第二条",
        "《示例省帮扶办法（试行）》",
        "示例省帮扶办法",
        "人总工发〔2025〕7号",
        "示总工发〔2024〕7号",
        "[《示例省帮扶办法》](/elsewhere.html)",
        "## 《示例省帮扶办法》",
        "> 《示例省帮扶办法》",
        "`《示例省帮扶办法》`",
        "《示例省帮**扶**办法》",
        "《本页办法》",
    ],
)
def test_what_is_not_known_or_stands_in_a_link_heading_or_quotation_stays(source: str) -> None:
    assert links(source) == []


def test_a_clause_behind_a_title_leads_to_that_clause() -> None:
    assert links("《示例省帮扶办法》第一条第二款、第二条第（一）项和第九条") == [
        "《示例省帮扶办法》 /2026/aid.html",
        "第一条第二款 /2026/aid.html#t1-2",
        "第二条第（一）项 /2026/aid.html#t2-1-1",
    ]


def test_a_document_is_linked_once_in_a_paragraph_and_its_clauses_always() -> None:
    sentence = "《示例省帮扶办法》第一条和《示例省帮扶办法》第二条"
    assert links(sentence) == [
        "《示例省帮扶办法》 /2026/aid.html",
        "第一条 /2026/aid.html#t1",
        "第二条 /2026/aid.html#t2",
    ]
    assert len(links("《示例省帮扶办法》\n\n《示例省帮扶办法》")) == 2


def test_a_short_name_once_introduced_leads_to_clauses() -> None:
    source = (
        "按照《示例省帮扶办法》（以下简称《办法》）办理。\n\n《办法》第二条规定，《办法》有效。"
    )
    assert links(source) == ["《示例省帮扶办法》 /2026/aid.html", "第二条 /2026/aid.html#t2"]
    assert links("《办法》第二条") == []


def test_a_short_name_may_follow_a_link_and_a_number() -> None:
    source = (
        "[《示例省帮扶办法》](/2026/aid.html)（示总工发〔2026〕1号，以下简称《办法》）印发。\n\n"
        "《办法》第一条"
    )
    assert links(source) == ["第一条 /2026/aid.html#t1"]


def test_the_number_behind_a_link_to_the_same_document_is_no_second_link() -> None:
    assert links("[《会员卡办法》](/2025/card.html)（示总工发〔2025〕7号）") == []


def test_the_text_itself_is_not_linked_but_its_clauses_are() -> None:
    assert links("《本页办法》第二条") == ["第二条 #t2"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("关于印发〈经费办法〉的通知", "关于印发《经费办法》的通知"),
        ("经费办法(试行)", "经费办法（试行）"),
        ("甲 乙　丙", "甲乙丙"),
        ("“送温暖”办法", '"送温暖"办法'),
    ],
)
def test_spellings_of_one_title_have_one_key(one: str, other: str) -> None:
    assert title_key(one) == title_key(other)


WORDS = st.sampled_from([
    "《示例省帮扶办法》", "《会员卡办法》", "《工会法》", "（示总工发〔2025〕7号）", "示总工发〔2025〕7号", "第一条第二款", "第二条",
    "、", "和", "（以下简称《办法》）", "《办法》", "《", "》", "（", "）", "[甲](/a.html)", "[《会员卡办法》](/b.html)",
    "<b>", "</b>", '<a href="/c.html">', "</a>", "`", "\n\n", "&", "按照",
])  # fmt: skip


class Nesting(HTMLParser):
    """Fails where a link to a document starts inside another link."""

    is_open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            assert not (self.is_open and (dict(attrs).get("href") or "").startswith("/20"))
            self.is_open = True

    def handle_endtag(self, tag: str) -> None:
        self.is_open = self.is_open and tag != "a"


@settings(max_examples=400)
@given(st.lists(WORDS, max_size=20).map("".join))
def test_linking_changes_no_word_nests_no_link_and_is_done_once(source: str) -> None:
    html = render(source).html
    linked = link_citations(html, Shelf())
    assert plain_text(linked) == plain_text(html)
    assert link_citations(linked, Shelf()) == linked
    Nesting().feed(linked)
