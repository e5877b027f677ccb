"""The desk of the preview: one article at once, the same as a build would make it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from policysite.gate import inspect
from policysite.known_problems import write_known
from policysite.pages.page import Page
from policysite.pages.site import Site, build_site
from policysite.tools.preview.desk import Desk
from tests.build.builds import copy_content
from tests.unit.making import NOW, SETTINGS, plan_pages

CONTEST = "news/2026-10-12-skills-contest.md"
PAGE = "2026/skills-contest.html"
PLAN = "notices/notice/2026-11-20-year-end-plan.md"


def render(page: Page) -> bytes:
    """Stand for a theme: all that a page is made from."""
    return repr((page.template, page.head, page.breadcrumb, dict(page.values))).encode()


def build(content: Path) -> Site:
    """Return the site of some content."""
    edition, _ = inspect(content, NOW)
    return build_site(edition, SETTINGS, NOW)


def built_page(content: Path, name: str) -> bytes:
    """Return a page as a build makes it."""
    return next(render(page) for page in plan_pages(build(content)) if page.save_as == name)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return copy_content(tmp_path)


@pytest.fixture
def desk(content: Path) -> Desk:
    return Desk(content, build(content), render)


def edit(file: Path, old: str, new: str) -> Path:
    """Replace a text in a file."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    return file


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (CONTEST, "96名", "108名"),
        (CONTEST, "\n---\n", "\n摘要: 换了摘要。\n---\n"),
        (
            "policies/documents/2026-03-16-welfare-measures-2026.md",
            "本通知自",
            "新增的一句。本通知自",
        ),
    ],
)
def test_a_saved_article_is_the_page_that_a_build_makes(
    content: Path, desk: Desk, name: str, old: str, new: str
) -> None:
    made = desk.save(edit(content / name, old, new), NOW)
    assert made.problems == ()
    assert made.page == built_page(content, made.name)
    assert desk.page(made.name) == made.page


def test_every_article_is_the_page_that_a_build_makes(content: Path, desk: Desk) -> None:
    pages = {page.save_as: render(page) for page in plan_pages(desk.site)}
    files = [file for file in sorted(content.rglob("*.md")) if desk.column_of(file)]
    made = [desk.save(file, NOW) for file in files]
    assert len(made) > 10
    seen = [one for one in made if one.name in pages]
    assert [one.name for one in seen if one.page != pages[one.name]] == []


def test_a_broken_article_tells_its_line_and_keeps_the_last_good_page(
    content: Path, desk: Desk
) -> None:
    good = desk.save(edit(content / CONTEST, "96名", "108名"), NOW)
    made = desk.save(edit(content / CONTEST, "发布日期", "发步日期"), NOW)
    assert "news/2026-10-12-skills-contest.md:3:1 [F106]" in str(made.problems[-1])
    assert made.page == b""
    assert desk.page(PAGE) == good.page


def test_a_dead_link_in_a_saved_article_is_found(content: Path, desk: Desk) -> None:
    made = desk.save(edit(content / CONTEST, "96名", "[96名](../nowhere.md)"), NOW)
    assert [found.code for found in made.problems] == ["R404"]


def test_a_fault_of_the_words_is_found_at_once_and_gone_when_it_is_mended(
    content: Path, desk: Desk
) -> None:
    made = desk.save(edit(content / CONTEST, "96名", "96名,共"), NOW)
    assert [found.code for found in made.problems] == ["T101"]
    # The page shows where it is.
    assert "96名,共" in made.page.decode()
    assert desk.page(PAGE) == made.page
    assert desk.save(edit(content / CONTEST, "96名,共", "96名"), NOW).problems == ()


def test_a_known_fault_of_the_text_is_not_told(content: Path, desk: Desk) -> None:
    edit(content / CONTEST, "96名", "96名,共")
    write_known(desk.save(content / CONTEST, NOW).problems, content)
    assert desk.save(content / CONTEST, NOW).problems == ()


