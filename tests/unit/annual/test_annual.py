"""The report of a year: counted from content, git and the history of audits."""

from __future__ import annotations

import csv
import os
import subprocess
from datetime import date
from pathlib import Path

import pytest

from policysite.annual.figures import Figures, count_year
from policysite.annual.report_page import annual_page, annual_table
from policysite.annual.revisions import read_revisions
from policysite.audit.history import Entry
from policysite.gate import inspect
from tests.unit.making import COLUMN_TABLE, INTRO, NOW, SETTINGS, TODAY, front_matter, write_content

FILES: dict[str, str] = {
    "columns.toml": COLUMN_TABLE,
    "pages/intro.md": INTRO.replace("标题: 机构简介", "标题: 机构简介\n更新日期: 2026-05-01"),
    "topics/heat.md": INTRO.replace("机构简介", "送清凉"),
    "notices/2026-03-15-a.md": front_matter("更新日期: 2026-04-01", date="2026-03-15"),
    "notices/2026-03-16-b.md": front_matter("来源网址: https://example.org/1.html", "来源: 转载的",
                                            date="2026-03-16"),
    "notices/2025-03-16-c.md": front_matter(date="2025-03-16"),
    "notices/2026-12-30-d.md": front_matter(date="2026-12-30"),
    "notices/2026-03-17-e.md": front_matter("状态: 草稿", date="2026-03-17"),
    "notices/2026-03-19-gone.md": front_matter(
        "状态: 撤回", "撤回说明: 内容有误。", "更新日期: 2026-04-01", date="2026-03-19"),
    "policies/documents/2025-06-12-old.md": front_matter(
        "发文字号: 示总工发〔2025〕9号", "文种: 通知", date="2025-06-12"),
    "policies/documents/2026-06-12-new.md": front_matter(
        "发文字号: 示总工发〔2026〕9号", "文种: 通知", "替代: old", "施行日期: 2026-07-01",
        date="2026-06-12"),
    "policies/documents/2026-06-13-idea.md": front_matter(
        "发文字号: 示总工发〔2026〕10号", "文种: 意见", title="关于某事的意见", date="2026-06-13"),
    "policies/interpretation/2026-06-14-why.md": front_matter("解读: new", date="2026-06-14"),
}  # fmt: skip


def entry(day: date, errors: int) -> Entry:
    return Entry(day, "示例省总工会", "union", 10, 90 + errors, errors, 0, {}, {})


AUDITS = (entry(date(2025, 12, 1), 0), entry(date(2026, 3, 1), 2), entry(date(2026, 6, 1), 0))


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    content = write_content(tmp_path_factory.mktemp("annual"), dict(FILES))
    edition, _ = inspect(content, NOW)
    return count_year(edition.content, edition.relations, 2026, TODAY, None, AUDITS)


def test_only_what_readers_find_counts_as_published(figures: Figures) -> None:
    assert (figures.published, figures.before) == (5, 2)
    assert figures.by_month == (0, 0, 2, 0, 0, 3, 0, 0, 0, 0, 0, 0)
    assert sum(figures.by_month) == figures.published


def test_documents_are_counted_by_kind(figures: Figures) -> None:
    assert figures.documents == 2
    assert set(figures.kinds) == {("通知", 1), ("意见", 1)}
    assert (figures.explanations, figures.ended) == (1, 1)


def test_what_was_changed_afterwards_is_counted(figures: Figures) -> None:
    assert (figures.updated, figures.withdrawn, figures.reprints) == (1, 1, 1)


def test_a_parent_column_has_what_its_children_have(figures: Figures) -> None:
    count = {column.name: column.published for column in figures.columns}
    assert count["政策文件"] == count["省总文件"] + count["政策解读"] == 3


def test_a_fixed_page_brought_up_to_date_counts_for_its_type(figures: Figures) -> None:
    assert figures.by_type == {"工作动态": 2, "政策文件": 2, "政策解读": 1, "概况信息": 1}


def test_only_the_audits_of_the_year_are_told(figures: Figures) -> None:
    assert [each.day.year for each in figures.audits] == [2026, 2026]
    assert figures.audits_passed == 1


def test_the_page_says_that_changes_were_not_counted_rather_than_none(figures: Figures) -> None:
    assert "没有统计修改次数" in annual_page(figures, SETTINGS)


def test_the_table_is_read_by_office_programs(figures: Figures) -> None:
    text = annual_table(figures, SETTINGS)
    assert text.startswith("\ufeff")
    rows = list(csv.reader(text.removeprefix("\ufeff").splitlines()))
    assert {len(row) for row in rows} == {3}
    assert ["信息发布（条）", "总数", "5"] in rows
    assert ["各文种文件", "意见", "1"] in rows
    assert ["访问量（次）", "网站总访问量", ""] in rows


def git(folder: Path, *arguments: str, day: str = "2026-03-01T12:00:00+08:00") -> None:
    subprocess.run(
        ["git", *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "GIT_CONFIG_NOSYSTEM": "1",
            **{f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER")
               for what in ("NAME", "EMAIL")},
            "GIT_AUTHOR_DATE": day,
            "GIT_COMMITTER_DATE": day,
        },
    )  # fmt: skip


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    content = tmp_path / "content"
    content.mkdir()
    git(tmp_path, "init", "--quiet")
    days = {
        "2025-06-01T12:00:00+08:00": ["a.md"],
        # The last hour of the year in UTC is already the next year in China.
        "2025-12-31T20:00:00+00:00": ["a.md", "新.md"],
        "2026-06-01T12:00:00+08:00": ["a.md", "b.png"],
        "2026-12-31T20:00:00+00:00": ["a.md"],
    }
    for day, names in days.items():
        for name in names:
            (content / name).write_text(day, "utf-8")
        (tmp_path / "README").write_text(day, "utf-8")
        git(tmp_path, "add", "-A")
        git(tmp_path, "commit", "--quiet", "-m", day, day=day)
    return content


def test_git_tells_what_was_changed_in_the_year_of_china(repository: Path) -> None:
    found = read_revisions(repository, 2026)
    assert found is not None
    assert [(r.day.isoformat(), [Path(f).name for f in r.files]) for r in found] == [
        ("2026-01-01", ["a.md", "新.md"]),
        ("2026-06-01", ["a.md"]),
    ]


def test_a_shallow_copy_does_not_count_too_few(repository: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    source = repository.parent.as_uri()
    git(tmp_path, "clone", "--quiet", "--depth", "1", source, str(copy))
    assert read_revisions(copy / "content", 2026) is None


def test_without_git_nothing_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert read_revisions(tmp_path, 2026) is None
    monkeypatch.setenv("PATH", "")
    assert read_revisions(tmp_path, 2026) is None


def test_changes_are_shown_by_month(repository: Path, tmp_path: Path) -> None:
    content = write_content(tmp_path / "site", dict(FILES))
    edition, _ = inspect(content, NOW)
    revisions = read_revisions(repository, 2026)
    found = count_year(edition.content, edition.relations, 2026, TODAY, revisions, AUDITS)
    assert found.revised
    assert (found.revised.commits, found.revised.changes) == (2, 3)
    assert found.revised.by_month[0] == 2
    page = annual_page(found, SETTINGS)
    assert "2 次提交，共修改稿件 3 篇次" in page
    assert "每月修改：1月 2" in page
