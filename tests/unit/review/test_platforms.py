"""The files for the four platforms: pipelines that run, and no keys in them."""

import re
import sys
from pathlib import Path

import pytest
import yaml
from invoke.collection import Collection
from invoke.parser import Parser

from policysite.environment import ROOT
from policysite.tools.arguments import spell_out

PLATFORMS = ROOT / "docs/platforms"
PIPELINES = sorted(
    path for path in PLATFORMS.rglob("*") if path.suffix == ".yml" and path.is_file()
)


@pytest.fixture(scope="module")
def parser() -> Parser:
    sys.path.insert(0, str(ROOT))
    import tasks

    sys.path.remove(str(ROOT))
    return Parser(contexts=Collection.from_module(tasks).to_contexts())


def test_every_platform_has_a_pipeline() -> None:
    assert [path.relative_to(PLATFORMS).parts[0] for path in PIPELINES] == [
        "gitea", "gitee", "github", "gitlab",
    ]  # fmt: skip


@pytest.mark.parametrize("path", PIPELINES, ids=lambda path: path.relative_to(PLATFORMS).parts[0])
def test_a_pipeline_runs_tasks_that_exist_and_needs_no_key(path: Path, parser: Parser) -> None:
    text = path.read_text("utf-8")
    assert isinstance(yaml.safe_load(text), dict)
    assert "secret" not in text.lower()
    commands = re.findall(r"python3 tasks\.py ([^>|\n]+)", text)
    assert any(command.strip() == "check" for command in commands)
    for command in commands:
        assert parser.parse_argv(spell_out(command.replace('"', "").split()))[0].name == "check"
    # Reviews stand in the history, of which platforms copy only the end unless told otherwise.
    assert re.search(r"fetch-depth: 0|GIT_DEPTH: \"0\"|--unshallow", text)
