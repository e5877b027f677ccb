"""`annual-report`: the report of a year as a page and a table."""

from __future__ import annotations

import re
from pathlib import Path

from policysite.annual.figures import Figures, count_year
from policysite.annual.report_page import annual_page, annual_table
from policysite.annual.revisions import read_revisions
from policysite.audit import history
from policysite.clock import build_time
from policysite.environment import stop
from policysite.files import replace_file
from policysite.gate import inspect
from policysite.settings import SiteSettings
from policysite.tools.audit import HISTORY
from policysite.tools.site_settings import read_site


def annual_report(year: str, output: Path, reports: Path, content: Path, config: str) -> None:
    """Write YEAR.html and YEAR.csv and say where they are."""
    if not content.is_dir():
        stop(f"找不到内容文件夹 {content}。")
    now = build_time()
    if not re.fullmatch(r"(19|20)\d\d", year):
        stop(f"年份要写成 {now.year} 这样的四位数字，现在是 {year}。")
    if int(year) > now.year:
        stop(f"{year} 年还没有内容可以统计，请写 {now.year} 或者更早的年份。")
    site = read_site(config)
    edition, _ = inspect(content, now)
    audits = [e for e in history.load(reports / HISTORY) if e.site == site.name]
    figures = count_year(
        edition.content,
        edition.relations,
        int(year),
        now.date(),
        read_revisions(content, int(year)),
        audits,
    )
    for path in _write(figures, site, output):
        print(f"已生成 {path}")


def _write(figures: Figures, site: SiteSettings, output: Path) -> list[Path]:
    texts = {
        output / f"{figures.year}.html": annual_page(figures, site),
        output / f"{figures.year}.csv": annual_table(figures, site),
    }
    for path, text in texts.items():
        replace_file(path, [text.encode()])
    return list(texts)
