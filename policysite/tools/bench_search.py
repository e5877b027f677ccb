"""`bench-search`: whether the search finds everything, and what it costs readers and publishers.

The truth is a plain look through every text. The engine runs in Chromium, as readers have it:
every query for the costs in a fresh profile, on a line and a processor as slow as Lighthouse's Slow
4G (150 ms, 1.6 Mbit/s, a quarter of the speed).
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from statistics import mean, median

from playwright.sync_api import Browser, CDPSession, sync_playwright

from policysite.clock import build_time
from policysite.engine.run import CannotBuild, Run
from policysite.environment import ROOT, find_browser
from policysite.gate import inspect
from policysite.outputs.assets import read_assets
from policysite.pages.article import Article
from policysite.pages.site import Site, build_site
from policysite.problems import errors
from policysite.search.index import plan_index
from policysite.settings import SiteSettings
from policysite.tools.bench_index import IndexCost, measure_index
from policysite.tools.local_server import PublishedHandler, serving
from policysite.tools.search_corpus import multiply
from policysite.tools.search_queries import SETS, QuerySet
from policysite.tools.search_truth import (
    SHOWN,
    Answer,
    Quality,
    Truth,
    judge,
    number_forms,
    same_number,
)

FOLDER = ROOT / ".cache" / "bench-search"
ENGINE, EXCERPTS = "js/search-engine.js", "js/search-excerpt.js"
PAGES = 20_000
"""Articles beyond which no pages are written, and shown results are not verified."""
LINE = {"offline": False, "latency": 150, "downloadThroughput": 204_800, "uploadThroughput": 96_000}
SLOWER = 4

_SEARCH = """async ([engine, query, count]) => {
  const { openIndex } = await import(engine);
  const start = performance.now();
  const index = await openIndex("/search/");
  const found = await index.search(query);
  const records = await index.records([...found.hits, ...found.loose].slice(0, count));
  const first = performance.now() - start;
  const time = async (text) => {
    const begin = performance.now();
    await index.records((await index.search(text)).hits.slice(0, count));
    return performance.now() - begin;
  };
  const again = await time(query);
  for (const { kept } of index.segments) {
    for (const key of [...kept.keys()]) if (/^(term|whole) /.test(key)) kept.delete(key);
  }
  // The same words, but neither the answer nor its terms are at hand: a query like any other.
  return { first, again, warm: await time(`${query}。`) };
}"""
_FIND = """async ([engine, queries, count, verify]) => {
  const { openIndex } = await import(engine);
  const index = await openIndex("/search/");
  const urls = async (ids) => (await index.records(ids)).map((record) => record.url);
  const answers = [];
  for (const query of queries) {
    const found = await index.search(query);
    // What a reader gets at once, and what comes after it on demand.
    const { hits: every } = found.isPart ? await index.search(query, { all: true }) : found;
    const hits = await urls([...new Set([...found.hits, ...every])]);
    const shown = verify ? await index.records(found.hits.slice(0, count)) : [];
    const proofs = await Promise.all(shown.map((record) => index.excerpt(record, found.terms)));
    answers.push({
      hits, loose: await urls(found.loose), damaged: found.damaged,
      verified: proofs.map((proof) => Boolean(proof?.found)),
    });
  }
  return answers;
}"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a first query costs: bytes as transferred, milliseconds.

    `again` is the same query once more; `warm` is another one whose files are in memory.
    """

    query: str
    requests: int
    size: int
    first: float
    again: float
    warm: float


def load_site(content: Path, settings: object, documents: int = 0) -> Site:
    """Return the site of a content folder, made more if `documents` are wanted.

    Raises:
        CannotBuild: the content has errors; the message lists them.

    """
    assert isinstance(settings, SiteSettings), "Run.settings has looked"
    now = build_time()
    edition, problems = inspect(content, now)
    if wrong := errors(problems):
        raise CannotBuild("\n".join(map(str, wrong)))
    # No search needs related articles, which take most of the time.
    site = build_site(edition, settings.model_copy(update={"related_count": 0}), now)
    return multiply(site, documents) if documents else site


def write_site(site: Site, theme: Path, folder: Path) -> str:
    """Write index, engine and bare article pages; return the address of the engine."""
    shutil.rmtree(folder, ignore_errors=True)
    assets = read_assets(theme / "static", site.settings.colour)
    scripts = [assets.urls[name].lstrip("/") for name in (ENGINE, EXCERPTS)]
    files = [
        *((name, assets.files[name]) for name in scripts),
        ("index.html", b"<!doctype html><link rel=icon href=data:,>"),
    ]
    index = ((file.name, file.read()) for file in plan_index(site))
    for name, data in (*files, *index):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    if len(site.articles) <= PAGES:
        for article in site.articles:
            path = folder / article.save_as
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(_page(article), "utf-8")
    return assets.urls[ENGINE]


def _page(article: Article) -> str:
    subtitle = f'<p class="article__subtitle">{article.subtitle}</p>' if article.subtitle else ""
    return f"<!doctype html><meta charset=utf-8>{subtitle}<div data-document>{article.html}</div>"


@contextmanager
def in_browser(folder: Path) -> Iterator[tuple[Browser, str]]:
    """Serve a folder as it is published; yield a browser and the address."""
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with serving(folder, PublishedHandler) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=arguments)
        yield browser, address
        browser.close()


def find(
    browser: Browser, address: str, engine: str, queries: Sequence[str], *, verify: bool = True
) -> list[Answer]:
    """Return what the engine finds."""
    page = browser.new_page()
    page.goto(f"{address}/")
    answers = page.evaluate(_FIND, [engine, list(queries), SHOWN, verify])
    page.close()
    return [
        Answer(tuple(a["hits"]), tuple(a["loose"]), tuple(a["verified"]), a["damaged"])
        for a in answers
    ]


def measure(browser: Browser, address: str, engine: str, query: str, *, slow: bool = True) -> Cost:
    """Return what a query costs a reader who has nothing of the search yet."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/")
    session = context.new_cdp_session(page)
    sizes = _weigh(session)
    if slow:
        session.send("Network.emulateNetworkConditions", LINE)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    found = page.evaluate(_SEARCH, [engine, query, SHOWN])
    context.close()
    return Cost(query, len(sizes), sum(sizes), found["first"], found["again"], found["warm"])


