"""索引号 made by a rule."""

from datetime import date

import pytest

from policysite.model.index_number import check_rule, make_index_number
from policysite.model.values import DocNumber

NUMBER = DocNumber("示总工发", 2026, 12)
DAY = date(2026, 3, 15)


@pytest.mark.parametrize(
    ("rule", "number", "made"),
    [
        ("SZGH/{year}-{number:05}", NUMBER, "SZGH/2026-00012"),
        ("{agency}-{year}-{number}", NUMBER, "示总工发-2026-12"),
        ("SZGH-{date:%Y%m%d}-{slug}", NUMBER, "SZGH-20260315-welfare"),
        ("SZGH-{date:%Y%m%d}-{slug}", None, "SZGH-20260315-welfare"),
        ("SZGH/{year}-{number:05}", None, ""),
        ("", NUMBER, ""),
        ("", None, ""),
    ],
)
def test_a_rule_reads_nothing_but_the_document(
    rule: str, number: DocNumber | None, made: str
) -> None:
    assert make_index_number(rule, number, DAY, "welfare") == made


@pytest.mark.parametrize("rule", ["", "SZGH/{year}-{number:05}", "{date:%Y}-{slug}"])
def test_a_sound_rule_is_accepted(rule: str) -> None:
    assert check_rule(rule) == rule


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("SZGH", "至少写一个"),
        ("{count}", "花括号里只能写"),
        ("{}", "花括号里只能写"),
        ("{year", "没有看懂"),
        ("{number:x%}", "没有看懂"),
    ],
)
def test_an_unsound_rule_is_refused_in_chinese(rule: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        check_rule(rule)
