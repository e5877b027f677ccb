"""What a build beside the preview says is read as it was meant."""

import pytest

from policysite.engine.run import Run
from policysite.tools.preview.beside import Beside


def test_chinese_is_understood_whatever_the_encoding_of_the_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "gbk")
    beside = Beside(Run("没有这个文件.py"))
    beside.start()
    ended = beside.ended(wait=True)
    assert ended
    assert ended.said == "找不到设置文件 没有这个文件.py。\n"
