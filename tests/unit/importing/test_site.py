"""The pages of an old site: what its rules find becomes drafts, the rest stands in the report."""

from __future__ import annotations

from pathlib import Path

import pytest

from policysite.importing.blocks import CannotImport
from policysite.importing.site import DONE, FAILED, KNOWN, Row
from policysite.importing.site_rules import read_rules
from policysite.tools.importing_site import import_site, report, summary
from tests.unit.making import write_content

RULES = """
site = "https://old.example.org"
[xpath]
title = "//h1"
body = "//div[@id='content']"
date = "//div[@class='info']"
source = "substring-before(substring-after(//div[@class='info'], '来源：'), ' ')"
column = "//div[@class='crumb']"
remove = ["//div[@class='share']"]
[columns]
"首页 > 通知公告" = "notices"
"/wj/" = "policies/documents"
"""
PAGE = """<html><head><meta charset="{charset}"></head><body>
<div class="crumb">首页 &gt; 通知公告</div><h1>{title}</h1>
<div class="info">来源：省总工会 发布时间：2016年4月21日 08:30 阅读：12</div>
<div id="content">{body}<div class="share">分享到微博</div></div></body></html>"""


def page(
    title: str = "关于做好工作的通知", body: str = "<p>　　正文。</p>", charset: str = "utf-8"
) -> bytes:
    encoding = "gb18030" if charset == "gb2312" else charset
    return PAGE.format(title=title, body=body, charset=charset).encode(encoding)


class Desk:
    """An old site on disk and our content."""

    def __init__(self, folder: Path) -> None:
        self.old, self.rules = folder / "old", folder / "rules.toml"
        self.old.mkdir()
        self.rules.write_text(RULES, "utf-8")
        self.content = write_content(folder, {})

    def put(self, name: str, data: bytes) -> None:
        path = self.old / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    def run(self) -> list[Row]:
        return [*import_site(self.old, self.rules, self.content)]

    def text(self, row: Row) -> str:
        return (self.content / row.path).read_text("utf-8")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_page_becomes_a_draft_with_its_old_address(desk: Desk) -> None:
    desk.put("xxjl/2016/1.html", page(charset="gb2312", body="<p>　　朱镕基。</p>"))
    [row] = desk.run()
    assert row.result == DONE
    assert row.path.startswith("notices/2016-04-21-")
    text = desk.text(row)
    assert "标题: 关于做好工作的通知\n发布日期: 2016-04-21 08:30\n" in text
    assert "状态: 草稿\n" in text
    assert '旧地址:\n  - "/xxjl/2016/1.html"\n' in text
    assert "来源: 省总工会\n" in text
    assert text.endswith("---\n\n朱镕基。\n")


def test_a_rule_for_an_address_goes_before_the_words_of_a_page(desk: Desk) -> None:
    desk.put("wj/1.html", page())
    [row] = desk.run()
    assert row.path.startswith("policies/documents/")


def test_a_second_run_goes_on_where_the_first_was_stopped(desk: Desk) -> None:
    for number in range(4):
        desk.put(f"a/{number}.html", page(f"通知之{number}"))
    rows = import_site(desk.old, desk.rules, desk.content)
    first = [next(rows), next(rows)]
    before = {row.path: (desk.content / row.path).stat().st_mtime_ns for row in first}
    again = desk.run()
    assert [row.result for row in again] == [KNOWN, KNOWN, DONE, DONE]
    assert {row.path: (desk.content / row.path).stat().st_mtime_ns for row in first} == before
    assert len({row.path for row in again}) == 4


def test_what_an_editor_changed_in_a_draft_is_never_overwritten(desk: Desk) -> None:
    desk.put("a/1.html", page())
    [row] = desk.run()
    path = desk.content / row.path
    path.write_text(path.read_text("utf-8").replace("正文。", "改过。"), "utf-8")
    path.rename(path.with_name("2016-04-21-another-name.md"))
    assert [again.result for again in desk.run()] == [KNOWN]
    assert len([*desk.content.glob("notices/*.md")]) == 1


@pytest.mark.parametrize(
    "body",
    [
        '<a href="http://[::1">表</a>',
        '<a href="/a\x0b.doc">表</a>',
        '<a href="/&#11;.html">表</a>',
        '<a href="/%00.doc">表</a>',
        '<img src="/%00.png">',
        f'<a href="/{"x" * 400}.doc">表</a>',
        '<base href="http://["><a href="1.html">表</a>',
        "<div>" * 240 + "<b>" * 300,
    ],
)
def test_addresses_that_are_none_and_deep_pages_stop_no_import(desk: Desk, body: str) -> None:
    desk.put("a/1.html", page(body=f"<p>正文。</p>{body}"))
    desk.put("a/2.html", page("另一篇通知"))
    rows = desk.run()
    assert rows[0].result in (DONE, FAILED)
    assert rows[1].result == DONE


def test_addresses_count_from_the_base_of_their_page(desk: Desk) -> None:
    desk.put("files/1.doc", b"x")
    desk.put("a/1.html", page(body='<base href="/files/"><p>正文，见<a href="1.doc">表</a>。</p>'))
    [row] = desk.run()
    assert "- 表: attachments/2016/" in desk.text(row)


