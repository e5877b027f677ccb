"""What a page is, and what is read from it."""

from __future__ import annotations

import pytest

from policysite.audit.encoding import decode
from policysite.audit.kinds import Kind
from policysite.audit.page import Page, url_of
from tests.unit.audit.pages import ARTICLE, COLUMN, facts, page

LINKED = '<script type="application/ld+json">{"@type": "NewsArticle"}</script>'
REFRESH = '<meta http-equiv="refresh" content="0; url=/b.html">'
NOINDEX = '<meta name="robots" content="noindex">'


@pytest.mark.parametrize(
    ("head", "body", "path", "kind"),
    [
        ("", "", "index.html", Kind.HOME),
        (ARTICLE, "", "a.html", Kind.ARTICLE),
        (LINKED, "", "a.html", Kind.ARTICLE),
        ('<meta property="og:type" content="article">', "", "a.html", Kind.ARTICLE),
        (COLUMN, "", "news/index.html", Kind.COLUMN),
        (COLUMN + ARTICLE, "", "a.html", Kind.ARTICLE),
        ("", "<p>文字</p>", "a.html", Kind.OTHER),
        ("", "", "404.html", Kind.ERROR),
        (REFRESH, "", "a.html", Kind.REDIRECT),
        (NOINDEX, "<p data-withdrawn>已撤回</p>", "a.html", Kind.WITHDRAWN),
        (NOINDEX, "<p>这篇文章已经撤回。</p>", "a.html", Kind.WITHDRAWN),
        ("", "<p>这篇文章已经撤回。</p>", "a.html", Kind.OTHER),
    ],
)
def test_a_page_is_known_by_its_marks(head: str, body: str, path: str, kind: Kind) -> None:
    assert page(body, head, path).kind is kind


@pytest.mark.parametrize(
    ("text", "encoding", "name", "declared"),
    [
        ('<meta charset="utf-8">工会', "utf-8", "utf-8", True),
        ('<meta charset="gb2312">工会', "gb18030", "gb18030", True),
        ("<p>工会网站", "gb18030", "gb18030", False),
        ("<p>工会网站", "utf-8", "utf-8", False),
        ("<p>工会网站", "utf-8-sig", "utf-8-sig", True),
        ("<p>工会网站", "utf-16", "utf-16", True),
        ('<meta charset="klingon">工会', "utf-8", "utf-8", False),
    ],
)
def test_text_is_read_in_whatever_encoding_it_comes(
    text: str, encoding: str, name: str, declared: bool
) -> None:
    found = decode(text.encode(encoding))
    assert found.text == text
    assert (found.encoding, found.declared, found.is_text) == (name, declared, True)


def test_what_is_no_text_is_known_as_such() -> None:
    assert not decode(b"<p>\x00\x01\x02\x03\xff\xfe\x81").is_text


def test_links_are_seen_from_the_page_they_stand_on() -> None:
    found = facts(
        '<a href="b.html">1</a><a href="/c/">2</a><a href="../d.html#x">3</a>'
        '<a href="mailto:a@example.org">4</a><a href="javascript:x()">5</a>'
        '<a href="https://example.com/e">6</a><a href="#f">7</a>',
        path="news/a.html",
    )
    assert found.links == (
        "/news/b.html", "/c/", "/d.html#x", "https://example.com/e", "/news/a.html#f"
    )  # fmt: skip


def test_every_form_of_a_picture_is_a_resource() -> None:
    found = facts(
        '<img src="/a.jpg" srcset="/a-1.avif 480w, /a-2.avif 800w"><video poster="p.png">'
    )
    assert found.resources == ("/a.jpg", "/p.png", "/a-1.avif", "/a-2.avif")


