"""Clauses (条), their paragraphs (款) and items (项), and the parts that the theme sets apart."""

import re

import pytest

from policysite.text.clauses import Clause, read_acts
from policysite.text.markdown import render
from policysite.text.plain import inline_text

RULES = """第一条 本办法适用于全省工会。

第二条 有下列情形之一的，可以申请：

（一）患病的；

（二）受灾的：

1.住房受损；

2.庄稼绝收。

申请人应当提交证明。

前款规定的证明由所在单位出具。

第三条 申请分为两类：

（一）临时申请；

（二）长期申请。
"""


def places(source: str) -> dict[str, str]:
    """Return the clauses of `source`: label by id."""
    return {clause.id: clause.label for clause in render(source).clauses}


def test_every_further_paragraph_of_a_clause_is_a_paragraph_of_law() -> None:
    assert places(RULES) == {
        "t1": "第一条",
        "t2": "第二条",
        "t2-1-1": "第二条第一款第一项",
        "t2-1-2": "第二条第一款第二项",
        "t2-2": "第二条第二款",
        "t2-3": "第二条第三款",
        "t3": "第三条",
        "t3-1-1": "第三条第一项",
        "t3-1-2": "第三条第二项",
    }


def test_an_id_stands_on_the_element_that_it_names() -> None:
    html = render(RULES).html
    assert '<p id="t2-2">申请人应当提交证明。</p>' in html
    assert '<p class="item item--2" id="t2-1-2">（二）受灾的：</p>' in html
    assert '<p class="item item--3">1.住房受损；</p>' in html


def test_a_part_knows_the_clause_it_stands_in() -> None:
    assert Clause("t2-2", "第二条第二款", "t2") in render(RULES).clauses
    assert Clause("t2", "第二条") in render(RULES).clauses


def test_items_of_a_later_paragraph_are_named_with_it() -> None:
    source = "第一条 甲。\n\n乙有下列情形的：\n\n（一）丙；\n\n（二）丁。"
    assert places(source)["t1-2-2"] == "第一条第二款第二项"


def test_an_id_is_made_of_the_number_as_written() -> None:
    source = "第十二条之一 甲：\n\n（三）乙；\n\n（十一）丙。\n\n丁。"
    assert list(places(source)) == ["t12z1", "t12z1-1-3", "t12z1-1-11", "t12z1-2"]


@pytest.mark.parametrize(
    "between",
    [
        pytest.param("| 甲 | 乙 |\n|---|---|\n| 丙。 | 丁。 |", id="a table"),
        pytest.param("表1 标准\n\n| 甲 |\n|---|\n| 乙。 |", id="a table with a caption"),
        pytest.param("> 引文。", id="a quotation"),
        pytest.param("- 甲。\n- 乙。", id="a list"),
        pytest.param("![图。](/a.png)", id="a figure"),
        pytest.param("应发金额＝工资÷21.75×天数", id="a formula"),
        pytest.param("法律责任", id="the title of a chapter that lost its number"),
        pytest.param("“第三条 改成这样。”", id="words that are put into another text"),
        pytest.param("“第三条 改成这样：\n\n（一）甲。\n\n乙。”", id="several such paragraphs"),
        pytest.param("附件：1.申请表", id="a note of attachments"),
    ],
)
def test_what_is_no_sentence_of_the_clause_is_not_counted(between: str) -> None:
    found = places(f"第一条 甲。\n\n{between}\n\n乙。")
    assert found == {"t1": "第一条", "t1-2": "第一条第二款"}


def test_a_paragraph_that_opens_with_a_quoted_word_counts() -> None:
    assert "t1-2" in places("第一条 甲。\n\n“困难职工”是指家庭收入低于标准的职工。")


def test_a_paragraph_with_a_footnote_or_in_bold_counts() -> None:
    source = "第一条 甲。\n\n乙。[^1]\n\n**丙。**\n\n[^1]: 注"
    assert list(places(source)) == ["t1", "t1-2", "t1-3"]


def test_outside_of_clauses_nothing_is_numbered() -> None:
    source = "各级工会：\n\n甲。\n\n第一条 乙。\n\n## 说明\n\n丙。\n\n（一）丁；\n\n（二）戊。"
    assert places(source) == {"t1": "第一条"}


NOTICE = """各市总工会，省总工会各部门：

现将办法印发给你们。

附件：1.申请表

2.审批表

<p class="signature">示例省总工会<br>2026年3月12日</p>

## 示例省帮扶办法

（2026年3月1日示例省总工会常务委员会会议通过）

第一章 总则

第一条 甲。

乙。

## 示例省帮扶细则

第一条 丙。

丁：

（一）戊。
"""


def test_a_second_act_has_paragraphs_of_its_own() -> None:
    assert list(places(NOTICE)) == ["t1", "t1-2", "t1-b", "t1-b-2", "t1-b-2-1"]
    assert places(NOTICE)["t1-b-2-1"] == "第一条第二款第一项"


