"""Help where editors type, generated from the field table: VS Code and Front Matter CMS.

The editor of a site that changes its columns or fields runs `docs` again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from policysite.files import replace_file
from policysite.model.columns import read_columns
from policysite.model.content import COLUMN_TABLE
from policysite.model.fields import ArticleFields
from policysite.tools import vscode
from policysite.tools.field_forms import schema
from policysite.tools.form_editor import form_editor


def write_editor_help(root: Path) -> Iterator[Path]:
    """Write the files below the project's folder and yield their paths."""
    for name, data in editor_help(root / "content").items():
        path = root / name
        replace_file(path, [data.encode()])
        yield path


def editor_help(content: Path) -> dict[str, str]:
    """Return every generated file by its path; the folders are those of `content`'s columns."""
    columns, _ = read_columns(content / COLUMN_TABLE, COLUMN_TABLE)
    leaves = [column for column in columns if not column.children and not column.is_page]
    files: dict[str, Any] = {
        ".vscode/article.schema.json": schema(ArticleFields),
        ".vscode/policysite.code-snippets": vscode.snippets(),
        ".vscode/settings.json": vscode.SETTINGS,
        ".vscode/tasks.json": vscode.tasks(),
        ".vscode/extensions.json": {"recommendations": ["eliostruyf.vscode-front-matter"]},
        "frontmatter.json": form_editor(leaves),
    }
    return {name: _json(data) for name, data in files.items()}


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
