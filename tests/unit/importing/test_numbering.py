"""Automatic numbers as Word counts and writes them."""

import pytest
from lxml import etree

from policysite.importing.numbering import Numbering, write_number

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def numbering(
    levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
) -> Numbering:
    text = f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>{nums}</w:numbering>'
    return Numbering(etree.fromstring(text))


def level(depth: int, form: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


@pytest.mark.parametrize(
    ("number", "form", "written"),
    [
        (1, "decimal", "1"),
        (12, "chineseCountingThousand", "十二"),
        (105, "chineseCounting", "一百零五"),
        (20, "japaneseCounting", "二十"),
        (3, "decimalEnclosedCircle", "③"),
        (21, "decimalEnclosedCircle", "21"),
        (4, "upperRoman", "IV"),
        (1999, "lowerRoman", "mcmxcix"),
        (27, "upperLetter", "AA"),
        (2, "ideographTraditional", "乙"),
        (3, "ideographZodiac", "寅"),
        (7, "decimalZero", "07"),
        (7, "none", ""),
        (7, "something new", "7"),
    ],
)
def test_numbers_are_written_in_the_forms_of_word(number: int, form: str, written: str) -> None:
    assert write_number(number, form) == written


def test_a_level_shows_those_above_it() -> None:
    found = numbering(level(0, "chineseCounting", "第%1章") + level(1, "decimal", "%1.%2"))
    assert [found.count("1", depth) for depth in (0, 1, 1, 0, 1)] == [
        "第一章",
        "一.1",
        "一.2",
        "第二章",
        "二.1",
    ]


def test_a_legal_level_shows_those_above_it_in_digits() -> None:
    levels = level(0, "chineseCounting", "第%1章") + level(1, "decimal", "%1.%2", "<w:isLgl/>")
    found = numbering(levels)
    assert [found.count("1", depth) for depth in (0, 1)] == ["第一章", "1.1"]


def test_articles_go_on_through_chapters_where_they_never_restart() -> None:
    levels = level(0, "chineseCounting", "第%1章")
    levels += level(1, "chineseCounting", "第%2条", '<w:lvlRestart w:val="0"/>')
    found = numbering(levels)
    assert [found.count("1", depth) for depth in (0, 1, 1, 0, 1)][-1] == "第三条"


def test_two_lists_of_one_kind_count_on_unless_one_begins_anew() -> None:
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    found = numbering(level(0, "decimal", "%1."), nums)
    assert [found.count(num, 0) for num in "112233"] == ["1.", "2.", "3.", "4.", "1.", "2."]


def test_a_bullet_has_no_number() -> None:
    assert numbering(level(0, "bullet", "\uf0b7")).count("1", 0) is None


def test_what_is_not_defined_is_not_numbered() -> None:
    found = numbering(level(0, "decimal", "%1."))
    assert found.count("9", 0) == ""
    assert found.count("1", 5) == ""
    assert Numbering(None).count("1", 0) == ""


def test_numbers_that_make_no_sense_are_survived() -> None:
    found = numbering(
        level(0, "decimal", "%1.%9").replace('w:start w:val="1"', 'w:start w:val="x"')
    )
    assert found.count("1", 0) == "0."
