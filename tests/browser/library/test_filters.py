"""Documents are found by filters, by 文号 in all its forms, and by addresses to share."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from policysite.model.values import parse_doc_number
from tests.browser.conftest import Visitor
from tests.browser.library.reading import LIBRARY, documents, found, said, search, total

NUMBERS = json.loads((Path(__file__).parents[2] / "doc_numbers.json").read_text("utf-8"))


def test_filters_are_combined_and_the_count_is_announced(visit: Visitor) -> None:
    page = visit(LIBRARY).page
    assert said(page) == f"共{total(page)}份文件。"
    page.get_by_label("发文机关").select_option("示例市总工会综合办公室")
    expect(page.get_by_text("找到30份文件。")).to_be_visible()
    page.get_by_label("年份").select_option("2025年")
    expect(page.get_by_text("找到15份文件。")).to_be_visible()
    page.get_by_label("主题分类").select_option("工会经费")
    expect(page.get_by_text("找到7份文件。")).to_be_visible()
    page.get_by_label("效力状态").select_option("失效")
    expect(page.get_by_text("没有符合条件的文件。")).to_be_visible()
    assert documents(page) == []
    page.get_by_role("button", name="清除条件").click()
    expect(page.get_by_text(f"找到{total(page)}份文件。")).to_be_visible()
    expect(page.get_by_label("发文字号或标题")).to_be_focused()


def test_kind_and_state_are_filters_too(visit: Visitor) -> None:
    page = visit(LIBRARY).page
    page.get_by_label("文种").select_option("意见")
    page.get_by_label("效力状态").select_option("失效")
    expect(page.get_by_text("找到15份文件。")).to_be_visible()
    assert found(page) == {f"示总工办发〔2024〕{number}号" for number in range(1, 16)}


TWELVES = {
    f"{agency}〔{year}〕12号" for agency in ("示总工发", "示总工办发") for year in (2024, 2025)
}
TWELVES.add("示总工发〔2026〕12号")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("12", TWELVES),
        ("12号", TWELVES),
        ("第12号", TWELVES),
        ("１２", TWELVES),
        ("012", TWELVES),
        ("〔2024〕12", {"示总工发〔2024〕12号", "示总工办发〔2024〕12号"}),
        ("[2024]12号", {"示总工发〔2024〕12号", "示总工办发〔2024〕12号"}),
        ("（2024）12号", {"示总工发〔2024〕12号", "示总工办发〔2024〕12号"}),
        ("总工发12", {"示总工发〔2024〕12号", "示总工发〔2025〕12号", "示总工发〔2026〕12号"}),
        ("总工办发12号", {"示总工办发〔2024〕12号", "示总工办发〔2025〕12号"}),
        ("示总工发〔2024〕12号", {"示总工发〔2024〕12号"}),
        (" 示总工发 [2024] 第12号 ", {"示总工发〔2024〕12号"}),
        ("12 送温暖", TWELVES - {"示总工发〔2026〕12号"}),
        ("送清凉 12", set()),
        ("示总工发〔2024〕99号", set()),
    ],
)
def test_a_number_is_understood_in_every_form(visit: Visitor, text: str, wanted: set[str]) -> None:
    assert search(visit(LIBRARY).page, text) == wanted


def test_words_of_the_title_are_found_in_any_order(visit: Visitor) -> None:
    page = visit(LIBRARY).page
    assert len(search(page, "金秋助学 办公室")) == 10
    assert all("办公室" in title and "金秋助学" in title for title in documents(page))
    assert len(search(page, "〔2024〕")) == 30
    assert len(search(page, "示总工办发 2025年送清凉")) == 5


def test_script_and_python_read_a_number_the_same_way(visit: Visitor) -> None:
    """One table for both; what Python does not take for a whole number, script never does."""
    page = visit(LIBRARY).page
    texts = [text for text, *_ in NUMBERS]
    read = page.evaluate(
        """async (texts) => {
            const { parseNumber } = await import(document.querySelector('script[type=module]').src);
            return texts.map(parseNumber);
        }""",
        texts,
    )
    for (text, *wanted), script in zip(NUMBERS, read, strict=True):
        python = parse_doc_number(text)
        expected = None if wanted == [None, None, None] else wanted
        assert (python and [python.agency, python.year, python.number]) == expected, text
        whole = script and all(script.values()) and list(script.values())
        assert (whole or None) == expected, text


def test_the_choice_stands_in_the_address_and_comes_back_from_it(visit: Visitor) -> None:
    page = visit(LIBRARY).page
    page.get_by_label("发文机关").select_option("示例市总工会")
    page.get_by_label("年份").select_option("2024年")
    page.get_by_label("排序").select_option("最早在前")
    search(page, "送温暖 12")
    assert re.search(
        r"\?q=[^&]+&issuer=shi-li-shi-zong-gong-hui-\w{4}&year=2024&sort=old$", page.url
    )
    shared = page.url.removeprefix(page.url.split(LIBRARY)[0])
    again = visit(shared).page
    expect(again.get_by_text("找到1份文件。")).to_be_visible()
    assert found(again) == {"示总工发〔2024〕12号"}
    assert again.get_by_label("发文字号或标题").input_value() == "送温暖 12"
    assert again.get_by_label("年份").input_value() == "2024"
    again.get_by_role("button", name="清除条件").click()
    assert again.url.endswith(LIBRARY)


def test_an_address_with_unknown_values_shows_everything(visit: Visitor) -> None:
    page = visit(f"{LIBRARY}?year=1999&colour=red&issuer=%22%3E").page
    assert said(page) == f"共{total(page)}份文件。"
    assert len(documents(page)) == 10


def test_coming_back_finds_the_same_list(visit: Visitor) -> None:
    page = visit(LIBRARY).page
    search(page, "〔2025〕3")
    page.locator("[data-results] a").first.click()
    page.wait_for_url("**/2025/*.html")
    page.go_back()
    expect(page.get_by_text("找到2份文件。")).to_be_visible()
    assert page.get_by_label("发文字号或标题").input_value() == "〔2025〕3"


def test_the_oldest_can_come_first(visit: Visitor) -> None:
    page = visit(LIBRARY).page
    search(page, "〔2024〕")
    dates = page.locator("[data-results] time").all_inner_texts()
    assert dates == sorted(dates, reverse=True)
    page.get_by_label("排序").select_option("最早在前")
    expect(page.locator("[data-results] time").first).to_have_text("2024-03-01")
    dates = page.locator("[data-results] time").all_inner_texts()
    assert dates == sorted(dates)


def test_fifty_rows_are_shown_at_a_time_and_the_focus_goes_to_the_first_new_one(
    visit: Visitor,
) -> None:
    page = visit(LIBRARY).page
    more = page.get_by_role("button", name="更多")
    more.click()
    expect(page.get_by_text(f"找到{total(page)}份文件。")).to_be_visible()
    assert len(documents(page)) == 50
    expect(page.locator("[data-results] a").nth(10)).to_be_focused()
    more.press("Enter")
    assert len(documents(page)) == total(page)
    expect(page.locator("[data-results] a").nth(50)).to_be_focused()
    expect(more).to_be_hidden()


def test_the_rows_are_those_of_the_static_list(visit: Visitor) -> None:
    page = visit(LIBRARY).page
    read = "rows => rows.slice(0, 10).map(row => row.outerHTML.replace(/\\s*\\n\\s*/g, ''))"
    static = page.locator("[data-results] li").evaluate_all(read)
    page.get_by_role("button", name="更多").click()
    expect(page.get_by_text(f"找到{total(page)}份文件。")).to_be_visible()
    assert page.locator("[data-results] li").evaluate_all(read) == static


def test_everything_can_be_done_with_the_keyboard(visit: Visitor) -> None:
    page = visit(LIBRARY).page
    page.get_by_role("link", name="分类目录").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_label("发文字号或标题")).to_be_focused()
    page.keyboard.type("总工发12")
    page.keyboard.press("Tab")
    expect(page.get_by_label("发文机关")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[data-results] a").first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/2026/*.html")


def test_nothing_is_searched_while_a_word_is_being_composed(visit: Visitor) -> None:
    page = visit(LIBRARY).page
    search(page, "送温暖")
    shown = documents(page)
    box = page.get_by_label("发文字号或标题")
    compose = """(box, [text, isComposing]) => {
        box.value = text;
        box.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing }));
    }"""
    box.evaluate(compose, ["送温暖song", True])
    page.wait_for_timeout(50)
    assert documents(page) == shown
    box.evaluate(compose, ["送温暖送清凉", False])
    expect(page.get_by_text("没有符合条件的文件。")).to_be_visible()


def test_paper_shows_what_was_chosen_and_nothing_to_choose_from(visit: Visitor) -> None:
    page = visit(LIBRARY).page
    page.get_by_label("文种").select_option("意见")
    expect(page.get_by_text(re.compile("^找到.*份文件。"))).to_be_visible()
    page.emulate_media(media="print")
    shown = [label for label in page.locator(".library-filter label").all() if label.is_visible()]
    assert [label.inner_text().split("\n")[0] for label in shown] == ["文种"]
    for part in ("#library-hint", "[data-clear]", "[data-fulltext]"):
        expect(page.locator(part)).to_be_hidden()
    expect(page.get_by_text(re.compile("^找到.*份文件。"))).to_be_visible()
