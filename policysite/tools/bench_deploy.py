"""`bench-deploy`: our deployer beside rclone and hugo, on one server, in turns.

Time on a busy machine says little; what counts is the CPU that each takes, without the server's,
and our requests. Each round measures all of them; the figures are the medians of the rounds.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from policysite.environment import ROOT, tell
from policysite.tools.local_store import (
    ACCESS_KEY,
    SECRET_KEY,
    find_program,
    local_store,
    make_bucket,
)

FOLDER = ROOT / ".cache" / "bench-deploy"
STEPS = {"first": "首次发布", "none": "没有变化", "one": "改一篇"}
# Of 10,000 files of a site: kind, share, mean size.
_KINDS = (("html", 0.73, 9_000), ("webp", 0.19, 26_000), ("css", 0.01, 5_000),
          ("js", 0.01, 4_000), ("xml", 0.015, 8_000), ("json", 0.015, 6_000),
          ("pdf", 0.03, 30_000))  # fmt: skip
_HAN = range(0x4E00, 0x9FA5)


@dataclass(frozen=True, slots=True)
class Measured:
    """One run of one tool: seconds, and requests where we know them."""

    tool: str
    step: str
    wall: float
    cpu: float
    requests: int = 0


def bench_deploy(files: int, rounds: int) -> list[str]:
    """Measure, show a table of medians, and return what is not as it should be."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    site = FOLDER / "public"
    tell(f"正在生成 {files} 个文件……")
    write_site(site, files)
    measured: list[Measured] = []
    with local_store(FOLDER / "store") as address:
        for turn in range(1, rounds + 1):
            for tool in (Ours(address), Rclone(address), Hugo(address)):
                tell(f"第 {turn} 轮：{tool.name}……")
                measured += _measure(tool, site, turn)
    medians = [*medians_of(measured)]
    print(table(medians))
    return [*judge(medians)]


def _measure(tool: Ours | Rclone, site: Path, turn: int) -> Iterator[Measured]:
    """Publish into a bucket of its own, three times."""
    tool.prepare(f"{tool.name}-{turn}")
    for step in STEPS:
        if step == "one":
            change(site, f"{tool.name} {turn}")
        yield _run(tool, step)


def medians_of(measured: Iterable[Measured]) -> Iterator[Measured]:
    """Yield one of each tool and step: the median of all rounds."""
    rounds: dict[tuple[str, str], list[Measured]] = {}
    for one in measured:
        rounds.setdefault((one.tool, one.step), []).append(one)
    for (tool, step), found in rounds.items():
        wall, cpu = median(m.wall for m in found), median(m.cpu for m in found)
        yield Measured(tool, step, wall, cpu, max(m.requests for m in found))


def write_site(root: Path, count: int) -> None:
    """Write files of the kinds and sizes that a site of ours has; the same ones each time."""
    chance = random.Random(20261122)  # noqa: S311
    text = "".join(chr(chance.choice(_HAN)) for _ in range(40_000))
    made = 0
    for suffix, share, mean in _KINDS:
        for number in range(round(count * share)):
            size = int(mean * chance.uniform(0.4, 1.6))
            path = root / f"{2000 + number % 25}" / f"{suffix}-{number:05}.{suffix}"
            path.parent.mkdir(parents=True, exist_ok=True)
            start = chance.randrange(20_000)
            if suffix in ("webp", "pdf"):
                path.write_bytes(chance.randbytes(size))
            else:
                path.write_text(f"{made} {text[start : start + size // 3]}", "utf-8")
            made += 1
    (root / "index.html").write_text("<!doctype html><title>首页</title>", "utf-8")


def change(root: Path, mark: str) -> None:
    """Change one page."""
    path = next(iter(sorted(root.rglob("*.html"))))
    path.write_text(f"{mark} {path.read_text('utf-8')}", "utf-8")


class Ours:
    """The deployer of this project, as CI runs it."""

    name = "policysite"

    def __init__(self, address: str) -> None:
        self._address = address

    def prepare(self, bucket: str) -> None:
        """Make the bucket, and forget the files: each first upload knows none of them."""
        make_bucket(self._address, bucket)
        shutil.rmtree(FOLDER / "digests", ignore_errors=True)
        command = [sys.executable, "-m", "policysite.deploy", "--help"]  # compiles the modules
        environment = {**os.environ, **self.environment()}
        subprocess.run(command, env=environment, check=True, capture_output=True)  # noqa: S603
        self._target = f"s3://{bucket}?provider=minio&endpoint={self._address}"

    def command(self) -> list[str]:
        """Return the command that publishes."""
        words = [sys.executable, "-m", "policysite.deploy", "deploy", "--quiet"]
        words += ["--target", self._target, "--output", str(FOLDER / "public")]
        words += ["--cache", str(FOLDER / "digests")]
        return [*words, "--report", str(FOLDER / "report.json")]

    def environment(self) -> Mapping[str, str]:
        """Return the variables that it needs."""
        keys = {"DEPLOY_ACCESS_KEY_ID": ACCESS_KEY, "DEPLOY_SECRET_ACCESS_KEY": SECRET_KEY}
        # Compiled modules are kept, as they are wherever a person deploys.
        kept = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(FOLDER / "pyc")}
        return {**keys, **kept, "PYTHONPATH": str(ROOT)}

    def requests(self) -> int:
        """Return how many requests the last run made."""
        return int(json.loads((FOLDER / "report.json").read_text("utf-8"))["requests"])


