"""The report for the office: one HTML file with its charts, and the same figures as CSV beside it."""

from __future__ import annotations

import csv
from collections import Counter as Bag
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from policysite.files import replace_file
from policysite.outputs.open_data import inert
from policysite.pages.dates import date_cn
from policysite.views.charts import Chart, column_chart
from policysite.views.pages import CountedPage, addresses
from policysite.views.readers import Device, Source
from policysite.views.store import rows_of

MONTHS = 12
DOCUMENTS = 50
"""How many months and documents the page shows; the CSV files hold all."""
GONE = "已不在网站上"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: what, how often, and that as a share of the largest, of 100."""

    label: str
    n: int
    share: float
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """All that the report says. Months, days and years are those of China."""

    first: date | None
    last: date | None
    total: int
    years: tuple[Line, ...]
    months: tuple[Line, ...]
    columns: tuple[Line, ...]
    documents: tuple[Line, ...]
    sources: tuple[Line, ...]
    devices: tuple[Line, ...]
    left_out: tuple[Line, ...]
    logs: tuple[tuple[str, int, int, int], ...]

    @property
    def chart(self) -> Chart:
        """Return the last months as a chart."""
        return column_chart([(line.label, line.n) for line in self.months[-MONTHS:]])


def gather(store: Path, pages: Sequence[CountedPage], domain: str) -> Figures:
    """Add up the counts in `store`; articles that are no longer there have a line of their own."""
    present = addresses(pages)
    by_url = {page.url: page for page in pages}
    rows = rows_of(
        store,
        "SELECT page, day, source, device, sum(n)::BIGINT FROM reads GROUP BY ALL ORDER BY ALL",
    )
    bags: dict[str, Bag[str]] = {
        name: Bag() for name in ("years", "months", "columns", "documents", "sources", "devices")
    }
    for path, day, source, device, n in rows:
        page = by_url.get(present.get(path, path))
        bags["years"][f"{day:%Y}年"] += n
        bags["months"][f"{day:%Y-%m}"] += n
        bags["columns"][_column(page)] += n
        bags["documents"][page.url if page else path] += n
        bags["sources"][source] += n
        bags["devices"][device] += n
    days = [day for _, day, *_ in rows]
    left = rows_of(
        store, "SELECT reason, sum(n)::BIGINT FROM left_out GROUP BY ALL ORDER BY 2 DESC, 1"
    )
    return Figures(
        first=min(days, default=None),
        last=max(days, default=None),
        total=sum(bags["years"].values()),
        years=_in_order(bags["years"]),
        months=_in_order(bags["months"]),
        columns=_largest_first(bags["columns"]),
        documents=_documents(bags["documents"], by_url, domain),
        sources=_of_all(bags["sources"], Source),
        devices=_of_all(bags["devices"], Device),
        left_out=_lines(left),
        logs=tuple(
            rows_of(
                store,
                "SELECT kind, count(*), sum(lines)::BIGINT, sum(bad)::BIGINT FROM files GROUP BY ALL"
                " ORDER BY 1",
            )
        ),
    )


def _column(page: CountedPage | None) -> str:
    if page is None:
        return GONE
    parent = page.column.parent_name
    return f"{parent} › {page.column.name}" if parent else page.column.name


def _lines(rows: Iterable[tuple[str, int]]) -> tuple[Line, ...]:
    listed = list(rows)
    largest = max((n for _, n in listed), default=0) or 1
    return tuple(Line(label, n, round(100 * n / largest, 2)) for label, n in listed)


def _in_order(bag: Bag[str]) -> tuple[Line, ...]:
    return _lines(sorted(bag.items()))


def _largest_first(bag: Bag[str]) -> tuple[Line, ...]:
    return _lines(sorted(bag.items(), key=lambda item: (-item[1], item[0])))


def _of_all(bag: Bag[str], classes: Iterable[str]) -> tuple[Line, ...]:
    return _lines((str(name), bag[str(name)]) for name in classes)


def _documents(bag: Bag[str], by_url: Mapping[str, CountedPage], domain: str) -> tuple[Line, ...]:
    lines = []
    for line in _largest_first(bag):
        page = by_url.get(line.label)
        title = page.title if page else line.label
        url = f"https://{domain}{line.label}"
        lines.append(Line(title, line.n, line.share, url, _column(page)))
    return tuple(lines)


def write_report(
    store: Path,
    folder: Path,
    site: tuple[str, str],
    pages: Sequence[CountedPage],
    now: datetime,
) -> Path:
    """Write index.html and the CSV files into `folder`; return the page's path.

    `site` is the site's name and domain. Each file is written beside and then renamed.
    """
    name, domain = site
    figures = gather(store, pages, domain)
    folder.mkdir(parents=True, exist_ok=True)
    tables = {
        "months.csv": _table(("月份", "阅读次数"), ((x.label, x.n) for x in figures.months)),
        "columns.csv": _table(("栏目", "阅读次数"), ((x.label, x.n) for x in figures.columns)),
        "documents.csv": _table(
            ("标题", "栏目", "网址", "阅读次数"),
            ((x.label, x.note, x.url, x.n) for x in figures.documents),
        ),
        "sources.csv": _table(("来源", "阅读次数"), ((x.label, x.n) for x in figures.sources)),
        "devices.csv": _table(("设备", "阅读次数"), ((x.label, x.n) for x in figures.devices)),
    }
    for file, text in tables.items():
        replace_file(folder / file, [text.encode()])
    environment = Environment(
        loader=PackageLoader("policysite.views", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["date_cn"] = date_cn
    page = folder / "index.html"
    template = environment.get_template("report.html")
    text = template.render(site=name, figures=figures, now=now, documents=DOCUMENTS)
    replace_file(page, [text.encode()])
    return page


def _table(head: Sequence[str], rows: Iterable[Sequence[str | int]]) -> str:
    """Return CSV that opens in Excel: with a byte order mark, lines end in CRLF."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows([inert(str(cell)) for cell in row] for row in rows)
    return "\ufeff" + text.getvalue()
