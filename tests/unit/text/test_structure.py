"""Headings and items found in the numbers of official documents."""

import re

import pytest

from policysite.text.markdown import render
from policysite.text.rendered import Heading
from tests.unit.text.outlines import items, outline

NOTICE = """各市总工会：

现将有关事项通知如下。
一、总体要求
　　坚持服务职工。
二、主要任务
（一）加强领导。各级工会要高度重视。
（二）落实经费
经费由省总工会统一安排。
1.经费来源。由财政拨付。
2.经费使用。做到专款专用。
（1）报销。按规定办理。
（2）审计。按年度进行。
三、工作要求

各市要抓好落实。
"""


def test_the_four_levels_of_a_notice_become_headings_two_to_five() -> None:
    assert outline(NOTICE) == [
        "2 s1 一、总体要求",
        "2 s2 二、主要任务",
        "3 s2-1 （一）加强领导",
        "3 s2-2 （二）落实经费",
        "4 s2-2-1 1.经费来源",
        "4 s2-2-2 2.经费使用",
        "5 s2-2-2-1 （1）报销",
        "5 s2-2-2-2 （2）审计",
        "2 s3 三、工作要求",
    ]


def test_a_run_in_heading_is_cut_at_its_first_full_stop_and_published_verbatim() -> None:
    html = render("（一）加强领导。各级工会要重视。要落实。").html
    assert html == (
        '<h2 class="run-in" id="s1">（一）加强领导。</h2>\n<p>各级工会要重视。要落实。</p>'
    )


def test_a_full_stop_inside_brackets_or_quotes_does_not_end_a_heading() -> None:
    html = render("（一）落实“学。做。”要求（含网上。）。各级工会要重视。").html
    assert '<h2 class="run-in" id="s1">（一）落实“学。做。”要求（含网上。）。</h2>' in html


@pytest.mark.parametrize(
    "line",
    ["**（一）加强领导。**各级工会要重视。", "（一）**加强领导。**各级工会要重视。"],
)
def test_a_heading_the_author_set_in_bold_is_cut_where_the_bold_ends(line: str) -> None:
    assert outline(line) == ["2 s1 （一）加强领导"]
    assert render(line).html.endswith("<p>各级工会要重视。</p>")


def test_a_line_wholly_in_bold_is_a_heading_without_the_asterisks() -> None:
    assert outline("**一、总体要求**\n\n正文。") == ["2 s1 一、总体要求"]


@pytest.mark.parametrize("skipping", ["一、甲\n\n1.乙。正文。", "## 一、甲\n\n#### 1.乙\n\n正文"])
def test_levels_the_author_skips_are_closed_up(skipping: str) -> None:
    assert outline(skipping) == ["2 s1 一、甲", "3 s1-1 1.乙"]


def test_numbers_may_run_on_from_one_part_into_the_next() -> None:
    source = "一、甲\n\n（一）乙。文。\n（二）丙。文。\n\n二、丁\n\n（三）戊。文。\n（四）己。文。"
    assert outline(source) == [
        "2 s1 一、甲",
        "3 s1-1 （一）乙",
        "3 s1-2 （二）丙",
        "2 s2 二、丁",
        "3 s2-3 （三）戊",
        "3 s2-4 （四）己",
    ]


def test_a_text_issued_with_a_notice_falls_under_its_own_title() -> None:
    source = "一、甲\n\n文\n\n## 某某办法\n\n第一章 总则\n\n第一条 文"
    assert [(h.level, h.text) for h in render(source).headings] == [
        (2, "一、甲"),
        (2, "某某办法"),
        (3, "第一章 总则"),
    ]


def test_a_footnote_behind_a_run_in_heading_changes_nothing() -> None:
    source = "（一）加强领导。各级工会要高度重视这项工作，把它摆上重要议事日程，抓紧抓实抓好。[^1]\n\n[^1]: 注"
    assert outline(source) == ["2 s1 （一）加强领导"]


def test_the_first_heading_is_level_two_whatever_its_number() -> None:
    assert outline("（1）甲。正文。\n\n一、乙\n\n正文") == ["2 s1 （1）甲", "2 s1-b 一、乙"]


def test_deeper_nesting_than_five_stays_at_five() -> None:
    source = "第一章 甲\n\n第一节 乙\n\n一、丙\n\n（一）丁\n\n1.戊\n\n正文"
    assert [h.level for h in render(source).headings] == [2, 3, 4, 5, 5]


