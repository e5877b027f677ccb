"""Logs on object storage, and logs that were turned into Parquet."""

from __future__ import annotations

import gzip
from pathlib import Path

import duckdb
import pytest

from policysite.views.sources import NoLogs, find_logs
from tests.unit.views import logs
from tests.unit.views.storage import bucket
from tests.unit.views.test_counts import count, counts
from tests.unit.views.traffic import make_traffic


def test_a_prefix_on_object_storage_is_read_like_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Plain and packed objects; a second run counts only what has been added to one."""
    traffic = make_traffic(3)
    lines = [f"{line}\n".encode() for line in logs.write_lines("腾讯云 COS", traffic.requests)]
    third = len(lines) // 3
    objects = {
        "logs/2026/11/a": b"".join(lines[:third]),
        "logs/2026/11/b.gz": gzip.compress(b"".join(lines[third : 2 * third]), mtime=0),
        "other/c": b"".join(lines[2 * third :]),
    }
    store = tmp_path / "counts.duckdb"
    with bucket(objects) as environment:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        outcome = count(store, "s3://example/logs/")
        assert (outcome.counted, outcome.total.lines) == (2, 2 * third)
        objects["logs/2026/11/a"] += b"".join(lines[2 * third :])
        outcome = count(store, "s3://example/logs/")
        assert (outcome.known, outcome.total.lines) == (1, len(lines) - 2 * third)
    assert counts(store) == traffic.counts()


def test_an_object_that_may_not_be_read_is_named_and_the_others_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    traffic = make_traffic(3)
    lines = [f"{line}\n".encode() for line in logs.write_lines("腾讯云 COS", traffic.requests)]
    objects = {"logs/a": b"".join(lines), "logs/b-secret": b"".join(lines[1:])}
    store = tmp_path / "counts.duckdb"
    with bucket(objects) as environment:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        outcome = count(store, "s3://example/logs/")
    assert "打不开" in outcome.remarks["s3://example/logs/b-secret"]
    assert counts(store) == traffic.counts()


def test_a_bucket_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with bucket({}) as environment:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        with pytest.raises(NoLogs, match="s3://example/x 里没有日志文件"):
            find_logs(["s3://example/x"])


@pytest.mark.parametrize("remote", [False, True])
def test_the_same_is_counted_of_parquet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, remote: bool
) -> None:
    """JSON lines turned into Parquet, as docs/views.md tells, with the time as a timestamp."""
    traffic = make_traffic(4)
    source = logs.write_log(tmp_path / "a.json", logs.write_lines("JSON", traffic.requests))
    table = tmp_path / "logs" / "a.parquet"
    table.parent.mkdir()
    with duckdb.connect() as db:
        db.execute("SET TimeZone = 'Europe/Berlin'")
        db.execute(
            f"COPY (SELECT * REPLACE (CAST(time AS TIMESTAMPTZ) AS time) FROM read_json('{source}'))"
            f" TO '{table}' (FORMAT parquet)"
        )
    store = tmp_path / "counts.duckdb"
    place = str(table)
    with bucket({"logs/a.parquet": table.read_bytes()}) as environment:
        if remote:
            for name, value in environment.items():
                monkeypatch.setenv(name, value)
            place = "s3://example/logs"
        outcome = count(store, place)
        assert [*outcome.kinds] == ["Parquet"]
        assert count(store, place).total.lines == 0
    assert counts(store) == traffic.counts()


def test_a_place_without_logs_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoLogs, match="没有日志文件"):
        find_logs([str(tmp_path)])
    with pytest.raises(NoLogs, match=r"找不到 .*nowhere"):
        find_logs([str(tmp_path / "nowhere")])
