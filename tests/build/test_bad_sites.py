"""One folder for each code: what is in it is wrong, and `check` says exactly what."""

import re
import shutil
from pathlib import Path

import pytest

from policysite.gate import inspect
from policysite.messages import MESSAGES
from policysite.tools.check import Report
from policysite.tools.report_formats import as_text
from tests.unit.making import NOW

BAD = Path(__file__).parent.parent / "sites" / "bad"
FOLDERS = sorted(path.name for path in BAD.iterdir() if path.is_dir())
# Wrong settings are no fault of the content, and reviews stand in a history: tests/unit/test_settings.py,
# pages/test_defaults.py, tests/build/test_review.py.
CODES = sorted(code for code in MESSAGES if code[0] not in "SA")

# One of the links leads to an article whose time is still to come.
ALONG = {"R408": ("F219",)}


@pytest.mark.parametrize("folder", FOLDERS)
def test_check_prints_what_is_wrong_and_nothing_else(folder: str, tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(BAD / folder / "content", content)
    if folder != "C605" and not (content / "columns.toml").exists():
        shutil.copy(BAD / "columns.toml", content)
    _, problems = inspect(content, NOW)
    assert as_text(Report(tuple(problems))) == _expected(folder)


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_folder_in_which_nothing_else_is_wrong(code: str) -> None:
    assert set(_codes(code)) == {code, *ALONG.get(code, ())}


def test_there_is_no_folder_without_a_code() -> None:
    assert sorted([*CODES, "all-wrong"]) == FOLDERS


def test_one_article_can_be_wrong_in_twenty_ways_at_once() -> None:
    assert len(set(_codes("all-wrong"))) >= 20


def _expected(folder: str) -> str:
    return (BAD / folder / "expected.txt").read_text("utf-8")


def _codes(folder: str) -> list[str]:
    return re.findall(r"\[([A-Z]\d{3})\]", _expected(folder))
