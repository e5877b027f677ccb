"""The moment as of which the site is built."""

from datetime import UTC, datetime, timedelta

import pytest

from policysite.clock import build_time


def test_the_environment_can_set_the_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795320000")
    moment = build_time()
    assert moment == datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
    assert moment.utcoffset() == timedelta(hours=8)


def test_otherwise_it_is_now_in_china(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    before = datetime.now(UTC)
    moment = build_time()
    assert before <= moment <= datetime.now(UTC)
    assert moment.utcoffset() == timedelta(hours=8)
