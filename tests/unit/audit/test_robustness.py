"""Whatever lies in a folder is audited to the end."""

from __future__ import annotations

import os
import random
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policysite.audit.kinds import Kind
from policysite.audit.outputs import as_json, as_junit, as_text
from policysite.audit.reading import read_page
from policysite.audit.report import Report
from policysite.audit.report_page import report_page
from policysite.audit.rule import Profile
from policysite.audit.rules import PAGE_RULES
from policysite.audit.run import Order, audit
from tests.unit.audit.pages import html

FILES: dict[str, bytes] = {
    "no-head.html": "<p>片段<a href=x.html>x</a>".encode(),
    "words.html": b"hello",
    "empty.html": b"",
    "comment.htm": b"<!-- only -->",
    "binary.html": random.Random(1).randbytes(4000),
    "half-binary.html": b"<html><body>" + random.Random(2).randbytes(4000),
    "gbk.html": '<meta charset=gb2312><title>工会</title><h1>关于某事的公示</h1>'.encode("gb18030"),
    "gbk-undeclared.html": "<title>工会网站</title><p>没有声明编码".encode("gb18030"),
    "utf16.html": "<p>工会".encode("utf-16"),
    "frames.html": b"<html><frameset cols=1,2><frame src=a.html><frame></frameset></html>",
    "nul.html": b"<html>\0<body>\0<p>a\0b\x0c\x1b</p>",
    "xhtml.html": b'<?xml version="1.0" encoding="gb2312"?><html xmlns="http://www.w3.org/1999/xhtml">',
    "deep.html": b"<div>" * 20_000 + b"x",
    "addresses.html": b'<a href="http://[::1">1</a><a href="http://">2</a><a href="//">3</a>'
    b'<a href="%E4%FF">4</a><img src=" "><a href="http://a:b/">5</a>',
    "values.html": b'<meta name="" content=x><meta name=PubDate content="2026-13-45 99:99">'
    b'<meta name=viewport content="maximum-scale=1.0.0"><time datetime=x>',
    "data.html": b'<script type="application/ld+json">[1,{"@type":["Legislation","Article"],'
    b'"about":5,"datePublished":5,"expires":[],"legislationRepeals":{"@id":7}}]</script>',
    "halves.html": b'<p>&#xD800;</p><a href="&#xDFFF;">x</a><script type="application/ld+json">'
    b'{"@type":"Legislation","@id":"x","about":[{"@id":"\\ud800"}]}</script>',
    "refresh.html": b'<meta http-equiv="refresh" content="5">',
    "svg.html": b"<svg><title>x</title><a href=y></a></svg>",
    "notice.html": "<h1>甲的公示</h1><meta name=PubDate content=x>公示2026年2月31日至3月1日".encode(),
}  # fmt: skip


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Report:
    folder, cache = tmp_path_factory.mktemp("odd"), tmp_path_factory.mktemp("cache")
    for name, data in FILES.items():
        (folder / name).write_bytes(data)
    (folder / "gone.html").symlink_to(folder / "nowhere.html")
    return audit(Order(folder, date(2026, 11, 22), Profile.GOV_STRICT, cache_folder=cache))


def test_an_odd_folder_is_audited_without_a_crash(odd: Report) -> None:
    assert {page.path for page in odd.site.pages} == set(FILES)


def test_what_is_no_page_is_said_to_be_none(odd: Report) -> None:
    unreadable = {p.path for p in odd.site.pages if p.kind is Kind.UNREADABLE}
    assert unreadable == {"words.html", "empty.html", "comment.htm"}
    found = {(f.path, r.rule.code) for r in odd.broken for f in r.findings}
    assert {(name, "FILE-UNREADABLE") for name in unreadable} <= found
    assert ("frames.html", "A11Y-FRAMESET") in found
    assert ("gbk.html", "FILE-ENCODING") in found
    assert ("binary.html", "FILE-DAMAGED") in found


def test_every_report_of_an_odd_folder_can_be_written_as_utf_8(odd: Report) -> None:
    for text in ("".join(as_json(odd)), as_junit(odd), as_text(odd), report_page(odd, ())):
        assert text.encode("utf-8", "strict")


def test_a_name_that_is_no_text_is_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xb9\xab.html")).write_bytes(html())
    except OSError:
        pytest.skip("this system has no such names")
    report = audit(Order(tmp_path, date(2026, 11, 22), cache_folder=tmp_path / "cache"))
    assert [page.kind for page in report.site.pages] == [Kind.UNREADABLE]
    assert "".join(as_json(report)).encode("utf-8", "strict")


def test_an_empty_folder_has_no_pages(tmp_path: Path) -> None:
    report = audit(Order(tmp_path, date(2026, 11, 22)))
    assert len(report.site.pages) == 0
    assert report.total >= 0


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_a_page_to_the_reader(data: bytes) -> None:
    assert read_page("a.html", data, PAGE_RULES).size == len(data)


_WHOLE = html(
    '<header><img src="/a.svg" alt="">示例</header><main><h1>关于甲的公示</h1><p>来源：乙 2026-11-20</p>'
    '<dl><dt>文号</dt><dd>示总工发〔2026〕1号</dd></dl><ul><li><a href="/b.html">丙</a> 2026-01-02</li></ul>'
    "<table><tr><th>甲</th></tr></table></main><footer>主办单位：示例</footer>",
    '<meta name="SiteName" content="示例"><meta name="PubDate" content="2026-11-20 10:00">'
    '<script type="application/ld+json">{"@type":"Legislation","about":[{"@id":"/c.html"}]}</script>',
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(_WHOLE)), st.binary(max_size=4)), max_size=6))
def test_a_page_damaged_anywhere_is_read(cuts: list[tuple[int, bytes]]) -> None:
    data = _WHOLE
    for place, put in cuts:
        data = data[:place] + put + data[place + 3 :]
    assert read_page("index.html", data, PAGE_RULES).url == "/"
