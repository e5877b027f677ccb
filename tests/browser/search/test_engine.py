"""The engine of the search in a real browser: it finds everything, costs little, and never lies."""

import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup
from playwright.sync_api import Browser, Page

from policysite.model.values import CHINA
from policysite.pages.article import Article
from policysite.pages.site import Site
from policysite.search import segments, shards
from policysite.search.checked import MANIFEST_SEED, checked_json
from policysite.search.tokens import marked_term, normalise
from policysite.tools import bench_search
from policysite.tools.local_server import PublishedHandler, serving
from policysite.tools.search_corpus import multiply
from policysite.tools.search_queries import HELD_OUT, KNOWN, QuerySet
from policysite.tools.search_truth import Truth, judge
from tests.build import builds
from tests.unit.making import SETTINGS, front_matter, make_article, make_site

THEME = builds.ROOT / "theme"
ALPHABET = "工会经费职代大表条例第的一二号年月日20241５ａＡbc㎡〔〕（）、。，%- \n"
RECALL, BYTES, REQUESTS = 1.0, 60_000, 16
_LOAD = "async ([engine]) => { const { openIndex } = await import(engine); window.engine = await openIndex('/search/'); }"


@dataclass(frozen=True)
class Served:
    """An index on a server: the site it is of, and a page on which `engine` is open."""

    site: Site
    folder: Path
    address: str
    script: str
    page: Page

    def ask(self, query: str, **options: Any) -> Any:
        """Return what the engine finds, with the addresses of hits and looser matches."""
        return self.page.evaluate(
            """async ([query, options]) => {
              const found = await engine.search(query, options);
              const urls = async (ids) => (await engine.records(ids)).map((r) => r.url);
              return { ...found, hits: await urls(found.hits), loose: await urls(found.loose) };
            }""",
            [query, options],
        )


Server = Callable[[Site], Served]


