"""Clauses (条), what stands in them, and what keeps its numbers to itself."""

from itertools import pairwise

import pytest

from policysite.text.clauses import Clause
from policysite.text.markdown import render
from tests.unit.text.outlines import items, outline

LAW = """第一章　总则

第一条　为了规范，制定本办法。

第二条 有下列情形之一的，适用本办法：
（一）甲。
（二）乙：
1.丙；
2.丁。

第三条【范围】适用于本省。

第二章　分则

第一节　申请

第三条之一　补充规定。

第四条　无。
"""


def test_chapters_and_sections_are_headings_and_clauses_are_listed() -> None:
    assert outline(LAW) == ["2 z1 第一章　总则", "2 z2 第二章　分则", "3 z2-j1 第一节　申请"]
    assert render(LAW).clauses == (
        Clause("t1", "第一条"),
        Clause("t2", "第二条"),
        Clause("t2-1-1", "第二条第一项", "t2"),
        Clause("t2-1-2", "第二条第二项", "t2"),
        Clause("t3", "第三条"),
        Clause("t3z1", "第三条之一"),
        Clause("t4", "第四条"),
    )


def test_a_clause_shows_its_number_and_a_full_width_gap() -> None:
    for gap in (" ", "　", "\u3000\u3000", "  "):
        assert render(f"第十二条{gap}工会维护权益。").html == (
            '<p class="clause" id="t12"><strong class="clause__number">第十二条</strong>'
            "　工会维护权益。</p>"
        )


@pytest.mark.parametrize("line", ["**第一条** 正文", "**第一条**　正文"])
def test_a_clause_number_in_bold_is_the_same_clause(line: str) -> None:
    assert render(line).html == render("第一条　正文").html


def test_numbers_inside_a_clause_are_items_never_headings() -> None:
    assert items(LAW) == ["2 （一）甲。", "2 （二）乙：", "3 1.丙；", "3 2.丁。"]


def test_inside_a_clause_not_even_a_run_in_number_is_a_heading() -> None:
    source = "第一条 分为：\n\n（一）甲。文。\n\n（二）乙。文。\n\n第二条 分为：\n\n一、丙。文。"
    assert items(source) == ["2 （一）甲。文。", "2 （二）乙。文。", "1 一、丙。文。"]


def test_an_enumeration_with_ideographic_numbers_inside_a_clause_stays_inside() -> None:
    source = "第一条 分为：\n\n一、甲院；\n\n二、乙院。\n\n第二条 无。"
    assert items(source) == ["1 一、甲院；", "1 二、乙院。"]


def test_parts_and_subparts_stand_above_chapters() -> None:
    source = "第二编 物权\n\n第一分编 通则\n\n第四章 一般规定\n\n第三编 合同"
    assert outline(source) == [
        "2 b2 第二编 物权",
        "3 b2-f1 第一分编 通则",
        "4 b2-f1-z4 第四章 一般规定",
        "2 b3 第三编 合同",
    ]


def test_the_clauses_of_a_second_text_get_ids_of_their_own() -> None:
    source = "第一条 甲\n\n第二条 乙\n\n第一条 丙\n\n第二条 丁\n\n第三条 戊\n\n第一条 己"
    assert [c.id for c in render(source).clauses] == ["t1", "t2", "t1-b", "t2-b", "t3-b", "t1-c"]


def test_repeated_headings_get_ids_of_their_own() -> None:
    source = "一、甲\n\n（一）乙。正文。\n\n一、丙\n\n（一）丁。正文。"
    assert [h.id for h in render(source).headings] == ["s1", "s1-1", "s1-b", "s1-b-1"]


def test_an_annex_starts_over() -> None:
    source = "第一章 甲\n\n第一条 乙\n\n附件2\n\n一、丙\n\n（一）丁。正文。"
    assert outline(source) == [
        "2 z1 第一章 甲",
        "2 fj2 附件2",
        "3 fj2-s1 一、丙",
        "4 fj2-s1-1 （一）丁",
    ]


def test_numbers_and_clauses_inside_a_quotation_stay_text() -> None:
    source = (
        "一、修改第三条：\n\n正文\n\n二、修改第五条\n\n“第五条 有下列情形的：\n\n（一）甲。各级工会。\n\n"
        "第六条　乙。”\n\n三、其他\n\n正文"
    )
    rendered = render(source)
    assert [h.text for h in rendered.headings] == ["二、修改第五条", "三、其他"]
    assert rendered.clauses == ()
    assert "第六条　乙。”" in rendered.text


def test_a_quotation_may_open_again_with_each_paragraph() -> None:
    source = "“第五条 甲：\n\n（一）乙。文。\n\n“第六条 丙。”\n\n（一）丁。文。"
    assert [h.text for h in render(source).headings] == ["（一）丁"]


def test_a_quotation_that_is_never_closed_hides_nothing() -> None:
    assert len(render("“甲\n\n一、乙\n\n正文\n\n二、丙\n\n正文").headings) == 2


@pytest.mark.parametrize(
    "source",
    [
        "```\n一、甲\n第一条 乙\n# 丙\n```",
        "<div>\n一、甲\n\n第一条 乙\n</div>",
        "| 一、甲 | 第一条 |\n|---|---|\n| （一）乙 | 1.丙 |",
        "- （一）甲。各级工会。",
        "> 一、甲",
    ],
)
def test_code_raw_html_tables_lists_and_quotations_are_left_alone(source: str) -> None:
    rendered = render(source)
    assert rendered.headings == ()
    assert rendered.clauses == ()
    assert "item" not in rendered.html


def test_headings_never_skip_a_level() -> None:
    pieces = [
        "（1）甲。文",
        "1.乙。文",
        "（一）丙。文",
        "一、丁。文",
        "第一章 戊",
        "#### 己",
        "## 庚",
    ]
    for first in pieces:
        for second in pieces:
            for third in pieces:
                levels = [1, *(h.level for h in render(f"{first}\n\n{second}\n\n{third}").headings)]
                assert all(b <= a + 1 for a, b in pairwise(levels)), levels
