"""The forms of a report that programs read."""

import json
from pathlib import Path
from typing import Any

import pytest

from policysite.problems import problem
from policysite.tools.check import Report, check
from policysite.tools.report_formats import FORMATS, as_github, as_gitlab, as_sarif, as_text
from tests.unit.making import front_matter, write_content

A = "notices/2026-03-15-a.md"
BODY = "学习,贯彻%落实：甲,乙。\n\n请打13800001234，护照E12345678。\n\n学习,贯彻%落实：甲,乙。\n"
SECRETS = ("13800001234", "E12345678")


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795320000")
    return check(write_content(tmp_path, {A: front_matter(body=BODY)}), [])


@pytest.mark.parametrize("form", FORMATS)
def test_no_form_says_personal_data(report: Report, form: str) -> None:
    said = FORMATS[form](report)
    assert "D603" in said
    assert not [secret for secret in SECRETS if secret in said]


def test_the_text_shows_the_line_and_what_can_be_mended(report: Report) -> None:
    lines = as_text(report).splitlines()
    assert lines[0].startswith(f"错误 content/{A}:6:3 [T101] ")
    assert lines[1:4] == [
        "    6 | 学习,贯彻%落实：甲,乙。",
        "      | 　　^",
        "      | 可以用 fix 自动改正",
    ]


def test_github_gets_a_command_for_each_finding(report: Report) -> None:
    first, *_ = as_github(report).splitlines()
    assert first.startswith(
        f"::error file=content/{A},title=T101,line=6,col=3,endColumn=4::[T101] "
    )


def test_signs_of_githubs_own_are_escaped(report: Report) -> None:
    found = report.problems[0]
    odd = type(found)("a,b:c.md", 1, 1, "T101", "10%\n好", found.level)
    assert as_github(Report((odd,))).startswith(
        "::error file=a%2Cb%3Ac.md,title=T101,line=1,col=1::[T101] 10%25%0A好\n"
    )


def test_gitlab_gets_a_name_for_each_finding_that_survives_a_move(
    report: Report, tmp_path: Path
) -> None:
    found = json.loads(as_gitlab(report))
    names = [issue["fingerprint"] for issue in found]
    assert len(set(names)) == len(names) == len(report.problems)
    assert {issue["severity"] for issue in found} == {"major"}
    assert found[0]["location"] == {"path": f"content/{A}", "lines": {"begin": 6}}
    moved = write_content(tmp_path, {A: front_matter(body="先加一段。\n\n" + BODY)})
    assert [issue["fingerprint"] for issue in json.loads(as_gitlab(check(moved, [])))] == names


def test_sarif_has_its_rules_and_counts_columns_in_characters(report: Report) -> None:
    log: dict[str, Any] = json.loads(as_sarif(report))
    (run,) = log["runs"]
    assert log["version"] == "2.1.0"
    assert run["columnKind"] == "unicodeCodePoints"
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 6, "startColumn": 3, "endColumn": 4}


def test_sarif_names_files_by_addresses() -> None:
    run = json.loads(as_sarif(Report((problem("N305", "content/说明 1.txt"),))))["runs"][0]
    (place,) = run["results"][0]["locations"]
    uri = place["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "content/%E8%AF%B4%E6%98%8E%201.txt"
