"""连载 and 专题: articles that are read in one order."""

from pathlib import Path

import pytest

from policysite.gate import inspect
from policysite.outputs.sitemap import plan_sitemap
from policysite.pages.courses import Place, places_of, plan_series
from policysite.pages.page import Link
from policysite.pages.plan import plan_article
from policysite.pages.site import Site
from policysite.pages.topics import plan_topics
from policysite.relate.courses import SERIES, Course
from tests.unit.making import NOW, front_matter, make_site, write_content

URL = "/series/song-qing-liang-bi-ji-b6f6/"
NAME = "送清凉笔记"


def part(number: int | None, *lines: str, date: str = "2026-03-15") -> str:
    """Return a part of the series; without a number it is placed by its date."""
    numbered = [f"系列序号: {number}"] if number else []
    return front_matter(f"系列: {NAME}", *numbered, *lines, date=date)


FILES = {
    "notices/2026-03-10-later.md": part(None, date="2026-03-10"),
    "notices/2026-03-15-second.md": part(2),
    "notices/2026-03-20-first.md": part(1, date="2026-03-20"),
    "notices/2026-03-21-alone.md": front_matter(date="2026-03-21"),
}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Return a site with a series of three parts."""
    return make_site(tmp_path, dict(FILES))


def place(site: Site, slug: str) -> Place:
    """Return the one place that an article has."""
    (found,) = places_of(site, site.by_slug[slug])
    return found


def test_parts_come_by_number_and_those_without_one_by_date_behind_them(site: Site) -> None:
    (page,) = plan_series(site)
    items = page.values["items"]
    assert isinstance(items, tuple)
    assert [article.slug for article in items] == ["first", "second", "later"]


def test_a_series_has_a_page_at_an_address_made_of_its_name(site: Site) -> None:
    (page,) = plan_series(site)
    assert page.save_as == f"{URL[1:]}index.html"
    assert page.head
    assert page.head.title.startswith(NAME)
    assert page.breadcrumb == (Link("首页", "/"), Link(NAME, ""))


def test_the_address_does_not_depend_on_the_parts(tmp_path: Path, site: Site) -> None:
    fewer = make_site(tmp_path / "fewer", {"notices/2026-03-15-other.md": part(7)})
    assert [course.url for course in fewer.courses.values()] == [URL]
    assert [course.url for course in site.courses.values()] == [URL]


def test_a_part_knows_its_number_and_its_neighbours_in_the_series(site: Site) -> None:
    found = place(site, "second")
    assert (found.label, found.course) == ("连载", Link(NAME, URL))
    assert (found.number, found.count, len(found.items)) == (2, 3, 3)
    assert found.before is site.by_slug["first"]
    assert found.after is site.by_slug["later"]


def test_the_first_part_has_nothing_before_it_and_the_last_nothing_behind(site: Site) -> None:
    assert place(site, "first").before is None
    assert place(site, "later").after is None


def test_the_places_are_on_the_page_of_the_article(site: Site) -> None:
    values = plan_article(site, site.by_slug["second"]).values
    assert values["places"] == (place(site, "second"),)
    assert plan_article(site, site.by_slug["alone"]).values["places"] == ()


def test_other_parts_are_not_shown_a_second_time_as_related(tmp_path: Path) -> None:
    files = {
        name: text.replace("系列: ", "相关内容: second\n系列: ") for name, text in FILES.items()
    }
    files["notices/2026-03-15-second.md"] = FILES["notices/2026-03-15-second.md"]
    assert "second" not in make_site(tmp_path, dict(files)).related["first"]


def test_parts_that_readers_do_not_see_do_not_count(tmp_path: Path) -> None:
    drafted = part(2, "状态: 草稿")
    site = make_site(tmp_path, dict(FILES) | {"notices/2026-03-15-second.md": drafted})
    assert place(site, "later").number == 2
    assert place(site, "later").before is site.by_slug["first"]


def test_a_series_of_one_part_is_not_announced_in_it(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"notices/2026-03-15-other.md": part(1)})
    assert places_of(site, site.by_slug["other"]) == ()
    assert len(list(plan_series(site))) == 1


def test_a_series_without_published_parts_has_no_page(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"notices/2026-03-15-other.md": part(1, "状态: 隐藏")})
    assert list(plan_series(site)) == []


def test_search_engines_are_told_of_series(site: Site) -> None:
    sitemap = dict(plan_sitemap(site))["sitemap.xml"]
    assert f"https://www.example.org{URL}</loc>" in sitemap


def topic(*lines: str) -> str:
    """Return a topic with further `lines` in its front matter."""
    return "\n".join(["---", "标题: 送清凉", *lines, "---", "", "把防暑用品送到一线。", ""])


def in_topic(date: str) -> str:
    """Return an article that says itself that it belongs to the topic."""
    return front_matter("专题:", "  - cooling", date=date)


TOPIC = {
    "topics/cooling.md": topic("文章:", "  - third", "  - 示总工发〔2026〕12号"),
    "notices/2026-03-10-first.md": in_topic("2026-03-10"),
    "notices/2026-03-11-second.md": in_topic("2026-03-11"),
    "notices/2026-03-12-third.md": in_topic("2026-03-12"),
    "policies/documents/2026-03-01-notice.md": front_matter(
        "发文字号: 示总工发〔2026〕12号", date="2026-03-01"
    ),
}


def test_a_topic_starts_with_the_articles_that_it_names_in_their_order(tmp_path: Path) -> None:
    site = make_site(tmp_path, dict(TOPIC))
    assert [a.slug for a in site.in_topic(site.topics[0])] == ["third", "notice", "second", "first"]
    page = next(page for page in plan_topics(site) if page.template == "topic")
    arranged, groups = page.values["arranged"], page.values["groups"]
    assert isinstance(arranged, tuple)
    assert isinstance(groups, tuple)
    assert [article.slug for article in arranged] == ["third", "notice"]
    assert [[a.slug for a in group.items] for group in groups] == [["second", "first"]]


def test_an_article_knows_its_neighbours_in_a_topic_but_not_all_of_it(tmp_path: Path) -> None:
    site = make_site(tmp_path, dict(TOPIC))
    found = place(site, "notice")
    assert (found.label, found.course) == ("专题", Link("送清凉", "/topics/cooling/"))
    assert found.before is site.by_slug["third"]
    assert found.after is site.by_slug["second"]
    assert found.items == ()


@pytest.mark.parametrize("status", ["草稿", "隐藏"])
def test_no_article_leads_to_a_topic_that_is_not_listed(tmp_path: Path, status: str) -> None:
    hidden = topic(f"状态: {status}", "文章:", "  - third")
    site = make_site(tmp_path, dict(TOPIC) | {"topics/cooling.md": hidden})
    assert places_of(site, site.by_slug["third"]) == ()


def test_a_topic_that_names_an_unknown_article_is_told_so_at_its_line(tmp_path: Path) -> None:
    wrong = topic("文章:", "  - thrid")
    root = write_content(tmp_path, dict(TOPIC) | {"topics/cooling.md": wrong})
    _, problems = inspect(root, NOW)
    (found,) = problems
    assert (found.code, found.path, found.line) == ("R402", "content/topics/cooling.md", 4)
    assert "third" in found.text


def test_a_course_leaves_out_what_is_not_shown() -> None:
    course = Course(SERIES, NAME, URL, ("a", "b", "c", "d"), arranged=3)
    assert course.among({"b", "d"}) == Course(SERIES, NAME, URL, ("b", "d"), arranged=1)


def test_a_text_may_link_to_a_series(tmp_path: Path) -> None:
    linking = front_matter(date="2026-03-21", body=f"见[连载]({URL})。\n")
    site = make_site(tmp_path, dict(FILES) | {"notices/2026-03-21-alone.md": linking})
    assert f'<a href="{URL}">' in site.by_slug["alone"].html
