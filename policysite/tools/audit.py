"""`audit`: puts a folder of pages to the norms, and writes the reports."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from policysite.audit import history
from policysite.audit.outputs import as_json, as_junit, as_text
from policysite.audit.outside import try_links
from policysite.audit.report import Report
from policysite.audit.report_page import report_page
from policysite.audit.rule import Profile
from policysite.audit.run import Order
from policysite.audit.run import audit as run_audit
from policysite.clock import build_time
from policysite.environment import ROOT, stop
from policysite.files import replace_file
from policysite.model.columns import Columns, read_columns
from policysite.problems import Level

CACHE = ROOT / ".cache" / "audit"
HISTORY = "history.jsonl"
FAIL_ON = {"error": (Level.ERROR,), "warning": (Level.ERROR, Level.WARNING), "never": ()}


@dataclass(frozen=True, slots=True)
class Choice:
    """What the person asked for; empty means the usual."""

    folder: str = "output"
    profile: str = "union"
    date: str = ""
    columns: str = ""
    reports: str = "audits"
    fail_on: str = "error"
    live: bool = False


def audit(choice: Choice) -> None:
    """Audit a folder, write the reports, show the findings; the exit status tells the rest."""
    order = make_order(choice)
    report = run_audit(order)
    if not report.site.pages:
        stop(f"{choice.folder} 里没有网页（.html）。请核对文件夹，或者先运行 invoke build。")
    paths = write_reports(report, Path(choice.reports), tried=choice.live)
    sys.stdout.write(as_text(report))
    print(f"报告在 {paths[0]}。")
    sys.exit(1 if any(report.count(level) for level in FAIL_ON[choice.fail_on]) else 0)


def make_order(choice: Choice) -> Order:
    """Return what to audit; stops with a sentence if the person asked for what there is not."""
    if choice.profile not in tuple(Profile):
        stop(f"--profile 只能是 {'、'.join(Profile)}，现在是 {choice.profile}。")
    if choice.fail_on not in FAIL_ON:
        stop(f"--fail-on 只能是 {'、'.join(FAIL_ON)}，现在是 {choice.fail_on}。")
    folder = Path(choice.folder)
    if not folder.is_dir():
        stop(f"找不到文件夹 {choice.folder}。请先运行 invoke build，或者写明要检查的文件夹。")
    today = read_day(choice.date)
    return Order(
        folder=folder,
        today=today,
        profile=Profile(choice.profile),
        columns=_columns(choice),
        cache_folder=CACHE,
        try_links=_trying(today) if choice.live else None,
    )


def read_day(day: str) -> date:
    """Return the day that an option names, or the day of the build."""
    try:
        return date.fromisoformat(day) if day else build_time().date()
    except ValueError:
        stop(f"--date 要写成 2026-12-31 这样的日期，现在是 {day}。")


def _columns(choice: Choice) -> Columns | None:
    """Return the site's own column table: the one named, or ours for the site that we built."""
    is_ours = Path(choice.folder).resolve() == Path("output").resolve()
    named = choice.columns or ("content/columns.toml" if is_ours else "")
    path = Path(named)
    if not named or (not choice.columns and not path.is_file()):
        return None
    columns, problems = read_columns(path, named)
    if problems:
        stop("\n".join(str(problem) for problem in problems))
    return columns


def _trying(today: date) -> Callable[[Sequence[str]], Mapping[str, str]]:
    return lambda urls: try_links(urls, CACHE / "links.json", today)


def write_reports(report: Report, folder: Path, *, tried: bool) -> list[Path]:
    """Write the reports and keep the result for the trend; return where they are."""
    kept = folder / HISTORY
    entry = history.entry_of(report)
    earlier = history.before(history.load(kept), entry)
    outputs: Mapping[str, Iterable[str]] = {
        "report.html": [report_page(report, earlier, tried=tried)],
        "report.json": as_json(report),
        "junit.xml": [as_junit(report)],
    }
    for name, parts in outputs.items():
        # A page in no encoding can bring in half a character that UTF-8 does not have.
        replace_file(folder / name, (part.encode("utf-8", "replace") for part in parts))
    history.record(kept, entry)
    return [folder / name for name in outputs]
