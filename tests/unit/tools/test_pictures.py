"""The pictures of docs/editing.md: what a terminal showed, and that every picture is there."""

import re
import sys
from pathlib import Path

import pytest

from policysite.environment import ROOT
from policysite.tools.pictures.terminal import Stuck, Terminal

ASK = "name = input('姓名？'); print('<你好>', name)"


def terminal(tmp_path: Path, code: str = ASK) -> Terminal:
    return Terminal("ask", [sys.executable, "-c", code], tmp_path, 8)


def test_a_terminal_shows_what_was_asked_and_answered(tmp_path: Path) -> None:
    asking = terminal(tmp_path)
    asking.wait("姓名？")
    asking.type("林溪\r")
    asking.end()
    page = asking.html()
    assert "<b>$ ask</b>\n姓名？林溪\n&lt;你好&gt; 林溪</pre>" in page


def test_a_command_that_ends_without_saying_it_is_told(tmp_path: Path) -> None:
    silent = terminal(tmp_path, "print('甲')")
    with pytest.raises(Stuck, match="甲"):
        silent.wait("乙")
    silent.end()


def test_every_picture_of_the_manual_is_there_described_and_small() -> None:
    manual = (ROOT / "docs/editing.md").read_text("utf-8")
    pictures = re.findall(r"!\[([^\]]*)\]\((editing/[^)]+)\)", manual)
    assert {name for _, name in pictures} == {
        path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs/editing").iterdir()
    }
    for words, name in pictures:
        assert len(words) > 10
        assert (ROOT / "docs" / name).stat().st_size < 60_000
