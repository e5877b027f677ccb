"""sitemap.xml and robots.txt."""

from datetime import date

import pytest
from lxml import etree

from policysite.outputs.sitemap import LIMIT, Entry, plan_sitemap, write_sitemap
from tests.unit.making import INTRO, front_matter, make_site

MAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
SITE = "https://www.example.org"


def entries(count: int) -> list[Entry]:
    return [Entry(f"/{number}.html", date(2026, 3, 5)) for number in range(count)]


def addresses(text: str) -> list[str]:
    return [str(loc.text) for loc in etree.fromstring(text.encode()).iterfind("*/s:loc", MAP)]


def test_one_file_holds_what_fits() -> None:
    ((name, text),) = write_sitemap(entries(3), SITE, limit=3)
    assert name == "sitemap.xml"
    assert addresses(text) == [f"{SITE}/{number}.html" for number in range(3)]
    assert etree.fromstring(text.encode()).tag == f"{{{MAP['s']}}}urlset"


def test_one_address_more_makes_two_files_and_an_index() -> None:
    files = dict(write_sitemap(entries(4), SITE, limit=3))
    assert sorted(files) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]
    assert addresses(files["sitemap.xml"]) == [f"{SITE}/sitemap-1.xml", f"{SITE}/sitemap-2.xml"]
    assert etree.fromstring(files["sitemap.xml"].encode()).tag == f"{{{MAP['s']}}}sitemapindex"
    parts = addresses(files["sitemap-1.xml"]) + addresses(files["sitemap-2.xml"])
    assert parts == [f"{SITE}/{number}.html" for number in range(4)]


def test_the_limit_is_that_of_the_standard() -> None:
    assert LIMIT == 50_000


@pytest.mark.parametrize(("changed", "expected"), [(date(2026, 3, 5), ["2026-03-05"]), (None, [])])
def test_the_day_of_the_last_change_is_told_where_it_is_known(
    changed: date | None, expected: list[str]
) -> None:
    ((_, text),) = write_sitemap([Entry("/", changed)], SITE)
    root = etree.fromstring(text.encode())
    assert [found.text for found in root.iterfind("*/s:lastmod", MAP)] == expected


def test_an_address_is_escaped() -> None:
    ((_, text),) = write_sitemap([Entry("/a&b.html", None)], SITE)
    assert addresses(text) == [f"{SITE}/a&b.html"]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    site = make_site(
        tmp_path_factory.mktemp("sitemap"),
        {
            "notices/2026-03-15-a.md": front_matter("更新日期: 2026-04-01"),
            "notices/2026-03-16-hidden.md": front_matter("状态: 隐藏", date="2026-03-16"),
            "notices/2026-03-17-draft.md": front_matter("状态: 草稿", date="2026-03-17"),
            "notices/2026-03-18-gone.md": front_matter("状态: 撤回", date="2026-03-18"),
            "notices/2027-03-19-later.md": front_matter(date="2027-03-19"),
            "topics/heat.md": INTRO,
            "pages/secret.md": INTRO.replace("机构简介", "甲\n状态: 隐藏"),
        },
    )
    return dict(plan_sitemap(site))


def test_the_map_names_what_readers_may_find_and_nothing_else(files: dict[str, str]) -> None:
    found = [url.removeprefix(SITE) for url in addresses(files["sitemap.xml"])]
    assert len(set(found)) == len(found)
    assert {"/", "/notices/", "/policies/documents/", "/2026/a.html", "/intro.html",
            "/topics/heat/", "/archive/2026/"} <= set(found)  # fmt: skip
    assert not [url for url in found if url.endswith(
        ("hidden.html", "draft.html", "gone.html", "later.html", "secret.html", "404.html")
    )]  # fmt: skip


def test_an_article_changed_on_the_day_of_its_update(files: dict[str, str]) -> None:
    root = etree.fromstring(files["sitemap.xml"].encode())
    days = {row[0].text: row[1].text for row in root if len(row) == 2}
    assert days[f"{SITE}/2026/a.html"] == "2026-04-01"
    assert days[f"{SITE}/notices/"] == "2026-03-15"


def test_robots_are_let_in_and_shown_the_map(files: dict[str, str]) -> None:
    lines = files["robots.txt"].splitlines()
    assert lines[0] == "User-agent: *"
    assert "Disallow: /" not in lines
    assert f"Sitemap: {SITE}/sitemap.xml" in lines
