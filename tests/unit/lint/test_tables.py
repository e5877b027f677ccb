"""Rows of tables: what readers would see as bars, or not at all."""

import pytest

from tests.unit.lint.linting import codes, marked, problems

TABLE = "| 项目 | 标准 |\n| --- | --- |\n| 高温津贴 | 300元 |"


@pytest.mark.parametrize(
    "body",
    [
        "| 项目 | 标准 |\n| 高温津贴 | 300元 |",
        "| 项目 | 标准 | 说明 |\n| --- | --- |\n| 高温津贴 | 300元 | 按月 |",
        "| 项目 | 标准 |\n\n各级工会要认真执行。",
        f"{TABLE}\n\n| 取暖补贴 | 400元 |",
        "　　| 项目 | 标准 |\n　　| 高温津贴 | 300元 |",
    ],
)
def test_rows_without_a_rule_of_as_many_columns_are_no_table(body: str) -> None:
    assert codes(body) == ["T408"]


def test_the_message_has_the_line_to_copy() -> None:
    assert "“| --- | --- | --- |”" in problems("| 甲 | 乙 | 丙 |\n| 一 | 二 | 三 |")[0].text


def test_a_row_with_more_cells_than_columns_is_found_at_its_line() -> None:
    found = problems(f"{TABLE}\n| 取暖补贴 | 400元 | 按年 |")
    assert [(problem.code, problem.line) for problem in found] == [("T409", 9)]


@pytest.mark.parametrize(
    "body",
    [
        TABLE,
        "项目 | 标准\n--- | ---\n高温津贴 | 300元",
        f"{TABLE}\n| 甲\\|乙 | `丙|丁` |",
        f"{TABLE}\n| 取暖补贴 |",
        f"```\n{TABLE.replace('| --- | --- |', '| 1 | 2 |')}\n```",
        f"标准如下：\n{TABLE}",
        "|:---|---:|\n",
    ],
)
def test_tables_and_code_are_left_alone(body: str) -> None:
    assert not {"T408", "T409"} & set(codes(body))


def test_what_is_marked_is_the_row() -> None:
    assert marked("正文。\n\n| 项目 | 标准 |\n| 高温津贴 | 300元 |") == [
        ("T408", "| 项目 | 标准 |")
    ]
