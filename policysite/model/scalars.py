"""What stands in a field of front matter as it is written: texts, lists and pairs, with their places."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scalar:
    """One piece of text as written, quotes removed, with its place (counted from 1)."""

    text: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Pair:
    """A list item of the form `名称: 值`; `whole` is the same item taken as one text."""

    name: Scalar
    value: Scalar
    whole: Scalar


Value = Scalar | tuple[Scalar | Pair, ...]


def quoted(text: str) -> str:
    """Return `text` as YAML's double-quoted scalar."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


_DOUBLE = re.compile(r'^"((?:[^"\\]|\\.)*)"(?:\s+#.*)?$')
_SINGLE = re.compile(r"^'((?:[^']|'')*)'(?:\s+#.*)?$")


def unquoted(text: str) -> str:
    """Return a scalar of YAML without its quotes."""
    if text[:1] not in ("'", '"'):
        return text
    if match := _DOUBLE.match(text):
        return re.sub(r"\\(.)", r"\1", match[1])
    if match := _SINGLE.match(text):
        return match[1].replace("''", "'")
    return text
