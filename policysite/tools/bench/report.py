"""Shows what was measured: a table for the terminal and docs, JSON, and a chart."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from statistics import median

from policysite.tools.bench.measure import Taken
from policysite.tools.bench.race import Contestant, Results
from policysite.tools.bench.scenarios import SCENARIOS

_COLOURS = {
    "policysite-plain": "#9d1119",
    "policysite": "#c9767b",
    "hugo": "#5b6770",
    "pelican": "#a9b1b7",
}
_BAR, _GAP, _LABEL, _WIDTH = 16, 22, 160, 770


def machine() -> str:
    """Name the machine by what matters: processor, cores, Python."""
    processor = _processor() or platform.processor() or platform.machine()
    return f"{os.cpu_count()} 核 {processor}，Python {platform.python_version()}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return ""
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), "")


def table(results: Results) -> str:
    """Return the medians as a Markdown table; CPU and clock in seconds, memory in MB."""
    ours = results.contestants[0]
    lines = ["| 情形 | 生成器 | CPU 秒 | 历时秒 | 内存 MB | CPU 之比 | 历时之比 |"]
    lines.append("| --- | --- | ---: | ---: | ---: | ---: | ---: |")
    for scenario in SCENARIOS:
        base = _middle(results, ours, scenario)
        if base is None:
            continue
        for contestant in results.contestants:
            if taken := _middle(results, contestant, scenario):
                lines.append(_row(SCENARIOS[scenario], contestant.label, taken, base))
    return "\n".join(lines)


def _row(scenario: str, label: str, taken: Taken, base: Taken) -> str:
    memory = f"{taken.memory / 1e6:.0f}" if taken.memory else "—"
    ratios = f"{base.cpu / taken.cpu:.2f} | {base.wall / taken.wall:.2f}"
    return f"| {scenario} | {label} | {taken.cpu:.2f} | {taken.wall:.2f} | {memory} | {ratios} |"


def _middle(results: Results, contestant: Contestant, scenario: str) -> Taken | None:
    taken = results.taken.get((contestant.name, scenario))
    if not taken:
        return None
    return Taken(
        median(one.wall for one in taken),
        median(one.cpu for one in taken),
        max(one.memory for one in taken),
    )


def as_json(all_results: Sequence[Results]) -> str:
    """Return every run, not only the medians."""
    data = {
        "machine": machine(),
        "corpora": [
            {
                "articles": results.articles,
                "runs": [
                    {
                        "generator": name,
                        "scenario": scenario,
                        "wall": round(one.wall, 3),
                        "cpu": round(one.cpu, 3),
                        "memory": one.memory,
                    }
                    for (name, scenario), taken in results.taken.items()
                    for one in taken
                ],
            }
            for results in all_results
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def chart(results: Results) -> str:
    """Return bars of the CPU seconds as SVG, each scenario to its own scale."""
    parts = list(_bars(results))
    height = _GAP * 2 + sum(int(part[0]) for part in parts)
    top, drawn = _GAP * 2, []
    for room, svg in parts:
        drawn.append(f'<g transform="translate(0 {top})">{svg}</g>')
        top += room
    title = f"{results.articles} 篇文章：CPU 秒（中位数，越短越好）"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" '
        f'font-family="sans-serif" font-size="13" fill="#333"><title>{title}</title>'
        f'<rect width="{_WIDTH}" height="{height}" fill="#fff"/>'
        f'<text x="12" y="26" font-size="15" font-weight="bold">{title}</text>'
        f"{''.join(drawn)}</svg>\n"
    )


def _bars(results: Results) -> Iterator[tuple[int, str]]:
    """Yield the height and the drawing of each scenario."""
    for scenario in SCENARIOS:
        found = [(c, t) for c in results.contestants if (t := _middle(results, c, scenario))]
        if not found:
            continue
        longest = max(taken.cpu for _, taken in found)
        rows = [f'<text x="12" y="12" font-weight="bold">{SCENARIOS[scenario]}</text>']
        for place, (contestant, taken) in enumerate(found, 1):
            y = place * (_BAR + 6) - 2
            length = max(2, (_WIDTH - _LABEL - 90) * taken.cpu / longest)
            colour = _COLOURS.get(contestant.name, "#777")
            rows.append(
                f'<text x="{_LABEL - 8}" y="{y + 12}" text-anchor="end">{escape(contestant.label)}'
                f'</text><rect x="{_LABEL}" y="{y}" width="{length:.0f}" height="{_BAR}" '
                f'fill="{colour}"/><text x="{_LABEL + length + 6:.0f}" y="{y + 12}">'
                f"{taken.cpu:.2f}</text>"
            )
        yield len(found) * (_BAR + 6) + 2 * _GAP, "".join(rows)
