"""The roster of reviewers: what it asks for, and what is said of a wrong one."""

from datetime import date
from pathlib import Path

import pytest

from policysite.model.columns import Column, Columns
from policysite.review.roster import DEMANDS, Roster, read_roster
from tests.unit.making import NOTICES

CHILD = Column("grass", "基层动态", "甲。", ("甲",), "工作动态", "notices/grass", "/notices/grass/",
               parent_path="notices")  # fmt: skip
COLUMNS = Columns((NOTICES,), {NOTICES.path: NOTICES, CHILD.path: CHILD})
PERSON = (
    '[[person]]\nname = "甲"\nemail = "A@example.org"\nroles = ["初审", "复审", "终审", "校对"]\n'
)
DAY = date(2026, 12, 1)


def read(tmp_path: Path, text: str) -> tuple[Roster, list[str]]:
    content = tmp_path / "content"
    content.mkdir(exist_ok=True)
    (content / "reviewers.toml").write_text(text, "utf-8")
    roster, problems = read_roster(content, COLUMNS)
    return roster, [str(found) for found in problems]


def test_without_a_roster_nothing_is_asked_for(tmp_path: Path) -> None:
    roster, problems = read_roster(tmp_path, COLUMNS)
    assert problems == []
    assert roster.demand(NOTICES, DAY) == DEMANDS["不要求"]


def test_it_asks_from_its_first_day_on(tmp_path: Path) -> None:
    roster, problems = read(tmp_path, f"since = 2026-12-01\n{PERSON}")
    assert problems == []
    assert roster.demand(NOTICES, DAY) == DEMANDS["三审三校"]
    assert roster.demand(NOTICES, date(2026, 11, 30)) == DEMANDS["不要求"]


def test_a_child_column_has_the_demand_of_its_parent_unless_it_has_its_own(tmp_path: Path) -> None:
    text = f'since = 2026-12-01\n[columns]\nnotices = "一审一校"\n{PERSON}'
    roster, _ = read(tmp_path, text)
    assert roster.demand(CHILD, DAY) == DEMANDS["一审一校"]
    roster, _ = read(tmp_path, text.replace("[columns]", '[columns]\n"notices/grass" = "不要求"'))
    assert roster.demand(CHILD, DAY) == DEMANDS["不要求"]
    assert roster.demand(NOTICES, DAY) == DEMANDS["一审一校"]


def test_addresses_are_compared_without_regard_to_case(tmp_path: Path) -> None:
    roster, _ = read(tmp_path, f"since = 2026-12-01\n{PERSON}")
    assert [*roster.people] == ["a@example.org"]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("since = “2026”\n", 1, "值要放在英文双引号里"),
        (f"default = \"三审三校\"\n{PERSON}", 1, "“since”没有写"),
        (f'since = "12月1日"\n{PERSON}', 1, "“since”要写成 2026-12-01 这样的日期"),
        (f'since = 2026-12-01\ndefault = "二审"\n{PERSON}', 2, "没有“二审”，可以写：三审三校、一审一校、不要求"),
        (f'since = 2026-12-01\nsince_when = 1\n{PERSON}', 2, "“since_when”没有这一项"),
        ("since = 2026-12-01\n", 1, "“person”没有写"),
        (f'since = 2026-12-01\n[columns]\nnews = "不要求"\n{PERSON}', 3, "没有“news”这个栏目"),
        (f"since = 2026-12-01\n{PERSON}{PERSON}", 4, "a@example.org 写了两次"),
        (f"since = 2026-12-01\nsigned = true\n{PERSON}", 5, "甲要写 key"),
        ("since = 2026-12-01\n" + PERSON.replace('"终审", ', ""), 1, "没有人有“终审”这个角色"),
        ("since = 2026-12-01\n" + PERSON.replace("初审", "主编"), 5, "没有“主编”"),
        ("since = 2026-12-01\n" + PERSON.replace("A@", "A "), 4, "“email”不是电子邮箱地址"),
        (f'since = 2026-12-01\n{PERSON}key = "钥匙"\n', 6, "“key”要写一行 SSH 公钥"),
    ],
)  # fmt: skip
def test_a_wrong_roster_is_told_at_its_line(
    tmp_path: Path, text: str, line: int, said: str
) -> None:
    _, problems = read(tmp_path, text)
    assert any(
        found.startswith(f"content/reviewers.toml:{line}:1 [A108]") and said in found
        for found in problems
    ), problems


def test_every_fault_of_a_roster_is_told_at_once(tmp_path: Path) -> None:
    _, problems = read(tmp_path, 'since = "x"\ndefault = "y"\n[[person]]\nname = ""\n')
    assert len(problems) == 5, problems


def test_a_roster_that_is_not_utf8_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "reviewers.toml").write_bytes("since = 甲".encode("gbk"))
    _, problems = read_roster(tmp_path, COLUMNS)
    assert [found.code for found in problems] == ["F110"]
