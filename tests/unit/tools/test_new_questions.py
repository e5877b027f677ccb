"""`new` asks: arrow keys, proposals that the return key accepts, nothing that was given."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from policysite.gate import inspect
from policysite.tools.new import Answers, new
from tests.unit.making import NOW, front_matter, write_content

DOWN, RETURN = "\x1b[B", "\r"

DOCUMENT = front_matter(
    "发文字号: 示总工发〔2026〕12号",
    "文种: 意见",
    "发文机关:\n  - 示例省总工会\n  - 示例省司法厅",
    date="2026-03-13",
)


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> Iterator[PipeInput]:
    """Return what the person types."""
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795320000")
    with create_pipe_input() as typed, create_app_session(input=typed, output=DummyOutput()):
        yield typed


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return write_content(tmp_path, {"policies/documents/2026-03-13-a.md": DOCUMENT})


def test_a_document_needs_little_more_than_the_return_key(keys: PipeInput, content: Path) -> None:
    answers = [
        DOWN + RETURN,  # the second column
        "示例省总工会关于慰问的通知" + RETURN,
        RETURN,  # the short name
        RETURN,  # 通知, as the title says
        RETURN,  # 发文机关
        RETURN,  # no others
        RETURN,  # the next number
        RETURN,  # signed today
        "各市总工会" + RETURN,
        RETURN * 2,
        "周予安" + RETURN,
        "慰问、职工" + RETURN,
    ]
    keys.send_text("".join(answers))
    path = new(content, Answers())
    said = path.read_text("utf-8")
    assert path.name == "2026-11-22-wei-wen.md"
    for line in (
        "发文字号: 示总工发〔2026〕13号", "文种: 通知", "发文机关:\n  - 示例省总工会\n", "责任编辑: 周予安",
        "成文日期: 2026-11-22", "主送机关: 各市总工会", "关键词:\n  - 慰问\n  - 职工",
    ):  # fmt: skip
        assert line in said
    assert inspect(content, NOW)[1] == []


def test_a_number_of_ones_own_may_not_be_taken(keys: PipeInput, content: Path) -> None:
    given = {
        "文种": "通知",
        "issuer": "示例省总工会",
        "来源": "",
        "作者": "",
        "责任编辑": "",
        "关键词": "",
    }
    clear = "\x15"
    keys.send_text(
        DOWN + RETURN + "示总工发[2026]12号" + RETURN + clear + "示总工发[2026]15号" + RETURN * 3
    )
    path = new(content, Answers("policies/documents", "关于慰问的通知", "wei-wen", fields=given))
    assert "发文字号: 示总工发〔2026〕15号" in path.read_text("utf-8")


def test_what_is_no_document_is_not_asked_for_a_number(keys: PipeInput, content: Path) -> None:
    keys.send_text("开班了" + RETURN * 6)
    path = new(content, Answers("notices"))
    assert "文种" not in path.read_text("utf-8")


def test_a_public_notice_is_proposed_five_working_days(keys: PipeInput, content: Path) -> None:
    keys.send_text(
        "关于拟命名名单的公示"
        + RETURN * 2
        + RETURN * 2
        + "王某某"
        + RETURN
        + "000-12345678"
        + RETURN * 5
    )
    path = new(content, Answers("notices", date="2026-09-28"))
    said = path.read_text("utf-8")
    # 1 to 7 October are holidays, and Saturday 10 October is worked.
    assert "公示开始: 2026-09-28\n" in said
    assert "公示截止: 2026-10-09\n" in said
    assert inspect(content, NOW)[1] == []
