"""Work in several processes comes out as in one."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from policysite import pool
from policysite.pool import dealt, spread


@pytest.fixture(autouse=True)
def two_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pretend that there are two cores, whatever the machine has."""
    monkeypatch.setattr(pool, "cores", lambda: 2)


def test_results_come_in_the_order_of_the_items() -> None:
    items = list(range(500))
    assert list(spread(lambda n: n * n, items, "数数")) == [n * n for n in items]


def test_the_work_is_done_in_other_processes() -> None:
    found = set(spread(lambda _: os.getpid(), list(range(200)), "数数"))
    assert len(found) == 2
    assert os.getpid() not in found


@pytest.mark.skipif(sys.platform != "linux", reason="other systems give all pipes the same room")
def test_a_worker_is_ahead_of_another_without_waiting_for_it(tmp_path: Path) -> None:
    mark = tmp_path / "ahead"

    def work(item: int) -> tuple[bool, bytes]:
        if item == 41:
            mark.touch()
        patience = 500
        while item == 0 and patience and not mark.exists():
            time.sleep(0.01)
            patience -= 1
        return bool(patience), bytes(20_000)

    assert all(was_ahead for was_ahead, _ in spread(work, list(range(100)), "数数"))


def test_little_work_is_done_here() -> None:
    assert set(spread(lambda _: os.getpid(), [1, 2, 3], "数数")) == {os.getpid()}


def test_an_error_is_raised_here_with_its_place() -> None:
    def work(item: int) -> int:
        return 1 // (item - 150)

    with pytest.raises(ZeroDivisionError) as caught:
        list(spread(work, list(range(300)), "数数"))
    assert any(entry.name == "work" for entry in caught.traceback)


def test_what_a_killed_process_left_undone_is_done_here() -> None:
    here = os.getpid()

    def work(item: int) -> int:
        if item == 77 and os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return item

    assert list(spread(work, list(range(300)), "数数")) == list(range(300))


def test_after_a_spell_another_process_goes_on_that_knows_nothing_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pool, "SPELL", 30)
    done: list[int] = []

    def work(item: int) -> tuple[int, int, int]:
        done.append(item)
        return item, os.getpid(), len(done)

    items, workers, counts = zip(*spread(work, list(range(500)), "数数"), strict=True)
    assert list(items) == list(range(500))
    assert len(set(workers)) == 18
    assert max(counts) == 30


@pytest.mark.parametrize("fatal", [3, 61, 499])
def test_a_process_that_was_killed_gets_no_successor(
    monkeypatch: pytest.MonkeyPatch, fatal: int
) -> None:
    monkeypatch.setattr(pool, "SPELL", 30)
    here = os.getpid()

    def work(item: int) -> tuple[int, bool]:
        if item == fatal and os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return item, os.getpid() == here

    results = list(spread(work, list(range(500)), "数数"))
    assert [item for item, _ in results] == list(range(500))
    assert [item for item, is_here in results if is_here] == list(range(fatal, 500, 2))


def test_what_the_workers_share_is_loaded_once_and_gone_with_them() -> None:
    loaded: list[int] = []
    found = set(
        spread(
            lambda _: tuple(loaded), list(range(200)), "数数", lambda: loaded.append(os.getpid())
        )
    )
    assert len(found) == 1
    assert len(found.pop()) == 1
    assert not loaded


def test_no_process_is_left_when_the_results_are_not_wanted_any_more() -> None:
    results = spread(lambda n: (n, os.getpid()), list(range(5000)), "数数")
    workers = {next(results)[1], next(results)[1]}
    results.close()  # type: ignore[attr-defined]
    for worker in workers:
        with pytest.raises(ProcessLookupError):
            os.kill(worker, 0)


def test_neighbours_are_dealt_to_one_process() -> None:
    items = list(range(200))
    done = dict(spread(lambda n: (n, os.getpid()), dealt(items), "数数"))
    assert list(map(done.get, items)) == [done[0]] * 100 + [done[100]] * 100
    assert done[0] != done[100]


def test_all_are_dealt_whatever_their_number() -> None:
    for count in range(6):
        assert sorted(dealt(list(range(count)))) == list(range(count))