@pytest.fixture(scope="module")
def serve(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve any site's index; closed after the last test."""
    opened: list[Any] = []

    def start(site: Site) -> Served:
        folder = tmp_path_factory.mktemp("index")
        script = bench_search.write_site(site, THEME, folder)
        server = serving(folder, PublishedHandler)
        address = server.__enter__()
        page = chromium.new_page()
        opened.extend([server, page])
        page.goto(f"{address}/")
        page.evaluate(_LOAD, [script])
        return Served(site, folder, address, script, page)

    yield start
    for item in reversed(opened):
        if isinstance(item, Page):
            item.close()
        else:
            item.__exit__(None, None, None)


def article(number: int, title: str, text: str, **values: Any) -> Article:
    """Return the `number`th article; a higher number is older."""
    date = datetime(2026 - number // 12, 12 - number % 12, 1, tzinfo=CHINA)
    slug = f"a{number}"
    html = Markup("").join(Markup("<p>{}</p>").format(line) for line in text.split("\n"))
    return make_article(
        slug=slug, url=f"/{date.year}/{slug}.html", save_as=f"{date.year}/{slug}.html",
        date=date, title=title, text=text, html=html, **values,
    )  # fmt: skip


def site_of(folder: Path, articles: Sequence[Article], **values: Any) -> Site:
    site = make_site(folder, {})
    return replace(
        site,
        articles=tuple(articles),
        by_slug={a.slug: a for a in articles},
        settings=SETTINGS,
        **values,
    )


@pytest.fixture(scope="module")
def gibberish(serve: Server, tmp_path_factory: pytest.TempPathFactory) -> Served:
    """Serve documents of random characters, in two segments."""
    chance = random.Random(5)
    articles = [
        article(
            number,
            "".join(chance.choices(ALPHABET.strip("\n "), k=chance.randint(1, 30))),
            "".join(chance.choices(ALPHABET, k=chance.randint(0, 400))),
        )
        for number in range(150)
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(segments, "LIVE", 3000)
        served = serve(site_of(tmp_path_factory.mktemp("gibberish"), articles))
        assert served.page.evaluate("engine.segments.length") == 2
    return served


def test_both_sides_make_the_same_of_a_text(gibberish: Served) -> None:
    chance = random.Random(7)
    texts = ["".join(chance.choices(ALPHABET + "ΣςﬁⅧ½…", k=20)) for _ in range(500)]
    found = gibberish.page.evaluate(
        """async ([script, texts]) => {
          const { normalise, termOf } = await import(script);
          return texts.map((text) => [normalise(text), termOf(text)]);
        }""",
        [gibberish.script, texts],
    )
    assert found == [[normalise(text), marked_term(text)] for text in texts]


def test_any_part_of_any_text_is_found(gibberish: Served) -> None:
    chance = random.Random(11)
    truth = Truth(gibberish.site)
    queries: list[str] = []
    while len(queries) < 400:
        text = chance.choice(list(truth.texts.values()))
        start = chance.randrange(len(text) or 1)
        part = text[start : start + chance.randint(2, 25)].strip()
        if " " not in part and len(part) > 1:
            queries.append(part)
    browser = gibberish.page.context.browser
    assert browser
    where = (browser, gibberish.address, gibberish.script)
    answers = [
        *bench_search.find(*where, queries[:40]),
        *bench_search.find(*where, queries[40:], verify=False),
    ]
    for query, answer in zip(queries, answers, strict=True):
        held = truth.holding(query)
        assert held, query
        assert held <= set(answer.hits), query
        shown = answer.hits[: len(answer.verified)]
        assert answer.verified == tuple(url in held for url in shown), query


@pytest.fixture(scope="module")
def laws(serve: Server) -> Served:
    """Serve six hundred articles of the length of laws, made of the sample content."""
    content = builds.ROOT / "content"
    site = bench_search.load_site(content, SETTINGS)
    chance = random.Random(3)
    long = [
        replace(a, text="\n".join([a.text, *(o.text for o in chance.sample(site.articles, 4))]))
        for a in site.articles
    ]
    return serve(multiply(replace(site, articles=tuple(long)), 600))


@pytest.mark.parametrize("asked", [KNOWN, HELD_OUT], ids=["known", "held-out"])
def test_recall_is_whole_and_the_first_ten_hold_the_phrase(laws: Served, asked: QuerySet) -> None:
    queries = [*asked.phrases, *asked.mixed, *asked.several]
    truth = Truth(laws.site)
    answers = bench_search.find(
        laws.page.context.browser, laws.address, laws.script, queries, verify=False,  # type: ignore[arg-type]
    )  # fmt: skip
    judged = [judge(query, answer, truth) for query, answer in zip(queries, answers, strict=True)]
    assert {quality.query: quality.recall for quality in judged if quality.recall < RECALL} == {}
    firsts = [q.first_ten for q in judged if q.truth and q.query in asked.phrases]
    assert sum(firsts) / len(firsts) >= 0.95


@pytest.mark.parametrize(
    "query", [*KNOWN.phrases[::6], *KNOWN.mixed[::4], KNOWN.several[2], *HELD_OUT.questions[1::3], KNOWN.short_forms[0], "关于印发《示例省基层工会经费收支管理办法》的通知"]
)  # fmt: skip
def test_a_first_query_is_cheap(laws: Served, chromium: Browser, query: str) -> None:
    cost = bench_search.measure(chromium, laws.address, laws.script, query, slow=False)
    assert cost.size <= BYTES
    assert cost.requests <= REQUESTS


def test_an_open_index_has_loaded_one_file(laws: Served, chromium: Browser) -> None:
    page = chromium.new_page()
    asked: list[str] = []
    page.goto(f"{laws.address}/")
    page.on("request", lambda request: asked.append(request.url.removeprefix(laws.address)))
    page.evaluate(_LOAD, [laws.script])
    assert asked == [laws.script, "/search/manifest.json"]
    page.close()


TITLES = [
    article(0, "示例省工会经费管理办法实施细则", "工会经费。"),
    article(1, "工会经费", "工会经费按月拨缴。"),
    article(2, "关于工会经费的通知", "按月拨缴。"),
    article(3, "示例省职工代表大会条例", "职工代表大会每年召开一次。"),
    article(4, "企业怎样开好职代会", "职代会不能走过场。"),
    article(5, "劳动争议调解", "APP 上可以申请，电话12351，15日内办结。"),
    article(6, "劳动争议\u3000仲裁指南", "申请仲裁要带身份证。\n加班费另算。"),
]


@pytest.fixture(scope="module")
def titles(serve: Server, tmp_path_factory: pytest.TempPathFactory) -> Served:
    synonyms = (("职代会", "职工代表大会"),)
    return serve(site_of(tmp_path_factory.mktemp("titles"), TITLES, synonyms=synonyms))


@pytest.mark.parametrize(
    ("query", "urls"),
    [
        ("工会经费", ["/2026/a1.html", "/2026/a2.html", "/2026/a0.html"]),
        ("示例省工会经费管理办法实施细则", ["/2026/a0.html"]),
        ("职代会", ["/2026/a4.html", "/2026/a3.html"]),
        ("职工代表大会", ["/2026/a3.html", "/2026/a4.html"]),
        ("app", ["/2026/a5.html"]),
        ("ＡＰＰ", ["/2026/a5.html"]),
        ("2351", ["/2026/a5.html"]),
        ("15日内", ["/2026/a5.html"]),
        ("劳动争议 身份证", ["/2026/a6.html"]),
        ("劳动争议仲裁", ["/2026/a6.html"]),
    ],
)
def test_what_is_meant_comes_first(titles: Served, query: str, urls: list[str]) -> None:
    found = titles.ask(query)
    assert found["hits"] == urls
    assert found["strict"] == len(urls)


def test_a_form_around_another_costs_no_request_of_its_own(
    serve: Server, tmp_path_factory: pytest.TempPathFactory
) -> None:
    synonyms = (("会费", "工会会费", "党费"),)
    articles = [article(0, "收缴说明", "怎样交工会会费。"), article(1, "收缴说明", "怎样交党费。")]
    served = serve(site_of(tmp_path_factory.mktemp("forms"), articles, synonyms=synonyms))
    found = served.ask("会费")
    assert found["terms"] == [["会费", "党费"]]
    assert found["hits"] == ["/2026/a0.html", "/2026/a1.html"]


def test_few_exact_hits_are_followed_by_looser_ones_apart(titles: Served) -> None:
    found = titles.ask("加班费怎么算")
    assert (found["hits"], found["loose"]) == ([], ["/2026/a6.html"])


@pytest.mark.parametrize(
    ("query", "hint"), [("", "empty"), ("  ", "empty"), ("会", "short"), ("a ，", "short")]
)
def test_too_little_is_said_to_be_so(titles: Served, query: str, hint: str) -> None:
    assert titles.ask(query)["hint"] == hint


@pytest.mark.parametrize(
    ("typed", "first"),
    [("工会经", "工会经费"), ("ldzyt", "劳动争议调解"), ("争议仲", "劳动争议\u3000仲裁指南"), ("职代会", "企业怎样开好职代会")],
)  # fmt: skip
def test_titles_are_suggested_while_typing(titles: Served, typed: str, first: str) -> None:
    assert titles.page.evaluate("(typed) => engine.suggest(typed)", typed)[0]["title"] == first


def test_an_excerpt_shows_the_phrase_and_leads_to_its_clause(
    titles: Served, serve: Server, tmp_path: Path
) -> None:
    html = Markup(
        '<h2 id="z1">第一章</h2><p id="t1">第一条 总则。</p><p id="t12"><b>第十二条</b> 各级工会应当'
        '按月拨缴<a href="#">工会</a>经费<sup id="fnref-1"><a href="#fn-1">[1]</a></sup>。</p>'
    )
    text = "第一章\n第一条 总则。\n第十二条 各级工会应当按月拨缴工会经费。"
    served = serve(site_of(tmp_path, [replace(article(0, "拨缴规定", text), html=html)]))
    excerpt = served.page.evaluate(
        """async () => {
          const { hits, terms } = await engine.search("工会经费");
          const [record] = await engine.records(hits);
          return engine.excerpt(record, terms);
        }"""
    )
    assert (excerpt["anchor"], excerpt["found"]) == ("t12", True)
    assert [part["text"] for part in excerpt["parts"] if part["mark"]] == ["工会经费"]
    assert "".join(part["text"] for part in excerpt["parts"]).startswith("第十二条 各级工会")


def test_a_document_that_ended_ranks_below_its_successor_unless_asked_for_by_number(
    serve: Server, tmp_path: Path
) -> None:
    rules = {
        f"policies/documents/{year}-05-06-rules-{year}.md": front_matter(
            f"发文字号: 示总工发〔{year}〕7号", "文种: 通知", f"成文日期: {year}-05-06", *more,
            title=title, date=f"{year}-05-06", body="经费管理。\n",
        )
        for year, title, more in (
            (2022, "经费管理", []), (2026, "经费管理办法（修订）", ["替代: rules-2022"])
        )
    }  # fmt: skip
    served = serve(make_site(tmp_path, rules))
    new, old = "/2026/rules-2026.html", "/2022/rules-2022.html"
    assert served.ask("管理")["hits"] == [new, old]
    for typed in ("示总工发〔2022〕7号", "（2022）7号", "示总工发 2022 7", "2022年7号"):
        assert served.ask(typed)["hits"][0] == old
    record = served.page.evaluate("async () => (await engine.records([1]))[0]")
    assert record == {
        "id": 1, "title": "经费管理", "url": old, "date": "2022-05-06", "label": "废止",
        "column": "policies/documents", "issuer": ["示例省总工会"], "kind": "通知",
        "number": "示总工发〔2022〕7号", "validity": "repealed",
    } | {"issuer": record["issuer"]}  # fmt: skip


def test_filters_counts_and_order_are_those_of_the_articles(laws: Served) -> None:
    truth = Truth(laws.site)
    held = [a for a in laws.site.articles if a.url in truth.holding("工会经费")]
    issuer = "示例省总工会"
    mine = [a for a in held if a.meta and issuer in a.meta.issuer]
    found = laws.ask("工会经费", filters={"issuer": [issuer]}, sort="date")
    assert [url for url in found["hits"] if url in truth.holding("工会经费")] == [
        a.url for a in mine
    ]
    everything = laws.ask("", filters={"issuer": [issuer], "year": ["2020", "2021"]})
    assert everything["hits"] == [
        a.url for a in laws.site.articles
        if a.meta and issuer in a.meta.issuer and a.date and a.date.year in (2020, 2021)
    ]  # fmt: skip
    assert sum(everything["counts"]["year"].values()) == sum(
        bool(a.meta and issuer in a.meta.issuer) for a in laws.site.articles
    )
    top = laws.ask("", filters={"column": ["policies"]})["hits"]
    assert top == [
        a.url for a in laws.site.articles if a.column and a.column.path.startswith("policies/")
    ]


@pytest.fixture(scope="module")
def many(serve: Server, tmp_path_factory: pytest.TempPathFactory) -> Served:
    """Serve 6,000 short articles of which nearly all hold 工会 and 经费, in parted postings."""
    chance = random.Random(13)
    words = ("工会", "经费", "工会经费", "职工", "产假")
    articles = [
        article(number, chance.choice(words), "，".join(chance.choices(words, k=6)))
        for number in range(6000)
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shards, "PARTED", 512)
        patch.setattr(bench_search, "PAGES", 0)
        patch.setattr(segments, "LIVE", 2000)
        return serve(site_of(tmp_path_factory.mktemp("many"), articles))


@pytest.mark.parametrize("query", ["工会", "工会 经费", "工会经费 职工"])
def test_of_very_many_hits_the_best_come_at_once_and_all_on_demand(
    many: Served, query: str
) -> None:
    truth = Truth(many.site).holding(query)
    best, every = many.ask(query), many.ask(query, all=True)
    assert best["isPart"]
    assert not every["isPart"]
    assert 10 <= len(best["hits"]) < len(truth)
    assert set(best["hits"]) <= set(every["hits"])
    assert truth <= set(every["hits"])
    in_titles = {a.url for a in many.site.articles if all(w in a.title for w in query.split())}
    assert not in_titles or best["hits"][0] in in_titles


def test_filters_and_order_by_date_are_over_all_of_very_many_hits(many: Served) -> None:
    truth = Truth(many.site).holding("工会")
    in_order = [a.url for a in many.site.articles if a.url in truth]
    assert many.ask("工会", sort="date")["hits"] == in_order
    years = many.ask("工会", counts=True)["counts"]["year"]
    assert sum(years.values()) == len(truth)


def test_without_the_rest_of_very_many_hits_the_best_are_still_found(many: Served) -> None:
    [tail] = many.folder.glob(f"search/*/t{marked_term('工会'):08x}.*.bin")
    done = fuzz(many, {tail.name: "missing"}, [["工会", {}], ["工会", {"all": True}]])
    assert [found["damaged"] for found in done] == [False, True]
    assert set(done[0]["hits"]) == set(done[1]["hits"])


_FUZZ = """async ([script, harm, queries]) => {
  const { openIndex } = await import(script);
  const broken = async (url, options) => {
    const answer = await fetch(url, { ...options, cache: "no-store" });
  const name = Object.keys(harm).find((part) => (
      part === "records" ? url.includes("/r0.") : url.split("?")[0].endsWith(part)));
    if (name === undefined) return answer;
    if (harm[name] === "missing") return new Response("", { status: 404 });
    if (harm[name] === "offline") throw new TypeError("no network");
    if (harm[name].startsWith("foreign ")) return fetch(url.replace(name, harm[name].slice(8)), options);
    let bytes = new Uint8Array(await answer.arrayBuffer());
    if (harm[name] === "cut") bytes = bytes.slice(0, bytes.length * 0.6);
    if (harm[name] === "empty") bytes = new Uint8Array(0);
    if (harm[name] === "flip") {
      // One bit, or of records one in each block: others may have come along.
      const step = name === "records" ? 32 : bytes.length;
      for (let n = step >> 1; n < bytes.length; n += step) bytes[n] ^= 4;
    }
    if (harm[name] === "page") bytes = new TextEncoder().encode("<!doctype html><title>404</title>");
    return new Response(bytes, { status: answer.status });
  };
  try {
    const engine = await openIndex("/search/", { get: broken });
    const found = [];
    for (const [query, options] of queries) {
      const { hits, strict, damaged } = await engine.search(query, options);
      const records = await engine.records(hits);
      found.push({ hits: records.map((record) => record && record.url), strict, damaged });
      await engine.suggest(query);
    }
    return found;
  } catch (error) {
    return { name: error.name, kind: error.kind, message: String(error) };
  }
}"""
HARMS = ("missing", "offline", "cut", "empty", "flip", "page")
ASKED = [["工会", {}], ["20", {}], ["02", {"filters": {"year": ["2014", "2018", "2026"]}}]]


def fuzz(served: Served, harm: Mapping[str, str], asked: Sequence[Any] = ASKED) -> Any:
    return served.page.evaluate(_FUZZ, [served.script, harm, asked])


@pytest.mark.parametrize("harm", [*HARMS, "foreign"])
def test_a_damaged_file_is_noticed_and_the_rest_is_still_found(
    gibberish: Served, harm: str
) -> None:
    whole = fuzz(gibberish, {})
    assert all(found["hits"] and not found["damaged"] for found in whole)
    manifest = json.loads(
        gibberish.page.request.get(f"{gibberish.address}/search/manifest.json").text()
    )
    changed = 0
    for segment in manifest["segments"]:
        editions = [segment["shards"][n : n + 4] for n in range(0, len(segment["shards"]), 4)]
        names = [f"{segment['name']}/{n:x}.{edition}.bin" for n, edition in enumerate(editions)]
        facets = f"{segment['name']}/facets.{segment['facets']}.json"
        for n, name in enumerate([*names[:6], facets]):
            other = names[(n + 1) % len(names)]
            done = fuzz(gibberish, {name: f"foreign {other}" if harm == "foreign" else harm})
            assert isinstance(done, list), done
            for right, found in zip(whole, done, strict=True):
                assert found["damaged"] or found == right
                changed += found != right
    assert changed


@pytest.mark.parametrize("harm", HARMS)
def test_records_that_cannot_be_read_are_missing_and_not_wrong(
    gibberish: Served, harm: str
) -> None:
    whole, done = fuzz(gibberish, {}), fuzz(gibberish, {"records": harm})
    assert isinstance(done, list), done
    for right, found in zip(whole, done, strict=True):
        assert found["strict"] == right["strict"]
        assert {url for url in found["hits"] if url} <= set(right["hits"])
        assert None in found["hits"]


@pytest.mark.parametrize("harm", HARMS)
def test_a_broken_manifest_is_an_error_with_a_name(gibberish: Served, harm: str) -> None:
    done = fuzz(gibberish, {"manifest.json": harm})
    assert (done["name"], done["kind"]) == (
        "IndexError", "missing" if harm in ("missing", "offline") else "damaged"
    )  # fmt: skip


def test_an_index_of_another_format_is_an_error_with_a_name(titles: Served) -> None:
    manifest = checked_json({"version": 0, "segments": []}, MANIFEST_SEED).decode()
    kind = titles.page.evaluate(
        """async ([script, manifest]) => {
          const { openIndex } = await import(script);
          const get = async () => new Response(manifest);
          return openIndex("/search/", { get }).catch((error) => error.kind);
        }""",
        [titles.script, manifest],
    )
    assert kind == "version"


def test_an_index_published_anew_meanwhile_is_read_anew(serve: Server, tmp_path: Path) -> None:
    served = serve(site_of(tmp_path / "a", TITLES[:5]))
    bench_search.write_site(site_of(tmp_path / "b", TITLES), THEME, served.folder)
    found = served.ask("劳动争议")
    assert found["hits"] == ["/2026/a5.html", "/2026/a6.html"]
    assert not found["damaged"]
