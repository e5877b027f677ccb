"""One function for each task: it runs the work, shows what came of it and sets the exit status."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from policysite.clock import build_as_of
from policysite.engine.quick import take_look
from policysite.environment import (
    DEPLOY_LOCK,
    DEV_LOCK,
    INTERRUPTED,
    INTERRUPTED_STATUS,
    ROOT,
    RUNTIME_LOCK,
    find_browser,
    stop,
    tell,
)
from policysite.messages_build import CLEANED, NOTHING_TO_CLEAN

if TYPE_CHECKING:
    from policysite.engine.run import Run
    from policysite.tools.views import Options

_COLLECT_SELDOM = 100_000
"""Objects between two searches for garbage: nearly all that a build makes lives to its end."""

# Each task loads what it needs: together it takes longer than most of them.


def build(
    content: str,
    output: str,
    config: str,
    date: str = "",
    explain: str = "",
    *,
    timings: bool = False,
) -> None:
    """Build the site; exit 1 with every finding if the content is not fit to publish."""
    _set_day(date)
    gc.set_threshold(_COLLECT_SELDOM)
    seen = take_look(config, content, output, date)
    if seen.said and not explain and not timings:
        problems, closing = seen.said
        sys.stderr.write(problems)
        print(closing)
        return
    from policysite.engine import explain as explaining
    from policysite.engine.run import CannotBuild, Run
    from policysite.engine.run import build as build_site
    from policysite.progress import stages

    try:
        outcome = build_site(Run(config, content, output, explain, needs_site=False, seen=seen))
    except CannotBuild as error:
        stop(str(error))
    except KeyboardInterrupt:  # whoever started it: Invoke itself would say nothing
        tell(INTERRUPTED)
        sys.exit(INTERRUPTED_STATUS)
    for line in (*outcome.why, *(explaining.timings(stages) if timings else ())):
        print(line)


def clean(content: str, output: str, config: str) -> None:
    """Remove the output and everything that a build keeps for the next one."""
    from policysite.engine.clean import clean as clean_up
    from policysite.engine.run import CannotBuild, Run

    try:
        places = clean_up(Run(config, content, output))
    except CannotBuild as error:
        stop(str(error))
    print(CLEANED.format(places="、".join(places)) if places else NOTHING_TO_CLEAN)


def serve(port: int, host: str, content: str, config: str) -> None:
    """Show the site on this machine until the person presses Ctrl+C."""
    from policysite.engine.run import Run
    from policysite.tools.serve import Preview

    Preview(Run(config, content), port, host).run()


def pdf(slugs: list[str], output: str, config: str) -> None:
    """Print articles as PDF and say where they are."""
    # Playwright belongs to the larger set of packages, which the other tasks do without.
    from policysite.engine.run import CannotBuild, Run
    from policysite.tools.pdf import CannotPrint, make_pdfs

    try:
        paths = make_pdfs(Run(config), slugs, Path(output))
    except (CannotBuild, CannotPrint) as error:
        stop(str(error))
    print(f"已制作 {len(paths)} 个 PDF 文件，在 {output} 文件夹里。")


def views(run: Run, options: Options, date: str = "") -> None:
    """Count access logs and publish the counts; exit 1 with the reason if that cannot be."""
    from policysite.engine.run import CannotBuild
    from policysite.tools import views as counting

    _set_day(date)
    try:
        counting.views(run, options)
    except (CannotBuild, counting.CannotCount) as error:
        stop(str(error))
    except KeyboardInterrupt:
        stop("已中断。这次没有统计完的不算，统计库和网站都还是原来的样子。")


def audit_pages(*, full: bool) -> None:
    """Check the sample site's pages; exit 1 with everything that is not as it should be."""
    from policysite.engine.run import CannotBuild
    from policysite.tools.audit_pages import audit_pages as check_pages

    try:
        faults = check_pages(full=full)
    except CannotBuild as error:
        stop(str(error))
    if faults:
        stop("\n".join([*faults, f"网页检查发现 {len(faults)} 处不合要求。"]))
    print("网页检查通过。")


def bench(*, articles: int, peers: str, runs: int, growth: bool, preview: bool, save: bool) -> None:
    """Measure builds and show the figures; exit 1 if the sites compared are not the same."""
    from policysite.tools.bench import bench as benchmark
    from policysite.tools.bench.measure import Failed
    from policysite.tools.bench.race import NotEquivalent

    if preview:
        # Playwright belongs to the larger set of packages.
        from policysite.tools.bench.preview import measure_preview, show_preview

        print(show_preview(measure_preview(articles, benchmark.FOLDER)))
        return
    names = [name.strip() for name in peers.split(",") if name.strip()]
    done = []
    try:
        for results in benchmark.bench(articles, names, runs, growth=growth):
            print(benchmark.show(results))
            done.append(results)
    except (benchmark.UnknownPeer, NotEquivalent, Failed) as error:
        stop(str(error))
    folder = benchmark.DOCS if save else benchmark.FOLDER
    benchmark.save(done, folder)
    print(f"已写入 {folder.relative_to(ROOT)}/bench.json 和 bench.svg。")


