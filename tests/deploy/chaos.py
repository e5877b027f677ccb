"""Deploys that are killed at any moment, over a network that fails, of a site that changes.

`python -m tests.deploy.chaos --mode aws --kills 40` is the long form; the tests run a short one.
After every deploy that says it succeeded, the bucket must be the site, bytes and headers.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from policysite.deploy.published import read_published
from policysite.deploy.site_files import read_site
from policysite.deploy.state import load_entries
from tests.deploy.conftest import page, wire
from tests.deploy.fault_proxy import Faults
from tests.deploy.places import Place, fake_place

ROOT = Path(__file__).resolve().parents[2]
FAULTS = Faults(
    busy=0.04, cut_before=0.01, cut_within=0.01, cut_after=0.02, hang=0.003, latency=0.004
)
LEASE, TIMEOUT = 1.5, 0.6
"""Seconds; short, so that a takeover comes often."""
PATIENCE = 600
"""Seconds after which a deployer counts as hanging."""
PAGES = 40


@dataclass(slots=True)
class Site:
    """A site that changes at random, and sometimes goes back to what it was."""

    root: Path
    chance: random.Random
    version: int = 0
    pages: set[int] = field(default_factory=lambda: set(range(PAGES)))
    past: list[dict[str, str]] = field(default_factory=list)

    def change(self) -> None:
        """Write the next version over the last one."""
        if self.past and self.chance.random() < 0.3:
            files = self.chance.choice(self.past)
        else:
            files = self._next()
            self.past.append(files)
        for path in [path for path in self.root.rglob("*") if path.is_file()]:
            if path.relative_to(self.root).as_posix() not in files:
                path.unlink()
        for name, text in files.items():
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            (self.root / name).write_text(text, "utf-8")

    def _next(self) -> dict[str, str]:
        self.version += 1
        kind = self.chance.random()
        if kind < 0.3:
            self.pages ^= set(self.chance.sample(range(PAGES + 8), 3))
        restyle = kind > 0.5 or not self.past
        before = self.past[-1] if self.past else {}
        old_css = next((name for name in before if name.endswith(".css")), "")
        css = f"assets/site.{self.version:08x}.css" if restyle else old_css
        files = {css: f"/* {css} */", "robots.txt": "User-agent: *\n"}
        files |= {"feed.xml": f"<feed>{self.version}</feed>", "data/all.json": f"{self.version}"}
        files |= {"index.html": page(self.version, css), "404.html": page(0, css)}
        for number in self.pages:
            name = f"2026/{number:03}.html"
            touched = restyle or name not in before or self.chance.random() < 0.1
            files[name] = page(self.version, css) if touched else before[name]
        return files


@dataclass(slots=True)
class Reader:
    """Reads a page, then what it loads, again and again; counts what does not fit together."""

    place: Place
    reads: int = 0
    broken: list[str] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)

    def run(self, seed: int) -> None:
        """Read until stopped."""
        chance = random.Random(seed)
        while not self.stopped.is_set():
            number = chance.randrange(-1, PAGES)
            key = "index.html" if number < 0 else f"2026/{number:03}.html"
            data = self.place.read(key)
            if data is None:
                continue  # not there yet, or removed: a whole answer too
            self.reads += 1
            text = data.decode("utf-8", "replace")
            css = text.partition('href="/')[2].partition('"')[0]
            version = text.partition("<title>")[2].partition("<")[0]
            time.sleep(chance.uniform(0, 0.3))
            if not text.endswith(f"<!-- {version} -->") or self.place.read(css) is None:
                self.broken.append(f"{key} {version} {css}")


@contextmanager
def reading(place: Place, readers: int = 4) -> Iterator[Reader]:
    """Let readers read until the block ends."""
    reader = Reader(place)
    threads = [threading.Thread(target=reader.run, args=(seed,)) for seed in range(readers)]
    for thread in threads:
        thread.start()
    try:
        yield reader
    finally:
        reader.stopped.set()
        for thread in threads:
            thread.join()


def deployer(place: Place, root: Path, lease: float = LEASE) -> subprocess.Popen[str]:
    """Start a deploy in a process of its own."""
    _, proxy = wire()
    options = ["--output", str(root), "--target", place.target, "--quiet"]
    options += ["--lease", str(lease), "--timeout", str(TIMEOUT), "--max-delete", "100000"]
    options += ["--cache", f"{root}-digests"]
    return subprocess.Popen(
        [sys.executable, "-m", "policysite.deploy", "deploy", *options],
        cwd=ROOT,
        env={
            **os.environ,
            **place.credentials,
            "PYTHONPATH": str(ROOT),
            "PYTHONIOENCODING": "utf-8",
            "http_proxy": f"http://127.0.0.1:{proxy.port}",
            "DEPLOY_COMMIT": "0",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def difference(place: Place, root: Path) -> list[str]:
    """Return how the bucket differs from a site; old assets in their grace are none."""
    found = place.objects()
    wanted = read_site(root, gzip=False)
    state = load_entries(read_published(place.store).state, place.store.get)
    faults = [f"missing {key}" for key in wanted.entries.keys() - found.keys()]
    faults += [f"extra {key}" for key in found.keys() - wanted.entries.keys() - state.kept.keys()]
    for key, entry in wanted.entries.items():
        if key in found and found[key] != (wanted.read(key), entry.headers):
            faults.append(f"differs {key}")
    return faults


def run(place: Place, folder: Path, kills: int, seed: int) -> Counter[str]:
    """Deploy until so many were killed; return how often what came of it."""
    _, proxy = wire()
    chance = random.Random(seed)
    site = Site(folder, chance)
    counts: Counter[str] = Counter()
    with reading(place) as reader:
        while counts["killed"] < kills:
            site.change()
            proxy.faults = FAULTS
            process = deployer(place, folder)
            counts["deploys"] += 1
            if chance.random() < 0.7:
                many = chance.randint(4, 110) if chance.random() < 0.7 else 3
                _kill_after(process, chance.randint(1, many), counts)
            else:
                process.wait(60)
            output, _ = process.communicate()
            proxy.faults = Faults()
            _count(process.returncode, output, place, folder, counts)
            if process.returncode == -9 and read_published(place.store).state.pending:
                counts["killed while writing"] += 1
        _finish(place, folder, counts)
        counts["reads"], counts["broken pairs"] = reader.reads, len(reader.broken)
    return counts


def _kill_after(process: subprocess.Popen[str], requests: int, counts: Counter[str]) -> None:
    """Kill once so many requests were seen: at any moment of the protocol, not of the start-up."""
    _, proxy = wire()
    end = proxy.requests + requests
    while process.poll() is None:
        if proxy.requests >= end:
            process.kill()
            counts["killed"] += 1
            return
        time.sleep(0.001)


def _count(status: int, output: str, place: Place, folder: Path, counts: Counter[str]) -> None:
    """Count a deploy by its exit status; after a success the bucket must be the site."""
    name = {0: "finished", 75: "busy", -9: ""}.get(status, "failed")
    counts.update([name] if name else [])
    if "Traceback" in output:
        counts["tracebacks"] += 1
        print(output, file=sys.stderr)
    if status == 0 and (faults := difference(place, folder)):
        counts["wrong"] += 1
        print(faults[:5], file=sys.stderr)
    if status == 75:
        time.sleep(LEASE / 2)


def _finish(place: Place, folder: Path, counts: Counter[str]) -> None:
    """Without faults, one more deploy must make the bucket whole."""
    for _ in range(5):
        process = deployer(place, folder)
        output, _ = process.communicate(timeout=PATIENCE)
        if process.returncode == 0:
            _count(0, output, place, folder, counts)
            counts["converged"] = 1
            return
        time.sleep(LEASE)


def race(place: Place, folder: Path, rounds: int, seed: int) -> Counter[str]:
    """Let three deployers run at once; return how many finished, and what was wrong after."""
    _, proxy = wire()
    chance = random.Random(seed)
    sites = [Site(folder / str(number), chance, version=1000 * number) for number in range(3)]
    counts: Counter[str] = Counter()
    for _ in range(rounds):
        proxy.faults = FAULTS
        processes = []
        for site in sites:
            site.change()
            processes.append(deployer(place, site.root, lease=30))
            time.sleep(chance.uniform(0, 0.2))
        ended = [
            (process.communicate(timeout=PATIENCE), process.returncode) for process in processes
        ]
        proxy.faults = Faults()
        statuses = [status for _, status in ended]
        counts.update({0: "finished", 75: "busy"}.get(status, "failed") for status in statuses)
        counts["rounds"] += 1
        counts["rounds without a winner"] += 0 not in statuses
        same = [not difference(place, site.root) for site in sites]
        if 0 in statuses and 1 not in statuses and not any(same):
            counts["wrong"] += 1
    return counts


def main() -> None:
    """Run the long form and print what came of it as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--mode", default="aws")
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    server_started = wire()[1]
    os.environ["http_proxy"] = f"http://127.0.0.1:{server_started.port}"
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "site").mkdir()
        chaos = run(fake_place(given.mode), Path(folder) / "site", given.kills, given.seed)
        races = race(fake_place(given.mode), Path(folder), given.rounds, given.seed)
    print(json.dumps({"mode": given.mode, "chaos": chaos, "race": races}, ensure_ascii=False))
    wrong = chaos["wrong"] + chaos["broken pairs"] + chaos["tracebacks"] + races["wrong"]
    sys.exit(1 if wrong or not chaos["converged"] else 0)


if __name__ == "__main__":
    main()
