"""Work side by side: all of it is done, or the first error is known."""

from __future__ import annotations

import threading
import time

import pytest

from policysite.deploy.patience import MOST, START, Pace, for_each


def test_everything_is_done_once() -> None:
    done: list[str] = []
    for_each(map(str, range(500)), done.append)
    assert sorted(done, key=int) == [str(number) for number in range(500)]
    for_each([], done.append)


@pytest.mark.parametrize("kind", [IndexError, StopIteration, OSError, KeyError])
def test_the_first_error_is_raised_whatever_it_is(kind: type[Exception]) -> None:
    begun: list[str] = []

    def act(key: str) -> None:
        begun.append(key)
        if key == "5":
            raise kind
        time.sleep(0.001)

    with pytest.raises(kind):
        for_each(map(str, range(10_000)), act)
    assert len(begun) < 10_000


def test_no_more_run_at_once_than_the_pace_allows() -> None:
    pace = Pace(limit=3)
    running = most = 0
    lock = threading.Lock()

    def act(_: str) -> None:
        nonlocal running, most
        with pace:
            with lock:
                running += 1
                most = max(most, running)
            time.sleep(0.001)
            with lock:
                running -= 1

    for_each(map(str, range(100)), act, lambda: 16)
    assert most == 3


def test_threads_are_added_when_more_may_run() -> None:
    seen: set[int] = set()
    done = 0
    joined = threading.Event()

    def act(_: str) -> None:
        nonlocal done
        done += 1
        seen.add(threading.get_ident())
        if len(seen) > 3:
            joined.set()
        if done > 150:
            joined.wait(60)

    for_each(map(str, range(200)), act, lambda: 3 if done < 100 else 9)
    assert 3 < len(seen) <= 9


def test_the_pace_grows_slowly_and_halves_at_once() -> None:
    pace = Pace()
    for _ in range(50 * MOST):
        pace.went_well(0.001)
    assert pace.limit == START, "the store is near"
    for _ in range(50 * MOST):
        pace.went_well(0.1)
    assert pace.limit == MOST
    pace.was_too_much()
    pace.was_too_much()
    assert pace.limit == MOST // 2
