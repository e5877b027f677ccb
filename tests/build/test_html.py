"""What holds on every page of every site: links, labels, head, headings."""

from __future__ import annotations

import copy
import gzip
import json
import re
from itertools import pairwise

import pytest
from lxml import etree

from tests.build.reading import BuiltSite, Page, find_broken_links

# 国办发〔2017〕47号 附件《网页设计规范》, in its order.
STANDARD = (
    "SiteName", "SiteDomain", "SiteIDCode", "ColumnName", "ColumnDescription", "ColumnKeywords",
    "ColumnType", "ArticleTitle", "PubDate", "ContentSource", "Keywords", "Author", "Description",
    "Image", "Url",
)  # fmt: skip
REQUIRED_OF_SITE = {"SiteName", "SiteDomain"}
REQUIRED_OF_COLUMN = {"ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"}
REQUIRED_OF_ARTICLE = {"ArticleTitle", "PubDate", "ContentSource"}
ARTICLE_LIMIT = 14 * 1024


def proper(site: BuiltSite) -> list[Page]:
    """Return the pages that are more than a redirect."""
    return [page for page in site.pages.values() if not page.is_redirect]


def is_article(page: Page) -> bool:
    """Whether a page is an article that readers can read."""
    return bool(page.meta("ArticleTitle"))


def standard_tags(page: Page) -> list[tuple[str, str]]:
    """Return the tags of the standard on a page: name and content, in their order."""
    tags = page.tree.xpath("//meta[@name]")
    return [(t.get("name"), t.get("content")) for t in tags if t.get("name") in STANDARD]


def test_no_link_image_or_attachment_leads_nowhere(site: BuiltSite) -> None:
    """On any page; anchors, canonical links, feeds and share pictures included."""
    assert find_broken_links(site, "www.example.org") == []


def test_ids_are_unique_on_a_page(site: BuiltSite) -> None:
    """A second one is never reached by a link."""
    for page in site.pages.values():
        assert len(page.ids) == len(set(page.ids)), page.url


@pytest.mark.parametrize(
    "pattern",
    [
        r"\(\s*\)|（\s*）|〔\s*〕|《\s*》",
        r"\{filename\}|\{static\}|\{attach\}|\{\{|\}\}|\{%",
        r">\s*(None|True|False|nan|Undefined)\s*<",
        r"\bhref=\"\"|\bsrc=\"\"|\bcontent=\"\"|\bclass=\"\"|\bid=\"\"",
        r"<(ul|ol|dl|h[1-6]|li|dd|dt|section|nav|figure|tbody|aside)\b[^>]*>\s*</\1>",
        r"\x02|\x03|policysite:|&amp;(lt|gt|amp|quot|#\d+);",
    ],
    ids=["空括号", "模板记号", "空值", "空属性", "空元素", "内部记号"],
)
def test_nothing_empty_or_left_over_is_printed(site: BuiltSite, pattern: str) -> None:
    """Empty brackets, unfilled marks, empty attributes and empty elements are all defects."""
    found = [
        f"{page.url}: {match[0]!r}"
        for page in site.pages.values()
        for match in re.finditer(pattern, _without_scripts(page.source))
    ]
    assert found == []


def _without_scripts(source: str) -> str:
    return re.sub(r"<(script|style)\b.*?</\1>", "", source, flags=re.DOTALL)


def test_no_label_stands_without_its_value(site: BuiltSite) -> None:
    """Outside the text itself, where a paragraph may well end in a colon before a list."""
    for page in site.pages.values():
        frame = copy.deepcopy(page.tree)
        for document in frame.xpath("//*[contains(@class, 'document')]"):
            document.getparent().remove(document)
        source = etree.tostring(frame, encoding="unicode")
        assert re.findall(r".{0,30}：\s*</[^>]*>", _without_scripts(source)) == [], page.url


def test_government_tags_are_filled_and_in_the_standards_order(site: BuiltSite) -> None:
    """No page of the standard's kinds lacks a required one, and none is empty or doubled."""
    for page in proper(site):
        tags = standard_tags(page)
        names = [name for name, _ in tags]
        assert names == [name for name in STANDARD if name in names], page.url
        assert all(content and content.strip() == content for _, content in tags), page.url
        assert set(names) >= REQUIRED_OF_SITE, page.url
        if is_article(page):
            assert set(names) >= REQUIRED_OF_COLUMN | REQUIRED_OF_ARTICLE, page.url


def test_home_and_columns_carry_the_column_tags(good: BuiltSite) -> None:
    """Lists, columns that are one fixed page, and the home page with its own type."""
    for url, name, kind in (
        ("/", "首页", "首页"),
        ("/study/theory/", "理论研究", "其他"),
        ("/policies/", "政策文件", "政策文件"),
        ("/intro.html", "机构简介", "概况信息"),
    ):
        page = good.page(url)
        assert {tag for tag, _ in standard_tags(page)} >= REQUIRED_OF_COLUMN, url
        assert page.meta("ColumnName") == [name]
        assert page.meta("ColumnType") == [kind]


