"""Counts equal the truth, whatever the kind of log and however it comes."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from policysite.views.counting import Counter
from policysite.views.ledger import Ledger
from policysite.views.queries import LeftOut
from policysite.views.run import Outcome, count_logs
from policysite.views.sources import find_logs
from policysite.views.store import Store, rows_of
from tests.unit.views import logs
from tests.unit.views.logs import HAS_PURPOSE, WRITERS
from tests.unit.views.traffic import (
    ADDRESSES,
    ARTICLE,
    CHROME,
    DOMAIN,
    MOVED,
    Request,
    Traffic,
    make_traffic,
)

LATEST = 1_800_000_000
KINDS = list(WRITERS)


def count(store: Path, *places: Path | str) -> Outcome:
    """Run over the logs at these places as the task does."""
    counter = Counter({"/工会 大事记/旧文/": MOVED, **ADDRESSES}, DOMAIN, LATEST)
    kept = Store(store)
    ledger = kept.load(counter)
    outcome = count_logs(find_logs([str(place) for place in places]), counter, ledger, _silent)
    kept.save(counter, ledger)
    return outcome


def _silent(_: str) -> None:
    pass


def counts(store: Path) -> dict[str, int]:
    return dict(rows_of(store, "SELECT page, sum(n)::INTEGER FROM reads GROUP BY ALL"))


def by_day(store: Path) -> dict[tuple[str, date], int]:
    rows = rows_of(store, "SELECT page, day, sum(n)::INTEGER FROM reads GROUP BY ALL")
    return {(page, day): n for page, day, n in rows}


def left_out(store: Path) -> dict[str, int]:
    return dict(rows_of(store, "SELECT reason, sum(n)::INTEGER FROM left_out GROUP BY ALL"))


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_log_is_counted_exactly(tmp_path: Path, kind: str, packed: bool) -> None:
    """Robots, replays, parts, bad lines, time zones, ways to encode: all at once."""
    traffic = make_traffic(KINDS.index(kind), purposes=kind in HAS_PURPOSE)
    lines, bad = logs.spoil(logs.write_lines(kind, traffic.requests), 1)
    path = logs.write_log(tmp_path / "some.log", lines, packed=packed)
    store = tmp_path / "counts.duckdb"
    outcome = count(store, path)
    assert counts(store) == traffic.counts()
    assert by_day(store) == traffic.days()
    assert [*outcome.kinds] == ["JSON" if "JSON" in kind else kind]
    assert outcome.total.bad == bad
    assert left_out(store) == {
        reason.value: n
        for reason, n in {
            LeftOut.ROBOT: traffic.robots,
            LeftOut.PREFETCH: traffic.prefetched,
            LeftOut.PARTIAL: traffic.partial,
            LeftOut.REPEAT: traffic.read_requests - len(traffic.reads),
        }.items()
        if n
    }


def _whole(tmp_path: Path, seed: int = 5) -> tuple[Traffic, list[str]]:
    traffic = make_traffic(seed)
    return traffic, logs.write_lines("nginx/Apache combined", traffic.requests)


def test_a_folder_of_all_kinds_is_counted_once_however_often_it_is_read(tmp_path: Path) -> None:
    """Later runs find nothing new, and say so."""
    folder = tmp_path / "logs"
    folder.mkdir()
    expected: dict[str, int] = {}
    for number, kind in enumerate(KINDS):
        traffic = make_traffic(number, 10)
        lines = logs.write_lines(kind, traffic.requests)
        logs.write_log(folder / f"{number}.log", lines, packed=number % 2 == 0)
        for page, n in traffic.counts().items():
            expected[page] = expected.get(page, 0) + n
    store = tmp_path / "counts.duckdb"
    assert count(store, folder).counted == len(KINDS)
    before = store.read_bytes()
    again = count(store, folder)
    assert (again.counted, again.known, again.total.lines) == (0, len(KINDS), 0)
    assert counts(store) == expected
    assert len(before) == store.stat().st_size


def test_a_growing_rotated_and_compressed_log_is_counted_once(tmp_path: Path) -> None:
    """access.log, read while it is written; then access.log.1; then access.log.2.gz; and a copy."""
    traffic, lines = _whole(tmp_path)
    store, path = tmp_path / "counts.duckdb", tmp_path / "access.log"
    text = "".join(f"{line}\n" for line in lines).encode()
    for end in (0, 150, 3000, 3001, len(text) // 2, len(text) - 7):
        path.write_bytes(text[:end])
        if end:
            count(store, path)
    rotated = tmp_path / "access.log.1"
    path.rename(rotated)
    rotated.write_bytes(text)
    count(store, rotated)
    assert counts(store) == traffic.counts()
    logs.write_log(tmp_path / "access.log.2.gz", lines, packed=True)
    rotated.unlink()
    (tmp_path / "copy.log").write_bytes(text)
    outcome = count(store, tmp_path / "access.log.2.gz", tmp_path / "copy.log")
    assert outcome.total.lines == 0
    assert counts(store) == traffic.counts()


def test_a_log_may_go_on_after_it_was_compressed(tmp_path: Path) -> None:
    """Some servers append another member to a .gz file."""
    traffic, lines = _whole(tmp_path)
    store, path = tmp_path / "counts.duckdb", tmp_path / "a.gz"
    logs.write_log(path, lines[:100], packed=True)
    count(store, path)
    logs.write_log(tmp_path / "b.gz", lines[100:], packed=True)
    path.write_bytes(path.read_bytes() + (tmp_path / "b.gz").read_bytes())
    (tmp_path / "b.gz").unlink()
    count(store, path)
    assert counts(store) == traffic.counts()


@pytest.mark.parametrize("seed", range(3))
def test_late_logs_in_any_order_and_number_of_runs_make_the_same_counts(
    tmp_path: Path, seed: int
) -> None:
    """Two servers behind one name: a reader's replays are spread over the files of one day."""
    chance = random.Random(seed)
    day = first_day(make_traffic(7))
    whole = tmp_path / "whole.duckdb"
    count(whole, logs.write_log(tmp_path / "whole.log", logs.write_lines("JSON", day)))
    parts: list[list[Request]] = [[] for _ in range(6)]
    for request in day:
        chance.choice(parts).append(request)
    chance.shuffle(parts)
    store = tmp_path / "parts.duckdb"
    for number, part in enumerate(parts):
        lines = logs.write_lines("JSON", part)
        count(store, logs.write_log(tmp_path / f"{number}.log", lines))
    assert by_day(store) == by_day(whole)


