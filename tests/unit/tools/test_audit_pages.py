"""What a page audit concludes from the figures that it was given."""

from dataclasses import replace
from typing import Any

import pytest

from policysite.text.markdown import render
from policysite.tools.audit_pages import Measured, judge, summarise, table
from policysite.tools.long_act import CHAPTERS, CLAUSES, long_act

PAGE = Measured(
    kind="文章",
    url="/2026/a.html",
    scores={"performance": 100, "accessibility": 100, "best-practices": 100, "seo": 100},
    lcp=900.0,
    tbt=10.0,
    shift=0.0,
    text_bytes=20_000,
    picture_bytes=10_000,
    requests=4,
)


def report(path: str, performance: float = 1.0, lcp: float = 900) -> dict[str, Any]:
    """Return as much of a report of Lighthouse as is read."""
    loaded = [
        {"url": f"http://x{path}", "transferSize": 8000},
        {"url": "http://x/images/a-480.aaaaaaaa.avif", "transferSize": 5000},
        {"url": "http://x/assets/logo.svg", "transferSize": 600},
        {"url": "http://x/assets/logo.svg", "transferSize": 0},
    ]
    return {
        "requestedUrl": f"http://127.0.0.1:1{path}",
        "categories": {
            "performance": {"score": performance},
            **{name: {"score": 1} for name in ("accessibility", "best-practices", "seo")},
        },
        "audits": {
            "largest-contentful-paint": {"numericValue": lcp},
            "total-blocking-time": {"numericValue": 0},
            "cumulative-layout-shift": {"numericValue": 0},
            "network-requests": {"details": {"items": loaded}},
        },
    }


def test_a_page_as_it_should_be_is_not_mentioned() -> None:
    assert list(judge(PAGE, full=True)) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"scores": {**PAGE.scores, "seo": 92}}, "搜索 92，应不低于 100"),
        ({"scores": {**PAGE.scores, "performance": 94}}, "性能 94，应不低于 95"),
        ({"text_bytes": 31_000}, "文字部分字节数 31000，应不超过 30720"),
        ({"picture_bytes": 62_000}, "图片字节数 62000，应不超过 61440"),
        ({"requests": 5}, "请求数 5，应不超过 4"),
        ({"shift": 0.02}, "位移 0.02，应不超过 0"),
    ],
)
def test_what_is_not_as_it_should_be_is_named_with_its_limit(
    change: dict[str, Any], said: str
) -> None:
    assert list(judge(replace(PAGE, **change), full=False)) == [f"文章 /2026/a.html {said}"]


def test_only_a_full_audit_asks_for_speed_to_the_last_point() -> None:
    """A busy machine is slow without any fault of the page."""
    slow = replace(PAGE, scores={**PAGE.scores, "performance": 99}, lcp=1300.0, tbt=80.0)
    assert list(judge(slow, full=False)) == []
    assert len(list(judge(slow, full=True))) == 3


def test_a_law_may_be_longer_and_the_library_loads_its_filter() -> None:
    assert list(judge(replace(PAGE, kind="长文件", text_bytes=60_000), full=True)) == []
    assert list(judge(replace(PAGE, kind="文件库", requests=6), full=True)) == []


def test_of_three_runs_the_middle_one_counts() -> None:
    runs = [report("/a.html", 0.9, 2000), report("/a.html", 1, 800), report("/a.html", 0.98, 1000)]
    [page] = summarise({"文章": "/a.html"}, runs)
    assert (page.scores["performance"], page.lcp) == (98, 1000)


def test_results_of_a_search_may_load_the_index_and_the_articles_in_view() -> None:
    found = replace(PAGE, kind="搜索结果", text_bytes=90_000, requests=30)
    assert list(judge(found, full=True)) == []
    assert len(list(judge(replace(found, text_bytes=93_000, requests=31), full=True))) == 2


def test_a_page_that_is_asked_for_something_is_a_page_of_its_own() -> None:
    pages = {"搜索": "/search/", "搜索结果": "/search/?q=%E5%B7%A5"}
    reports = [report("/search/?q=%E5%B7%A5", lcp=700), report("/search/", lcp=500)]
    assert [(page.url, page.lcp) for page in summarise(pages, reports)] == [
        ("/search/", 500),
        ("/search/?q=%E5%B7%A5", 700),
    ]


def test_pictures_are_counted_apart_and_each_file_once() -> None:
    [page] = summarise({"文章": "/a.html"}, [report("/a.html")])
    assert (page.text_bytes, page.picture_bytes, page.requests) == (8600, 5000, 2)


def test_the_columns_of_the_table_stand_one_below_the_other() -> None:
    """A Chinese character is as wide as two others."""
    head, first, second = table([PAGE, replace(PAGE, kind="文件库")]).splitlines()
    assert head.startswith("页面    性能")
    assert first.startswith("文章    100 ")
    assert second.startswith("文件库  100 ")


def test_the_long_act_is_as_long_as_a_law_and_says_nothing_twice() -> None:
    rendered = render(long_act())
    assert len(rendered.text) > 20_000
    assert len(rendered.clauses) == CLAUSES
    assert len([h for h in rendered.headings if h.text.startswith("第")]) == CHAPTERS
    texts = [line.partition("　")[2] for line in rendered.text.splitlines() if "　" in line]
    assert len(set(texts)) == len(texts) == CLAUSES