def _weigh(session: CDPSession) -> list[int]:
    """Return a list to which every file that the page loads adds its bytes as transferred."""
    sizes: list[int] = []
    session.send("Network.enable")
    session.on(
        "Network.loadingFinished", lambda event: sizes.append(round(event["encodedDataLength"]))
    )
    return sizes


def bench_search(run: Run, documents: int = 0) -> None:
    """Measure and print everything; figures per query go to `.cache/bench-search/report.json`.

    Raises:
        CannotBuild: the settings or the content have errors.

    """
    settings = run.settings()
    site = load_site(Path(str(settings["PATH"])), settings["SITE"], documents)
    _tell_index(len(site.articles), measure_index(site))
    engine = write_site(site, Path(str(settings["THEME"])), FOLDER)
    truth = Truth(site)
    verify = len(site.articles) <= PAGES
    report = []
    with in_browser(FOLDER) as (browser, address):
        ask = partial(find, browser, address, engine, verify=verify)
        _tell_titles(site, ask)
        for queries in SETS:
            answers = ask([*queries])
            judged = [judge(q, a, truth) for q, a in zip(queries, answers, strict=True)]
            costs = [measure(browser, address, engine, query) for query in queries]
            print(f"{queries.name}，{len(judged)} 个：")
            _tell_quality(queries, judged, answers)
            _tell_costs(costs)
            report += [asdict(q) | asdict(c) for q, c in zip(judged, costs, strict=True)]
    text = json.dumps(report, ensure_ascii=False, indent=1)
    (FOLDER / "report.json").write_text(text + "\n", "utf-8")


