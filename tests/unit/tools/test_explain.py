"""`explain` says why, on what basis, and how it is done right."""

import pytest

from policysite.messages import MESSAGES
from policysite.tools import desk
from policysite.tools.explain import UnknownCode, explain


@pytest.mark.parametrize("code", MESSAGES)
def test_every_code_is_explained(code: str) -> None:
    said = explain(code)
    assert said.startswith(f"{code}（")
    assert MESSAGES[code].why in said


def test_the_reason_the_norm_and_both_examples_are_given() -> None:
    said = explain("t101")
    for part in (
        "依据：GB/T 15834—2011",
        "    各级工会要认真学习,贯彻落实。",
        "lint-disable T101 理由",
    ):
        assert part in said


def test_a_structural_fault_cannot_be_accepted() -> None:
    assert "lint-disable" not in explain("F101")


def test_an_unknown_code_gets_its_neighbours(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UnknownCode):
        explain("T100")
    with pytest.raises(SystemExit):
        desk.explain("T100")
    assert "没有 T100 这个代码。你是不是想查 T10" in capsys.readouterr().err
