"""Files for machines: feeds, sitemaps, robots, assets."""

from __future__ import annotations

import re
from datetime import datetime

from tests.build.reading import BuiltSite

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_every_feed_is_well_formed_and_complete(site: BuiltSite) -> None:
    """RFC 4287 wants id, title and updated of the feed and of each entry, ids unique."""
    feeds = sorted(name for name in site.files if name.endswith("feed.xml"))
    assert "feed.xml" in feeds
    for name in feeds:
        root = site.xml(name)
        assert root.tag == f"{ATOM}feed"
        entries = root.findall(f"{ATOM}entry")
        for part in (root, *entries):
            for required in ("id", "title", "updated"):
                assert part.findtext(ATOM + required), (name, required)
        ids = [entry.findtext(f"{ATOM}id") for entry in entries]
        assert len(ids) == len(set(ids)), name
        dates = [datetime.fromisoformat(e.findtext(f"{ATOM}published")) for e in entries]
        assert dates == sorted(dates, reverse=True), name
        assert root.find(f"{ATOM}link[@rel='self']").get("href").endswith(f"/{name}")


def test_feeds_link_only_pages_that_are_there(site: BuiltSite) -> None:
    """Every entry leads to a page of the site."""
    for name in (name for name in site.files if name.endswith("feed.xml")):
        for link in site.xml(name).iterfind(f"{ATOM}entry/{ATOM}link"):
            assert link.get("href").removeprefix("https://www.example.org") in site.pages


def test_a_feed_holds_the_newest_articles_with_full_text(good: BuiltSite) -> None:
    """As many as the settings say; addresses in the text carry the domain."""
    entries = good.xml("feed.xml").findall(f"{ATOM}entry")
    links = [entry.find(f"{ATOM}link").get("href") for entry in entries]
    assert links == [
        "https://www.example.org/2026/craftsman-publicity.html",
        "https://www.example.org/2026/skills-contest.html",
        "https://www.example.org/2026/service-station.html",
        "https://www.example.org/2026/platform-workers-study.html",
        "https://www.example.org/2026/training-class.html",
    ]
    study = entries[3].findtext(f"{ATOM}content")
    assert "由行业工会与平台企业签订集体合同" in study
    assert re.search(r'src="https://www\.example\.org/images/2026/membership[^"]*\.png"', study)


def test_a_column_has_a_feed_of_its_own_articles(good: BuiltSite) -> None:
    """A top-level column gathers those of its children."""
    titles = good.xml("policies/feed.xml").xpath(
        "//*[local-name()='entry']/*[local-name()='title']/text()"
    )
    assert titles == [
        "职工福利新标准，这几处变化要知道",
        "示例市总工会关于调整基层工会职工福利标准的通知",
        "示例市基层工会职工福利办法",
    ]
    assert good.xml("study/experience/feed.xml").findall(f"{ATOM}entry") == []


def test_every_feed_is_announced_by_a_page_and_nothing_else_is(site: BuiltSite) -> None:
    """A feed that no page names is one that nobody finds."""
    named = {
        href
        for page in site.pages.values()
        for href in page.tree.xpath("//link[@type='application/atom+xml']/@href")
    }
    feeds = {f"/{name}" for name in site.files if name.endswith("feed.xml")}
    assert named == feeds


def test_the_sitemap_lists_every_indexable_page_and_no_other(site: BuiltSite) -> None:
    """Later pages of a list are left out: they lead to articles that are listed themselves."""
    root = site.xml("sitemap.xml")
    listed = [
        loc.text.removeprefix("https://www.example.org") for loc in root.iter(f"{SITEMAP}loc")
    ]
    indexable = {
        url
        for url, page in site.pages.items()
        if page.is_indexable and not page.is_redirect and "/page-" not in url
    }
    assert len(listed) == len(set(listed))
    assert set(listed) == indexable


def test_the_sitemap_says_when_an_article_last_changed(good: BuiltSite) -> None:
    """更新日期 if there is one, else 发布日期."""
    days = {
        row.findtext(f"{SITEMAP}loc"): row.findtext(f"{SITEMAP}lastmod")
        for row in good.xml("sitemap.xml").iter(f"{SITEMAP}url")
    }
    base = "https://www.example.org"
    assert days[f"{base}/2026/welfare-measures-2026.html"] == "2026-03-20"
    assert days[f"{base}/2026/skills-contest.html"] == "2026-10-12"
    assert days[f"{base}/"] == "2026-11-16"


def test_robots_names_the_sitemap(good: BuiltSite) -> None:
    """With its full address."""
    assert "Sitemap: https://www.example.org/sitemap.xml\n" in good.text("robots.txt")


def test_assets_carry_a_digest_in_their_names_and_are_all_used(good: BuiltSite) -> None:
    """A name that tells the content may be cached for ever; what no page loads is dead weight."""
    assets = {name for name in good.files if name.startswith("assets/")}
    scripts = [good.text(name) for name in assets if name.endswith(".js")]
    sources = [*(page.source for page in good.pages.values()), *scripts]
    used = {name for name in assets if any(name in source for source in sources)}
    assert all(len(name.split(".")[-2]) == 8 for name in assets)
    # Counts of reads are off until a union has logs to count.
    assert {name for name in assets - used if not name.startswith("assets/views.")} == set()


def test_the_output_holds_nothing_but_what_the_site_is_made_of(good: BuiltSite) -> None:
    """No file of Pelican's own, none that nobody asked for."""
    kinds = (".html", "feed.xml", "feed.css", "sitemap.xml", "robots.txt")
    folders = ("assets/", "attachments/", "data/", "images/", "search/")
    alternates = {
        href.removeprefix("/")
        for page in good.pages.values()
        for href in page.tree.xpath(
            "//link[@rel='alternate' or @rel='search']/@href | //@data-index"
        )
    }
    others = {n for n in good.files if not n.endswith(kinds) and not n.startswith(folders)}
    assert others - alternates == set()
