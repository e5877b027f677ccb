"""The report says what was counted, for people and for a spreadsheet."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from lxml import html

from policysite.views.charts import column_chart
from policysite.views.pages import CountedPage
from policysite.views.report import gather, write_report
from tests.unit.making import NOTICES, NOW, TODAY
from tests.unit.views import logs
from tests.unit.views.test_counts import count, told
from tests.unit.views.traffic import ARTICLE, DOMAIN, FORMER, MOVED, NEW, OTHER, make_traffic

PAGES = (
    CountedPage(ARTICLE, (), "关于做好职工福利工作的通知", TODAY, NOTICES, True),
    CountedPage(OTHER, (), "=技能竞赛", TODAY, NOTICES, True),
    CountedPage(MOVED, (FORMER,), "大事记", TODAY, NOTICES, True),
)


def _table(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_page_and_tables_say_what_was_counted(tmp_path: Path) -> None:
    """An article that is not on the site has its address for a name; no cell is a formula."""
    traffic = make_traffic(2)
    store = tmp_path / "counts.duckdb"
    lines, _ = logs.spoil(logs.write_lines("JSON CDN", traffic.requests), 2)
    count(store, logs.write_log(tmp_path / "a.log", lines))
    page = write_report(store, tmp_path / "report", ("示例省总工会", DOMAIN), PAGES, NOW)
    truth = traffic.counts()
    documents = {row[2].removeprefix(f"https://{DOMAIN}"): row for row in
                 _table(page.parent / "documents.csv")[1:]}  # fmt: skip
    assert {url: int(row[3]) for url, row in documents.items()} == truth
    assert documents[OTHER][0] == "'=技能竞赛"
    assert documents[NEW][1] == "已不在网站上"
    for name in ("months", "columns", "sources", "devices"):
        rows = _table(page.parent / f"{name}.csv")[1:]
        assert sum(int(n) for _, n in rows) == sum(truth.values()), name
    text = html.parse(page).getroot().text_content()
    assert f"{sum(truth.values())}" in text
    assert "看不懂的" in text


def test_devices_and_sources_are_those_of_the_readers(tmp_path: Path) -> None:
    traffic = make_traffic(8)
    store = tmp_path / "counts.duckdb"
    lines = logs.write_lines("AWS CloudFront", traffic.requests)
    count(store, logs.write_log(tmp_path / "a.log", lines))
    figures = gather(store, PAGES, DOMAIN)
    names = {"Windows": "电脑", "MicroMessenger": "手机", "iPad": "平板"}
    devices = Counter(
        next(name for part, name in names.items() if part in agent)
        for _, _, agent, _ in traffic.reads
    )
    assert {line.label: line.n for line in figures.devices if line.n} == devices
    sources = {line.label for line in figures.sources if line.n}
    assert sources >= {"直接打开", "本站页面", "搜索引擎", "微信", "其他社交平台"}


def test_nothing_that_tells_a_reader_is_in_the_report(tmp_path: Path) -> None:
    traffic = make_traffic(2)
    store = tmp_path / "counts.duckdb"
    count(store, logs.write_log(tmp_path / "a.log", logs.write_lines("JSON", traffic.requests)))
    page = write_report(store, tmp_path / "report", ("示例省总工会", DOMAIN), PAGES, NOW)
    site = f"https://{DOMAIN}/"
    for path in page.parent.iterdir():
        written = path.read_text("utf-8")
        assert [t for t in told(traffic.requests) - {site} if t in written] == []


def test_the_highest_bar_stays_below_the_top_of_its_scale() -> None:
    chart = column_chart([("2026-01", 0), ("2026-02", 312)])
    assert chart.lines[-1][0] == 320
    assert chart.bars[0].height == 0
    assert chart.lines[-1][1] < chart.bars[1].y < chart.base
