"""Summaries cut from plain text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policysite.text.summary import summarise


def test_a_short_text_is_its_own_summary() -> None:
    assert summarise("工会维护职工权益。") == "工会维护职工权益。"


def test_paragraphs_run_together_without_a_gap() -> None:
    assert summarise("甲乙丙丁。\n戊己庚辛。") == "甲乙丙丁。戊己庚辛。"


def test_the_cut_falls_after_the_last_full_sentence() -> None:
    text = "第一句话在这里结束。第二句话在这里结束！第三句话，比较长，写不下了。"
    assert summarise(text, 22) == "第一句话在这里结束。第二句话在这里结束！"


def test_a_closing_quote_stays_with_its_sentence() -> None:
    assert summarise("他说：“大家要安全生产，平安回家。”会议随后结束，代表们离开。", 20) == (
        "他说：“大家要安全生产，平安回家。”"
    )


def test_a_full_stop_inside_brackets_ends_nothing() -> None:
    text = "工会维护职工合法权益，（以下简称维权。下同）并开展工作直到年底"
    assert summarise(text, 22) == "工会维护职工合法权益……"


def test_a_semicolon_ends_a_sentence_where_no_full_stop_does() -> None:
    assert (
        summarise("甲方应当按时支付工资；乙方应当按时到岗并完成任务", 14)
        == "甲方应当按时支付工资；"
    )


def test_a_sentence_that_leaves_half_of_the_room_empty_is_not_the_end() -> None:
    assert summarise("是的。工会要把职工放在心上，把工作做到家，把好事办好办实", 20) == (
        "是的。工会要把职工放在心上……"
    )


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("为了贯彻落实好《示例省职工创新工作室管理办法》的规定", 14, "为了贯彻落实好……"),
        ("根据文件要求示总工发〔2026〕12号的规定", 12, "根据文件要求示总工发……"),
        ("今年全省补助资金一共是1234567.89元左右", 15, "今年全省补助资金一共是……"),
        ("今年全省总共有一千二百三十四个单位参加", 12, "今年全省总共有……"),
        ("请登录网站policysite查询", 12, "请登录网站……"),
        ("《示例省职工创新工作室管理办法》印发", 10, "《示例省职工创新工作室管理办法》……"),
    ],
)
def test_titles_document_numbers_figures_and_words_stay_whole(
    text: str, limit: int, expected: str
) -> None:
    assert summarise(text, limit) == expected


def test_headings_addressees_and_adoption_notes_are_left_out() -> None:
    text = (
        "（2026年3月1日示例省总工会主席办公会议通过）\n各市总工会，各直属单位：\n"
        "一、总体要求\n现将办法印发给你们。\n（一）加强领导。\n请认真执行。"
    )
    assert summarise(text) == "现将办法印发给你们。请认真执行。"


def test_headings_without_a_number_are_left_out_when_they_are_named() -> None:
    text = "第一步：留好证据\n证明在这里干活。"
    assert summarise(text, headings=["第一步：留好证据"]) == "证明在这里干活。"


def test_a_heading_ends_a_summary_that_is_long_enough() -> None:
    text = "现就做好送温暖工作的有关事项通知如下。\n一、时间\n十二月。"
    assert summarise(text, 30) == "现就做好送温暖工作的有关事项通知如下。"
    assert summarise(text, 60) == "现就做好送温暖工作的有关事项通知如下。十二月。"


def test_table_rows_are_left_out() -> None:
    assert summarise("标准如下。\n加班，平时\t1.5倍\n以上为准。") == "标准如下。以上为准。"


def test_clause_numbers_are_left_out() -> None:
    assert summarise("第一章 总则\n第一条　为了规范，制定本办法。") == "为了规范，制定本办法。"


def test_a_lead_in_with_a_colon_is_not_taken_for_addressees() -> None:
    assert summarise("现将有关事项通知如下：\n请执行。") == "现将有关事项通知如下：请执行。"


def test_a_text_of_headings_only_still_has_a_summary() -> None:
    assert summarise("一、甲\n二、乙") == "一、甲 二、乙"
    assert summarise("") == ""


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    st.text(alphabet="工会职工，。；：《》〔〕“”（）123.A \n", max_size=200),
    st.integers(min_value=10, max_value=60),
)
def test_a_summary_fits_unless_a_pair_does_not(text: str, limit: int) -> None:
    summary = summarise(text, limit)
    assert len(summary) <= limit or any(mark in summary for mark in "《〔“（1A")
    assert "\n" not in summary
