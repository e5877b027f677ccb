"""References to clauses become links, but only where they must mean this text."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policysite.text.clauses import read_acts
from policysite.text.markdown import render
from policysite.text.plain import plain_text
from policysite.text.references import link_references

ACT = """第一条 甲。

第二条 乙：

（一）丙；

（二）丁。

戊。

第三条 己。

第十条之一 庚。

第十一条 {}
"""


def links(html: str) -> list[str]:
    """Return the links of `html` as 'words #id'."""
    found = re.findall(r'<a href="(#t[^"]*)">([^<]*)</a>', html)
    return [f"{words} {target}" for target, words in found]


def linked(sentence: str, title: str = "") -> list[str]:
    """Return the links of a sentence in 第十一条 of an act that has 1, 2, 3 and 10-1."""
    return links(render(ACT.format(sentence), title=title).html)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("按照本办法第三条办理。", ["第三条 #t3"]),
        ("按照本办法的第三条办理。", ["第三条 #t3"]),
        ("违反本条例第二条第二款的。", ["第二条第二款 #t2-2"]),
        ("本实施细则第二条第一款。", ["第二条第一款 #t2"]),
        ("属于本规定第二条第一款第（二）项的。", ["第二条第一款第（二）项 #t2-1-2"]),
        ("属于本规定第二条第二项的。", ["第二条第二项 #t2-1-2"]),
        ("按照本办法第3条办理。", ["第3条 #t3"]),
        ("按照本办法第十条之一办理。", ["第十条之一 #t10z1"]),
        ("违反第三条规定的。", ["第三条 #t3"]),
        ("第三条规定的期限。", ["第三条 #t3"]),
        ("有第三条所列情形的。", ["第三条 #t3"]),
        ("按照本办法第一条至第三条办理。", ["第一条 #t1", "第三条 #t3"]),
        ("按照本办法第一条、第二条和第三条办理。", ["第一条 #t1", "第二条 #t2", "第三条 #t3"]),
        ("本办法第二条第一款、第二款。", ["第二条第一款 #t2", "第二款 #t2-2"]),
        (
            "本办法第二条第（一）项、第（二）项。",
            ["第二条第（一）项 #t2-1-1", "第（二）项 #t2-1-2"],
        ),
        ("《工会法》第三条和本办法第三条。", ["第三条 #t3"]),
    ],
)
def test_a_reference_to_this_text_is_a_link(sentence: str, expected: list[str]) -> None:
    assert linked(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "按照《工会法》第三条办理。",
        "按照《工会法》第一条、第二条和第三条办理。",
        "依照劳动合同法第三条办理。",
        "依照民法典第一条或者第三条办理。",
        "符合香港特别行政区基本法第三条的规定。",
        "根据《工会法》的规定，按照第三条办理。",
        "依照劳动合同法第一条解除，或者按照第三条终止。",
        "该办法第三条。",
        "按照前条、前款和前项的规定办理。",
        "将第三条修改为：",
        "第三条中的“工会”改为“工会组织”。",
        "删去第三条。",
        "规定“违反第三条的，责令改正”的条款。",
        "规定“违反本办法第三条的，责令改正”。",
        "按照本办法第二十条办理。",
        "按照本办法第十一条办理。",
        "第三条款。",
        "按照`第三条`办理。",
        "见[本办法第三条](/a.html)。",
    ],
)
def test_what_may_mean_another_text_or_leads_nowhere_stays_text(sentence: str) -> None:
    assert linked(sentence) == []


def test_of_a_part_that_is_not_there_the_clause_alone_is_linked() -> None:
    assert linked("本办法第三条第四款。") == ["第三条 #t3"]
    assert "第三条</a>第四款" in render(ACT.format("本办法第三条第四款。")).html


def test_this_clause_is_the_one_that_the_sentence_stands_in() -> None:
    source = "第一条 甲。\n\n乙。\n\n第二条 丙。\n\n丁。\n\n适用本条第二款。"
    assert links(render(source).html) == ["第二款 #t2-2"]


def test_a_sentence_that_names_no_other_text_is_free_again() -> None:
    assert linked("依照劳动合同法第一条解除。违反第三条的，责令改正。") == ["第三条 #t3"]


@pytest.mark.parametrize(
    "place",
    [
        "### 违反第三条",
        "> 违反本办法第三条。",
        "```\n违反本办法第三条\n```",
        "<pre>违反本办法第三条</pre>",
        '<a href="/x"><p>违反本办法第三条</p></a>',
        "<!-- 违反本办法第三条 -->",
    ],
)
def test_headings_quotations_code_and_links_stay_as_they_are(place: str) -> None:
    assert linked(f"辛。\n\n{place}") == []


def test_a_table_speaks_of_this_text_only_by_its_name() -> None:
    assert linked("辛。\n\n| 条文 | 依据 |\n|---|---|\n| 第三条 | 本办法第三条 |") == ["第三条 #t3"]


def test_a_quotation_over_several_paragraphs_is_not_linked() -> None:
    source = ACT.format(
        "改为：\n\n“违反第一条的。\n\n违反本办法第二条的。\n\n违反第三条的。”\n\n违反第三条的。"
    )
    assert links(render(source).html) == ["第三条 #t3"]


NOTICE = """请按照本办法第二条办理，第三条另有说明。