def _tell_index(articles: int, cost: IndexCost) -> None:
    print(f"{articles:,} 篇文章：检索数据 {cost.size:,} 字节，{cost.files:,} 个文件；"
          f"从头生成 {cost.seconds:.1f} CPU 秒，内存 {cost.memory / 1e6:.0f} MB。")  # fmt: skip
    for name, change in (
        ("发布一篇", cost.published), ("改最新的一篇", cost.edited_new), ("改最早的一篇", cost.edited_old)
    ):  # fmt: skip
        print(f"  {name}：{change.seconds * 1000:,.0f} CPU 毫秒，变动 {change.size:,} 字节，"
              f"{change.files:,} 个文件。")  # fmt: skip


def _tell_quality(queries: QuerySet, judged: Sequence[Quality], answers: Sequence[Answer]) -> None:
    phrases = [q for q in judged if q.query in queries.phrases and q.truth]
    shown = [ok for answer in answers if answer.hits for ok in answer.verified]
    print(f"  {len(phrases)} 个短语：查全率 {mean(q.recall for q in phrases):.3f}，"
          f"查准率 {mean(q.precision for q in phrases):.3f}，"
          f"核对前的前十条含该短语 {mean(q.first_ten for q in phrases):.3f}。")  # fmt: skip
    lowest = min(judged, key=lambda q: q.recall)
    print(f"  全部查询：查全率最低 {lowest.recall:.3f}；"
          f"有 {sum(bool(a.loose) for a in answers)} 个另给出近似结果，"
          f"{sum(not a.hits and not a.loose for a in answers)} 个什么也没有找到；"
          f"前十条里核对后不显示的 {shown.count(False)} 条，共 {len(shown)} 条。")  # fmt: skip
    for quality in judged:
        if quality.recall < 1 or (quality.truth and quality.first_ten < 1):
            print(f"    {quality.query}：应有 {quality.truth}，查全率 {quality.recall:.2f}，"
                  f"查准率 {quality.precision:.2f}，前十条 {quality.first_ten:.2f}")  # fmt: skip


def _tell_titles(site: Site, ask: Callable[[Sequence[str]], list[Answer]]) -> None:
    step = max(1, len(site.articles) // 30)
    chosen = site.articles[::step][:30]
    same = [{a.url for a in site.articles if a.title == article.title} for article in chosen]
    answers = ask([article.title for article in chosen])
    first = sum(bool(a.hits) and a.hits[0] in urls for a, urls in zip(answers, same, strict=True))
    print(f"{len(chosen)} 个标题：排第一 {first} 个。")
    numbered = [a for a in site.articles if a.doc_number]
    numbered = numbered[:: max(1, len(numbered) // 12)][:12]
    forms = [
        (form, same_number(site.articles, article, form))
        for article in numbered
        for form in number_forms(article)
    ]
    answers = ask([form for form, _ in forms])
    right = sum(
        bool(a.hits) and a.hits[0] in same for a, (_, same) in zip(answers, forms, strict=True)
    )
    print(f"{len(numbered)} 个文号，{len(forms)} 种写法：排第一 {right} 个。")


def _tell_costs(costs: Sequence[Cost]) -> None:
    def row(name: str, values: Sequence[float], form: str = ",.0f") -> None:
        print(f"    {name}：中位数 {median(values):{form}}，最大 {max(values):{form}}")

    print("  第一次查询，到前十条标题（慢速 4G，处理器慢四倍）：")
    row("字节", [cost.size for cost in costs])
    row("请求", [cost.requests for cost in costs])
    row("毫秒", [cost.first for cost in costs])
    row("再查一次的毫秒", [cost.again for cost in costs], ".1f")
    row("文件已经在内存里的毫秒", [cost.warm for cost in costs], ".1f")
    most, slowest = (max(costs, key=key) for key in (lambda c: c.size, lambda c: c.first))
    print(f"    字节最多的是“{most.query}”，最慢的是“{slowest.query}”。")