def audit(  # one parameter for each option of the task
    folder: str,
    profile: str,
    date: str,
    columns: str,
    reports: str,
    fail_on: str,
    *,
    live: bool,
) -> None:
    """Put a folder of pages to the norms; exit 1 if what was found is grave enough."""
    # A check before each commit should not wait for a parser of HTML; the same below.
    from policysite.tools.audit import Choice
    from policysite.tools.audit import audit as run_audit

    run_audit(Choice(folder, profile, date, columns, reports, fail_on, live))


def due(content: str, config: str, days: int, calendar: str, date: str) -> None:
    """Show what falls due."""
    from policysite.tools.due import due as show_due

    _set_day(date)
    show_due(content, config, days, calendar)


def annual_report(  # one parameter for each option of the task
    year: str, output: str, reports: str, content: str, config: str, date: str
) -> None:
    """Write the report of a year."""
    from policysite.tools.annual_report import annual_report as write_report

    _set_day(date)
    write_report(year, Path(output), Path(reports), Path(content), config)


def bench_search(content: str, config: str, documents: int) -> None:
    """Measure the search over a content folder."""
    from policysite.engine.run import CannotBuild, Run
    from policysite.tools.bench_search import bench_search as measure

    try:
        measure(Run(config, content), documents)
    except CannotBuild as error:
        stop(str(error))


def bench_views(*, full: bool) -> None:
    """Measure how fast logs are counted; exit 1 with everything that is not as it should be."""
    from policysite.tools.bench_views import bench_views as measure

    if faults := measure(full=full):
        stop("\n".join(faults))


def docs() -> None:
    """Write the generated pages of docs/ and the settings of editors again."""
    from policysite.tools.editor_help import write_editor_help
    from policysite.tools.reference import write_reference

    for path in (*write_reference(ROOT / "docs"), *write_editor_help(ROOT)):
        print(f"已生成 {path.relative_to(ROOT)}")


def docs_pictures() -> None:
    """Photograph the tools at work for docs/editing.md."""
    # Playwright and the terminal belong to the larger set of packages.
    from policysite.tools.pictures.editing import make_pictures

    for path in make_pictures():
        print(f"已拍好 {path.relative_to(ROOT)}（{path.stat().st_size // 1024 + 1} KB）")


def test(only: str, keyword: str) -> None:
    """Run the tests, in as many processes as there are cores."""
    if only in ("", "browser"):
        find_browser(quick=True)
    import subprocess

    # Playwright keeps an event loop running, beside which the deployer cannot run its own.
    groups = [[only]] if only else [["unit", "build", "deploy"], ["browser"]]
    named = ["-k", keyword] if keyword else []
    run = [sys.executable, "-m", "pytest", "-n", "auto", "--dist", "worksteal", *named]
    statuses = [
        subprocess.call([*run, *(f"tests/{kind}" for kind in group)], cwd=ROOT)  # noqa: S603
        for group in groups
    ]
    # With a keyword one of the groups may well have no such test (5).
    sys.exit(max(0 if keyword and status == 5 else status for status in statuses))


def lint() -> None:
    """Check the code."""
    _run([sys.executable, "-m", "ruff", "check", "."])
    _run([sys.executable, "-m", "ruff", "format", "--check", "."])
    _run([sys.executable, "-m", "mypy"])


def lock() -> None:
    """Resolve the dependencies again and write all lock files, for every platform."""
    checkers, moto = Path(".ci", "node"), Path("tests", "deploy", "moto")
    for path, source in (
        (RUNTIME_LOCK, ["pyproject.toml"]),
        (DEPLOY_LOCK, ["--group", "deploy"]),
        (DEV_LOCK, ["pyproject.toml", "--extra", "dev", "--extra", "views", "--group", "deploy"]),
        (checkers / "requirements.lock", [str(checkers / "requirements.in")]),
        (moto / "requirements.lock", [str(moto / "requirements.in")]),
    ):
        command = [sys.executable, "-m", "uv", "pip", "compile", *source, "--universal"]
        command += ["--generate-hashes", "--no-header", "--quiet", "--python-version", "3.11"]
        _run([*command, "--output-file", str(path)])


def _set_day(date: str) -> None:
    try:
        if date:
            build_as_of(date)
    except ValueError:
        stop(f"--date 要写成 2026-12-31 这样的日期，现在是 {date}。")


def _run(command: list[str]) -> None:
    import subprocess  # a build without a change takes as long as this to load

    status = subprocess.call(command, cwd=ROOT)  # noqa: S603 -- our own tools
    if status:
        sys.exit(status)
