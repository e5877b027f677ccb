"""A run that is killed at any moment loses and doubles nothing."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

from policysite.environment import ROOT
from tests.unit.views import logs
from tests.unit.views.test_counts import count, counts, first_day
from tests.unit.views.traffic import make_traffic

KILLS = 6
_RUN = """
import sys
from pathlib import Path
from tests.unit.views.test_counts import count
print("ready", flush=True)
count(Path(sys.argv[1]), sys.argv[2])
print("done", flush=True)
"""


def _start(store: Path, folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", _RUN, str(store), str(folder)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def test_killed_runs_lose_and_double_nothing(tmp_path: Path) -> None:
    """Logs grow between the runs, each of which is killed at another moment of its work."""
    chance = random.Random(11)
    lines = logs.write_lines("JSON", first_day(make_traffic(6)))
    folder, store = tmp_path / "logs", tmp_path / "counts.duckdb"
    folder.mkdir()
    half = len(lines) // 2
    began = time.monotonic()
    logs.write_log(folder / "a.log", lines[: half // KILLS])
    with _start(store, folder) as first:
        assert first.wait() == 0
    takes = time.monotonic() - began
    for number in range(1, KILLS + 1):
        logs.write_log(folder / "a.log", lines[: half * number // KILLS])
        logs.write_log(folder / "b.gz", lines[half:], packed=True)
        with _start(store, folder) as process:
            time.sleep(chance.random() * takes)
            process.kill()
    with _start(store, folder) as last:
        assert last.wait() == 0
    undisturbed = tmp_path / "undisturbed.duckdb"
    count(undisturbed, logs.write_log(folder / "whole.log", lines))
    assert counts(store) == counts(undisturbed)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "counts.duckdb",
        "logs",
        "undisturbed.duckdb",
    ]
