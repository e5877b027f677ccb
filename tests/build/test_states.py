"""Drafts, scheduled, hidden and withdrawn content, and old addresses."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from tests.build import builds
from tests.build.reading import BuiltSite

NEW_YEAR = int(datetime.fromisoformat("2027-01-04T09:00:00+08:00").timestamp())
SCHEDULED = "/2027/new-year-schedule.html"
HIDDEN = "/2026/volunteers-briefing.html"
WITHDRAWN = "/2026/venue-fees.html"


@pytest.mark.parametrize(
    "word",
    ["年终慰问", "year-end-plan", "roster-draft", "2027年元旦", "new-year-schedule", "unused"],
)
def test_a_draft_and_a_scheduled_article_leave_no_trace(good: BuiltSite, word: str) -> None:
    """No page, list, feed, sitemap, archive or copied file knows of them or of what they attach."""
    assert good.mentions(word) == []


def test_a_scheduled_article_appears_when_its_minute_has_come(tmp_path: Path) -> None:
    """At 09:00 it stands in its lists, feeds and sitemap; a minute before, nothing does."""
    builds.build(tmp_path / "before", now=NEW_YEAR - 60)
    assert BuiltSite(tmp_path / "before").mentions("new-year-schedule") == []
    builds.build(tmp_path / "after", now=NEW_YEAR)
    after = BuiltSite(tmp_path / "after")
    assert SCHEDULED in after.pages
    assert {
        "notices/notice/index.html", "notices/index.html", "index.html", "feed.xml",
        "notices/notice/feed.xml", "sitemap.xml", "archive/2027/index.html",
    } <= set(after.mentions("new-year-schedule"))  # fmt: skip


def test_a_hidden_article_can_be_opened_but_is_listed_nowhere(good: BuiltSite) -> None:
    """Its address works, its attachment too; nothing leads there and search engines stay out."""
    page = good.page(HIDDEN)
    assert page.texts("h1") == ["致春节留岗志愿者的说明"]
    assert page.meta("robots") == ["noindex"]
    assert good.mentions("volunteers-briefing") == [HIDDEN.removeprefix("/")]
    assert good.root.joinpath("attachments/2026/volunteers.txt").is_file()


def test_a_withdrawn_article_leaves_a_note_with_its_reason_and_day(good: BuiltSite) -> None:
    """The address says what stood there; the text is gone."""
    page = good.page(WITHDRAWN)
    assert page.meta("robots") == ["noindex"]
    (document,) = page.texts(".document")
    assert "撤回（2026年4月22日）" in document
    assert "撤回说明：收费标准有误，正在重新核定，核定后另行公布。" in document
    assert "羽毛球馆" not in page.source
    assert page.select(".attachments") == []


def test_a_withdrawn_article_is_in_no_list_and_its_attachment_is_gone(good: BuiltSite) -> None:
    """Only its own page and the redirect from its old address know it."""
    assert good.mentions("venue-fees") == [WITHDRAWN.removeprefix("/"), "zcwj/2026/0420.html"]
    assert good.mentions("羽毛球馆") == []


def test_withdrawing_an_article_takes_its_attachment_out_of_the_output(
    tmp_path: Path, good: BuiltSite
) -> None:
    """The file was published by the build before; this one removes it."""
    content = builds.copy_content(tmp_path)
    article = content / "policies/documents/2026-03-16-welfare-measures-2026.md"
    name = "attachments/2026/职工福利方案备案表.docx"
    output = builds.copy_output(good, tmp_path)
    assert (output / name).is_file()
    for linking in content.rglob("*.md"):
        text = linking.read_text("utf-8").replace(
            "/policies/documents/2026-03-16-welfare-measures-2026.md", "/"
        )
        linking.write_text(text.replace("(/#s2)", "(/)").replace("(/#s1-1)", "(/)"), "utf-8")
    text = article.read_text("utf-8")
    article.write_text(text.replace("公开属性:", "状态: 撤回\n公开属性:"), "utf-8")
    builds.build(output, content=content)
    assert not (output / name).exists()
    assert "已经撤回" in (output / "2026/welfare-measures-2026.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/xxjl/llyj/618.html", "/2026/platform-workers-study.html"),
        ("/theory/618/", "/2026/platform-workers-study.html"),
        ("/bszn/ruhui/", "/2026/join-the-union.html"),
        ("/zcwj/2026/0420.html", WITHDRAWN),
    ],
)
def test_an_old_address_leads_to_the_new_one(good: BuiltSite, old: str, new: str) -> None:
    """By refresh, by a link for those who turned that off, and by canonical for search engines."""
    page = good.page(old)
    assert page.is_redirect
    assert page.tree.xpath("//meta[@http-equiv='refresh']/@content") == [f"0; url={new}"]
    assert page.tree.xpath("//link[@rel='canonical']/@href") == [f"https://www.example.org{new}"]
    assert page.links("body") == [new]
    assert page.meta("robots") == ["noindex"]


def test_pages_and_topics_have_the_same_states_as_articles(tmp_path: Path) -> None:
    """Hidden: reachable, but unlisted and kept from search engines. Draft: no trace."""
    content = builds.copy_content(tmp_path)
    for folder, kind in (("pages", "页面"), ("topics", "专题")):
        for name, state in (("rehearsal", "隐藏"), ("unready", "草稿")):
            text = f"---\n标题: {state}的{kind}\n状态: {state}\n---\n\n演练。\n"
            (content / folder / f"{name}.md").write_text(text, "utf-8")
    builds.build(tmp_path / "output", content=content)
    site = BuiltSite(tmp_path / "output")
    for url, title in (("/rehearsal.html", "隐藏的页面"), ("/topics/rehearsal/", "隐藏的专题")):
        assert site.page(url).meta("robots") == ["noindex"]
        assert site.mentions(title) == [site.file_of(url)]
    assert "rehearsal" not in site.text("sitemap.xml")
    assert site.mentions("unready") == []
    assert site.mentions("草稿的") == []
