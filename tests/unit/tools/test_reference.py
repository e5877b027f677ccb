"""The generated pages of docs/."""

import re
from pathlib import Path

import pytest

from policysite.audit.rules import RULES
from policysite.audit.rules_page import audit_rules_page
from policysite.environment import ROOT
from policysite.messages import MESSAGES
from policysite.model.fields import ArticleFields, specs
from policysite.tools.reference import fields_page, rules_page, write_reference

PAGES = {
    "fields.md": fields_page,
    "rules.md": rules_page,
    "audit-rules.md": audit_rules_page,
}


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
    # The examples in fences have tables that are wrong on purpose.
    shown = re.sub(r"^```text$.*?^```$", "", str(page()), flags=re.DOTALL | re.MULTILINE)
    for line in shown.splitlines():
        if not line.startswith("|"):
            cells = 0
            continue
        found = line.replace("\\|", "").count("|")
        cells = cells or found
        assert found == cells, line


def test_every_page_is_written(tmp_path: Path) -> None:
    assert [path.name for path in write_reference(tmp_path)] == list(PAGES)
    assert (tmp_path / "rules.md").read_text("utf-8") == rules_page()


@pytest.mark.parametrize("code", RULES)
def test_every_rule_of_the_audit_is_listed_with_its_basis(code: str) -> None:
    (row,) = [
        line
        for line in audit_rules_page().splitlines()
        if line.startswith((f"| {code} ", f"| {code} *"))
    ]
    assert all(str(basis) in row for basis in RULES[code].basis)


def test_every_rule_names_what_it_rests_on() -> None:
    assert [code for code, message in MESSAGES.items() if not message.basis] == []


def test_every_rule_has_an_example_of_wrong_and_right() -> None:
    assert [
        code for code, message in MESSAGES.items() if not (message.wrong and message.right)
    ] == []
    assert [code for code, message in MESSAGES.items() if message.wrong == message.right] == []