def test_a_list_entry_has_the_date_that_stands_beside_it() -> None:
    body = """<nav><a href="/nav/">栏目</a></nav><ul>
    <li><a href="/1.html">甲</a> <span>[2026-11-20]</span></li>
    <li><span>2026年11月9日</span> <a href="/2.html">乙</a></li>
    <li><a href="/3.html">丙</a></li></ul>
    <div><h3><a href="/4.html">丁</a></h3><p>2026/1/5</p></div>"""
    found = facts(f"<main>{body}</main>", COLUMN)
    assert [tuple(row) for row in found.rows] == [
        ("2026-11-20", "/1.html"),
        ("2026-11-09", "/2.html"),
        ("", "/3.html"),
        ("2026-01-05", "/4.html"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "<dl><dt>发文字号</dt><dd>示总工发〔2026〕3号</dd><dt>成文日期</dt><dd>2026年3月1日</dd></dl>",
        "<table><tr><td>文　号：</td><td>示总工发〔2026〕3号</td></tr>"
        "<tr><td>成文日期</td><td>2026-03-01</td></tr></table>",
        "<ul><li>文号：示总工发〔2026〕3号</li><li>成文日期：2026年03月01日</li></ul>",
    ],
)
def test_a_document_is_read_from_any_labelled_form(body: str) -> None:
    document = facts(body, ARTICLE).document
    assert document
    assert (document.number, document.signed) == ("示总工发〔2026〕3号", "2026-03-01")


@pytest.mark.parametrize(
    ("said", "ended"),
    [
        ('<div class="banner"><b>废止</b>本文件自2024年起废止。</div>', True),
        (
            '<div class="banner"><b>有效</b>本文件自2024年起施行，2020年的办法同时废止。</div>',
            False,
        ),
        ("<p>本文件已废止。</p>", True),
        ("<p>有效性：失效</p>", True),
        ("<p>各级工会要贯彻执行。</p>", False),
        ("<p>失效日期 2030-01-01</p>", False),
    ],
)
def test_a_document_has_ended_when_its_page_says_so_to_readers(said: str, ended: bool) -> None:
    title = "<h1>关于废止部分文件的通知</h1>"
    document = facts(f"{title}<ul><li>文号：示总工发〔2026〕3号</li></ul>{said}", ARTICLE).document
    assert document
    assert document.has_ended is ended


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("公示时间为2026年11月18日至11月25日", ("2026-11-18", "2026-11-25")),
        ("公示期：2026年11月18日-25日", ("2026-11-18", "2026-11-25")),
        ("公示时间：2026年12月28日—2027年1月5日。", ("2026-12-28", "2027-01-05")),
        ("公示五个工作日。", ("", "")),
    ],
)
def test_the_period_of_a_notice_is_read_from_its_text(text: str, period: tuple[str, str]) -> None:
    notice = facts(f"<h1>关于拟表彰对象的公示</h1><p>{text}</p>", ARTICLE).notice
    assert notice
    assert (notice.start, notice.end) == period


def test_json_ld_that_is_no_json_is_passed_over() -> None:
    broken = '<script type="application/ld+json">{oops</script>'
    assert Page("a.html", broken.encode()).linked_data == ()


def test_the_record_at_the_police_is_no_search_of_the_site() -> None:
    link = '<a href="https://beian.mps.gov.cn/#/query/webSearch?code=1">备案</a>'
    assert not facts(link, path="index.html").has_search
    assert facts('<a href="/search/">搜索</a>', path="index.html").has_search


@pytest.mark.parametrize(
    ("path", "url"), [("index.htm", "/"), ("a/INDEX.HTML", "/a/"), ("a/b.html", "/a/b.html")]
)
def test_an_index_file_is_its_folder(path: str, url: str) -> None:
    assert url_of(path) == url


def test_an_entry_that_tells_machines_its_date_may_link_to_its_column_too() -> None:
    entry = (
        '<article><h2><a href="/a.html">甲</a></h2>'
        '<abbr class="published" title="2026-11-20T10:00:00+08:00">Fri 20 November</abbr>'
        '<a href="/category/news.html">动态</a></article>'
    )
    found = facts(f"<main>{entry}</main>", COLUMN)
    assert ("2026-11-20", "/a.html") in [tuple(row) for row in found.rows]