def test_a_file_that_is_not_utf_8_is_told(content: Path, desk: Desk) -> None:
    (content / CONTEST).write_bytes("标题: 甲".encode("gbk"))
    assert [found.code for found in desk.save(content / CONTEST, NOW).problems] == ["F110"]


def test_a_new_article_is_shown_before_any_build(content: Path, desk: Desk) -> None:
    text = (content / CONTEST).read_text("utf-8").replace("2026-10-12", "2026-11-01")
    new = content / "news/2026-11-01-just-written.md"
    new.write_text(text, "utf-8")
    assert desk.save(new, NOW).problems == ()
    assert desk.page("2026/just-written.html")


def test_after_a_build_its_files_are_shown_but_for_what_was_saved_meanwhile(
    content: Path, desk: Desk
) -> None:
    other = content / "news/2026-09-28-service-station.md"
    first = desk.save(edit(content / CONTEST, "96名", "108名"), NOW)
    second = desk.save(edit(other, "\n---\n\n", "\n---\n\n新。"), NOW)
    desk.note_fresh()
    again = desk.save(edit(other, "新。", "更新。"), NOW)
    desk.drop_noted()
    assert desk.page(first.name) is None
    assert second.name == again.name
    assert desk.page(second.name) == again.page


def test_a_new_title_shows_on_the_page_of_a_neighbour(content: Path, desk: Desk) -> None:
    other = content / "news/2026-09-28-service-station.md"
    desk.save(edit(content / CONTEST, "全市网约配送员技能竞赛落幕", "换了一个标题"), NOW)
    assert "换了一个标题" in desk.save(other, NOW).page.decode()


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (lambda text: text.replace("\n---\n", "\n状态: 草稿\n---\n", 1), "草稿，读者还看不到。"),
        (
            lambda text: text.replace("2026-10-12", "2026-12-01"),
            "定时稿，2026年12月1日 10:00发布，读者还看不到。",
        ),
    ],
)
def test_what_readers_do_not_see_yet_is_shown_and_marked(
    content: Path, desk: Desk, status: Callable[[str], str], said: str
) -> None:
    text = status((content / CONTEST).read_text("utf-8"))
    day = "2026-12-01" if "2026-12-01" in text else "2026-10-12"
    file = content / f"news/{day}-not-yet.md"
    file.write_text(text, "utf-8")
    assert desk.save(file, NOW).problems == ()
    page = desk.page("2026/not-yet.html")
    assert page
    assert "96名" in page.decode()
    assert desk.mark("2026/not-yet.html") == said
    assert desk.mark(PAGE) == ""
    assert "/2026/not-yet.html" in [url for url, _, _ in desk.unpublished()]
    desk.drop(file)
    assert desk.page("2026/not-yet.html") is None


def test_drafts_of_the_content_are_known_from_the_start(desk: Desk) -> None:
    assert [url for url, _, _ in desk.unpublished()] == [
        "/2027/new-year-schedule.html",
        "/2026/year-end-plan.html",
    ]
    assert desk.page("2026/year-end-plan.html")


def test_only_articles_are_made_by_themselves(content: Path, desk: Desk) -> None:
    assert desk.column_of(content / CONTEST)
    for name in ("pages/intro.md", "columns.toml", "images/a.jpg", "policies/a.md", "news/a.txt"):
        assert desk.column_of(content / name) is None


def test_a_page_that_becomes_a_draft_again_is_shown_as_the_draft(content: Path, desk: Desk) -> None:
    desk.save(edit(content / CONTEST, "96名", "108名"), NOW)
    made = desk.save(edit(content / CONTEST, "108名选手", "120名选手\n"), NOW)
    assert desk.page(PAGE) == made.page
    made = desk.save(edit(content / CONTEST, "\n---\n", "\n状态: 草稿\n---\n"), NOW)
    assert desk.page(PAGE) == made.page
