"""效力状态 on a given day, from dates and from what other documents do."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policysite.relate.validity import (
    STATES,
    Change,
    Validity,
    derive_validity,
    takes_effect,
)
from tests.unit.making import make_manuscript

DAY = date(2026, 7, 1)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)
NUMBER = "发文字号: 示总工发〔2026〕12号"


def on(
    day: date, *lines: str, changes: tuple[Change, ...] = (), title: str = "关于经费的通知"
) -> Validity:
    """Return the state on `day` of a document with `lines` in its front matter."""
    fields = make_manuscript(NUMBER, *lines, title=title).fields
    return derive_validity(fields, changes, day)


def change(kind: str, day: date = DAY, slug: str = "other") -> Change:
    return Change(kind, slug, day)


@pytest.mark.parametrize(
    ("lines", "changes", "states"),
    [
        pytest.param(
            ["施行日期: 2026-07-01"], (), ("not-yet", "in-force", "in-force"), id="it begins"
        ),
        pytest.param(
            ["失效日期: 2026-07-01"], (), ("in-force", "in-force", "expired"), id="its last day"
        ),
        pytest.param(
            [], (change("repeals"),), ("in-force", "repealed", "repealed"), id="it is repealed"
        ),
        pytest.param(
            [], (change("replaces"),), ("in-force", "repealed", "repealed"), id="it is replaced"
        ),
        pytest.param(
            [], (change("amends"),), ("in-force", "amended", "amended"), id="it is amended"
        ),
        pytest.param(
            ["效力状态: 部分失效"], (), ("partial", "partial", "partial"), id="partial, as stated"
        ),
        pytest.param(
            ["效力状态: 部分失效"], (change("amends"),), ("in-force", "partial", "partial"),
            id="partial, through an amendment",
        ),
        pytest.param(["效力状态: 废止"], (), ("repealed",) * 3, id="repealed, as stated"),
        pytest.param(["效力状态: 失效"], (), ("expired",) * 3, id="expired, as stated"),
        pytest.param(["效力状态: 已修改"], (), ("amended",) * 3, id="amended, as stated"),
        pytest.param(["效力状态: 试行"], (), ("trial",) * 3, id="on trial, as stated"),
        pytest.param(["效力状态: 尚未施行"], (), ("not-yet",) * 3, id="not yet, as stated"),
        pytest.param([], (), ("in-force",) * 3, id="nothing is known"),
    ],
)  # fmt: skip
def test_a_state_holds_from_its_day(
    lines: list[str], changes: tuple[Change, ...], states: tuple[str, str, str]
) -> None:
    found = tuple(on(day, *lines, changes=changes).code for day in (BEFORE, DAY, AFTER))
    assert found == states


@pytest.mark.parametrize(
    ("lines", "changes", "state"),
    [
        pytest.param(
            [], (change("amends"), change("repeals")), "repealed", id="repeal beats amendment"
        ),
        pytest.param(
            ["施行日期: 2027-01-01"], (change("repeals"),), "repealed",
            id="repeal beats a beginning to come",
        ),
        pytest.param(
            ["失效日期: 2026-06-30"], (change("amends", BEFORE),), "expired",
            id="expiry beats amendment",
        ),
        pytest.param(
            ["施行日期: 2027-01-01"], (change("amends"),), "not-yet",
            id="what is not in force yet is not called amended",
        ),
        pytest.param(
            ["失效日期: 2026-06-01"], (change("repeals"),), "expired",
            id="what expired is not repealed afterwards",
        ),
        pytest.param(
            ["失效日期: 2026-12-31"], (change("repeals"),), "repealed",
            id="what is repealed does not wait to expire",
        ),
        pytest.param(
            ["效力状态: 有效"], (change("repeals"),), "repealed", id="a statement does not outlive a repeal"
        ),
        pytest.param(
            ["效力状态: 有效"], (change("amends"),), "amended", id="nor an amendment"
        ),
        pytest.param(
            ["效力状态: 尚未施行", "施行日期: 2026-07-01"], (), "in-force",
            id="nor the day of the beginning",
        ),
        pytest.param(
            ["效力状态: 废止", "施行日期: 2027-01-01"], (), "repealed",
            id="a stated end beats a beginning to come",
        ),
        pytest.param(
            ["效力状态: 废止"], (change("amends"),), "repealed", id="a stated end beats amendment"
        ),
        pytest.param(
            ["效力状态: 试行"], (change("amends"),), "amended", id="amendment beats a stated trial"
        ),
    ],
)  # fmt: skip
def test_the_stronger_reason_wins(
    lines: list[str], changes: tuple[Change, ...], state: str
) -> None:
    assert on(AFTER, *lines, changes=changes).code == state


@pytest.mark.parametrize(
    ("title", "state"),
    [
        ("示例省工会经费管理办法（试行）", "trial"),
        ("示例省工会经费管理暂行办法", "trial"),
        ("示例省工会经费管理办法", "in-force"),
        ("关于废止《示例省工会经费管理暂行办法》的通知", "in-force"),
        ("关于修改《示例省工会经费管理办法（试行）》的决定", "in-force"),
    ],
)
def test_a_title_can_say_that_a_document_is_on_trial(title: str, state: str) -> None:
    assert on(DAY, title=title).code == state


def test_a_stated_validity_beats_what_the_title_suggests() -> None:
    assert on(DAY, "效力状态: 有效", title="示例省工会经费管理暂行办法").code == "in-force"


def test_the_order_in_which_changes_are_known_does_not_matter() -> None:
    changes = (
        change("amends", BEFORE, "a"),
        change("repeals", DAY, "b"),
        change("replaces", DAY, "c"),
    )
    found = {on(AFTER, changes=order) for order in permutations(changes)}
    assert len(found) == 1


def test_a_repeal_names_the_document_and_the_day() -> None:
    found = on(
        AFTER, changes=(change("repeals", DAY, "decision"), change("repeals", AFTER, "late"))
    )
    assert (found.since, [made.slug for made in found.changes]) == (DAY, ["decision"])
    assert found.has_ended


def test_amendments_are_named_the_latest_first() -> None:
    found = on(AFTER, changes=(change("amends", BEFORE, "first"), change("amends", DAY, "second")))
    assert [made.slug for made in found.changes] == ["second", "first"]
    assert found.since == DAY


def test_a_stated_end_is_not_blamed_on_an_amendment() -> None:
    found = on(AFTER, "效力状态: 废止", changes=(change("amends", BEFORE),))
    assert (found.since, found.changes) == (None, ())


def test_an_end_to_come_is_known_beforehand() -> None:
    found = on(BEFORE, "失效日期: 2026-12-31", changes=(change("repeals"),))
    assert found.code == "in-force"
    assert found.coming == change("repeals")
    assert found.until == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (["施行日期: 2026-07-01", "成文日期: 2026-03-12"], date(2026, 7, 1)),
        (["成文日期: 2026-03-12"], date(2026, 3, 12)),
        ([], date(2026, 3, 15)),
    ],
)
def test_a_document_acts_from_the_day_it_takes_effect(lines: list[str], day: date) -> None:
    assert takes_effect(make_manuscript(*lines).fields) == day


_DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
_CHANGES = st.lists(
    st.builds(Change, st.sampled_from(["repeals", "replaces", "amends"]), st.just("x"), _DAYS),
    max_size=4,
)


@given(_CHANGES, st.none() | _DAYS, _DAYS, _DAYS)
def test_what_has_ended_never_comes_back(
    changes: list[Change], last: date | None, one: date, other: date
) -> None:
    fields = replace(make_manuscript(NUMBER).fields, expires_on=last)
    earlier, later = sorted([one, other])
    if derive_validity(fields, changes, earlier).has_ended:
        assert derive_validity(fields, changes, later).has_ended


@given(_CHANGES, st.none() | _DAYS, st.none() | _DAYS, _DAYS)
def test_every_document_is_in_exactly_one_known_state_every_day(
    changes: list[Change], begins: date | None, last: date | None, today: date
) -> None:
    fields = replace(make_manuscript(NUMBER).fields, effective_on=begins, expires_on=last)
    found = derive_validity(fields, changes, today)
    assert STATES[found.code] == (found.label, found.tone)
