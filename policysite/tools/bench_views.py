"""`bench-views`: how fast access logs are counted, and with how much memory.

Speed depends on the machine and on what else it does. So the same run also times a plain pass over
the same bytes, which reads and counts line breaks and does nothing else, and tells the ratio.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from policysite.environment import ROOT, tell

FOLDER = ROOT / ".cache" / "bench-views"
LINES, ALL_LINES = 1_000_000, 10_000_000
LEAST, MOST_MEMORY = 1_000_000, 1024
"""Lines a second on two free cores, and MB."""

# Three lines in ten ask for an article, one for a list, six for files; 50,000 addresses a day.
_FIELDS = """
SELECT
    format('10.{}.{}.{}', hash(i) % 5, hash(i) // 8 % 100, hash(i) // 1024 % 100) AS address,
    TIMESTAMP '2026-11-01' + to_seconds(i // 40) AS moment,
    CASE WHEN i % 10 < 3 THEN format('/2026/article-{}.html', hash(i) % 700)
        WHEN i % 10 < 4 THEN format('/news/page-{}.html', hash(i) % 9)
        WHEN i % 10 < 8 THEN '/assets/site.3f2a91c0.css'
        ELSE format('/images/2026/picture-{}-800.3f2a91c0.avif', hash(i) % 90) END AS path,
    CASE WHEN hash(i) % 9 = 0 THEN 304 WHEN hash(i) % 31 = 0 THEN 404 ELSE 200 END AS status,
    CASE WHEN hash(i) % 3 = 0 THEN format('Mozilla/5.0 (Linux; Android 14; V22{}A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.{}', hash(i) % 40, hash(i) % 17)
        ELSE format('Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{}.0.0.0 Safari/537.36', 90 + hash(i) % 60) END AS agent
FROM range({lines}) AS rows (i)
"""
_WRITTEN = {
    "combined": "address || ' - - [' || strftime(moment, '%d/%b/%Y:%H:%M:%S') || ' +0800] \"GET '"
    " || path || ' HTTP/1.1\" ' || status || ' 5120 \"https://www.example.org/\" \"' || agent || '\"'",
    "JSON": '\'{"time":"\' || strftime(moment, \'%Y-%m-%dT%H:%M:%S\') || \'+08:00","remote_addr":"\''
    ' || address || \'","method":"GET","uri":"\' || path || \'","status":\' || status'
    ' || \',"referer":"https://www.example.org/","user_agent":"\' || agent || \'"}\'',
}
_COUNT = """
import sys
from pathlib import Path
from policysite.views.counting import Counter
from policysite.views.run import count_logs
from policysite.views.sources import find_logs
from policysite.views.store import Store
counter = Counter({}, "www.example.org", 2_000_000_000)
store = Store(Path(sys.argv[2]))
ledger = store.load(counter)
outcome = count_logs(find_logs([sys.argv[1]]), counter, ledger, lambda said: None)
store.save(counter, ledger)
print(outcome.total.lines - outcome.total.bad)
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """One run: seconds of the clock, of the processors, and of the plain pass; memory in MB."""

    kind: str
    lines: int
    size: int
    seconds: float
    cpu: float
    plain: float
    memory: float


def bench_views(*, full: bool) -> list[str]:
    """Measure both formats, show the figures, and return what is not as it should be."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    lines = ALL_LINES if full else LINES
    faults: list[str] = []
    for kind in _WRITTEN:
        tell(f"正在写 {lines} 行 {kind} 日志……")
        log = _write(kind, lines)
        measured = _measure(kind, log, lines)
        log.unlink()
        print(show(measured))
        if is_busy := busy():
            tell("机器上还有别的程序在忙，速度按处理器时间算；空闲时再测一次更准。")
        faults += judge(measured, is_busy=is_busy)
    return faults


def judge(measured: Measured, *, is_busy: bool) -> Iterator[str]:
    """Yield what is not as it should be; the clock says nothing while other programs are busy.

    Starting takes as long as counting half a million lines, so speed is asked of many only.
    """
    if measured.memory > MOST_MEMORY:
        yield f"{measured.kind}：内存 {measured.memory:.0f} MB，应不超过 {MOST_MEMORY} MB"
    rate = measured.lines / (measured.cpu / 2 if is_busy else measured.seconds)
    if measured.lines >= ALL_LINES and rate < LEAST:
        by = "两个处理器核" if is_busy else ""
        yield f"{measured.kind}：{by}每秒统计 {rate:,.0f} 行，应不低于 {LEAST:,} 行"


def busy() -> bool:
    """Whether other programs want the processors too, as far as the system tells."""
    return hasattr(os, "getloadavg") and os.getloadavg()[0] > (os.cpu_count() or 1) + 1


def show(measured: Measured) -> str:
    """Return the figures in one line."""
    return (
        f"{measured.kind}：{measured.lines:,} 行（{measured.size / 1e6:,.0f} MB）用时 {measured.seconds:.1f} 秒，"
        f"每秒 {measured.lines / measured.seconds:,.0f} 行；处理器 {measured.cpu:.1f} 秒；"
        f"是只读一遍的 {measured.seconds / measured.plain:.0f} 倍；内存最多 {measured.memory:.0f} MB"
    )


def _write(kind: str, lines: int) -> Path:
    """Write the log with DuckDB, which is ten times as fast as Python at it."""
    import duckdb

    path = FOLDER / f"{kind}.log"
    fields = _FIELDS.replace("{lines}", str(lines))
    rows = f"SELECT {_WRITTEN[kind]} AS line FROM ({fields})"  # noqa: S608 -- our own pieces
    with duckdb.connect() as db:
        db.execute(
            f"COPY ({rows}) TO '{path}' (FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\x01')"
        )
    return path


def _measure(kind: str, log: Path, lines: int) -> Measured:
    began = time.perf_counter()
    with log.open("rb") as file:
        while data := file.read(1 << 20):
            data.count(b"\n")
    plain = time.perf_counter() - began
    store = FOLDER / "counts.duckdb"
    store.unlink(missing_ok=True)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    command = [sys.executable, "-c", _COUNT, str(log), str(store)]
    found = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603
    seconds = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert int(found.stdout) == lines, "every line is a record"
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(kind, lines, log.stat().st_size, seconds, cpu, plain, after.ru_maxrss / 1024)
