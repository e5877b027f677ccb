"""An edit of what only an article shows is published without deriving the site anew."""

from __future__ import annotations

import random
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from policysite.engine.press import Press
from policysite.engine.quick import store_of
from policysite.engine.revision import Revision, revise
from policysite.engine.run import CannotBuild
from policysite.pages import lists
from policysite.pages import plan as plans
from policysite.pages.page import Page
from tests.build import builds
from tests.build.desk import Desk


class EditingDesk(Desk):
    """A site that is edited, and what became of each edit."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__(folder)
        self.revised: list[bool] = []

        def noting(*given: Any) -> Revision | None:
            found = revise(*given)
            self.revised.append(found is not None)
            return found

        monkeypatch.setattr("policysite.engine.work.revise", noting)

    def path(self, slug: str) -> Path:
        return next(self.content.rglob(f"*-{slug}.md"))

    def edit(self, slug: str, old: str, new: str) -> None:
        path = self.path(slug)
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    def alter_store(self, statement: str) -> None:
        """Change what the last build kept, as nobody should."""
        with sqlite3.connect(store_of(self.folder / "output")) as database:
            database.execute(statement)
        database.close()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[EditingDesk]:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(builds.NOW))
    desk = EditingDesk(tmp_path, monkeypatch)
    with desk.at_work():
        desk.build()
        desk.revised.clear()
        yield desk


NEWS, DOCUMENT, CITED = "skills-contest", "welfare-measures-2026", "welfare-measures-2021"


@pytest.mark.parametrize(
    ("slug", "old", "new"),
    [
        (NEWS, "96名选手", "98名选手"),
        (NEWS, "竞赛由市总工会主办", "见[驿站](/news/2026-09-28-service-station.md)和《示例市基层工会职工福利办法》"),
        (NEWS, "标题: 全市网约配送员技能竞赛落幕", "标题: 网约配送员技能竞赛昨天落幕"),
        (NEWS, "  - 技能竞赛", "  - 女职工"),
        ("service-station", "作者: 陈望舒", "作者: 林晓禾"),
        ("join-the-union", "标题: 怎样加入工会", "标题: 新就业形态劳动者怎样加入工会"),
    ],
)  # fmt: skip
def test_an_edit_of_what_one_article_shows_is_published_by_itself(
    desk: EditingDesk, slug: str, old: str, new: str
) -> None:
    desk.edit(slug, old, new)
    desk.assert_clean()
    assert desk.revised[0]


@pytest.mark.parametrize(
    ("slug", "old", "new"),
    [
        (NEWS, "发布日期: 2026-10-12 10:00", "发布日期: 2026-10-12 11:00"),
        (NEWS, "关键词:", "状态: 隐藏\n关键词:"),
        (DOCUMENT, "标题: 示例市总工会关于", "标题: 关于"),
        (DOCUMENT, "施行日期: 2026-07-01", "施行日期: 2026-12-01"),
    ],
)
def test_an_edit_of_what_matters_to_others_is_left_to_a_whole_build(
    desk: EditingDesk, slug: str, old: str, new: str
) -> None:
    desk.edit(slug, old, new)
    desk.assert_clean()
    assert not desk.revised[0]


def test_an_edit_of_a_document_that_an_edited_text_cites_is_left_to_a_whole_build(
    desk: EditingDesk,
) -> None:
    desk.edit(NEWS, "竞赛由", "按照《示例市基层工会职工福利办法》第三条，竞赛由")
    desk.build()
    desk.edit(CITED, "总额不超过1800元", "总额不超过1900元")
    desk.assert_clean()
    assert desk.revised[:2] == [True, False]


def test_edits_one_after_another_end_with_the_site_of_a_clean_build(desk: EditingDesk) -> None:
    dice = random.Random(1)
    words = ("职工福利", "户外劳动者驿站", "技能竞赛", "女职工", "加入工会", "节日慰问")
    slugs = (NEWS, "service-station", "join-the-union", "welfare-measures-explained")
    for _ in range(12):
        for slug in dice.sample(slugs, dice.randint(1, 3)):
            path = desk.path(slug)
            added = "".join(dice.choices(words, k=4))
            path.write_text(f"{path.read_text('utf-8')}\n{added}。\n", "utf-8")
        desk.build()
    assert desk.revised == [True] * 12
    desk.assert_clean()


def test_an_edit_that_was_broken_off_is_made_good_by_the_next_build(
    desk: EditingDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Press, "save", _break_off)
        desk.edit(NEWS, "96名选手", "98名选手")
        with pytest.raises(KeyboardInterrupt):
            desk.build()
    desk.assert_clean()
    assert not desk.revised[1]


def _break_off(*_: object) -> None:
    raise KeyboardInterrupt


def test_an_edit_that_takes_away_a_place_others_link_to_is_told(
    desk: EditingDesk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.edit(CITED, "第四条 福利方案", "第四条之一 福利方案")
    with pytest.raises(CannotBuild):
        desk.build()
    assert "welfare-measures-explained.md" in capsys.readouterr().err


def test_pages_that_an_edit_does_not_touch_keep_their_time(desk: EditingDesk) -> None:
    before = builds.read_times(desk.folder / "output")
    desk.edit(NEWS, "96名选手", "98名选手")
    desk.build()
    after = builds.read_times(desk.folder / "output")
    changed = {name for name, time in after.items() if before.get(name) != time}
    assert "2026/skills-contest.html" in changed
    assert "news/index.html" not in changed
    assert "2026/join-the-union.html" not in changed


@pytest.mark.parametrize("pinned", ["", "置顶: 2027-01-01\n"])
def test_an_edited_title_plans_its_own_page_of_each_list_and_the_first_where_it_is_pinned(
    desk: EditingDesk, monkeypatch: pytest.MonkeyPatch, pinned: str
) -> None:
    monkeypatch.setattr(lists, "RUN", 1)
    for day in range(1, 29):
        name = f"notices/notice/2024-12-{day:02}-brief-{day}.md"
        head = f"标题: 12月{day}日简报\n发布日期: 2024-12-{day:02}\n{pinned if day == 9 else ''}"
        text = f"---\n{head}---\n\n简报。\n"
        (desk.content / name).write_text(text, "utf-8")
    desk.build()
    desk.revised.clear()
    planned = []

    def plan(*given: Any) -> Page:
        planned.append(given[2].url)
        return plan_listing(*given)

    plan_listing = plans._plan_listing
    monkeypatch.setattr(plans, "_plan_listing", plan)
    desk.edit("brief-9", "12月9日简报", "12月9日的简报")
    desk.build()
    own = {"/notices/notice/page-2.html", "/notices/page-2.html"}
    assert set(planned) == own | ({"/notices/", "/notices/notice/"} if pinned else set())
    assert desk.revised == [True]
    desk.assert_clean()


def test_an_edit_beside_a_damaged_store_is_left_to_a_build_from_nothing(desk: EditingDesk) -> None:
    desk.alter_store("DELETE FROM fact WHERE kind = 'slug'")
    desk.edit(NEWS, "标题: 全市网约配送员技能竞赛落幕", "标题: 网约配送员技能竞赛昨天落幕")
    desk.assert_clean()


def test_an_altered_name_of_a_reader_hides_no_page_that_is_stale(desk: EditingDesk) -> None:
    desk.alter_store("UPDATE read SET fact = fact || 'x' WHERE job = 'article/skills-contest'")
    desk.edit(NEWS, "96名选手", "98名选手")
    desk.assert_clean()


@pytest.mark.parametrize("column", ["name", "job"])
def test_an_altered_name_of_a_page_leaves_none_behind(desk: EditingDesk, column: str) -> None:
    desk.alter_store(f"UPDATE output SET {column} = 'x' WHERE name = '2026/service-station.html'")
    desk.path("service-station").unlink()
    desk.assert_clean()


@pytest.mark.parametrize("name", ["css/base.css", "js/reading.js", "img/logo.svg"])
def test_pages_name_the_present_file_of_an_asset_that_was_edited(
    desk: EditingDesk, name: str
) -> None:
    path = desk.folder / "theme/static" / name
    end = "<!-- -->" if name.endswith(".svg") else "/* */ .a { color: red }"
    path.write_text(f"{path.read_text('utf-8')}\n{end}\n", "utf-8")
    desk.assert_clean()
    made = desk.build()
    page = made["2026/skills-contest.html"].decode()
    named = set(re.findall(r'(?:href|src)="/(assets/[^"]+)"', page))
    assert named
    assert named <= made.keys()
