"""What a 公示 must say, and how its working days are counted."""

from datetime import date

import pytest

from policysite.model.workdays import count_workdays
from tests.unit.making import read

CONTACT = ("联系人: 陈老师", "联系电话: 000-12345678")
PERIOD = ("公示开始: 2026-11-18", "公示截止: 2026-11-25")


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        pytest.param([*PERIOD, *CONTACT], [], id="all that is needed"),
        pytest.param([], [], id="no notice at all"),
        pytest.param([PERIOD[0], *CONTACT], ["P902"], id="no last day"),
        pytest.param([PERIOD[1], *CONTACT], ["P902"], id="no first day"),
        pytest.param([*PERIOD], ["P903"], id="nobody to tell"),
        pytest.param([*PERIOD, CONTACT[0]], ["P903"], id="a person without any address"),
        pytest.param([*PERIOD, CONTACT[1]], ["P904"], id="a telephone without a person"),
        pytest.param([*PERIOD, "电子邮箱: a@example.org"], ["P904"], id="only e-mail"),
        pytest.param(
            [PERIOD[0], "公示截止: 2026-11-23", *CONTACT], ["P901"], id="four working days"
        ),
        pytest.param([PERIOD[0], "公示截止: 2026-11-24", *CONTACT], [], id="five working days"),
        pytest.param([PERIOD[1], "公示开始: 2026-11-26", *CONTACT], ["F213"], id="backwards"),
    ],
)
def test_a_notice_says_how_long_it_runs_and_how_to_object(
    lines: list[str], codes: list[str]
) -> None:
    assert [found.code for found in read(*lines)[1]] == codes


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        pytest.param((2026, 11, 18), (2026, 11, 18), 1, id="one Wednesday"),
        pytest.param((2026, 11, 21), (2026, 11, 22), 0, id="a weekend"),
        pytest.param((2026, 11, 18), (2026, 11, 25), 6, id="a weekend between"),
        pytest.param((2025, 10, 1), (2025, 10, 8), 0, id="the National Day holiday of 2025"),
        pytest.param((2025, 9, 28), (2025, 9, 28), 1, id="a Sunday worked in exchange"),
    ],
)
def test_holidays_and_exchanged_weekends_are_counted_as_decreed(
    first: tuple[int, int, int], last: tuple[int, int, int], count: int
) -> None:
    assert count_workdays(date(*first), date(*last)) == (count, True)


def test_in_a_year_not_yet_decreed_monday_to_friday_count() -> None:
    assert count_workdays(date(2090, 1, 2), date(2090, 1, 8)) == (5, False)
