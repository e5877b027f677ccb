"""All content at once: every file, its attachments, in one process or in several."""

from pathlib import Path

import pytest

from policysite.gate import inspect
from policysite.problems import Problem
from tests.unit.lint.test_attachments import ID, docx
from tests.unit.making import NOW, front_matter, write_content

A = "notices/2026-03-15-a.md"
LIST = "attachments/list.docx"
FIELD = f"附件:\n  - 名单: {LIST}"
BODY = "见附件，学习,贯彻。\n"


def problems(content: Path) -> list[Problem]:
    return inspect(content, NOW)[1]


def codes(content: Path) -> list[str]:
    return [found.code for found in problems(content)]


def test_an_attachment_is_searched_for_each_article_that_uses_it(tmp_path: Path) -> None:
    content = write_content(tmp_path, {A: front_matter(FIELD, body=BODY), LIST: docx(ID)})
    assert codes(content) == ["D606", "T101"]
    found = problems(content)[0]
    assert (found.path, found.line, found.column) == (f"content/{A}", 5, 21)


def test_an_attachment_that_is_mended_is_searched_anew(tmp_path: Path) -> None:
    content = write_content(tmp_path, {A: front_matter(FIELD, body=BODY), LIST: docx(ID)})
    assert "D606" in codes(content)
    (content / LIST).write_bytes(docx("名单已经处理，没有个人信息。"))
    assert codes(content) == ["T101"]


def test_an_attachment_that_the_body_links_counts_too(tmp_path: Path) -> None:
    body = f"见[名单](/{LIST})。\n"
    content = write_content(tmp_path, {A: front_matter(body=body), LIST: docx(ID)})
    assert codes(content) == ["D606"]


def test_a_leak_can_be_accepted_for_a_reason_where_it_is_attached(tmp_path: Path) -> None:
    field = f"# lint-disable D606 名单经本人同意公开\n{FIELD}"
    content = write_content(tmp_path, {A: front_matter(field, body="见附件。\n"), LIST: docx(ID)})
    assert codes(content) == []


def test_a_file_that_cannot_be_published_is_read_all_the_same(tmp_path: Path) -> None:
    content = write_content(tmp_path, {A: "---\n标题: 甲\n---\n\n学习,贯彻。\n"})
    assert codes(content) == ["F201", "T101"]


def test_more_processes_say_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"notices/2026-03-15-a{number}.md" for number in range(5)]
    content = write_content(tmp_path, dict.fromkeys(names, front_matter(body=BODY)))
    alone = problems(content)
    monkeypatch.setattr("policysite.pool.WORTH_IT", 2)
    monkeypatch.setattr("policysite.pool.cores", lambda: 2)
    assert problems(content) == alone
    assert len(alone) == 10
