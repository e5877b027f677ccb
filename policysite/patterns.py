"""Regular expressions that are compiled when they are first used.

There are three hundred of them, many over all Han characters; a text needs a quarter. To compile
all takes as long as to publish an edit.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _Later:
    """Stands for a compiled pattern: each of its methods is found the first time it is called."""

    def __init__(self, text: str, flags: int) -> None:
        self._given = (text, flags)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        found = getattr(re.compile(*self._given), name)
        setattr(self, name, found)
        return found


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """Return what `re.compile` returns, as far as its methods go; a mistake shows at first use."""
    return cast("re.Pattern[str]", _Later(text, flags))
