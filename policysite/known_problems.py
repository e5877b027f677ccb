"""存量问题: what was wrong before the checks came, so that old content starts green.

`content/known-problems.json` counts, for each file, how often a problem stands on a line of certain
words. It knows no line numbers, so lines may move; a line that is touched is checked again. Only
what is wrong with the text itself can be known: a broken file cannot be published at all, and
personal data takes a written reason.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from policysite.files import replace_file
from policysite.lint.personal_data import mask
from policysite.model.content import KNOWN_PROBLEMS
from policysite.problems import Problem, problem

_KNOWABLE = "T"


def without_known(problems: Sequence[Problem], content: Path) -> list[Problem]:
    """Return the problems that the list in `content` does not know."""
    path = content / KNOWN_PROBLEMS
    if not path.is_file():
        return list(problems)
    known = _read(path)
    if known is None:
        return [*problems, problem("X705", f"{content.name}/{KNOWN_PROBLEMS}")]
    lines = SourceLines(content)
    return [found for found in problems if not _takes(known, found, lines)]


def _takes(known: Mapping[str, Counter[str]], found: Problem, lines: SourceLines) -> bool:
    counts = known.get(found.path)
    if counts is None or found.code[0] not in _KNOWABLE:
        return False
    key = fingerprint(found, lines)
    counts[key] -= 1
    return counts[key] >= 0


def _read(path: Path) -> dict[str, Counter[str]] | None:
    try:
        data = json.loads(path.read_bytes())
        return {
            str(name): Counter({str(k): int(n) for k, n in found.items()})
            for name, found in data.items()
        }
    except (ValueError, AttributeError, TypeError):
        return None


def write_known(problems: Iterable[Problem], content: Path) -> int:
    """Write the list anew from `problems`; return how many it knows."""
    lines = SourceLines(content)
    known: dict[str, Counter[str]] = {}
    for found in problems:
        if found.code[0] in _KNOWABLE and found.line:
            known.setdefault(found.path, Counter())[fingerprint(found, lines)] += 1
    path = content / KNOWN_PROBLEMS
    text = json.dumps(known, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    replace_file(path, [text.encode()])
    return sum(counts.total() for counts in known.values())


class SourceLines:
    """The lines of files as problems name them: the content folder's name, then what is below it."""

    def __init__(self, content: Path) -> None:
        self._above = content.resolve().parent
        self._lines: dict[str, list[str]] = {}

    def line(self, path: str, number: int) -> str:
        """Return a line counted from 1; nothing where there is none."""
        if path not in self._lines:
            try:
                text = (self._above / path).read_text("utf-8-sig", errors="replace")
            except OSError:
                text = ""
            # As the reader counts: a form feed or U+2028 ends no line.
            self._lines[path] = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        lines = self._lines[path]
        return lines[number - 1] if 0 < number <= len(lines) else ""


def fingerprint(found: Problem, lines: SourceLines) -> str:
    """Name a problem by its code and the words of its line, wherever the line stands."""
    words = mask(lines.line(found.path, found.line).strip())
    return f"{found.code} {sha256(words.encode()).hexdigest()[:16]}"
