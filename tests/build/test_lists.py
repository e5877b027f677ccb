"""Long lists are cut into pages that never change again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.build import builds
from tests.build.reading import BuiltSite

PAGES = ("news/page-1.html", "notices/page-1.html", "notices/notice/page-1.html")


def write_articles(folder: Path, days: range) -> None:
    """Write a short article for each of some days of December 2024."""
    for day in days:
        text = f"---\n标题: 12月{day}日简报\n发布日期: 2024-12-{day:02}\n---\n\n当天工作简报。\n"
        (folder / f"2024-12-{day:02}-brief-{folder.name}-{day}.md").write_text(text, "utf-8")


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """Build a site with 13 articles in one column, 12 in another: more than two pages of five."""

    def make(folder: Path) -> None:
        content = builds.copy_content(folder)
        write_articles(content / "news", range(1, 12))
        write_articles(content / "notices/notice", range(1, 10))
        builds.build(folder / "output", content=content)

    return BuiltSite(builds.build_once(tmp_path_factory, "long-lists", make) / "output")


def test_a_list_is_cut_from_the_oldest_article(before: BuiltSite) -> None:
    """Page 1 holds the five oldest for ever; the first page holds what is left."""
    oldest = before.page("/news/page-1.html").links(".article-list")
    assert oldest == [f"/2024/brief-news-{day}.html" for day in (5, 4, 3, 2, 1)]
    newest = before.page("/news/").links(".article-list")
    assert newest[:2] == ["/2026/skills-contest.html", "/2026/service-station.html"]
    assert len(newest) == 8
    assert "news/page-2.html" not in before.files


def test_pages_of_a_list_lead_to_each_other(before: BuiltSite) -> None:
    """Both ways, with the months they cover."""
    assert before.page("/news/").links(".pagination") == ["/news/page-1.html"]
    page = before.page("/news/page-1.html")
    assert page.links(".pagination") == ["/news/"]
    assert page.texts(".pagination__span") == ["本页：2024年12月"]
    assert page.texts(".breadcrumb li") == ["首页", "工会新闻", "2024年12月"]


def test_a_new_article_leaves_later_pages_of_every_list_as_they_are(
    tmp_path: Path, before: BuiltSite
) -> None:
    """Byte for byte: of its column, of the column above, and of others."""
    content = builds.copy_content(tmp_path)
    write_articles(content / "news", range(1, 12))
    write_articles(content / "notices/notice", range(1, 10))
    write_articles(content / "news", range(20, 21))
    text = "---\n标题: 停水通知\n发布日期: 2026-11-21\n置顶: 是\n---\n\n周六停水。\n"
    (content / "notices/notice/2026-11-21-water.md").write_text(text, "utf-8")
    builds.build(tmp_path / "output", content=content)
    after = BuiltSite(tmp_path / "output")
    assert after.page("/notices/").links(".listing .article-list")[0] == "/2026/water.html"
    assert {n for n in after.files if "page-" in n} == set(PAGES)
    for name in PAGES:
        assert (after.root / name).read_bytes() == (before.root / name).read_bytes(), name


def test_a_pinned_article_leads_the_list_however_old_it_is(tmp_path: Path) -> None:
    """It keeps its place on its own page, which is not to change."""
    content = builds.copy_content(tmp_path)
    write_articles(content / "news", range(1, 12))
    oldest = content / "news/2024-12-01-brief-news-1.md"
    oldest.write_text(oldest.read_text("utf-8").replace("2024-12-01\n", "2024-12-01\n置顶: 是\n"))
    builds.build(tmp_path / "output", content=content)
    site = BuiltSite(tmp_path / "output")
    assert site.page("/news/").links(".article-list")[0] == "/2024/brief-news-1.html"
    assert site.page("/news/page-1.html").links(".article-list")[-1] == "/2024/brief-news-1.html"
