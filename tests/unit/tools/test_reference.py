"""The generated pages of docs/."""

from pathlib import Path

import pytest

from policysite.environment import ROOT
from policysite.messages import MESSAGES
from policysite.model.fields import ArticleFields, specs
from policysite.tools.reference import fields_page, rules_page, write_reference

PAGES = {"fields.md": fields_page, "rules.md": rules_page}


@pytest.mark.parametrize("name", PAGES)
def test_the_page_in_docs_is_up_to_date(name: str) -> None:
    written = (ROOT / "docs" / name).read_text("utf-8")
    assert written == PAGES[name](), "请运行 python3 tasks.py docs"


@pytest.mark.parametrize("code", MESSAGES)
def test_every_rule_is_explained_once(code: str) -> None:
    (row,) = [line for line in rules_page().splitlines() if line.startswith(f"| {code} |")]
    assert MESSAGES[code].why in row


@pytest.mark.parametrize("label", [row.spec.label for row in specs(ArticleFields)])
def test_every_field_is_listed_once(label: str) -> None:
    rows = [line.split(" | ") for line in fields_page().splitlines() if line.startswith("| ")]
    assert [row[0].strip("| *") for row in rows].count(label) == 1


@pytest.mark.parametrize("page", PAGES.values())
def test_every_row_of_a_table_has_as_many_cells_as_its_head(page: object) -> None:
    assert callable(page)
    cells = 0
    for line in str(page()).splitlines():
        if not line.startswith("|"):
            cells = 0
            continue
        found = line.replace("\\|", "").count("|")
        cells = cells or found
        assert found == cells, line


def test_both_pages_are_written(tmp_path: Path) -> None:
    assert [path.name for path in write_reference(tmp_path)] == ["fields.md", "rules.md"]
    assert (tmp_path / "rules.md").read_text("utf-8") == rules_page()
