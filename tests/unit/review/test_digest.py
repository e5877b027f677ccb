"""The digest of what reviewers read."""

from pathlib import Path

import pytest

from policysite.review.digest import digest_of
from tests.unit.making import make_manuscript

LINES = ("副标题: 一", "关键词:", "  - 甲", "发文字号: 示总工发〔2026〕12号")


def digest(*lines: str, **values: str) -> str:
    return digest_of(make_manuscript(*(lines or LINES), **values), (), {})


@pytest.mark.parametrize(
    "lines",
    [
        (*LINES, "状态: 草稿"),
        (*LINES, "置顶: 是"),
        (*LINES, "头条: 是"),
        tuple(reversed(("关键词: 甲", "发文字号: 示总工发〔2026〕12号", "副标题: 一"))),
        ("subtitle: 一", "keywords: [甲]", "doc_number: 示总工发[2026]12号"),
    ],
)
def test_arrangement_and_the_way_of_writing_count_for_nothing(lines: tuple[str, ...]) -> None:
    assert digest(*lines) == digest()


def test_another_day_of_publication_in_the_same_year_counts_for_nothing() -> None:
    assert digest(date="2026-03-16 09:00") == digest()


def test_blanks_at_the_ends_of_lines_count_for_nothing() -> None:
    assert digest(body="\n甲。 \n\n乙。\n\n") == digest(body="甲。\n\n乙。\n")


@pytest.mark.parametrize(
    "lines", [(*LINES, "摘要: 甲。"), LINES[1:], (*LINES[:3], "发文字号: 示总工发〔2026〕13号")]
)
def test_every_other_field_counts(lines: tuple[str, ...]) -> None:
    assert digest(*lines) != digest()


@pytest.mark.parametrize("body", ["甲。乙。\n", "甲。\n\n乙\n", "甲，\n\n乙。\n"])
def test_every_mark_of_the_text_counts(body: str) -> None:
    assert digest(body=body) != digest(body="甲。\n\n乙。\n")


def test_a_file_that_was_exchanged_counts(tmp_path: Path) -> None:
    path = tmp_path / "form.docx"
    found = set()
    for data in (b"1", b"2"):
        path.write_bytes(data)
        files = {"attachments/form.docx": path}
        found.add(digest_of(make_manuscript(), ["attachments/form.docx"], files))
    assert len(found) == 2