def test_pages_of_one_title_have_different_names(desk: Desk) -> None:
    desk.put("a/1.html", page())
    desk.put("a/2.html", page())
    assert len({row.path for row in desk.run()}) == 2


def test_links_between_pages_lead_to_the_articles_made_of_them(desk: Desk) -> None:
    desk.put(
        "a/1.html",
        page(
            "甲通知",
            '<p>见<a href="2.html">乙</a>、<a href="/b/">丙</a>、<a href="no.html">丁</a>。</p>',
        ),
    )
    desk.put("a/2.html", page("乙通知"))
    desk.put("b/index.html", page("丙通知"))
    first, second, third = desk.run()
    assert f"见[乙](/{second.path})、[丙](/{third.path})、丁。" in desk.text(first)
    assert third.address == "/b/"


def test_pictures_and_attachments_come_along(desk: Desk) -> None:
    desk.put("files/p.png", b"png")
    desk.put("files/f.doc", b"doc")
    desk.put(
        "a/1.html",
        page(
            body='<p>甲</p><p><img src="../files/p.png" alt="会场"></p><p><a href="/files/f.doc">申请表</a></p>'
        ),
    )
    [row] = desk.run()
    text = desk.text(row)
    [picture] = desk.content.glob("images/2016/*.png")
    [form] = desk.content.glob("attachments/2016/*.doc")
    assert f"![会场](/images/2016/{picture.name})" in text
    assert f"附件:\n  - 申请表: attachments/2016/{form.name}\n" in text
    assert (picture.read_bytes(), form.read_bytes()) == (b"png", b"doc")


def test_what_the_copy_lacks_is_told(desk: Desk) -> None:
    desk.put("a/1.html", page(body='<p>甲</p><img src="/no.png"><p><a href="/no.doc">表</a></p>'))
    [row] = desk.run()
    assert row.result == DONE
    assert "没有图片 https://old.example.org/no.png" in row.remarks
    assert "没有附件 https://old.example.org/no.doc" in row.remarks


def test_nothing_outside_of_the_copy_is_read(desk: Desk) -> None:
    (desk.old.parent / "secret.png").write_bytes(b"x")
    desk.put(
        "a/1.html",
        page(body='<p>甲</p><img src="/..%2fsecret.png"><img src="file:///etc/hostname">'),
    )
    [row] = desk.run()
    assert "没有图片" in row.remarks
    assert not [*desk.content.glob("images/**/*.png")]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "网页读不出来"),
        (b"<p>x</p>", "没有找到正文"),
        (page(title=""), "没有找到标题"),
        (page().replace("2016年4月21日".encode(), b""), "没有找到发布日期"),
        (page().replace("4月21".encode(), "2月31".encode()), "发布日期不对"),
        (page(body=""), "正文是空的"),
        (page().replace("通知公告".encode(), "图片".encode()), "不知道放在哪个栏目"),
    ],
    ids=["empty", "no body", "no title", "no date", "no such day", "no text", "no column"],
)
def test_a_page_that_cannot_be_read_stands_in_the_report(
    desk: Desk, data: bytes, said: str
) -> None:
    desk.put("a/1.html", data)
    desk.put("a/2.html", page())
    bad, good = desk.run()
    assert bad.result == FAILED
    assert said in bad.remarks
    assert good.result == DONE


def test_the_report_names_every_page(desk: Desk) -> None:
    desk.put("a/1.html", page())
    desk.put("a/2.html", b"<p>x</p>")
    rows = desk.run()
    text = report(rows)
    assert text.startswith("\ufeff网址,结果,文件,说明\r\n/a/1.html,已导入,notices/")
    assert "/a/2.html,没有导入,," in text
    assert summary(rows) == "已导入 1 页，没有导入 1 页。"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('"//h1"', '"//h1["'), "xpath.title：“//h1[”不是 XPath"),
        (("title =", "titel ="), "xpath.title：没有写"),
        (("https://old.example.org", "old"), "site：要写成"),
        (("[columns]", "[columns]\n甲"), ":11 "),
        (('= "notices"', '= "news"'), "没有news这样可以写文章的栏目"),
    ],
)
def test_wrong_rules_are_told_before_anything_is_written(
    desk: Desk, change: tuple[str, str], said: str
) -> None:
    desk.put("a/1.html", page())
    desk.rules.write_text(RULES.replace(*change), "utf-8")
    with pytest.raises(CannotImport) as caught:
        desk.run()
    assert said in str(caught.value)
    assert not [*desk.content.glob("notices/*")]


def test_a_missing_folder_or_an_empty_one_is_told(desk: Desk) -> None:
    with pytest.raises(CannotImport, match="没有要导入的网页"):
        desk.run()
    with pytest.raises(CannotImport, match="找不到文件夹"):
        [*import_site(desk.old / "no", desk.rules, desk.content)]
    with pytest.raises(CannotImport, match="打不开（不存在）"):
        read_rules(desk.old / "no.toml")
