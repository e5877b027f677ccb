"""`bench`: our generator and others on the same made-up site, and on sites of growing size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from policysite.environment import ROOT, tell
from policysite.tools.bench.race import PEERS, Contestant, Results, our_sites, run_race
from policysite.tools.bench.report import as_json, chart, machine, table

FOLDER = ROOT / ".cache" / "bench"
DOCS = ROOT / "docs" / "performance"
GROWTH = (1_000, 10_000, 100_000)
_GROWTH_SCENARIOS = ("cold", "same", "body")


class UnknownPeer(Exception):
    """The message says which peer is not known or not installed."""


def bench(
    articles: int, peers: Sequence[str], runs: int, *, growth: bool, folder: Path = FOLDER
) -> Iterator[Results]:
    """Yield what was measured: the race against `peers`, then our growth if asked for.

    Raises:
        UnknownPeer: before anything is measured.
        NotEquivalent: the sites are not the same.
        Failed: a generator did.

    """
    contestants = [*our_sites(), *map(_peer, peers)]
    yield run_race(contestants, articles, runs, folder, tell)
    for size in GROWTH if growth else ():
        yield run_race(contestants[:1], size, runs, folder, tell, _GROWTH_SCENARIOS)


def _peer(name: str) -> Contestant:
    if name not in PEERS:
        raise UnknownPeer(f"没有 {name} 这个生成器，可以写：{'、'.join(PEERS)}。")
    found = PEERS[name]()
    if found is None:
        raise UnknownPeer(f"没有安装 {name}。请先运行：pip install '.[bench]'")
    return found


def show(results: Results) -> str:
    """Return the table of one race with its heading."""
    return f"\n{results.articles} 篇文章（{machine()}）\n\n{table(results)}\n"


def save(all_results: Sequence[Results], folder: Path) -> None:
    """Write every run as JSON, and the first race as a chart."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "bench.json").write_text(as_json(all_results), "utf-8")
    (folder / "bench.svg").write_text(chart(all_results[0]), "utf-8")
