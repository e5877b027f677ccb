"""Writes front matter in its canonical form, which any YAML parser reads the same way."""

from __future__ import annotations

import re
from collections.abc import Iterable

from policysite.model.scalars import quoted

Line = str | tuple[str, ...] | tuple[tuple[str, str], ...]
"""One text, a list of texts, or a list of `名称: 值`."""

# A letter or digit, 汉字 or full-width mark first, and nothing inside that YAML takes for a mark.
_PLAIN = re.compile(r"(?![^\w《“‘（〔【—…])(?!.*(?::\s|\s#|:$)).*\S")


def write_front_matter(lines: Iterable[tuple[str, Line]]) -> str:
    """Return the fence with one field for each pair of label and value; empty values are left out.

    >>> print(write_front_matter([("标题", "通知"), ("关键词", ("经费",)), ("摘要", "")]))
    ---
    标题: 通知
    关键词:
      - 经费
    ---
    """
    return "\n".join(["---", *(_field(label, value) for label, value in lines if value), "---"])


def _field(label: str, value: Line) -> str:
    if isinstance(value, str):
        return f"{label}: {write_scalar(value)}"
    return "\n".join([f"{label}:", *(f"  - {_item(item)}" for item in value)])


def _item(item: str | tuple[str, str]) -> str:
    return (
        write_scalar(item)
        if isinstance(item, str)
        else f"{write_scalar(item[0])}: {write_scalar(item[1])}"
    )


def write_scalar(text: str) -> str:
    """Return one text as YAML reads it back, in quotes where it must be."""
    text = " ".join(text.splitlines())
    return text if _PLAIN.fullmatch(text) else quoted(text)
