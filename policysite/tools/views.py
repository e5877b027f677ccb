"""`views`: counts access logs, publishes what was counted, and reports it to the office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from policysite.clock import build_time
from policysite.engine.run import Run
from policysite.environment import tell
from policysite.files import reason_of
from policysite.model.content import Content, read_content
from policysite.problems import errors
from policysite.settings import SiteSettings
from policysite.views import messages
from policysite.views.pages import CountedPage, addresses, counted_pages
from policysite.views.published import Fewer, Reads, plan_published, publish, published_total
from policysite.writer import Busy, alone

if TYPE_CHECKING:
    from policysite.views.counting import Counter
    from policysite.views.run import Outcome

LIBRARIES = ("duckdb", "fsspec", "crawleruseragents", "obstore")
_SHOWN = 5


class CannotCount(Exception):
    """Nothing was counted or published; the message says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Options:
    """Which logs to count, where the counts are kept, and where to write a report, if anywhere.

    `fewer` publishes counts that are lower than the published ones.
    """

    logs: Sequence[str] = ()
    store: str = "views/counts.duckdb"
    report: str = ""
    fewer: bool = False


def views(run: Run, options: Options) -> None:
    """Count the logs, publish the counts in the output and write the report if asked for.

    Raises:
        CannotCount: with the reason; what was counted before is kept as it was.
        CannotBuild: the settings are wrong.

    """
    if missing := [name for name in LIBRARIES if find_spec(name) is None]:
        raise CannotCount(messages.MISSING.format(names="、".join(missing)))
    settings = run.settings()
    site, output = settings["SITE"], Path(str(settings["OUTPUT_PATH"]))
    assert isinstance(site, SiteSettings)
    content, problems = read_content(Path(str(settings["PATH"])), build_time())
    if found := errors(problems):
        raise CannotCount(messages.BROKEN_CONTENT.format(count=len(found)))
    pages = counted_pages(content)
    try:
        with alone(Path(options.store)):
            if options.logs or not Path(options.store).is_file():
                _count(site, pages, options)
            with alone(output):
                _publish(content, pages, output, options)
            if options.report:
                _report(site, pages, options)
    except Busy:
        raise CannotCount(messages.BUSY) from None
    except OSError as error:
        raise CannotCount(
            messages.NO_ACCESS.format(name=error.filename, reason=reason_of(error))
        ) from error


def _count(site: SiteSettings, pages: Sequence[CountedPage], options: Options) -> None:
    # The libraries of these belong to an extra set of packages.
    from policysite.views.counting import Counter
    from policysite.views.run import count_logs
    from policysite.views.sources import NoLogs, find_logs
    from policysite.views.store import Store, Unreadable

    store = Store(Path(options.store))
    if not store.exists:
        tell(messages.NEW_STORE.format(path=options.store))
    tomorrow = build_time() + timedelta(days=1)
    counter = Counter(addresses(pages), site.domain, int(tomorrow.timestamp()))
    try:
        ledger = store.load(counter)
        outcome = count_logs(find_logs(options.logs), counter, ledger, tell)
    except NoLogs as error:
        raise CannotCount(str(error)) from None
    except Unreadable as error:
        raise CannotCount(messages.BAD_STORE.format(path=options.store, reason=error)) from None
    if ledger.changed or not store.exists:
        store.save(counter, ledger)
    if options.logs:
        _say(counter, outcome)


def _say(counter: Counter, outcome: Outcome) -> None:
    """Tell what was counted, what was not, and why."""
    for name, remark in outcome.remarks.items():
        tell(messages.REMARK.format(name=name, remark=remark))
    for name, bad in outcome.bad.items():
        tell(messages.BAD_LINES.format(name=name, count=bad))
    if left_out := counter.left_out():
        reasons = "，".join(f"{reason} {n} 次" for reason, n in left_out.items())
        tell(messages.LEFT_OUT.format(reasons=reasons))
    total = outcome.total
    print(
        messages.SUMMARY.format(
            counted=outcome.counted,
            known=outcome.known,
            lines=total.lines,
            bad=total.bad,
            reads=counter.new_reads(),
        )
    )


def _publish(
    content: Content, pages: Sequence[CountedPage], output: Path, options: Options
) -> None:
    from policysite.views.store import rows_of

    if not (output / "index.html").is_file():
        raise CannotCount(messages.NO_OUTPUT.format(path=output))
    present = addresses(pages)
    rows = rows_of(
        Path(options.store), "SELECT page, day, sum(n) FROM reads GROUP BY ALL ORDER BY ALL"
    )
    reads = [Reads(present.get(page, page), day, int(n)) for page, day, n in rows]
    columns = [column.path for column in content.columns if not column.is_page]
    planned = dict(plan_published(reads, pages, columns, build_time().date()))
    before, now = (
        published_total(output),
        sum(r.n for r in reads if r.url in {p.url for p in pages}),
    )
    try:
        changed = publish(planned, output, pages, fewer=options.fewer)
    except Fewer as error:
        raise CannotCount(_fewer(error, options.store)) from None
    if now < before:
        tell(messages.LESS_IN_ALL.format(old=before, new=now))
    counted = len({read.url for read in reads} & {page.url for page in pages})
    print(messages.PUBLISHED.format(pages=counted, total=now, changed=changed))


def _fewer(error: Fewer, store: str) -> str:
    shown = [
        messages.FEWER_PAGE.format(url=url, old=old, new=new)
        for url, old, new in error.pages[:_SHOWN]
    ]
    if len(error.pages) > _SHOWN:
        shown.append(messages.AND_MORE.format(count=len(error.pages)))
    return messages.FEWER.format(pages="；".join(shown), path=store)


def _report(site: SiteSettings, pages: Sequence[CountedPage], options: Options) -> None:
    from policysite.views.report import write_report

    path = write_report(
        Path(options.store), Path(options.report), (site.name, site.domain), pages, build_time()
    )
    print(messages.REPORT.format(path=path))
