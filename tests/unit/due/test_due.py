"""What falls due, as values, lines and a calendar."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from policysite.due.calendar import write_calendar
from policysite.due.dates import Due, DueKind, find_due
from policysite.gate import inspect
from policysite.tools.due import as_text
from tests.unit.making import COLUMN_TABLE, NOW, SETTINGS, TODAY, front_matter, write_content

TABLE = COLUMN_TABLE.replace(
    'name = "通知公告"\n', 'name = "通知公告"\nupdate_days = 14\n'
).replace('name = "省总文件"\n', 'name = "省总文件"\nupdate_days = 180\n')


def dues(tmp_path: Path, files: dict[str, str], table: str = TABLE) -> tuple[Due, ...]:
    content = write_content(tmp_path, {"columns.toml": table, **files})
    edition, _ = inspect(content, NOW)
    return find_due(edition.content, edition.relations, TODAY)


def of(found: tuple[Due, ...], kind: DueKind) -> list[tuple[str, str]]:
    return [(due.day.isoformat(), due.title) for due in found if due.kind is kind]


def test_a_column_is_due_on_the_last_day_of_its_interval(tmp_path: Path) -> None:
    found = dues(tmp_path, {"notices/2026-11-20-a.md": front_matter(date="2026-11-20")})
    assert of(found, DueKind.COLUMN) == [
        ("2026-11-22", "政策文件 · 省总文件"),
        ("2026-12-04", "通知公告"),
    ]
    assert of(found, DueKind.HOME) == [("2026-12-04", "首页")]


def test_what_is_overdue_is_told_with_the_day_on_which_it_was_due(tmp_path: Path) -> None:
    found = dues(tmp_path, {"notices/2026-10-01-a.md": front_matter(date="2026-10-01")})
    assert ("2026-10-15", "通知公告") in of(found, DueKind.COLUMN)


def test_an_article_scheduled_in_time_carries_its_column_on(tmp_path: Path) -> None:
    found = dues(
        tmp_path,
        {
            "notices/2026-11-20-a.md": front_matter(date="2026-11-20"),
            "notices/2026-12-01-b.md": front_matter(date="2026-12-01 09:00", title="定时的通知"),
        },
    )
    assert ("2026-12-15", "通知公告") in of(found, DueKind.COLUMN)
    assert of(found, DueKind.SCHEDULED) == [("2026-12-01", "定时的通知")]


def test_an_article_scheduled_too_late_does_not(tmp_path: Path) -> None:
    found = dues(
        tmp_path,
        {
            "notices/2026-11-20-a.md": front_matter(date="2026-11-20"),
            "notices/2026-12-20-b.md": front_matter(date="2026-12-20 09:00"),
        },
    )
    assert ("2026-12-04", "通知公告") in of(found, DueKind.COLUMN)


def test_a_column_that_no_longer_is_filled_is_left_alone(tmp_path: Path) -> None:
    archived = TABLE.replace("update_days = 14\n", "update_days = 14\narchived = true\n")
    assert ("2026-11-22", "通知公告") not in of(dues(tmp_path, {}, archived), DueKind.COLUMN)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("失效日期: 2026-12-31", DueKind.EXPIRES),
        ("施行日期: 2026-12-31", DueKind.EFFECTIVE),
        ("置顶: 2026-12-31", DueKind.PINNED),
        ("公示截止: 2026-12-31", DueKind.NOTICE_END),
    ],
)
def test_each_stated_day_to_come_is_due(line: str, kind: DueKind, tmp_path: Path) -> None:
    text = front_matter(line, "发文字号: 示总工发〔2026〕9号", date="2026-06-12")
    found = dues(tmp_path, {"policies/documents/2026-06-12-a.md": text})
    assert [day for day, _ in of(found, kind)] == ["2026-12-31"]


def test_a_day_that_has_passed_is_not_due(tmp_path: Path) -> None:
    text = front_matter("失效日期: 2026-10-31", date="2026-06-12")
    found = dues(tmp_path, {"policies/documents/2026-06-12-a.md": text})
    assert of(found, DueKind.EXPIRES) == []


def test_a_document_is_due_when_the_one_that_ends_it_takes_effect(tmp_path: Path) -> None:
    found = dues(
        tmp_path,
        {
            "policies/documents/2026-06-12-old.md": front_matter(
                "发文字号: 示总工发〔2026〕9号", title="旧的办法", date="2026-06-12"
            ),
            "policies/documents/2026-11-12-new.md": front_matter(
                "发文字号: 示总工发〔2026〕19号", "施行日期: 2027-01-01", "替代: old",
                title="新的办法", date="2026-11-12",
            ),
        },
    )  # fmt: skip
    assert of(found, DueKind.REPEALED) == [("2027-01-01", "旧的办法")]


def test_withdrawn_articles_and_drafts_are_never_due(tmp_path: Path) -> None:
    for status in ("撤回", "草稿"):
        text = front_matter("失效日期: 2026-12-31", f"状态: {status}", date="2026-06-12")
        found = dues(tmp_path / status, {"policies/documents/2026-06-12-a.md": text})
        assert of(found, DueKind.EXPIRES) == []


def test_the_list_says_what_is_late_what_is_near_and_what_comes_later() -> None:
    def due(days: int) -> Due:
        return Due(TODAY + timedelta(days=days), DueKind.COLUMN, "甲", "乙", "k", "/")

    text = as_text([due(-3), due(0), due(7), due(8)], TODAY, 30)
    assert [line for line in text.splitlines() if not line.startswith(" ")] == [
        "已经过期（1 件）", "七天以内（2 件）", "以后（1 件）"
    ]  # fmt: skip
    assert "2026-11-22（周日，今天）栏目更新：甲" in text
    assert "已过 3 天" in text
    assert as_text([], TODAY, 30) == "30 天内没有要办的事。\n"


LONG = Due(
    date(2026, 12, 31), DueKind.EXPIRES,
    "示例省总工会 示例省人力资源和社会保障厅关于印发《示例省劳动争议多元化解联动工作办法（试行）》的通知",
    "是有效期的最后一天；请决定，延长、修订还是失效", "expires-a", "/2026/a.html",
)  # fmt: skip


def events(data: bytes) -> list[Any]:
    """Return the entries as another program reads them."""
    return list(Calendar.from_ical(data).walk("VEVENT"))


def test_the_calendar_is_read_back_as_it_was_meant() -> None:
    (event,) = events(write_calendar([LONG], SETTINGS, NOW))
    assert event["SUMMARY"] == f"文件到期：{LONG.title}"
    assert event["DESCRIPTION"] == LONG.detail
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2026, 12, 31), date(2027, 1, 1))
    assert event["URL"] == "https://www.example.org/2026/a.html"


def test_lines_fold_within_75_bytes_and_never_within_a_character() -> None:
    lines = write_calendar([LONG], SETTINGS, NOW).split(b"\r\n")
    assert lines[-1] == b""
    assert max(len(line) for line in lines) <= 75
    assert all(line.decode("utf-8") is not None for line in lines)
    assert any(line.startswith(b" ") for line in lines)


def test_an_entry_keeps_its_uid_when_its_day_moves() -> None:
    moved = Due(date(2027, 6, 30), LONG.kind, LONG.title, LONG.detail, LONG.key, LONG.url)
    later = NOW + timedelta(days=30)
    uids = [
        events(write_calendar([due], SETTINGS, now))[0]["UID"]
        for due, now in ((LONG, NOW), (moved, later))
    ]
    assert uids == ["expires-a@www.example.org"] * 2


def test_no_two_entries_share_a_uid(tmp_path: Path) -> None:
    replace = ("发文字号: 示总工发〔2026〕{}号", "施行日期: 2027-0{}-01", "替代: old")
    files = {"policies/documents/2026-06-12-old.md": front_matter(
        "发文字号: 示总工发〔2026〕9号", date="2026-06-12")}  # fmt: skip
    for number in (1, 2):
        lines = [line.format(number) for line in replace]
        name = f"policies/documents/2026-11-1{number}-n{number}.md"
        files[name] = front_matter(*lines, date=f"2026-11-1{number}")
    found = dues(tmp_path, files)
    assert len({due.key for due in found}) == len(found)
    assert of(found, DueKind.REPEALED)[0][0] == "2027-01-01"


def test_the_same_moment_gives_the_same_bytes() -> None:
    now = datetime.fromtimestamp(NOW.timestamp(), NOW.tzinfo)
    assert write_calendar([LONG], SETTINGS, now) == write_calendar([LONG], SETTINGS, NOW)
