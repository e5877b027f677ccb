"""The report of a year for people, and the same figures as a table for office programs."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from markupsafe import Markup

from policysite.annual.figures import Figures
from policysite.annual.form import form_rows
from policysite.reports.charts import Point, columns_chart, share_bar, trend
from policysite.reports.render import render
from policysite.settings import SiteSettings


def annual_page(figures: Figures, site: SiteSettings) -> str:
    """Return the report as one HTML page."""
    most = max((column.published for column in figures.columns), default=0)
    months = [f"{number}月" for number in range(1, 13)]
    values: dict[str, object] = {
        "title": f"{site.name}网站{figures.year}年工作报表",
        "figures": figures,
        "site": site,
        "rows": form_rows(figures, site),
        "columns": [(column, share_bar(column.published, most)) for column in figures.columns],
        "published_chart": columns_chart("每月发布", months, figures.by_month),
        "revised_chart": columns_chart("每月修改", months, figures.revised.by_month)
        if figures.revised
        else Markup(""),
        "trend": trend([Point(entry.day, entry.total) for entry in figures.audits]),
    }
    return render("annual.html", values)


def annual_table(figures: Figures, site: SiteSettings) -> str:
    """Return the figures as CSV, with the mark by which Excel and WPS know UTF-8."""
    out = StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(["类别", "项目", "数量"])
    writer.writerows(_rows(figures, site))
    return out.getvalue()


def _rows(figures: Figures, site: SiteSettings) -> Iterator[tuple[str, str, str]]:
    yield from form_rows(figures, site)
    for month, number in enumerate(figures.by_month, 1):
        yield "每月发布", f"{month}月", str(number)
    for column in figures.columns:
        name = f"{column.parent} · {column.name}" if column.parent else column.name
        yield "各栏目发布", name, str(column.published)
    for kind, number in figures.kinds:
        yield "各文种文件", kind, str(number)
    yield "其他", "废止、替代或者到期的文件", str(figures.ended)
    yield "其他", "公示", str(figures.notices)
    yield "其他", "转载", str(figures.reprints)
    yield "其他", "附件", str(figures.attachments)
    yield "其他", "发布后更新的文章", str(figures.updated)
    yield "其他", "撤回的文章", str(figures.withdrawn)
    if figures.revised:
        yield "其他", "内容修改（篇次）", str(figures.revised.changes)
    for entry in figures.audits:
        yield "网站检查", f"{entry.day} {entry.profile}", f"{entry.total:g}"
