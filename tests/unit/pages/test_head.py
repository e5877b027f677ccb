"""The <head>: title, government meta tags, JSON-LD."""

import json
from dataclasses import replace
from datetime import datetime

import pytest

from policysite.model.fields import Status
from policysite.model.values import CHINA
from policysite.pages.head import article_head, column_head, home_head, plain_head
from policysite.pages.pictures import Picture
from tests.unit.making import NOTICES, SETTINGS, make_article

FULL = make_article(
    date=datetime(2026, 3, 15, 9, 30, tzinfo=CHINA),
    updated=datetime(2026, 3, 20, 16, 0, tzinfo=CHINA),
    keywords=("高温津贴", "防暑降温"),
    author="林晓禾",
    image=Picture("/images/heat.svg", "现场", 3, 2),
)
WITH_CODE = SETTINGS.model_copy(update={"id_code": "1234567890"})


def test_the_tags_of_an_article_stand_in_the_order_of_the_norm() -> None:
    assert article_head(WITH_CODE, FULL, {}).meta == (
        ("SiteName", "示例省总工会"),
        ("SiteDomain", "www.example.org"),
        ("SiteIDCode", "1234567890"),
        ("ColumnName", "通知公告"),
        ("ColumnDescription", "示例省总工会的通知和公告。"),
        ("ColumnKeywords", "通知，公告"),
        ("ColumnType", "工作动态"),
        ("ArticleTitle", "关于做好送清凉工作的通知"),
        ("PubDate", "2026-03-15 09:30"),
        ("ContentSource", "示例省总工会"),
        ("Keywords", "高温津贴，防暑降温"),
        ("Author", "林晓禾"),
        ("Description", "各级工会要把防暑用品送到一线。"),
        ("Image", "https://www.example.org/images/heat.svg"),
        ("Url", "https://www.example.org/2026/summer-heat.html"),
    )


def test_a_tag_without_a_value_is_left_out() -> None:
    tags = article_head(SETTINGS, make_article(), {})
    assert {"SiteIDCode", "Keywords", "Author", "Image"}.isdisjoint(dict(tags.meta))
    assert all(content for _, content in tags.meta)


def test_the_editor_stands_in_for_a_missing_author() -> None:
    assert (
        dict(article_head(SETTINGS, make_article(editor="周予安"), {}).meta)["Author"] == "周予安"
    )


def test_the_title_goes_from_the_article_to_the_site() -> None:
    head = article_head(SETTINGS, FULL, {})
    assert head.title == "关于做好送清凉工作的通知 - 通知公告 - 示例省总工会"
    assert head.url == "https://www.example.org/2026/summer-heat.html"


@pytest.mark.parametrize(("status", "noindex"), [(Status.PUBLISHED, False), (Status.HIDDEN, True)])
def test_search_engines_are_kept_from_hidden_articles(status: Status, noindex: bool) -> None:
    assert article_head(SETTINGS, make_article(status=status), {}).noindex is noindex


def test_a_column_has_its_four_tags_and_its_own_feed() -> None:
    head = column_head(SETTINGS, NOTICES, NOTICES.url)
    assert [name for name, _ in head.meta] == [
        "SiteName", "SiteDomain", "ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"
    ]  # fmt: skip
    assert head.title == "通知公告 - 示例省总工会"
    assert head.feeds == (
        ("示例省总工会", "/feed.xml"),
        ("通知公告 - 示例省总工会", "/notices/feed.xml"),
    )


def test_a_later_page_of_a_column_is_told_from_the_first() -> None:
    head = column_head(SETTINGS, NOTICES, "/notices/page-1.html", "2026年3月")
    assert head.title == "通知公告（2026年3月） - 示例省总工会"
    assert head.description == "示例省总工会的通知和公告。2026年3月"
    assert head.url == "https://www.example.org/notices/page-1.html"


def test_a_child_column_names_its_parent() -> None:
    child = replace(NOTICES, parent_path="about", parent_name="工会概况")
    assert column_head(SETTINGS, child, child.url).title == "通知公告 - 工会概况 - 示例省总工会"


def test_the_home_page_is_a_column_of_its_own_type() -> None:
    head = home_head(SETTINGS)
    assert head.title == "示例省总工会"
    assert dict(head.meta)["ColumnType"] == "首页"
    assert json.loads(str(head.json_ld))["@type"] == "WebSite"


def test_any_other_page_has_the_tags_of_the_site_only() -> None:
    head = plain_head(SETTINGS, "网站地图", "全部栏目。", "/sitemap.html", "list")
    assert [name for name, _ in head.meta] == ["SiteName", "SiteDomain"]
    assert head.title == "网站地图 - 示例省总工会"
    assert not head.noindex


@pytest.mark.parametrize("title", ["</script><b>", "<!--", "甲<乙"])
def test_no_title_can_end_the_script_element(title: str) -> None:
    text = str(article_head(SETTINGS, FULL, {"headline": title}).json_ld)
    assert "<" not in text
    assert json.loads(text) == {"headline": title}
