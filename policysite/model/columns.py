"""The two levels of 栏目, read from content/columns.toml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policysite.model.tables import BadTable, parse_table
from policysite.problems import Problem, problem

if TYPE_CHECKING:
    from policysite.model.column_rows import Row

# Folders of content/ and addresses of the site that no column may take.
RESERVED = frozenset({
    "pages", "topics", "images", "attachments", "archive", "assets", "compare", "data", "library",
    "search", "series",
})  # fmt: skip

_AT_HOME = 6


@dataclass(frozen=True, slots=True)
class Column:
    """One 栏目. `path` is its folder under content/ and its address."""

    slug: str
    name: str
    description: str
    keywords: tuple[str, ...]
    type: str
    path: str
    url: str
    parent_path: str = ""
    parent_name: str = ""
    update_days: int | None = None
    home: int | None = None
    page: str = ""
    archived: bool = False
    children: tuple[Column, ...] = ()

    @property
    def is_page(self) -> bool:
        """Whether the column is one fixed page instead of a list."""
        return bool(self.page)


@dataclass(frozen=True, slots=True)
class Columns:
    """All columns: the top level in order, and every one by its path."""

    top: tuple[Column, ...]
    by_path: Mapping[str, Column]

    def lineage(self, column: Column) -> tuple[Column, ...]:
        """Return the column and what stands above it, top first."""
        return (self.by_path[column.parent_path], column) if column.parent_path else (column,)

    def __iter__(self) -> Iterator[Column]:
        """Yield every column, each parent before its children."""
        for column in self.top:
            yield column
            yield from column.children


def read_columns(path: Path, shown: str) -> tuple[Columns, list[Problem]]:
    """Read the column table; `shown` is how problems name the file."""
    if not path.is_file():
        return Columns((), {}), [problem("C605", shown, name=shown)]
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        return Columns((), {}), [problem("F110", shown)]
    tables, problems = _tables(text, shown)
    rows = [_row(table, shown, text, problems) for table in tables]
    top = _shown_at_home(tuple(_column(row, None) for row in rows if row))
    columns = Columns(top, {c.path: c for t in top for c in (t, *t.children)})
    return columns, [*problems, *_duplicates(columns, shown, text)]


def _shown_at_home(top: tuple[Column, ...]) -> tuple[Column, ...]:
    """Give the home page the top level where no column says that it belongs there: a home page
    without a single article is nobody's intention."""
    if any(column.home for one in top for column in (one, *one.children)):
        return top
    return tuple(one if one.is_page else replace(one, home=_AT_HOME) for one in top)


def _tables(text: str, shown: str) -> tuple[list[Any], list[Problem]]:
    """Return what stands under [[column]], and a problem for all that stands elsewhere."""
    try:
        found = parse_table(text)
    except BadTable as error:
        return [], [problem("C601", shown, error.line, reason=error.reason)]
    tables = found.pop("column", [])
    strangers = [*found] if isinstance(tables, list) else [*found, "column"]
    problems = [
        problem(
            "C601",
            shown,
            _line_of(text, rf"\[*{re.escape(key)}\b"),
            reason=f"“{key}”要写成 [[column]]",
        )
        for key in strangers
    ]
    if not tables and not problems:
        problems.append(problem("C605", shown, name=shown))
    return (tables if isinstance(tables, list) else []), problems


def _row(table: Any, shown: str, text: str, problems: list[Problem]) -> Row | None:
    # An edit has the columns from the last build, and pydantic takes longer to load than its page.
    from policysite.model.column_rows import Row, ValidationError

    try:
        row = Row.model_validate(table)
    except ValidationError as error:
        for fault in error.errors():
            holder, key = _holder(table, fault["loc"])
            name = str(holder.get("name") or holder.get("slug") or "?")
            line = _line_of_slug(text, str(holder.get("slug", "")))
            reason = _reason(key if key == "child" else fault["type"], fault["msg"])
            problems.append(problem("C602", shown, line, name=name, key=key, reason=reason))
        return None
    problems += [
        problem("C602", shown, _line_of_slug(text, grandchild.slug), name=grandchild.name,
                key="child", reason="栏目只有两级")
        for child in row.child for grandchild in child.child
    ]  # fmt: skip
    return row


def _holder(table: Any, loc: tuple[int | str, ...]) -> tuple[dict[str, Any], str]:
    holder = table
    for step in loc[:-1]:
        following = holder[step]
        if not isinstance(following, dict | list):
            break
        holder = following
    key = next((str(step) for step in reversed(loc) if isinstance(step, str)), "")
    return next((found for found in (holder, table) if isinstance(found, dict)), {}), key


_REASONS = {
    "missing": "没有写",
    "extra_forbidden": "没有这一项",
    "string_type": "要写成英文双引号里的文字",
    "int_type": "要写成数字",
    "bool_type": "要写成 true 或 false",
    "list_type": '要写成 ["甲", "乙"] 这样的列表',
    "too_short": "至少写一项",
    "string_too_short": "没有内容",
    "string_too_long": "太长了，不要超过20个字",
    "greater_than_equal": "要大于 0",
    "less_than_equal": "不要大于 20",
    "child": "二级栏目要写成 [[column.child]]",
    "model_type": "栏目要写成 [[column]]",
}


def _reason(kind: str, said: str) -> str:
    return said.removeprefix("Value error, ") if kind == "value_error" else _REASONS.get(kind, said)


def _line_of_slug(text: str, slug: str) -> int:
    return _line_of(text, rf"slug\s*=\s*\"{re.escape(slug)}\"") if slug else 1


def _line_of(text: str, pattern: str) -> int:
    match = re.search(rf"^\s*{pattern}", text, re.MULTILINE)
    return text.count("\n", 0, match.end()) + 1 if match else 1


def _column(row: Row, parent: Row | None) -> Column:
    path = f"{parent.slug}/{row.slug}" if parent else row.slug
    return Column(
        slug=row.slug,
        name=row.name,
        description=row.description,
        keywords=tuple(row.keywords),
        type=row.type,
        path=path,
        url=f"/{row.page}.html" if row.page else f"/{path}/",
        parent_path=parent.slug if parent else "",
        parent_name=parent.name if parent else "",
        update_days=row.update_days,
        home=row.home,
        page=row.page,
        archived=row.archived,
        children=tuple(_column(child, row) for child in row.child) if not parent else (),
    )


def _duplicates(columns: Columns, shown: str, text: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for column in columns:
        taken = not column.parent_path and column.slug in RESERVED
        if column.path in seen or taken or re.fullmatch(r"\d{4}", column.path):
            yield problem("C603", shown, _line_of_slug(text, column.slug), slug=column.slug)
        seen.add(column.path)