## 示例省帮扶办法

第一条 甲。

第二条 违反第一条的。

## 示例省帮扶细则

第一条 按照本细则第二条办理。

第二条 按照第一条和本办法第二条办理。

附件1

按照第一条填写，见本办法第二条。
"""


def test_a_reference_leads_to_the_act_that_it_means() -> None:
    assert links(render(NOTICE).html) == [
        "第二条 #t2",
        "第一条 #t1",
        "第二条 #t2-b",
        "第一条 #t1-b",
        "第二条 #t2",
    ]


def test_an_act_that_has_only_the_title_of_its_page_is_known_by_it() -> None:
    assert linked("按照本法第三条办理。", title="示例省工会条例") == []
    assert linked("按照本条例第三条办理。", title="示例省工会条例") == ["第三条 #t3"]
    assert linked("按照本办法第三条办理。", title="关于印发《帮扶办法（试行）》的通知") == [
        "第三条 #t3"
    ]
    assert linked("按照本通知第三条办理。", title="关于印发《帮扶办法》的通知") == []


def test_a_text_without_clauses_is_left_alone() -> None:
    html = render("按照本办法第三条办理。").html
    assert link_references(html, read_acts(html)) == html


def test_words_across_tags_are_not_linked() -> None:
    assert linked("按照本办法第**三**条办理。") == []


WORDS = st.sampled_from([
    "本办法", "《工会法》", "第三条", "第二条第二款", "第二款", "、", "和", "至", "第十条之一", "违反", "。", "“", "”",
    "<b>", "</b>", '<a href="/x">', "</a>", "<p>", "</p>", "<code>", "</code>", "&amp;", "<!--", "-->", "<blockquote>",
    "</blockquote>", "劳动法", "本条", "\n\n", "第二条 ", "（一）", "- ", "## ", "|",
])  # fmt: skip


class Nesting(HTMLParser):
    """Fails where one of our links starts inside another link."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            assert not (self.depth and (dict(attrs).get("href") or "").startswith("#t"))
            self.depth += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self.depth = max(0, self.depth - 1)


@settings(max_examples=400)
@given(st.lists(WORDS, max_size=20).map("".join))
def test_linking_changes_no_word_nests_no_link_and_is_done_once(sentence: str) -> None:
    html = render(ACT.format(sentence)).html
    plain = re.sub(r'<a href="#t[^"]*">(.*?)</a>', r"\1", html)
    assert plain_text(plain) == plain_text(html)
    assert link_references(html, read_acts(html)) == html
    assert link_references(plain, read_acts(plain)) == html
    Nesting().feed(html)