class Rclone:
    """rclone with the options that make it fastest: one listing, digests, no HEAD."""

    name = "rclone"

    def __init__(self, address: str) -> None:
        self._address = address

    def prepare(self, bucket: str) -> None:
        """Make the bucket."""
        make_bucket(self._address, bucket)
        self._bucket = bucket

    def command(self) -> list[str]:
        """Return the command that publishes."""
        options = ["--checksum", "--fast-list", "--transfers", "32", "--checkers", "32"]
        options += ["--s3-no-head", "--config", "/dev/null"]
        return [
            find_program("rclone"),
            "sync",
            str(FOLDER / "public"),
            f"peer:{self._bucket}",
            *options,
        ]

    def environment(self) -> Mapping[str, str]:
        """Return the variables that it needs."""
        values = {
            "TYPE": "s3",
            "PROVIDER": "SeaweedFS",
            "ENDPOINT": self._address,
            "ACCESS_KEY_ID": ACCESS_KEY,
            "SECRET_ACCESS_KEY": SECRET_KEY,
        }
        return {f"RCLONE_CONFIG_PEER_{name}": value for name, value in values.items()}

    def requests(self) -> int:
        """Return 0: it does not say."""
        return 0


class Hugo(Rclone):
    """`hugo deploy`, which compares digests with a listing."""

    name = "hugo"

    def prepare(self, bucket: str) -> None:
        """Make the bucket and the settings."""
        super().prepare(bucket)
        query = f"endpoint={self._address}&s3ForcePathStyle=true&region=us-east-1"
        text = (
            f'[deployment]\n[[deployment.targets]]\nname = "peer"\nURL = "s3://{bucket}?{query}"\n'
        )
        (FOLDER / "hugo.toml").write_text(text, "utf-8")

    def command(self) -> list[str]:
        """Return the command that publishes."""
        program = find_program("hugo")
        return [
            program,
            "deploy",
            "--source",
            str(FOLDER),
            "--target",
            "peer",
            "--maxDeletes",
            "-1",
        ]

    def environment(self) -> Mapping[str, str]:
        """Return the variables that it needs."""
        return {"AWS_ACCESS_KEY_ID": ACCESS_KEY, "AWS_SECRET_ACCESS_KEY": SECRET_KEY}


def _run(tool: Ours | Rclone, step: str) -> Measured:
    """Run a tool and measure what the system says that it used."""
    began = time.monotonic()
    with (FOLDER / f"{tool.name}.log").open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 -- the tools under measurement
            tool.command(),
            env={**os.environ, **tool.environment()},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise RuntimeError(f"{tool.name}: {status}")
    cpu = usage.ru_utime + usage.ru_stime
    wall = time.monotonic() - began
    return Measured(tool.name, step, wall, cpu, tool.requests())


def judge(measured: Iterable[Measured]) -> Iterator[str]:
    """Yield where we take more than half of the better peer, or more requests than promised."""
    found = {(m.tool, m.step): m for m in measured}
    for step, said in STEPS.items():
        ours = found["policysite", step]
        best = min(found["rclone", step].cpu, found["hugo", step].cpu)
        if ours.cpu > best / 2:
            yield f"{said}：CPU {ours.cpu:.2f} 秒，应不超过 {best / 2:.2f} 秒（较好者的一半）"
    limits = {"none": 1, "one": 10}  # eight, and the page itself: read once, written once
    for step, limit in limits.items():
        if (requests := found["policysite", step].requests) > limit:
            yield f"{STEPS[step]}：{requests} 个请求，应不超过 {limit} 个"


def table(measured: Iterable[Measured]) -> str:
    """Return the figures as a table in Markdown."""
    rows = [
        "| 工具 | 情形 | 用时（秒） | CPU（秒） | 请求 |",
        "| --- | --- | --: | --: | --: |",
    ]
    rows += (
        f"| {m.tool} | {STEPS[m.step]} | {m.wall:.2f} | {m.cpu:.2f} | {m.requests or '—'} |"
        for m in measured
    )
    return "\n".join(rows)
