"""Old content starts green, and stays so until somebody touches the line."""

from pathlib import Path

import pytest

from policysite.gate import inspect
from policysite.tools.check import check, learn
from tests.unit.making import NOW, front_matter, write_content

A = "notices/2026-03-15-a.md"
OLD = "学习,贯彻。\n\n学习,贯彻。\n"


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795320000")
    root = write_content(tmp_path, {A: front_matter(body=OLD)})
    assert learn(root) == 2
    return root


def codes(content: Path, body: str) -> list[str]:
    (content / A).write_text(front_matter(body=body), "utf-8")
    _, problems = inspect(content, NOW)
    return [found.code for found in problems]


@pytest.mark.parametrize("body", [OLD, "先加一段。\n\n" + OLD, "\n\n" + OLD])
def test_known_problems_are_kept_back_wherever_the_lines_move(content: Path, body: str) -> None:
    assert codes(content, body) == []


@pytest.mark.parametrize(
    "body", [OLD + "\n学习,贯彻。\n", OLD + "\n又学习,贯彻。\n", "学习,贯彻落实。\n\n学习,贯彻。\n"]
)
def test_a_new_one_and_a_touched_line_are_said(content: Path, body: str) -> None:
    assert codes(content, body) == ["T101"]


def test_the_gate_and_check_count_what_was_kept_back(content: Path) -> None:
    report = check(content, [])
    assert (report.problems, report.known) == ((), 2)


def test_personal_data_is_never_known(content: Path) -> None:
    (content / A).write_text(front_matter(body="请打13800001234。\n"), "utf-8")
    assert learn(content) == 0
    assert [found.code for found in check(content, []).problems] == ["D603"]


def test_the_list_holds_no_text(content: Path) -> None:
    (content / A).write_text(front_matter(body="学习,13800001234\n"), "utf-8")
    learn(content)
    text = (content / "known-problems.json").read_text("utf-8")
    assert "学习" not in text
    assert "1380000" not in text
    assert "T101" in text
