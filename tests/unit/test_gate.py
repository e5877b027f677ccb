"""Content is published whole and checked, or not at all."""

from io import StringIO
from pathlib import Path

import pytest

from policysite.gate import BrokenContent, inspect, report, summary
from policysite.problems import problem
from tests.unit.making import NOW, front_matter, write_content

ARTICLE = "notices/2026-03-15-a.md"


def test_sound_content_passes_without_a_word(tmp_path: Path) -> None:
    out = StringIO()
    edition, problems = inspect(write_content(tmp_path, {ARTICLE: front_matter()}), NOW)
    assert [article.slug for article in edition.content.articles] == ["a"]
    report(problems, out)
    assert out.getvalue() == ""


def test_a_warning_is_shown_and_lets_the_content_pass(tmp_path: Path) -> None:
    out = StringIO()
    root = write_content(tmp_path, {ARTICLE: front_matter("来源：甲")})
    report(inspect(root, NOW)[1], out)
    assert out.getvalue().startswith(f"content/{ARTICLE}:4:3 [F104] ")


def test_a_mere_remark_is_not_shown(tmp_path: Path) -> None:
    out = StringIO()
    root = write_content(tmp_path, {ARTICLE: front_matter().replace("\n", "\r\n")})
    report(inspect(root, NOW)[1], out)
    assert out.getvalue() == ""


def test_an_error_stops_everything_after_all_problems_were_shown(tmp_path: Path) -> None:
    out = StringIO()
    files = {
        ARTICLE: front_matter("甲", "头条: 好"),
        "notices/2026-03-16-b.md": front_matter("来源：甲", date="2026-03-16"),
    }
    with pytest.raises(BrokenContent) as caught:
        report(inspect(write_content(tmp_path, files), NOW)[1], out)
    assert "有 2 处错误" in str(caught.value)
    codes = [line.split("[")[1][:4] for line in out.getvalue().splitlines()]
    assert codes == ["F103", "F208", "F104"]


def test_broken_content_ends_the_process_with_a_status_of_failure() -> None:
    assert issubclass(BrokenContent, SystemExit)
    assert BrokenContent("有错误").code == "有错误"


def test_problems_come_in_the_order_of_files_and_lines(tmp_path: Path) -> None:
    body = "[甲](/none.md)\n\n![](/images/a.svg)\n"
    files = {
        ARTICLE: front_matter("来源：甲", body=body),
        "images/a.svg": '<svg width="1" height="1"/>',
        "notices/2026-03-14-z.md": "没有信息栏",
    }
    _, problems = inspect(write_content(tmp_path, files), NOW)
    assert [(p.path.rsplit("/", 1)[-1], p.line, p.code) for p in problems] == [
        ("2026-03-14-z.md", 1, "F101"),
        ("2026-03-15-a.md", 4, "F104"),
        ("2026-03-15-a.md", 7, "R404"),
        ("2026-03-15-a.md", 9, "R406"),
    ]


def test_drafts_are_checked_too(tmp_path: Path) -> None:
    root = write_content(tmp_path, {ARTICLE: front_matter("状态: 草稿", body="[甲](/none.md)\n")})
    assert [found.code for found in inspect(root, NOW)[1]] == ["R404"]


@pytest.mark.parametrize(
    ("codes", "text"),
    [
        ([], "检查通过，没有发现问题。"),
        (["F114"], "检查通过，没有发现问题。"),
        (["F109"], "共有 0 处错误，1 处提醒。"),
        (["F110", "F109", "F101"], "共有 2 处错误，1 处提醒。"),
    ],
)
def test_the_summary_counts_errors_and_warnings(codes: list[str], text: str) -> None:
    assert summary(problem(code, "a.md") for code in codes) == text
