"""A union's own site on its first day: its settings, one column, hardly an article."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.build import builds
from tests.build.reading import BuiltSite

SETTINGS = """
from policysite import plugin
from policysite.settings import SiteSettings

SITE = SiteSettings(name="锦川市总工会", domain="www.jczgh.cn", description="锦川市总工会网站。", sponsor="锦川市总工会")
SITEURL = SITE.url
PATH = "content"
OUTPUT_PATH = "output"
THEME = "{theme}"
PLUGINS = [plugin]
TIMEZONE = "Asia/Shanghai"
DEFAULT_LANG = "zh-cn"
"""
COLUMNS = """
[[column]]
slug = "news"
name = "工会动态"
description = "锦川市各级工会的工作动态。"
keywords = ["工会动态"]
type = "工作动态"
"""
ARTICLE = "---\n标题: 市总工会部署送温暖工作\n发布日期: 2026-11-20\n---\n\n11月20日，锦川市总工会部署送温暖工作。\n"


def new_site(folder: Path, articles: tuple[str, ...] = ()) -> BuiltSite:
    """Build a site with one column and these articles, by their file names."""
    content = folder / "content"
    (content / "news").mkdir(parents=True)
    (content / "columns.toml").write_text(COLUMNS, "utf-8")
    for name in articles:
        (content / "news" / name).write_text(ARTICLE, "utf-8")
    config = folder / "pelicanconf.py"
    config.write_text(SETTINGS.format(theme=builds.ROOT / "theme"), "utf-8")
    builds.build(folder / "output", content=content, config=config)
    return BuiltSite(folder / "output")


def test_the_first_article_is_on_the_home_page_though_no_column_was_told_to(tmp_path: Path) -> None:
    site = new_site(tmp_path, ("2026-11-20-warmth.md",))
    home = site.page("/")
    assert home.links(".column-block") == ["/news/", "/2026/warmth.html"]
    assert home.texts(".page-note") == []


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    return new_site(tmp_path_factory.mktemp("empty"))


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("/", "网站还没有内容。"),
        ("/topics/", "还没有专题。"),
        ("/archive/", "还没有内容。"),
        ("/news/", "这个栏目还没有内容。"),
    ],
)
def test_a_page_without_content_says_so(empty: BuiltSite, url: str, said: str) -> None:
    assert empty.page(url).texts(".page-note") == [said]


def test_nothing_of_the_sample_is_in_the_pages_of_a_new_site(empty: BuiltSite) -> None:
    pages = [
        (empty.root / name).read_text("utf-8") for name in empty.files if name.endswith(".html")
    ]
    assert pages
    assert not [page for page in pages if "示例省" in page or "example.org" in page]