def first_day(traffic: Traffic) -> list[Request]:
    """Return the requests of less than a day, for which the slots stay open."""
    start = traffic.requests[0].when
    return [r for r in traffic.requests if r.when - start < timedelta(hours=22)]


def test_what_reading_the_log_twice_would_double_is_refused_with_a_reason(tmp_path: Path) -> None:
    """A log that was cut, and one that was rewritten."""
    traffic, lines = _whole(tmp_path)
    store, path = tmp_path / "counts.duckdb", tmp_path / "access.log"
    count(store, logs.write_log(path, lines))
    cut = count(store, logs.write_log(path, lines[: len(lines) // 2]))
    assert "比上次统计时短了" in cut.remarks[str(path)]
    changed = [lines[0], *(line.replace("10.5.", "10.6.") for line in lines[1:]), *lines[1:]]
    rewritten = count(store, logs.write_log(path, changed))
    assert "后面却不同" in rewritten.remarks[str(path)]
    assert counts(store) == traffic.counts()


def test_a_damaged_log_leaves_no_trace_and_is_counted_when_it_is_whole(tmp_path: Path) -> None:
    """An upload that broke off: half of a .gz file."""
    traffic, lines = _whole(tmp_path)
    store, path = tmp_path / "counts.duckdb", tmp_path / "a.gz"
    logs.write_log(path, lines, packed=True)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    outcome = count(store, path)
    assert "没有传完" in outcome.remarks[str(path)]
    assert counts(store) == {}
    path.write_bytes(whole)
    count(store, path)
    assert counts(store) == traffic.counts()


@pytest.mark.parametrize("damaged", ["header", "body", "unreadable"])
def test_a_damaged_log_takes_nothing_from_the_one_before(tmp_path: Path, damaged: str) -> None:
    """It fails before its first line, after some, or when it is opened."""
    traffic, lines = _whole(tmp_path)
    logs.write_log(tmp_path / "a.log", lines)
    broken = logs.write_log(tmp_path / "b.gz", lines[::-1], packed=True)
    whole = broken.read_bytes()
    broken.write_bytes(whole[: 40 if damaged == "header" else len(whole) // 2])
    counter = Counter(ADDRESSES, DOMAIN, LATEST)
    found = find_logs([str(tmp_path)])
    if damaged == "unreadable":
        broken.unlink()
    outcome = count_logs(found, counter, Ledger([]), _silent)
    assert list(outcome.remarks) == [str(broken)]
    assert counter.new_reads() == len(traffic.reads)


def test_a_file_that_is_no_log_is_named(tmp_path: Path) -> None:
    """And the others are counted."""
    (tmp_path / "notes.txt").write_text("你好\n世界\n", "utf-8")
    traffic, lines = _whole(tmp_path)
    logs.write_log(tmp_path / "z.log", lines)
    outcome = count(tmp_path / "store" / "counts.duckdb", tmp_path)
    assert "不是认识的访问日志格式" in outcome.remarks[str(tmp_path / "notes.txt")]
    assert counts(tmp_path / "store" / "counts.duckdb") == traffic.counts()


def test_bytes_that_are_no_utf8_and_stray_line_ends_lose_no_read(tmp_path: Path) -> None:
    """A GBK referrer, CRLF, a NUL, an escaped quotation mark, a line of two megabytes."""
    agent = CHROME.format(120)
    when = make_traffic(1).requests[0].when
    asked = [Request(when, f"10.0.0.{n}", agent) for n in range(1, 6)]
    lines = [line.encode() for line in logs.write_lines("nginx/Apache combined", asked)]
    lines[1] = lines[1].replace(b'"-"', '"https://a.cn/工会"'.encode("gbk"))
    lines[2] = lines[2].replace(b'"-"', b'"https://a.cn/\0\r"') + b"\r"
    lines[3] = lines[3].replace(b'"-"', b'"https://a.cn/\\"quoted\\""')
    lines.insert(2, b"x" * 2_000_000)
    path = tmp_path / "a.log"
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    outcome = count(tmp_path / "counts.duckdb", path)
    assert counts(tmp_path / "counts.duckdb") == {ARTICLE: 5}
    assert (outcome.total.lines, outcome.total.bad) == (6, 1)


def test_what_a_server_appends_to_a_line_changes_nothing(tmp_path: Path) -> None:
    """A dozen fields in quotes after the agent, more than any kind is asked for."""
    traffic, lines = _whole(tmp_path)
    extra = "".join(f' "{number}"' for number in range(12))
    lines = [line + extra for line in lines]
    outcome = count(tmp_path / "counts.duckdb", logs.write_log(tmp_path / "a.log", lines))
    assert counts(tmp_path / "counts.duckdb") == traffic.counts()
    assert outcome.total.bad == 0


def test_a_line_from_a_clock_in_the_future_is_no_read(tmp_path: Path) -> None:
    """It would close the slots of today."""
    traffic, _ = _whole(tmp_path)
    early = replace(traffic.requests[0], agent=CHROME.format(99), path=ARTICLE, status=200)
    future = replace(early, when=early.when + timedelta(days=9000))
    lines = logs.write_lines("nginx/Apache combined", [early, future])
    outcome = count(tmp_path / "counts.duckdb", logs.write_log(tmp_path / "a.log", lines))
    assert counts(tmp_path / "counts.duckdb") == {ARTICLE: 1}
    assert outcome.total.bad == 1


def test_nothing_that_tells_a_reader_is_written(tmp_path: Path) -> None:
    """Neither an address nor an agent nor a referrer stands in the file of counts."""
    traffic, lines = _whole(tmp_path)
    store = tmp_path / "kept" / "counts.duckdb"
    count(store, logs.write_log(tmp_path / "a.log", lines))
    for path in store.parent.rglob("*"):
        written = path.read_bytes() if path.is_file() else b""
        assert [t for t in told(traffic.requests) if t.encode() in written] == []


def told(requests: Sequence[Request]) -> set[str]:
    """Return what could tell who a reader is."""
    found = {text for r in requests for text in (r.address, r.agent, r.referrer)}
    return found - {"-"}


def test_keys_and_salts_are_dropped_a_day_after_their_half_hour(tmp_path: Path) -> None:
    """What is left of an old day are numbers."""
    _, lines = _whole(tmp_path)
    store = tmp_path / "counts.duckdb"
    count(store, logs.write_log(tmp_path / "a.log", lines))
    [(oldest, newest)] = rows_of(store, "SELECT min(slot), max(slot) FROM seen")
    assert newest - oldest <= 48
    assert len(rows_of(store, "FROM salts")) <= 2
