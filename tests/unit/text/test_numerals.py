"""Chinese numerals."""

import pytest

from policysite.text.numerals import to_chinese, to_int

WRITTEN = [
    ("〇", 0),
    ("一", 1),
    ("十", 10),
    ("十二", 12),
    ("二十", 20),
    ("九十九", 99),
    ("一百", 100),
    ("一百零三", 103),
    ("一百一十二", 112),
    ("一百二十三", 123),
    ("一千二百六十", 1260),
    ("二千零五", 2005),
    ("三万零六", 30006),
    ("十二万", 120000),
]


@pytest.mark.parametrize(("text", "number"), WRITTEN)
def test_numerals_are_read_and_written_alike(text: str, number: int) -> None:
    assert to_int(text) == number
    assert to_chinese(number) == text


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("零", 0),
        ("两千", 2000),
        ("二〇二六", 2026),
        ("12", 12),
        ("１２", 12),
        ("一十二", 12),
    ],
)
def test_other_spellings_are_read_too(text: str, number: int) -> None:
    assert to_int(text) == number


@pytest.mark.parametrize("text", ["", "甲", "十百", "一二十", "百", "第十", "1.2", "一十十"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="numeral"):
        to_int(text)


@pytest.mark.parametrize("number", [-1, 10**8])
def test_numbers_out_of_range_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match="no numeral"):
        to_chinese(number)


def test_every_number_survives_writing_and_reading() -> None:
    for number in (*range(12_345), 99_999_999):
        assert to_int(to_chinese(number)) == number
