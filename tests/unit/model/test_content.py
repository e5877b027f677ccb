"""The walk through the content folder: every file becomes a value or a problem."""

from pathlib import Path

import pytest

from policysite.model.content import Content, read_content
from tests.unit.making import COLUMN_TABLE, INTRO, NOW, front_matter, write_content

ARTICLE = "notices/2026-03-15-summer-heat.md"


def read(folder: Path, files: dict[str, str | bytes]) -> tuple[Content, list[tuple[str, str]]]:
    """Return the content of `files`, and path and code of every problem."""
    content, problems = read_content(write_content(folder, files), NOW)
    return content, [(found.path, found.code) for found in problems]


def test_every_kind_of_file_finds_its_place(tmp_path: Path) -> None:
    content, problems = read(
        tmp_path,
        {
            ARTICLE: front_matter(),
            "policies/documents/2025-06-12-allowance.md": front_matter(date="2025-06-12"),
            "topics/heat.md": INTRO,
            "images/2026/heat.svg": "<svg/>",
            "attachments/2026/申报表.docx": b"PK",
        },
    )
    assert problems == []
    assert [article.slug for article in content.articles] == ["summer-heat", "allowance"]
    assert [article.column and article.column.path for article in content.articles] == [
        "notices",
        "policies/documents",
    ]
    assert [page.slug for page in content.pages] == ["intro"]
    assert [topic.slug for topic in content.topics] == ["heat"]
    assert sorted(content.files) == ["attachments/2026/申报表.docx", "images/2026/heat.svg"]
    assert len(content.manuscripts) == 4


def test_problems_name_files_from_the_content_folder_on(tmp_path: Path) -> None:
    _, problems = read(tmp_path, {ARTICLE: front_matter("请尽快发布")})
    assert problems == [(f"content/{ARTICLE}", "F103")]


@pytest.mark.parametrize(
    "name",
    [".DS_Store", "notices/.2026-03-15-a.md.swp", ".git/config", "notices/Thumbs.db",
     "notices/desktop.ini", "notices/~$2026-03-15-a.docx", "images/.DS_Store"],
)  # fmt: skip
def test_what_machines_leave_behind_is_no_content(tmp_path: Path, name: str) -> None:
    content, problems = read(tmp_path, {name: b"x"})
    assert problems == []
    assert content.files == {}


def test_a_folder_may_be_a_link_and_lie_elsewhere(tmp_path: Path) -> None:
    read(tmp_path, {"attachments/2026/a.docx": b"x", "attachments/b.docx": b"x"})
    folder = tmp_path / "content/attachments"
    folder.rename(tmp_path / "elsewhere")
    folder.symlink_to(tmp_path / "elsewhere")
    (folder / "2026/back").symlink_to(tmp_path / "elsewhere")
    content, _ = read(tmp_path, {})
    assert sorted(content.files) == ["attachments/2026/a.docx", "attachments/b.docx"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("notices/2026-03-15-a.docx", "N305"),
        ("notices/README", "N305"),
        ("说明.txt", "N305"),
        ("README.md", "N303"),
        ("letters/2026-03-15-a.md", "N303"),
        ("notices/2026/2026-03-15-a.md", "N303"),
        ("pages/help/contact.md", "N303"),
        ("policies/2026-03-15-a.md", "N304"),
        ("about/intro/2026-03-15-a.md", "N307"),
        ("notices/a.md", "N301"),
        ("pages/Contact.md", "F106"),
    ],
)
def test_a_file_in_the_wrong_place_is_told(tmp_path: Path, name: str, code: str) -> None:
    _, problems = read(tmp_path, {name: front_matter()})
    assert (f"content/{name}", code) in problems


def test_a_file_that_is_no_utf_8_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    content, problems = read(
        tmp_path,
        {
            ARTICLE: front_matter().encode("gbk"),
            "notices/2026-03-16-b.md": front_matter(date="2026-03-16"),
        },
    )
    assert problems == [(f"content/{ARTICLE}", "F110")]
    assert [article.slug for article in content.articles] == ["b"]


def test_articles_of_a_column_that_cannot_be_read_are_not_called_misplaced(tmp_path: Path) -> None:
    table = COLUMN_TABLE.replace('"工作动态"', '"动态"')
    content, problems = read(tmp_path, {"columns.toml": table, ARTICLE: front_matter()})
    assert problems == [("content/columns.toml", "C602")]
    assert content.articles == ()


def test_a_short_name_is_used_once_in_the_whole_site(tmp_path: Path) -> None:
    _, problems = read(
        tmp_path,
        {
            ARTICLE: front_matter(),
            "policies/documents/2025-03-15-summer-heat.md": front_matter(date="2025-03-15"),
        },
    )
    assert problems == [(f"content/{ARTICLE}", "N302")]


def test_a_number_used_twice_is_told_of_the_newer_article(tmp_path: Path) -> None:
    """Its author is the one who checks it, alone, before it is committed."""
    number = "发文字号: 示总工发〔2026〕12号"
    older = front_matter(number, date="2026-03-01")
    _, problems = read(
        tmp_path,
        {ARTICLE: front_matter(number), "policies/documents/2026-03-01-heat.md": older},
    )
    assert problems == [(f"content/{ARTICLE}", "N309")]


def test_the_page_of_a_column_must_exist(tmp_path: Path) -> None:
    table = COLUMN_TABLE.replace('page = "intro"', 'page = "introduction"')
    _, problems = read(tmp_path, {"columns.toml": table})
    assert problems == [("content/columns.toml", "C604")]


def test_a_content_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    _, problems = read_content(tmp_path / "contnet", NOW)
    assert [str(found).split(" ")[1] for found in problems] == ["[C605]"]


def test_the_order_of_files_does_not_depend_on_the_disk(tmp_path: Path) -> None:
    names = ["2026-03-15-b", "2026-03-15-a", "2025-01-01-c"]
    files: dict[str, str | bytes] = {
        f"notices/{name}.md": front_matter(date=name[:10]) for name in names
    }
    content, _ = read(tmp_path, files)
    assert [article.slug for article in content.articles] == ["c", "a", "b"]
