"""Every address belongs to one page."""

from pathlib import Path

import pytest

from policysite.model.addresses import address_clashes
from policysite.model.content import read_content
from tests.unit.making import INTRO, NOW, front_matter, write_content

A = "notices/2026-03-15-a.md"
B = "notices/2026-03-16-b.md"


def clashes(folder: Path, files: dict[str, str | bytes]) -> list[tuple[str, int, str]]:
    """Return path, line and text of every clash."""
    content, _ = read_content(write_content(folder, files), NOW)
    return [(found.path, found.line, found.text) for found in address_clashes(content)]


def moved(*addresses: str, date: str = "2026-03-15") -> str:
    return front_matter("旧地址:", *(f"  - {address}" for address in addresses), date=date)


@pytest.mark.parametrize(
    ("address", "owner"),
    [
        ("/sitemap.html", "网站本身"),
        ("/index.html", "网站本身"),
        ("/archive/", "网站本身"),
        ("/archive/2026/", "网站本身"),
        ("/archive/index.html", "网站本身"),
        ("/topics/", "网站本身"),
        ("/feed.xml", "网站本身"),
        ("/notices/", "content/columns.toml"),
        ("/notices/index.html", "content/columns.toml"),
        ("/notices/feed.xml", "content/columns.toml"),
        ("/policies/documents/page-3.html", "网站本身"),
        ("/intro.html", "content/pages/intro.md"),
        ("/topics/heat/", "content/topics/heat.md"),
        ("/topics/heat/index.html", "content/topics/heat.md"),
        ("/2026/b.html", f"content/{B}"),
        ("/2026/a.html", f"content/{A}"),
        ("/attachments/old.html", "content/attachments/old.html"),
    ],
)
def test_a_former_address_must_be_free(tmp_path: Path, address: str, owner: str) -> None:
    files: dict[str, str | bytes] = {
        A: moved(address),
        B: front_matter(date="2026-03-16"),
        "topics/heat.md": INTRO,
        "attachments/old.html": "<p>",
    }
    assert clashes(tmp_path, files) == [
        (f"content/{A}", 4, f"网址 {address} 已经由 {owner} 使用。请改一个短名或旧地址。")
    ]


@pytest.mark.parametrize("address", ["/zcwj/2021/1.html", "/zcwj/", "/old/page-2.html", "/a.html"])
def test_any_other_former_address_is_free(tmp_path: Path, address: str) -> None:
    assert clashes(tmp_path, {A: moved(address)}) == []


def test_two_articles_cannot_come_from_one_address(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        A: moved("/zcwj/"),
        B: moved("/zcwj/index.html", date="2026-03-16"),
    }
    assert [(path, line) for path, line, _ in clashes(tmp_path, files)] == [(f"content/{B}", 4)]


def test_one_article_cannot_come_from_one_address_twice(tmp_path: Path) -> None:
    assert len(clashes(tmp_path, {A: moved("/zcwj/1.html", "/zcwj/1.html")})) == 1


@pytest.mark.parametrize("name", ["404", "sitemap", "index"])
def test_a_fixed_page_cannot_take_a_page_of_the_site(tmp_path: Path, name: str) -> None:
    ((path, line, text),) = clashes(tmp_path, {f"pages/{name}.md": INTRO})
    assert (path, line) == (f"content/pages/{name}.md", 0)
    assert "网站本身" in text


def test_the_same_short_name_in_one_year_is_one_address(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        A: front_matter(),
        "policies/documents/2026-05-01-a.md": front_matter(date="2026-05-01"),
    }
    assert [path for path, _, _ in clashes(tmp_path, files)] == [
        "content/policies/documents/2026-05-01-a.md"
    ]


def test_a_column_that_is_a_page_leaves_the_address_to_the_page(tmp_path: Path) -> None:
    assert clashes(tmp_path, {}) == []
