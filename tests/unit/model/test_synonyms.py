"""The list of synonyms, and everything that can be wrong with it."""

from pathlib import Path

import pytest

from policysite.model.synonyms import read_synonyms
from policysite.problems import Problem

GOOD = """# 同义词表
groups = [
  ["职代会", "职工代表大会"],
  ["社保", "社会保险"],
]
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / "synonyms.toml"


def problems(table: Path, text: str) -> list[Problem]:
    table.write_text(text, "utf-8")
    groups, found = read_synonyms(table, "content/synonyms.toml")
    assert not (groups and found)
    return found


def test_groups_are_read_in_their_order(table: Path) -> None:
    table.write_text(GOOD, "utf-8")
    assert read_synonyms(table, "content/synonyms.toml") == (
        (("职代会", "职工代表大会"), ("社保", "社会保险")),
        [],
    )


def test_a_site_may_do_without_the_list(table: Path) -> None:
    assert read_synonyms(table, "content/synonyms.toml") == ((), [])


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('"职代会", ', '"职代会"， ', ("Y101", 3)),
        ("groups", "group", ("Y101", 2)),
        ('["社保", "社会保险"]', '"社保"', ("Y101", 4)),
        ('["社保", "社会保险"]', '["社保", 3]', ("Y101", 4)),
        ('"社保", "社会保险"', '"社保"', ("Y102", 4)),
        ('"社保", ', '"甲一", "乙二", "丙三", "丁四", ', ("Y102", 4)),
        ('"社保"', '"保"', ("Y103", 4)),
        ('"社保"', '"社 保"', ("Y103", 4)),
        ('"社保"', '"职代会"', ("Y104", 4)),
        ('"社保"', '"社会保险"', ("Y104", 4)),
    ],
)
def test_a_mistake_is_reported_at_its_line(
    table: Path, old: str, new: str, place: tuple[str, int]
) -> None:
    assert GOOD.count(old) == 1
    found = problems(table, GOOD.replace(old, new))
    assert [(fault.code, fault.line) for fault in found] == [place]


def test_chinese_marks_are_named_as_the_mistake(table: Path) -> None:
    (fault,) = problems(table, GOOD.replace('"社保", ', '"社保"，'))
    assert "要用英文半角的" in fault.text


def test_a_list_that_is_no_list_is_reported(table: Path) -> None:
    assert [fault.code for fault in problems(table, 'groups = "职代会"\n')] == ["Y101"]


def test_a_list_in_another_encoding_is_reported(table: Path) -> None:
    table.write_bytes(GOOD.encode("gbk"))
    assert [fault.code for fault in read_synonyms(table, "content/synonyms.toml")[1]] == ["F110"]