def test_the_acts_of_a_document_are_told_apart_by_their_titles() -> None:
    acts = read_acts(render(NOTICE).html)
    assert [(act.title, act.series) for act in acts] == [
        ("示例省帮扶办法", ""),
        ("示例省帮扶细则", "-b"),
    ]
    assert acts[1].clause(1) == "t1-b"
    assert acts[1].paragraph("t1-b", 2) == "t1-b-2"
    assert acts[0].paragraph("t1", 3) == ""


def test_an_item_without_its_paragraph_must_be_the_only_one() -> None:
    act = read_acts(render("第一条 甲：\n\n（一）乙；\n\n（二）丙。\n\n丁：\n\n（一）戊。").html)[0]
    assert act.item("t1", 0, 2) == "t1-1-2"
    assert act.item("t1", 0, 1) == ""
    assert act.item("t1", 2, 1) == "t1-2-1"


def test_a_text_without_clauses_has_neither_acts_nor_clauses() -> None:
    assert read_acts(render("甲。\n\n（一）乙；").html) == ()
    assert render("甲。").clauses == ()


def classes(source: str) -> dict[str, str]:
    """Return the words of every element of `source` that has a class of its own: by class."""
    found = re.findall(r'<(?:p|h\d) class="([^"]*)"[^>]*>(.*?)</(?:p|h\d)>', render(source).html)
    return {name: inline_text(words) for name, words in found}


def test_recipients_attachments_and_titles_are_set_apart() -> None:
    found = classes(NOTICE)
    assert found["recipients"] == "各市总工会，省总工会各部门："
    assert found["attachments-note"] == "附件：1.申请表"
    assert found["item item--3 attachments-note"] == "2.审批表"
    assert found["chapter"] == "第一章 总则"
    assert 'class="act-title" id="h-' in render(NOTICE).html


def test_what_stands_in_brackets_under_the_title_of_an_act_belongs_to_it() -> None:
    notes = "（2024年修订）\n\n（2024年3月1日示例省总工会通过）"
    source = f"（一）甲。\n\n（注）\n\n## 某某办法\n\n{notes}\n\n第一条 甲。\n\n（注）"
    html = render(source).html
    assert html.count("act-note") == 2
    assert '<p class="act-note">（2024年修订）</p>' in html


@pytest.mark.parametrize(
    "line",
    ["各市总工会：", "省总工会各部门、各直属单位（含工人文化宫）：", "同志们：", "有关企业："],
)
def test_a_first_line_that_names_who_is_addressed_is_set_flush(line: str) -> None:
    assert "recipients" in classes(f"{line}\n\n甲。")


@pytest.mark.parametrize(
    "source",
    [
        "现将有关事项通知如下：\n\n甲。",
        "请报送下列单位：\n\n甲。",
        "各级工会要做好以下工作：\n\n甲。",
        "各市总工会要重视。各有关单位：\n\n甲。",
        "通知。\n\n各市总工会：",
        "## 各市总工会：\n\n甲。",
        "- 各市总工会：",
    ],
)
def test_other_lines_are_no_recipients(source: str) -> None:
    assert "recipients" not in classes(source)


@pytest.mark.parametrize(
    "source",
    [
        "## 某某办法\n\n为了规范，制定本办法。",
        "## 一、目标\n\n第一章 总则",
        "## 某某办法\n\n第二章 分则",
        "## 某某办法\n\n第三条 甲。",
        "## 某某办法",
    ],
)
def test_a_heading_without_a_first_chapter_or_clause_is_no_title_of_an_act(source: str) -> None:
    assert "act-title" not in render(source).html


def test_chapters_fall_under_the_title_of_an_act_behind_a_notice_with_parts() -> None:
    source = "一、甲\n\n文。\n\n二、乙\n\n文。\n\n三、丙\n\n文。\n\n## 某某办法\n\n第一章 总则\n\n第一条 丁。"
    assert [(h.level, h.text) for h in render(source).headings][-2:] == [
        (2, "某某办法"),
        (3, "第一章 总则"),
    ]


def test_a_numbered_line_wholly_in_bold_is_one_heading_whatever_its_marks() -> None:
    rendered = render("**1.谁可以申请？怎样申请？**\n\n答：会员都可以。")
    assert [heading.text for heading in rendered.headings] == ["1.谁可以申请？怎样申请？"]
    assert "<p>答：会员都可以。</p>" in rendered.html


def test_a_whole_paragraph_in_bold_is_still_cut_at_its_first_sentence() -> None:
    words = "各级工会要高度重视这项工作，把它摆上重要议事日程，抓紧抓实抓好"
    rendered = render(f"**（一）加强领导。{words}，确保取得实效。**")
    assert [heading.text for heading in rendered.headings] == ["（一）加强领导"]
