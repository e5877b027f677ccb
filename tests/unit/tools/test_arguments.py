"""Some tasks take bare words: `check` paths, as pre-commit gives them, `pdf` short names."""

import re
import sys
from pathlib import Path

import pytest

from policysite.environment import INTERRUPTED, ROOT
from policysite.tools import commands, desk
from policysite.tools.arguments import check_at_once, run_tasks, spell_out


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param(["check"], ["check"], id="no path"),
        pytest.param(["check", "a.md"], ["check", "--path", "a.md"], id="one path"),
        pytest.param(
            ["check", "a.md", "b.md"], ["check", "--path", "a.md", "--path", "b.md"], id="two"
        ),
        pytest.param(
            ["check", "--format", "json", "a.md"],
            ["check", "--format", "json", "--path", "a.md"],
            id="an option and its value come first",
        ),
        pytest.param(
            ["check", "a.md", "--format", "json", "b.md"],
            ["check", "--path", "a.md", "--format", "json", "--path", "b.md"],
            id="an option between paths",
        ),
        pytest.param(
            ["check", "--format=json", "a.md"],
            ["check", "--format=json", "--path", "a.md"],
            id="an option with an equals sign",
        ),
        pytest.param(["check", "-p", "a.md"], ["check", "-p", "a.md"], id="a short option"),
        pytest.param(["check", "--path", "a.md"], ["check", "--path", "a.md"], id="spelt out"),
        pytest.param(
            ["check", "标题 一.md"], ["check", "--path", "标题 一.md"], id="a Chinese name"
        ),
        pytest.param(
            ["pdf", "heat", "--output", "out", "funds"],
            ["pdf", "--slug", "heat", "--output", "out", "--slug", "funds"],
            id="another task with words of its own",
        ),
        pytest.param(
            ["views", "--report", "a.log", "--store", "s", "b.log"],
            ["views", "--report", "--log", "a.log", "--store", "s", "--log", "b.log"],
            id="a flag is followed by no value",
        ),
        pytest.param(["build", "a.md"], ["build", "a.md"], id="another task is left alone"),
        pytest.param(["--list"], ["--list"], id="an option of the program is left alone"),
    ],
)
def test_bare_paths_get_their_option(given: list[str], expected: list[str]) -> None:
    assert spell_out(given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param([], ([], "text", "content", {}), id="everything"),
        pytest.param(["a.md", "b.md"], (["a.md", "b.md"], "text", "content", {}), id="paths"),
        pytest.param(
            ["--format", "json", "a.md", "--content=c"], (["a.md"], "json", "c", {}), id="options"
        ),
        pytest.param(
            ["--staged", "--content", "c"], ([], "text", "c", {"staged": True}), id="of the hook"
        ),
        pytest.param(["--changed"], ([], "text", "content", {"changed": True}), id="changed"),
        pytest.param(
            ["--changed=origin/main", "--date", "2027-01-01"],
            ([], "text", "content", {"changed": "origin/main", "date": "2027-01-01"}),
            id="changed since, on a day",
        ),
    ],
)
def test_a_usual_check_goes_past_invoke(
    monkeypatch: pytest.MonkeyPatch, given: list[str], expected: tuple[object, ...]
) -> None:
    asked: list[tuple[object, ...]] = []

    def check(paths: list[str], form: str, content: str, **more: object) -> None:
        asked.append((paths, form, content, {key: said for key, said in more.items() if said}))

    monkeypatch.setattr(desk, "check", check)
    assert check_at_once(["check", *given])
    assert asked == [expected]


@pytest.mark.parametrize(
    "given",
    [
        ["check", "--learn"], ["check", "--help"], ["check", "-p", "a.md"], ["check", "--format"],
        ["check", "--changed", "origin/main"], ["check", "--formt", "json"], ["check", "--path", "a.md"],
        ["fix", "a.md"], ["--list"], [],
    ],
)  # fmt: skip
def test_anything_else_is_left_to_invoke(given: list[str]) -> None:
    assert not check_at_once(given)


def test_tasks_are_found_from_any_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        run_tasks(["tasks.py", "check", "--learn"])
    assert ended.value.code == 1
    assert "找不到内容文件夹 content。请在网站的文件夹里运行。" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["chek"], "没有 chek 这个任务，你是不是想写 check？"),
        (["check", "--fromat", "json"], "没有 --fromat 这个选项。"),
        (["check", "--learn", "--format"], "--format 后面要写内容。"),
        (["review"], "review 还缺少内容。写法见 python3 tasks.py --help review。"),
        (["import-site", "--folder", "x"], "import-site 还缺少内容。"),
        (["serve", "--port", "abc"], "'abc' 的地方要写一个整数。"),
    ],
)
def test_what_is_not_understood_is_said_in_chinese(
    given: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        run_tasks(["tasks.py", *given])
    assert ended.value.code == 1
    told = capsys.readouterr().err
    assert said in told
    assert "Traceback" not in told


def test_ctrl_c_in_the_middle_of_a_task_is_answered_with_a_word(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def press_ctrl_c(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "clean", press_ctrl_c)
    with pytest.raises(SystemExit) as ended:
        run_tasks(["tasks.py", "clean"])
    assert ended.value.code == 130
    assert capsys.readouterr().err.strip() == INTERRUPTED


@pytest.mark.parametrize("given", [[], ["--help"], ["-h"]])
def test_without_a_task_it_says_which_there_are(
    given: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        run_tasks(["tasks.py", *given])
    said = capsys.readouterr().out
    assert said.startswith("用法：python3 tasks.py <任务> [选项]")
    assert "检查内容，列出每一处错误和提醒。" in said
    assert not re.search("Usage|Core|Available", said)


_TASK = re.compile(r"^@task.*?^def (\w+)", re.MULTILINE | re.DOTALL)


def _tasks() -> list[str]:
    folder = ROOT / "policysite" / "tasks"
    found = [
        name for path in folder.glob("*.py") for name in _TASK.findall(path.read_text("utf-8"))
    ]
    assert len(found) > 20
    return [name.replace("_", "-") for name in found]


@pytest.mark.parametrize("task", _tasks())
def test_every_option_of_every_task_is_explained_in_chinese(
    task: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # Invoke uses the words up the first time it reads a task.
    for module in [name for name in sys.modules if name.startswith("policysite.tasks")]:
        monkeypatch.delitem(sys.modules, module)
    name = {"import-file": "import"}.get(task, task)
    with pytest.raises(SystemExit):
        run_tasks(["tasks.py", "--help", name])
    said = capsys.readouterr().out
    options = [line for line in said.splitlines() if line.startswith("  -")]
    assert [line for line in options if not re.search(r"[\u4e00-\u9fff]", line)] == []
    assert not re.search("Usage|Docstring|Options", said)


def test_ctrl_c_in_the_middle_of_a_build_is_answered_whoever_started_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def press_ctrl_c(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("policysite.engine.run.build", press_ctrl_c)
    with pytest.raises(SystemExit) as ended:
        commands.build("", "", "none.py")
    assert ended.value.code == 130
    assert capsys.readouterr().err.strip() == INTERRUPTED
