"""What only follows from another file's error is not told; every cause is."""

from pathlib import Path

import pytest

from policysite.gate import inspect
from tests.unit.making import NOW, front_matter, write_content

RULES = "policies/documents/2026-03-13-rules.md"
NEWS = "notices/2026-03-15-news.md"
GOOD = front_matter("发文字号: 示总工发〔2026〕12号", "文种: 通知", title="规则", date="2026-03-13")


def codes(root: Path, rules: str, news: str) -> list[tuple[str, str]]:
    content = write_content(root, {RULES: rules, NEWS: news})
    problems = inspect(content, NOW)[1]
    return [(found.path.rpartition("-")[2], found.code) for found in problems]


@pytest.mark.parametrize(
    "news",
    [
        front_matter("相关内容: rules"),
        front_matter("相关内容: 示总工发[2026]12号"),
        front_matter(body="见[规则](/policies/documents/2026-03-13-rules.md)。\n"),
        front_matter(body="见[规则](../policies/documents/2026-03-13-rules.md)。\n"),
        front_matter(body="见[规则](/2026/rules.html)。\n"),
    ],
)
def test_who_names_a_broken_document_is_not_blamed(tmp_path: Path, news: str) -> None:
    broken = GOOD.replace("发布日期", "发步日期")
    assert codes(tmp_path / "a", GOOD, news) == []
    assert codes(tmp_path / "b", broken, news) == [("rules.md", "F201"), ("rules.md", "F106")]


def test_what_does_not_exist_is_told_beside_a_broken_document(tmp_path: Path) -> None:
    broken = GOOD.replace("发布日期", "发步日期")
    news = front_matter("相关内容:\n  - rule\n  - 示总工发〔2026〕13号", body="[甲](../rules.md)\n")
    assert [code for _, code in codes(tmp_path, broken, news)] == [
        "R402", "R402", "R404", "F201", "F106",
    ]  # fmt: skip


def test_without_a_table_of_columns_no_reference_is_called_wrong(tmp_path: Path) -> None:
    content = write_content(
        tmp_path, {RULES: GOOD, "topics/t.md": "---\n标题: 专题\n文章: rules\n---\n\n甲。\n"}
    )
    assert inspect(content, NOW)[1] == []
    (content / "columns.toml").write_text("[[column]]\nname = 通知\n", "utf-8")
    assert [found.code for found in inspect(content, NOW)[1]] == ["C601"]