def test_headings_marked_with_number_signs_take_part_in_the_same_scheme() -> None:
    source = "# 概述\n\n甲\n\n一、目标\n\n乙\n\n### 说明\n\n丙\n\n二、任务\n\n丁"
    headings = render(source).headings
    assert [(h.level, h.text) for h in headings] == [
        (2, "概述"),
        (3, "一、目标"),
        (3, "说明"),
        (3, "二、任务"),
    ]
    assert all(re.fullmatch(r"h-[0-9a-f]{6}|s\d", h.id) for h in headings)


def test_an_unnumbered_heading_keeps_its_id_when_the_text_around_it_changes() -> None:
    alone = render("## 背景").headings[0]
    later = render("## 前言\n\n一、甲\n\n正文\n\n## 背景").headings[-1]
    assert alone.id == later.id


def test_an_id_given_by_the_author_wins() -> None:
    assert render("## 背景 {#background}").headings == (Heading(2, "background", "背景"),)


@pytest.mark.parametrize(
    "line",
    ["#号开头", "#12351 是热线", "####### 七个", "#"],
)
def test_number_signs_without_a_space_are_text(line: str) -> None:
    rendered = render(line)
    assert rendered.headings == ()
    assert rendered.text == line


@pytest.mark.parametrize("source", ["- # 甲", "> ## 甲"])
def test_headings_inside_lists_and_quotations_are_bold_text(source: str) -> None:
    rendered = render(source)
    assert rendered.headings == ()
    assert "<strong>甲</strong>" in rendered.html


def test_a_line_of_dashes_under_text_is_a_rule_not_a_heading() -> None:
    assert render("甲\n---\n乙").html == "<p>甲</p>\n<hr>\n<p>乙</p>"
    assert "<h" not in render("**甲**\n===").html


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("（一）甲的；\n（二）乙的。", ["2 （一）甲的；", "2 （二）乙的。"]),
        ("1.将第四条修改为：\n\n正文", ["3 1.将第四条修改为："]),
        ("（1）甲，\n（2）乙，", ["4 （1）甲，", "4 （2）乙，"]),
        ("①甲\n②乙", ["5 ①甲", "5 ②乙"]),
        ("附件：\n1.名单\n2.表格\n\n落款", ["3 1.名单", "3 2.表格"]),
        ("附件：1.名单\n2.表格\n\n落款", ["3 2.表格"]),
        ("附件：\n1.名单\n\n落款", ["3 1.名单"]),
        (
            "（一）甲；\n（二）乙。文。\n（三）丙。文。",
            ["2 （一）甲；", "2 （二）乙。文。", "2 （三）丙。文。"],
        ),
        (
            "一、会议时间：12月1日\n二、会议地点：青川市",
            ["1 一、会议时间：12月1日", "1 二、会议地点：青川市"],
        ),
        (
            f"（一）{'很长的句子' * 8}，到这里。还有。",
            [f"2 （一）{'很长的句子' * 8}，到这里。还有。"],
        ),
        (f"（一）{'不短的句子' * 5}。\n\n正文", [f"2 （一）{'不短的句子' * 5}。"]),
    ],
)
def test_enumerations_and_statements_are_items_with_their_number(
    source: str, expected: list[str]
) -> None:
    assert items(source) == expected
    assert render(source).headings == ()


def test_a_series_is_all_headings_or_all_items() -> None:
    statement = "的工作年限从参加工作之日起计算，具体由各单位核定后报上级工会备案。"
    source = f"1.甲{statement}\n2.乙{statement}\n3.丙按周年计算。\n\n正文"
    assert len(items(source)) == 3


def test_a_long_title_without_end_mark_follows_the_headings_of_its_series() -> None:
    title = "二、修改《" + "关于适用法律若干问题的" * 4 + "规定》"
    source = f"一、甲\n\n正文\n\n{title}\n\n正文\n\n三、丙\n\n正文"
    assert [h.text for h in render(source).headings] == ["一、甲", title, "三、丙"]


def test_a_statement_with_a_footnote_is_no_long_title() -> None:
    statement = (
        "各级工会应当按照规定的程序、标准和时限办理有关事项并接受会员监督，不得擅自变更或者拖延。"
    )
    source = f"（一）甲。文。\n（二）乙。文。\n（三）{statement}[^1]\n\n[^1]: 注"
    assert [h.text for h in render(source).headings] == ["（一）甲", "（二）乙"]


def test_headings_that_would_stand_over_nothing_are_items() -> None:
    assert items("需要材料：\n\n（一）申请表\n（二）身份证\n（三）证明\n\n二、时间\n\n正文") == [
        "2 （一）申请表",
        "2 （二）身份证",
        "2 （三）证明",
    ]
