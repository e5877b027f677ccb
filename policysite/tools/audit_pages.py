"""`audit-pages`: the sample site as a browser gets it, looked at by the Nu HTML checker and Lighthouse.

Scores of speed depend on the machine, so a quick run asks for bytes, requests and stillness, which
do not, and for a score near the top; `full` takes the median of three and asks for the top.
"""

from __future__ import annotations

import json
import shutil
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import quote, urlsplit

from policysite.clock import build_as_of
from policysite.engine.run import Run, build
from policysite.environment import ROOT, tell
from policysite.pages.site import Site
from policysite.tools.local_server import PublishedHandler, serving
from policysite.tools.long_act import SLUG, write_long_act
from policysite.tools.node import prepare_checkers, run_html_checker, run_lighthouse

FOLDER = ROOT / ".cache" / "audit-pages"
SAMPLE_DAY = "2026-11-22"
"""The day on which the sample site is complete."""
CATEGORIES = {
    "performance": "性能",
    "accessibility": "无障碍",
    "best-practices": "最佳实践",
    "seo": "搜索",
}
QUICK_PERFORMANCE = 95
TEXT_LIMIT, PICTURE_LIMIT = 30 * 1024, 60 * 1024
LONG_LIMIT = 90 * 1024
"""A law of 24,000 characters comes as one page, to be searched and printed as a whole."""
REQUESTS = 4
"""The page, its styles, its script, the emblem; pictures are counted by weight."""
RESULTS = "搜索结果"
FOUND_REQUESTS = 30
"""A page that is a tool, the engine, what it reads, and the articles whose excerpts are in view."""
OWN = {"文件库": 2, "搜索": 3}
"""Style sheets and scripts that a tool has for itself."""
LCP_LIMIT, TBT_LIMIT = 1200, 50
FOUND_LCP = 2000
"""Milliseconds: results come in three steps, each a round trip: the page, the engine, the index."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One page as Lighthouse found it: scores of 100, milliseconds, bytes as transferred."""

    kind: str
    url: str
    scores: Mapping[str, int]
    lcp: float
    tbt: float
    shift: float
    text_bytes: int
    picture_bytes: int
    requests: int


def audit_pages(*, full: bool) -> list[str]:
    """Check the sample site's pages; show the figures and return what is not as it should be.

    Needs Node and Java; see `prepare_checkers`.
    """
    prepare_checkers()
    output = FOLDER / "site"
    site = _build(output)
    faults = _html_faults(run_html_checker(output))
    pages = choose_pages(site, output)
    with serving(output, PublishedHandler) as address:
        tell(f"正在测量 {len(pages)} 种页面{'，各三次' if full else ''}……")
        urls = [address + path for path in pages.values() for _ in range(3 if full else 1)]
        measured = summarise(pages, (json.loads(line) for line in run_lighthouse(urls)))
    count = sum(1 for _ in output.rglob("*.html"))
    print(f"HTML：{count} 个页面，{len(faults)} 处错误。")
    print(table(measured))
    report = {"html": faults, "pages": [asdict(page) for page in measured]}
    text = json.dumps(report, ensure_ascii=False, indent=1)
    (FOLDER / "report.json").write_text(text + "\n", "utf-8")
    return [*faults, *(fault for page in measured for fault in judge(page, full=full))]


def _build(output: Path) -> Site:
    """Build the sample site, with one text of the length of a law."""
    content = FOLDER / "content"
    shutil.rmtree(content, ignore_errors=True)
    shutil.copytree(ROOT / "content", content)
    write_long_act(content)
    build_as_of(SAMPLE_DAY)
    return build(Run(str(ROOT / "pelicanconf.py"), str(content), str(output))).site


def choose_pages(site: Site, output: Path) -> dict[str, str]:
    """Return a page of each kind, the heaviest one where there are many."""
    columns = max(site.columns, key=lambda column: len(site.in_column(column)))
    pictured = max(site.articles, key=lambda a: (_pictures(output / a.save_as), a.slug))
    found = {
        "首页": "/",
        "栏目": columns.url,
        "文章": pictured.url,
        "长文件": site.by_slug[SLUG].url,
        "专题": next((topic.url for topic in site.topics), ""),
        "文件库": "/library/",
        "搜索": "/search/",
        RESULTS: f"/search/?q={quote('职工代表大会')}",
    }
    return {kind: url for kind, url in found.items() if url and _file(output, url).is_file()}


