"""Any YAML reader understands our front matter as we do."""

from pathlib import Path

import pytest
import yaml

from policysite.environment import ROOT
from policysite.model.fields import ArticleFields, spellings
from policysite.model.front_matter import parse
from policysite.model.scalars import Pair, Scalar, Value

KEYS = {name.lower(): key for name, key in spellings(ArticleFields).items()}
FOLDERS = (ROOT / "content", ROOT / "tests/sites/good/content")
FILES = [path for folder in FOLDERS for path in sorted(folder.rglob("*.md"))]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_our_reader_and_yaml_agree(path: Path) -> None:
    text = path.read_text("utf-8")
    front = parse(text, path.name, KEYS)
    header = yaml.safe_load(text.split("---\n")[1])
    assert {entry.label: _ours(entry.value) for entry in front.entries.values()} == {
        label: _theirs(value) for label, value in header.items()
    }


def test_there_is_something_to_agree_on() -> None:
    assert len(FILES) > 50


def _ours(value: Value) -> object:
    if isinstance(value, Scalar):
        return value.text
    return [{i.name.text: i.value.text} if isinstance(i, Pair) and ": " in i.whole.text
            else (i.whole if isinstance(i, Pair) else i).text for i in value]  # fmt: skip


def _theirs(value: object) -> object:
    """Return a value of YAML with dates and numbers as text."""
    if isinstance(value, list):
        return [_theirs(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _theirs(item) for key, item in value.items()}
    return str(value)
