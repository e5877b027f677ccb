"""What readers get of the counts, and that it only grows."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from policysite.pages.views import counts_url, hot_url
from policysite.views.pages import CountedPage, addresses, plain_path
from policysite.views.published import Fewer, Reads, plan_published, publish, published_total
from tests.unit.making import NOTICES

TODAY = date(2026, 11, 22)


def page(slug: str, *former: str, listed: bool = True) -> CountedPage:
    return CountedPage(f"/2026/{slug}.html", former, f"标题{slug}", TODAY, NOTICES, listed)


def read(slug: str, n: int, days_ago: int = 0) -> Reads:
    return Reads(f"/2026/{slug}.html", TODAY - timedelta(days=days_ago), n)


def plan(reads: list[Reads], *pages: CountedPage) -> dict[str, str]:
    return dict(plan_published(reads, pages, ["notices"], TODAY))


def hot(planned: dict[str, str], path: str = "") -> dict[str, list[str]]:
    lists = json.loads(planned[hot_url(path).removeprefix("/")])
    return {days: [row["title"] for row in rows] for days, rows in lists.items()}


def test_a_page_finds_its_count_where_it_asks() -> None:
    planned = plan([read("a", 3), read("a", 4, 400)], page("a"), page("b"))
    counts = json.loads(planned[counts_url("/2026/a.html").removeprefix("/")])
    assert counts["/2026/a.html"] == 7
    assert counts_url("/2026/b.html").removeprefix("/") in planned


def test_lists_look_back_seven_and_thirty_days_and_name_no_hidden_article() -> None:
    reads = [read("a", 1), read("b", 5, 6), read("c", 9, 7), read("d", 99, 30), read("e", 50)]
    planned = plan(reads, *map(page, "abcd"), page("e", listed=False))
    wanted = {"7": ["标题b", "标题a"], "30": ["标题c", "标题b", "标题a"]}
    assert hot(planned) == hot(planned, "notices") == wanted


def test_a_moved_article_keeps_the_count_of_every_former_address() -> None:
    """Written in another way in the log than in the front matter."""
    moved = page("a", "/工会/旧文/", "/old/a+b.html")
    known = addresses([moved])
    for written in ("/%E5%B7%A5%E4%BC%9A/%e6%97%a7%e6%96%87/index.html", "/old/a%20b.html?x=1"):
        assert known[plain_path(written)] == moved.url


def test_files_are_replaced_only_where_something_changed(tmp_path: Path) -> None:
    pages = (page("a"), page("b"))
    planned = plan([read("a", 3)], *pages)
    assert publish(planned, tmp_path, pages) == len(planned)
    (tmp_path / "data/views/old.json").write_text("{}", "utf-8")
    assert publish(planned, tmp_path, pages) == 0
    assert not (tmp_path / "data/views/old.json").exists()
    assert published_total(tmp_path) == 3


def test_a_lower_count_is_not_published_unless_someone_says_so(tmp_path: Path) -> None:
    pages = (page("a"), page("b"))
    publish(plan([read("a", 3), read("b", 2)], *pages), tmp_path, pages)
    lower = plan([read("a", 1), read("b", 2)], *pages)
    with pytest.raises(Fewer) as caught:
        publish(lower, tmp_path, pages)
    assert caught.value.pages == [("/2026/a.html", 3, 1)]
    assert published_total(tmp_path) == 5
    publish(lower, tmp_path, pages, fewer=True)
    assert published_total(tmp_path) == 3


def test_an_article_without_any_count_left_is_a_lower_count_too(tmp_path: Path) -> None:
    """A lost store must not empty the site."""
    pages = (page("a"),)
    publish(plan([read("a", 3)], *pages), tmp_path, pages)
    with pytest.raises(Fewer):
        publish(plan([], *pages), tmp_path, pages)


def test_an_article_that_is_gone_takes_its_count_along(tmp_path: Path) -> None:
    pages = (page("a"), page("b"))
    reads = [read("a", 3), read("b", 2)]
    publish(plan(reads, *pages), tmp_path, pages)
    publish(plan(reads, pages[0]), tmp_path, pages[:1])
    assert published_total(tmp_path) == 3
