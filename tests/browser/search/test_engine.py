"""The engine of the search in a real browser: it finds everything, and costs little."""

import random
from dataclasses import replace
from pathlib import Path

import pytest
from markupsafe import Markup
from playwright.sync_api import Browser

from policysite.search import segments, shards
from policysite.search.tokens import marked_term, normalise
from policysite.tools import bench_search
from policysite.tools.search_corpus import multiply
from policysite.tools.search_queries import HELD_OUT, KNOWN, QuerySet
from policysite.tools.search_truth import Truth, judge
from tests.browser.search.served import ALPHABET, LOAD, Served, Server, article, fuzz, site_of
from tests.build import builds
from tests.unit.making import SETTINGS, front_matter, make_site

RECALL, BYTES, REQUESTS = 1.0, 60_000, 16


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
    page.evaluate(LOAD, [laws.script])
    assert asked == [laws.script, "/search/manifest.json"]
    page.close()


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
