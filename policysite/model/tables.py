"""The tables that editors keep as TOML files, and what is wrong with one in plain words."""

from __future__ import annotations

import re
from typing import Any

_REASONS = {
    "Invalid value": "值要放在英文双引号里",
    "Expected '=' after a key": "项目名后面缺等号",
    "Unterminated string": "引号没有成对",
    "Illegal character": "引号没有成对，或用了中文引号",
    "Cannot overwrite a value": "同一项写了两次",
    "Unclosed array": "方括号没有成对",
}


class BadTable(Exception):
    """The file is no TOML: on `line`, for a `reason` in Chinese."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


def parse_table(text: str) -> dict[str, Any]:
    """Return what a TOML text holds.

    Raises:
        BadTable: it cannot be read.

    """
    import tomllib  # an edit has what the tables say from the last build

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        number = int(line[1]) if line else text.count("\n") + 1
        said = next((said for known, said in _REASONS.items() if known in str(error)), "格式不对")
        raise BadTable(number, said) from None
