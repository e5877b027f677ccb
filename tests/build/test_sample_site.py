"""The sample site is what a newcomer sees first: complete, and without a warning."""

from __future__ import annotations

import re

from tests.build.reading import BuiltSite


def test_the_sample_site_is_built_without_a_warning(sample: BuiltSite) -> None:
    """One line, and before it at most the news that pictures are being made."""
    said = r"(正在制作 \d+ 张图片.*\n)?网站已生成：\d+ 篇文章，\d+ 个固定页面；更新 \d+ 个文件，删除 0 个文件。\n"
    assert re.fullmatch(said, sample.log), sample.log


def test_no_column_of_the_sample_site_is_empty(sample: BuiltSite) -> None:
    """An empty column counts against a site in inspections (国办秘函〔2019〕19号)."""
    columns = set(sample.page("/").links(".site-menu")) - {"/"}
    assert columns <= sample.pages.keys()
    empty = [
        url for url in columns if url.endswith("/") and not sample.page(url).links(".frame__main")
    ]
    assert empty == []
    lists = [url for url in columns if url.count("/") == 3]
    assert [url for url in lists if not sample.page(url).links(".article-list")] == []


def test_the_sample_site_shows_what_the_system_can_do(sample: BuiltSite) -> None:
    """A feature that nothing shows is one that nobody finds, or sees break."""
    shown = {
        "attachments", "headline", "highlights", "neighbours", "notice-box", "pagination",
        "record-table", "related", "relations", "table-scroll", "toc", "topic-cards",
        "validity-banner--bad", "validity-banner--ok",
    }  # fmt: skip
    classes = {
        name
        for page in sample.pages.values()
        for value in page.tree.xpath("//@class")
        for name in value.split()
    }
    assert shown - classes == set()
    assert any(page.is_redirect for page in sample.pages.values())
    assert "已经撤回" in "".join(page.source for page in sample.pages.values())
