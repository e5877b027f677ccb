"""What `check` shows, and of which files."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from policysite.environment import ROOT
from policysite.problems import problem
from policysite.text.markdown import render
from policysite.text.rendered import Rendered
from policysite.tools import desk
from policysite.tools.check import Report, changed_files, check
from policysite.tools.report_formats import as_json, as_text
from tests.unit.making import front_matter, write_content

A = "notices/2026-03-15-a.md"
B = "policies/documents/2026-03-16-b.md"
REPORT = Report(
    (problem("F103", "content/a.md", 3, line_text="甲"), problem("F114", "content/b.md", 1))
)


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return content with an error in one article and a warning in another."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795320000")
    monkeypatch.chdir(tmp_path)
    warning = front_matter("来源：甲", date="2026-03-16")
    write_content(tmp_path, {A: front_matter("头条: 好"), B: warning})
    return Path("content")


def test_the_text_has_a_line_for_each_problem_and_one_that_counts_them() -> None:
    assert as_text(REPORT).splitlines() == [
        f"错误 {REPORT.problems[0]}",
        f"说明 {REPORT.problems[1]}",
        "共有 1 处错误，0 处提醒。",
    ]
    assert as_text(REPORT).endswith("\n")


def test_sound_content_is_told_to_be_sound() -> None:
    assert as_text(Report(())) == "检查通过，没有发现问题。\n"


def test_programs_get_the_same_problems_with_their_places() -> None:
    data = json.loads(as_json(REPORT))
    assert [
        (p["path"], p["line"], p["column"], p["code"], p["level"]) for p in data["problems"]
    ] == [
        ("content/a.md", 3, 1, "F103", "error"),
        ("content/b.md", 1, 1, "F114", "info"),
    ]
    assert "这一行没有看懂" in as_json(REPORT)


@pytest.mark.parametrize(("code", "has_errors"), [("F110", True), ("F109", False), ("F114", False)])
def test_only_errors_forbid_publishing(code: str, has_errors: bool) -> None:
    assert Report((problem(code, "a.md"),)).has_errors is has_errors


@pytest.mark.parametrize(
    ("paths", "codes"),
    [
        pytest.param([], ["F208", "F104"], id="everything"),
        pytest.param(["content"], ["F208", "F104"], id="the content folder"),
        pytest.param(["content/"], ["F208", "F104"], id="the content folder, with a slash"),
        pytest.param([f"content/{A}"], ["F208"], id="one file"),
        pytest.param([f"./content/{A}"], ["F208"], id="one file, with ./"),
        pytest.param([f"content/../content/{A}"], ["F208"], id="one file by a detour"),
        pytest.param([f"content/{A}", f"content/{B}"], ["F208", "F104"], id="two files"),
        pytest.param(["content/policies"], ["F104"], id="a folder"),
        pytest.param(["content/notice"], [], id="the beginning of a name is another name"),
        pytest.param(["content/pages"], [], id="a folder without problems"),
    ],
)
def test_only_what_was_asked_for_is_shown(
    content: Path, paths: list[str], codes: list[str]
) -> None:
    report = check(content, [Path(path) for path in paths])
    assert [found.code for found in report.problems] == codes


def test_one_file_is_told_what_the_whole_check_tells_of_it(content: Path) -> None:
    linking = f"见[甲](/{A}#no)、[乙](/{B}#yi)、[丙](/notices/2026-03-15-no.md)，学习,贯彻。\n"
    for name, text in {
        "notices/2026-03-14-c.md": front_matter(date="2026-03-14", body=linking),
        # The same short name, and a fault that nobody asked about.
        "policies/documents/2026-03-14-c.md": front_matter(date="2026-03-14", body="一,二\n"),
        B: front_matter(date="2026-03-16", body="一、要求\n\n各级工会要落实。\n"),
    }.items():
        (content / name).write_text(text, "utf-8")
    for asked in ("notices/2026-03-14-c.md", "policies/documents/2026-03-14-c.md"):
        path = f"content/{asked}"
        whole = [found for found in check(content, []).problems if found.path == path]
        assert list(check(content, [Path(path)]).problems) == whole
        assert {found.code for found in whole} & {"R405", "N302"}


def test_the_text_of_other_files_is_not_looked_through(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered: list[str] = []

    def remember(source: str, *given: Any, **more: Any) -> Rendered:
        rendered.append(source.strip())
        return render(source, *given, **more)

    monkeypatch.setattr("policysite.text.markdown.render", remember)
    linking = "见[甲](https://www.example.org/)。"
    for name in (A, B):
        (content / name).write_text(front_matter(body=f"{linking}\n"), "utf-8")
    check(content, [content / A])
    assert rendered == [linking]


def test_a_text_that_refers_to_nothing_needs_no_rendering(content: Path) -> None:
    (content / A).write_text(front_matter(body="学习,贯彻。\n"), "utf-8")
    program = "from pathlib import Path; from policysite.tools.check import check; import sys;"
    program += f"print([p.code for p in check(Path('content'), [Path('content/{A}')]).problems],"
    program += "[name for name in sys.modules if name in ('markdown', 'invoke', 'pelican')])"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout == "['T101'] []\n"


def test_a_path_may_be_absolute(content: Path) -> None:
    report = check(content, [(content / A).resolve()])
    assert [found.code for found in report.problems] == ["F208"]


def run(paths: list[str], form: str = "text") -> int | str | None:
    with pytest.raises(SystemExit) as ended:
        desk.check(paths, form, "content")
    return ended.value.code


def test_an_error_sets_the_exit_status(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 1
    assert "[F208]" in capsys.readouterr().out


def test_a_warning_does_not(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["content/policies"]) == 0
    assert "[F104]" in capsys.readouterr().out


def test_the_form_for_programs_is_all_that_is_printed(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([], "json") == 1
    assert len(json.loads(capsys.readouterr().out)["problems"]) == 2


def test_an_unknown_form_is_refused(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([], "yaml") == 1
    assert (
        "--format 只能是 text、json、github、gitlab、sarif、vscode，现在是 yaml。"
        in capsys.readouterr().err
    )


def test_a_path_that_does_not_exist_is_no_success(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["content/notices/none.md"]) == 1
    assert "找不到 content/notices/none.md。" in capsys.readouterr().err


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=甲", "-c", "user.email=a@example.org")
    subprocess.run(["git", "-C", str(folder), *identity, *arguments], check=True)


@pytest.fixture
def repository(content: Path) -> Path:
    """Return content that is committed, on a branch of its own."""
    git(content.parent, "init", "-q", "-b", "main")
    git(content.parent, "add", "-A")
    git(content.parent, "commit", "-qm", "content: Begin")
    git(content.parent, "switch", "-qc", "draft")
    return content


def shown(paths: list[Path]) -> list[str]:
    return [path.name for path in paths]


def test_nothing_has_changed_after_a_commit(repository: Path) -> None:
    assert changed_files(repository) == []


def test_what_is_edited_added_and_new_has_changed(repository: Path) -> None:
    (repository / A).write_text(front_matter(body="改过。\n"), "utf-8")
    (repository / "notices/2026-03-17-新.md").write_text(front_matter(), "utf-8")
    assert shown(changed_files(repository)) == ["2026-03-15-a.md", "2026-03-17-新.md"]


def test_what_a_branch_committed_has_changed_since_it_began(repository: Path) -> None:
    (repository / A).write_text(front_matter(body="改过。\n"), "utf-8")
    git(repository, "commit", "-qam", "content: Change")
    assert shown(changed_files(repository, "main")) == ["2026-03-15-a.md"]
    assert changed_files(repository) == []


@pytest.mark.parametrize("name", ["columns.toml", "attachments/a.txt"])
def test_what_any_article_may_use_makes_all_of_them_changed(repository: Path, name: str) -> None:
    path = repository / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("# 改过", "utf-8")
    assert changed_files(repository) == [repository]


def test_a_removed_file_may_break_every_link(repository: Path) -> None:
    (repository / A).unlink()
    assert changed_files(repository) == [repository]


def test_only_changed_files_are_shown(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / A).write_text(front_matter("头条: 坏"), "utf-8")
    with pytest.raises(SystemExit):
        desk.check([], "text", "content", changed=True)
    said = capsys.readouterr().out
    assert "[F208]" in said
    assert "[F104]" not in said


@pytest.mark.parametrize("form", ["json", "gitlab", "sarif"])
def test_programs_get_a_report_also_when_nothing_has_changed(
    repository: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        desk.check([], form, "content", changed=True)
    assert ended.value.code == 0
    assert json.loads(capsys.readouterr().out) is not None


def test_without_git_the_reason_is_said(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        desk.check([], "text", "content", changed="nowhere")
    assert "git 说不清改了哪些文件" in capsys.readouterr().err


def test_a_content_folder_that_is_not_there_is_no_success(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit):
        desk.check([], "text", "content")
    assert "找不到内容文件夹 content" in capsys.readouterr().err


def test_present_problems_are_learned_on_request(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (content / A).write_text(front_matter(body="甲,乙\n"), "utf-8")
    desk.check([], "text", "content", learn=True)
    assert "已记下 1 处存量问题" in capsys.readouterr().out
    assert run([f"content/{A}"]) == 0
    assert "另有 1 处存量问题没有列出" in capsys.readouterr().out
