"""One folder for each rule: it breaks that rule, and exactly that rule fires."""

from __future__ import annotations

from pathlib import Path

import pytest

from policysite.audit.rule import Profile
from policysite.audit.rules import RULES
from tests.build.audits import CLEAN, SITES, audited, break_site, read_edits

FOLDERS = sorted(path.name for path in SITES.iterdir() if path != CLEAN)


@pytest.mark.parametrize("code", FOLDERS)
def test_exactly_the_broken_rule_fires(code: str, tmp_path: Path) -> None:
    edits = read_edits(code)
    report = audited(break_site(tmp_path, edits), try_links=lambda _: edits.get("dead", {}))
    fired = {result.rule.code for result in report.broken}
    assert fired == {code, *edits.get("also", ())}


def test_every_rule_has_a_folder_and_every_folder_a_rule() -> None:
    assert sorted(RULES) == FOLDERS


@pytest.mark.parametrize("profile", Profile)
def test_a_clean_site_scores_full_marks(profile: Profile) -> None:
    report = audited(CLEAN, profile)
    assert [
        f"{result.rule.code} {found}" for result in report.broken for found in result.findings
    ] == []
    assert report.total == 100
    assert {score.points for score in report.scores} == {100}
