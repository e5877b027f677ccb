"""What each rule finds, and the traps that it must not fall into."""

import pytest

from policysite.lint.rules import lint
from policysite.lint.term_tables import common_terms
from tests.unit.lint.linting import codes, marked, problems


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("认真学习,贯彻落实;狠抓落实!好吗?", [",", ";", "!", "?"]),
        ("时间:2026年3月", [":"]),
        ("按照《工会法》,做好", [","]),
        ("工作结束.", ["."]),
        ("认真学习, 贯彻落实", [", "]),
    ],
)
def test_half_width_marks_beside_chinese_are_found_where_they_stand(
    body: str, found: list[str]
) -> None:
    assert marked(body) == [("T101", mark) for mark in found]


@pytest.mark.parametrize(
    "body",
    [
        "上午8:30开始，比例为1:2。",
        "补助1,000元。",
        "见[图](/images/a,b.jpg)，`甲,乙`。",
        "```\n甲,乙(丙)\n```",
        '<p class="甲,乙">文字</p>',
        "网址https://www.example.org/a?b=甲,请看。"[:27],
        "甲<!-- 甲,乙(丙) -->乙。",
        "工会![图上是人](/images/a.jpg)",
        "<!-- 原文 -->\n甲,乙(丙)\n<!-- 原文完 -->",
        "正文[^1]。\n\n[^1]: 注释。",
        "第一段。{: .note}",
        "Trade unions (工会), workers; and others work for the same aims here.",
        "| 甲 | 乙 |\n| :-- | --: |\n| 丙 | 丁 |",
        '见[甲](/a.md "图题")（以下简称乙）。',
        "[//]: # (编辑,待核实)",
        "发到gh@example.org，谢谢。",
    ],
)
def test_code_addresses_marks_of_markdown_and_foreign_text_are_no_prose(body: str) -> None:
    assert codes(body) == []


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("会议(以下简称大会）召开。", "T102"),
        ("会议（以下简称大会)召开。", "T102"),
        ("会议（以下简称大会召开。\n\n大会）结束。", "T103"),
        ("按照《办法的规定》》执行。", "T103"),
        ("“甲“乙。", "T104"),
        ("甲”乙。", "T104"),
        ("甲，。乙", "T105"),
        ("关于（）的规定。", "T105"),
        ("二O二六年三月", "T308"),
        ("二○二六年三月", "T308"),
        ("（一）、加强领导", "T403"),
        ("一.加强领导", "T403"),
        ("2月30日前报送。", "T301"),
        ("二〇二六年二月三十日", "T301"),
        ("截至2026-13-05。", "T301"),
        ("示总工发（2026）第12号", "T304"),
        ("示总工发〔2026〕012号", "T304"),
    ],
)
def test_each_fault_is_found_under_its_code(body: str, code: str) -> None:
    assert set(codes(body)) == {code}


@pytest.mark.parametrize(
    "body",
    [
        "“第一段引文。\n\n“第二段引文。”",
        "1）甲；2）乙。",
        "省略号。。。是可以的。",
        "真的吗？！",
        "《关于印发《办法》的通知》",
        "The workers’ union 和工会。",
        "2024年2月29日。",
        "2月29日。",
        "3月至15月龄。",
        "20世纪90年代。",
        "（2015）民申字第27号",
        "比例为10%～20%。",
        "一九九九年",
        "三、四线城市的职工。",
        "五五普法",
        "1.5倍。",
        "1、2号楼。",
    ],
)
def test_what_only_looks_like_a_fault_is_left_alone(body: str) -> None:
    assert codes(body) == []


@pytest.mark.parametrize(
    "body",
    [
        "一、甲方\n\n（一）乙方\n\n（二）丙方\n\n二、丁方\n\n（三）戊方\n\n（四）己方",
        "第一条 甲。\n\n（一）乙；\n\n（二）丙。\n\n第二条 丁：\n\n（一）戊。",
        "一、样本\n\n文字。\n\n二、三种状态\n\n文字。\n\n三、结论\n\n文字。",
        "附件：1.甲\n\n2.乙\n\n## 附件1\n\n内容。\n\n## 附件2\n\n内容。",
        "将第三条修改为：“第三条 甲。\n\n“第五条 乙。”\n\n第一条 丙。",
        "第一条 甲。\n\n第一条之一 乙。\n\n第二条 丙。",
    ],
)
def test_numbering_that_counts_on_is_sound(body: str) -> None:
    assert codes(body) == []


@pytest.mark.parametrize(
    ("signature", "found"),
    [
        ("示例省总工会\n\n2026年3月21日", ["T303"]),
        ("示例省总工会\n\n2026年3月12日", []),
        ("请在下列时间以前报送：\n\n2026年3月21日", []),
    ],
)
def test_the_date_below_the_text_is_that_of_the_front_matter(
    signature: str, found: list[str]
) -> None:
    head = "---\n标题: 通知\n发布日期: 2026-03-15\n成文日期: 2026-03-12\n---\n\n请执行。\n\n"
    assert codes(head + signature) == found


def test_a_gap_says_which_number_should_have_come() -> None:
    (found,) = problems("（一）甲；\n\n（三）乙。")
    assert "“（三）”接不上，前面数过来应该是“（二）”" in found.text


def test_a_title_is_prose_and_its_other_fields_are_not() -> None:
    file = "---\n标题: 甲,乙\n发布日期: 2026-03-15\n来源: 丙,丁\n---\n\n正文。\n"
    assert marked(file) == [("T101", ",")]
    assert problems(file)[0].line == 2


def test_columns_count_characters_also_beyond_the_basic_plane() -> None:
    (found,) = problems("𠮷𠮷学习,落实")
    assert (found.line, found.column, found.end_column) == (6, 5, 6)


def test_windows_line_ends_and_a_byte_order_mark_move_nothing() -> None:
    file = "\ufeff---\n标题: 甲\n发布日期: 2026-03-15\n---\n\n甲,乙\n".replace("\n", "\r\n")
    found = lint(file, "content/a.md", common_terms())
    assert [(p.code, p.line, p.column) for p in found] == [("T101", 6, 2)]


def test_no_rule_asks_for_a_space_beside_a_number() -> None:
    """GB/T 9704 sets 3月15日 without gaps."""
    assert codes("2026年3月15日，示总工发〔2026〕12号，共300元，用APP办理。") == []


def test_what_can_be_mended_safely_says_how() -> None:
    fixes = {
        found.code: found.fix for found in problems("甲,乙(丙)\n\n补助３元。\n\n2026年04月01日")
    }
    assert fixes == {"T101": "，", "T102": "）", "T204": "3", "T307": "2026年4月1日"}