def _pictures(page: Path) -> int:
    """Return how many pictures a built page shows; a site keeps no texts once it is built."""
    return page.read_text("utf-8").count("<img")


def _file(output: Path, url: str) -> Path:
    path = urlsplit(url).path
    return output / (path.lstrip("/") + ("index.html" if path.endswith("/") else ""))


def _html_faults(report: str) -> list[str]:
    return [
        f"{urlsplit(said['url']).path.partition('/site')[2]}:{said.get('lastLine', 0)} {said['message']}"
        for said in json.loads(report)["messages"]
    ]


def summarise(pages: Mapping[str, str], reports: Iterable[Mapping[str, Any]]) -> list[Measured]:
    """Return the median of the reports on each page."""
    by_path: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for report in reports:
        address = urlsplit(report["requestedUrl"])._replace(scheme="", netloc="")
        by_path[address.geturl()].append(report)
    return [_median(kind, path, by_path[path]) for kind, path in pages.items()]


def _median(kind: str, path: str, reports: Sequence[Mapping[str, Any]]) -> Measured:
    def value(audit: str) -> float:
        return float(median(report["audits"][audit]["numericValue"] for report in reports))

    loaded = reports[-1]["audits"]["network-requests"]["details"]["items"]
    sizes = {item["url"]: item["transferSize"] for item in loaded if item["transferSize"]}
    pictures = {url: size for url, size in sizes.items() if "/images/" in url}
    scores = {
        name: round(100 * median(report["categories"][name]["score"] for report in reports))
        for name in CATEGORIES
    }
    return Measured(
        kind,
        path,
        scores,
        lcp=value("largest-contentful-paint"),
        tbt=value("total-blocking-time"),
        shift=value("cumulative-layout-shift"),
        text_bytes=sum(sizes.values()) - sum(pictures.values()),
        picture_bytes=sum(pictures.values()),
        requests=len(sizes) - len(pictures),
    )


def judge(page: Measured, *, full: bool) -> Iterator[str]:
    """Yield what is not as it should be with a page."""
    least = dict.fromkeys(CATEGORIES, 100)
    least["performance"] = 100 if full else QUICK_PERFORMANCE
    long = page.kind == "长文件"
    found = page.kind == RESULTS
    requests = FOUND_REQUESTS if found else REQUESTS + OWN.get(page.kind, 0)
    limits = [
        ("文字部分字节数", page.text_bytes, LONG_LIMIT if long or found else TEXT_LIMIT),
        ("图片字节数", page.picture_bytes, PICTURE_LIMIT),
        ("请求数", page.requests, requests),
        ("位移", round(page.shift, 3), 0),
    ]
    if full:
        limits += [
            ("最大内容毫秒", page.lcp, FOUND_LCP if found else LCP_LIMIT),
            ("阻塞毫秒", page.tbt, TBT_LIMIT),
        ]
    for name, score in page.scores.items():
        if score < least[name]:
            yield f"{page.kind} {page.url} {CATEGORIES[name]} {score}，应不低于 {least[name]}"
    for name, figure, limit in limits:
        if figure > limit:
            yield f"{page.kind} {page.url} {name} {figure:g}，应不超过 {limit}"


def table(measured: Iterable[Measured]) -> str:
    """Return the figures in columns."""
    rows = [["页面", *CATEGORIES.values(), "最大内容", "阻塞", "位移", "文字", "图片", "请求"]]
    rows += (
        [
            page.kind,
            *map(str, page.scores.values()),
            f"{page.lcp / 1000:.2f}秒",
            f"{page.tbt:.0f}毫秒",
            f"{page.shift:.3f}",
            f"{page.text_bytes / 1024:.1f}KB",
            f"{page.picture_bytes / 1024:.1f}KB",
            str(page.requests),
        ]
        for page in measured
    )
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        )
        for row in rows
    )


def _width(text: str) -> int:
    """Return how many columns of a terminal a text takes: two for each Chinese character."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