def test_an_article_carries_its_tags(good: BuiltSite) -> None:
    """PubDate is minutes in 24-hour form; Author falls back to 责任编辑; Image is a full address."""
    tags = dict(standard_tags(good.page("/2026/welfare-measures-2026.html")))
    assert tags["PubDate"] == "2026-03-16 09:30"
    assert tags["ContentSource"] == "示例市总工会财务部"
    assert tags["Author"] == "周予安"
    assert tags["Url"] == "https://www.example.org/2026/welfare-measures-2026.html"
    tags = dict(standard_tags(good.page("/2026/service-station.html")))
    assert tags["Image"] == "https://www.example.org/images/2026/station.svg"


def test_every_meta_tag_has_content_and_every_page_its_own_title(site: BuiltSite) -> None:
    """Two pages of the same title cannot be told apart among tabs or search results."""
    titles: dict[str, str] = {}
    for page in proper(site):
        for tag in page.tree.xpath("//meta[@name or @property]"):
            assert (tag.get("content") or "").strip(), (page.url, tag.attrib)
        (title,) = page.tree.xpath("//head/title/text()")
        assert titles.setdefault(title, page.url) == page.url


def test_canonical_names_the_page_itself(site: BuiltSite) -> None:
    """With domain, so that copies elsewhere point back."""
    for page in proper(site):
        (address,) = page.tree.xpath("//link[@rel='canonical']/@href")
        assert address == f"https://www.example.org{page.url}"


def test_structured_data_is_json_with_nothing_empty(site: BuiltSite) -> None:
    """schema.org in the form search engines read; no key without value."""
    for page in site.pages.values():
        for script in page.tree.xpath("//script[@type='application/ld+json']/text()"):
            data = json.loads(script)
            assert data["@context"] == "https://schema.org"
            assert all(data.values()), page.url


def test_every_page_says_its_language_and_width_first(site: BuiltSite) -> None:
    """Screen readers choose the voice by lang; the charset must stand in the first kilobyte."""
    for page in site.pages.values():
        assert page.source.startswith('<!doctype html>\n<html lang="zh-CN">'), page.url
        assert page.source.index('<meta charset="utf-8">') < 1024
        assert page.meta("viewport") == ["width=device-width, initial-scale=1"], page.url


def test_every_page_has_one_main_heading_and_skips_no_level(site: BuiltSite) -> None:
    """The outline is what screen readers jump by."""
    for page in site.pages.values():
        headings = page.tree.xpath("//h1 | //h2 | //h3 | //h4 | //h5 | //h6")
        levels = [int(heading.tag[1]) for heading in headings]
        assert levels.count(1) == 1, page.url
        steps = list(pairwise(levels))
        assert [step for step in steps if step[1] > step[0] + 1] == [], page.url
        assert all(heading.text_content().strip() for heading in headings), page.url


def test_every_image_has_words_or_is_decoration_and_keeps_its_room(site: BuiltSite) -> None:
    """Without width and height the text jumps when the image comes."""
    for page in site.pages.values():
        for image in page.tree.xpath("//img"):
            assert image.get("alt") is not None, (page.url, image.get("src"))
            assert image.get("width"), (page.url, image.get("src"))
            assert image.get("height"), (page.url, image.get("src"))


def test_nothing_is_loaded_from_another_host(site: BuiltSite) -> None:
    """No font, script, style, picture or frame of anyone else."""
    for page in site.pages.values():
        loaded = page.tree.xpath("//script/@src | //img/@src | //source/@src | //iframe/@src")
        loaded += page.tree.xpath(
            "//link[@rel='stylesheet' or @rel='icon' or @rel='preload']/@href"
        )
        assert [address for address in loaded if not address.startswith("/")] == [], page.url
        assert page.tree.xpath("//iframe | //object | //embed") == [], page.url


def test_pages_are_light(site: BuiltSite) -> None:
    """Budget: HTML of an article of up to 8,000 characters at most 14 KB, compressed."""
    for page in site.pages.values():
        (text,) = page.texts("body")
        if len(text) <= 10_000:
            size = len(gzip.compress(page.source.encode(), 6, mtime=0))
            assert size <= ARTICLE_LIMIT, (page.url, size)


def test_style_and_each_script_are_light(good: BuiltSite) -> None:
    """Budget: 6 KB of CSS for all pages, 2 KB for a page that is a tool, 4 KB for a script.

    The search engine comes when a search box is touched, and may take 11 KB: of the 60 that a first
    query costs. The script of the results, on their page alone, may take 5.
    """
    sizes = {
        name: len(gzip.compress((good.root / name).read_bytes(), 6, mtime=0))
        for name in good.files
        if name.startswith("assets/") and name.endswith((".css", ".js"))
    }
    styles = {name: size for name, size in sizes.items() if name.endswith(".css")}
    limits = {name: (6 if name.startswith("assets/site.") else 2) * 1024 for name in styles}
    assert [name for name, size in styles.items() if size > limits[name]] == []
    scripts = {name: size for name, size in sizes.items() if name.endswith(".js")}
    more = {"search-engine": 11, "search": 5}
    limits = {name: more.get(name[7:].split(".")[0], 4) * 1024 for name in scripts}
    assert [name for name, size in scripts.items() if size > limits[name]] == []
