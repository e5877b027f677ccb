"""Atom feeds, held against RFC 4287."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from lxml import etree
from markupsafe import Markup

from policysite.model.values import CHINA
from policysite.outputs.feed_style import plan_feed_style
from policysite.outputs.feeds import plan_feeds, write_feed
from policysite.pages.article import Article
from tests.unit.making import SETTINGS, days, front_matter, make_article, make_articles, make_site

ATOM = {"a": "http://www.w3.org/2005/Atom"}
FIVE = make_articles(days(5))


def feed(*articles: Article) -> etree._Element:
    text = write_feed(SETTINGS, "通知公告", "通知和公告。", "/notices/", articles)
    return etree.fromstring(text.encode())


def texts(root: etree._Element, path: str) -> list[str]:
    return [str(found.text) for found in root.iterfind(path, ATOM)]


def test_a_feed_has_every_element_that_atom_wants() -> None:
    root = feed(*FIVE)
    assert root.tag == "{http://www.w3.org/2005/Atom}feed"
    for name in ("id", "title", "updated", "author/a:name"):
        assert len(root.findall(f"a:{name}", ATOM)) == 1, name
    for entry in root.iterfind("a:entry", ATOM):
        for name in ("id", "title", "updated", "content"):
            assert len(entry.findall(f"a:{name}", ATOM)) == 1, name
        (link,) = entry.findall("a:link", ATOM)
        assert link.get("rel") in (None, "alternate")


def test_a_feed_leads_to_itself_and_to_its_page() -> None:
    links = {link.get("rel"): link.get("href") for link in feed().iterfind("a:link", ATOM)}
    assert links == {
        "self": "https://www.example.org/notices/feed.xml",
        "alternate": "https://www.example.org/notices/",
    }


def test_a_feed_has_the_newest_articles_up_to_its_size() -> None:
    links = [link.get("href") for link in feed(*FIVE).iterfind("a:entry/a:link", ATOM)]
    assert links == [f"https://www.example.org/2020/a{number}.html" for number in (5, 4, 3)]


def test_the_id_of_an_entry_is_its_own_and_does_not_depend_on_its_address() -> None:
    ids = texts(feed(*FIVE), "a:entry/a:id")
    assert ids == [f"tag:www.example.org,2020:a{number}" for number in (5, 4, 3)]
    moved = make_article(slug="a5", date=FIVE[0].date, url="/elsewhere.html")
    assert texts(feed(moved), "a:entry/a:id") == ids[:1]


@pytest.mark.parametrize(
    ("updated", "expected"),
    [
        pytest.param(None, "2026-03-15T09:30:00+08:00", id="never changed"),
        pytest.param(timedelta(days=5), "2026-03-20T09:30:00+08:00", id="changed later"),
    ],
)
def test_a_feed_is_as_new_as_its_newest_entry(updated: timedelta | None, expected: str) -> None:
    moment = datetime(2026, 3, 15, 9, 30, tzinfo=CHINA)
    root = feed(make_article(date=moment, updated=moment + updated if updated else None), *FIVE)
    assert texts(root, "a:updated") == [expected]
    assert texts(root, "a:entry/a:updated")[0] == expected
    assert texts(root, "a:entry/a:published")[0] == "2026-03-15T09:30:00+08:00"


def test_a_feed_without_articles_does_not_ask_the_clock() -> None:
    assert texts(feed(), "a:updated") == ["2000-01-01T00:00:00+08:00"]
    assert feed().find("a:entry", ATOM) is None


def test_the_text_of_an_entry_has_absolute_addresses() -> None:
    html = (
        '<p><a href="/2026/a.html#t1">甲</a><img alt="" src="/images/a.svg">'
        '<a href="//cdn.example.org/">乙</a><a href="https://a.org/">丙</a><a href="#t2">丁</a></p>'
    )
    (content,) = texts(feed(make_article(html=Markup(html))), "a:entry/a:content")
    assert 'href="https://www.example.org/2026/a.html#t1"' in content
    assert 'src="https://www.example.org/images/a.svg"' in content
    assert 'href="//cdn.example.org/"' in content
    assert 'href="https://a.org/"' in content


def test_the_text_of_an_entry_is_escaped_html() -> None:
    (content,) = feed(make_article(html=Markup("<p>甲 &amp; 乙</p>"))).iterfind(
        "a:entry/a:content", ATOM
    )
    assert (content.get("type"), content.text) == ("html", "<p>甲 &amp; 乙</p>")


def test_an_entry_names_its_author_or_its_source() -> None:
    articles = (make_article(author="林晓禾"), make_article(source="青川市总工会"))
    assert texts(feed(*articles), "a:entry/a:author/a:name") == ["林晓禾", "青川市总工会"]


def test_the_same_articles_give_the_same_bytes() -> None:
    assert etree.tostring(feed(*FIVE)) == etree.tostring(feed(*FIVE))


def test_every_feed_names_its_style_before_its_root(tmp_path: Path) -> None:
    text = write_feed(SETTINGS, "通知公告", "通知和公告。", "/notices/", FIVE)
    ((name, style),) = plan_feed_style(make_site(tmp_path, {}))
    assert text.split("\n")[1] == f'<?xml-stylesheet type="text/css" href="/{name}"?>'
    assert "这是订阅地址" in style


def test_there_is_a_feed_of_the_site_and_of_every_column_that_is_a_list(tmp_path: Path) -> None:
    site = make_site(
        tmp_path,
        {
            "notices/2026-03-15-a.md": front_matter(),
            "policies/documents/2026-03-16-b.md": front_matter(date="2026-03-16"),
            "notices/2026-03-17-c.md": front_matter("状态: 隐藏", date="2026-03-17"),
        },
    )
    feeds = {name: etree.fromstring(text.encode()) for name, text in plan_feeds(site)}
    counts = {name: len(root.findall("a:entry", ATOM)) for name, root in feeds.items()}
    assert counts == {
        "feed.xml": 2,
        "about/feed.xml": 0,
        "notices/feed.xml": 1,
        "policies/feed.xml": 1,
        "policies/documents/feed.xml": 1,
        "policies/interpretation/feed.xml": 0,
    }
