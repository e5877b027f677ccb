"""What is shown of long work, and the table of stages."""

import io
import sys
import time

import pytest

from policysite.progress import LONG, progress, stage, stages


@pytest.fixture(autouse=True)
def _no_stages() -> None:
    stages.clear()


def test_what_is_a_stage_of_its_own_counts_once() -> None:
    """The total of the table is what the whole took."""
    start = time.perf_counter()
    with stage("外"):
        with stage("内", 3):
            time.sleep(0.02)
        with stage("内", 4):
            pass
    whole = time.perf_counter() - start
    assert stages["内"][0] == 7
    assert stages["内"][1] >= 0.02
    assert sum(wall for _, wall, _ in stages.values()) <= whole


def test_a_stage_that_fails_is_counted_and_leaves_nothing_behind() -> None:
    with pytest.raises(ValueError), stage("外"), stage("内"):
        raise ValueError
    with stage("后"):
        pass
    assert set(stages) == {"外", "内", "后"}


def test_nothing_is_shown_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    said = io.StringIO()
    monkeypatch.setattr(sys, "stderr", said)
    with progress("生成网页", LONG * 2) as advance:
        advance(1)
    assert said.getvalue() == ""
