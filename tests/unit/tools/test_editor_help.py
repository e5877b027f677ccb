"""What VS Code and Front Matter CMS get: up to date, and true of the content that exists."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from policysite.environment import ROOT
from policysite.model.fields import ArticleFields, specs
from policysite.problems import Problem, problem
from policysite.tools.check import Report
from policysite.tools.editor_help import editor_help, write_editor_help
from policysite.tools.field_forms import form_of, schema
from policysite.tools.report_formats import as_lines

HELP = editor_help(ROOT / "content")
ARTICLES = [
    path
    for path in sorted((ROOT / "content").rglob("*.md"))
    if path.parent.name not in ("pages", "topics")
]


@pytest.mark.parametrize("name", HELP)
def test_the_file_in_the_project_is_up_to_date(name: str) -> None:
    assert (ROOT / name).read_text("utf-8") == HELP[name], "请运行 python3 tasks.py docs"


def test_the_files_are_written(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/columns.toml").write_bytes((ROOT / "content/columns.toml").read_bytes())
    written = [path.relative_to(tmp_path).as_posix() for path in write_editor_help(tmp_path)]
    assert written == list(HELP)
    assert {(tmp_path / name).read_text("utf-8") for name in written} == set(HELP.values())


@pytest.mark.parametrize("row", list(specs(ArticleFields)), ids=lambda row: row.key)
def test_every_field_has_a_form_a_snippet_and_a_place_in_the_schema(row: Any) -> None:
    assert form_of(ArticleFields, row)
    assert f"字段：{row.spec.label}" in json.loads(HELP[".vscode/policysite.code-snippets"])
    assert {row.key, row.spec.label} <= schema(ArticleFields)["properties"].keys()


class _Text(yaml.SafeLoader):  # type: ignore[misc]
    """Leaves days as the text that stands there, as JSON has none."""


_Text.yaml_implicit_resolvers = {
    key: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for key, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def faults(front_matter: str) -> list[str]:
    validator = Draft202012Validator(schema(ArticleFields))
    data = yaml.load(front_matter, _Text)
    return [fault.message for fault in validator.iter_errors(data)]


def test_the_schema_is_one_and_accepts_every_article_there_is() -> None:
    Draft202012Validator.check_schema(schema(ArticleFields))
    assert ARTICLES
    for path in ARTICLES:
        assert faults(path.read_text("utf-8").split("---")[1]) == [], path


@pytest.mark.parametrize(
    "line",
    ["文种: 通告书", "成文日期: 2026年3月12日", "头条: 好", "系列序号: 第二", "发文日期: 2026-03-12", "附件: 表"],
)  # fmt: skip
def test_the_schema_refuses_what_check_refuses(line: str) -> None:
    assert faults("标题: 甲\n发布日期: 2026-03-15\n") == []
    assert len(faults(f"标题: 甲\n发布日期: 2026-03-15\n{line}\n")) == 1


def test_title_and_date_are_required_in_either_language() -> None:
    assert len(faults("来源: 甲\n")) == 2
    assert faults("title: 甲\ndate: 2026-03-15\n") == []


@pytest.mark.parametrize(
    ("found", "level", "expected"),
    [
        (replace(problem("T101", "content/a b.md", 6, 3, mark=",", full="，"), end_column=4), "error", ("content/a b.md", "6", "3", "4", "T101")),
        (problem("F104", "content/a.md", 2, label="标题"), "warning", ("content/a.md", "2", "1", "2", "F104")),
        (problem("N301", "content/a.md"), "error", ("content/a.md", "1", "1", "2", "N301")),
        (problem("F114", "content/a.md", 1), "info", ("content/a.md", "1", "1", "2", "F114")),
    ],
)  # fmt: skip
def test_the_panel_of_problems_reads_what_check_prints(
    found: Problem, level: str, expected: tuple[str, ...]
) -> None:
    check, *_ = json.loads(HELP[".vscode/tasks.json"])["tasks"]
    assert check["command"].endswith("check --format vscode")
    line = as_lines(Report((found,))).splitlines()[0]
    matches = {
        matcher["severity"]: match
        for matcher in check["problemMatcher"]
        if (match := re.match(matcher["pattern"]["regexp"], line))
    }
    assert list(matches) == [level]
    pattern = check["problemMatcher"][0]["pattern"]
    names = ("file", "line", "column", "endColumn", "code")
    assert tuple(matches[level][pattern[name]] for name in names) == expected
    assert matches[level][pattern["message"]] == found.text


def test_snippets_are_offered_between_the_lines_of_the_front_matter_too() -> None:
    snippets = json.loads(HELP[".vscode/policysite.code-snippets"]).values()
    assert {snippet["scope"] for snippet in snippets} == {"markdown,yaml"}


def test_every_folder_of_the_form_editor_exists() -> None:
    folders = json.loads(HELP["frontmatter.json"])["frontMatter.content.pageFolders"]
    paths = [folder["path"].removeprefix("[[workspace]]/") for folder in folders]
    assert "content/policies/documents" in paths
    assert all((ROOT / path).is_dir() for path in paths)
