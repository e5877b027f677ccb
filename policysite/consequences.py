"""Problems that are only consequences of another: what names a manuscript that could not be read.

A wrong line in one document would else be told of every text that cites it, as a link that leads
nowhere, with a wrong document to put there instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote

from policysite.model.content import COLUMN_TABLE, Content
from policysite.model.values import DocNumber, parse_doc_number
from policysite.problems import Problem, errors

_SLUG = re.compile(r"\d{4}-\d{2}-\d{2}-(.+)")
_NUMBER = re.compile(r"^(?:发文字号|doc_number)\s*[:：]\s*(.+)$", re.MULTILINE)


def without_consequences(problems: Sequence[Problem], content: Content) -> list[Problem]:
    """Return the problems without those that the error of another file explains.

    Only what cannot be published anyway is left out: the file that was not read has an error
    among `problems`, or the table of columns has one, without which no article can be read.
    """
    if not any(found.missing for found in problems):
        return list(problems)
    wrong = {found.path for found in errors(problems)}
    every = f"{content.shown}/{COLUMN_TABLE}" in wrong
    unread = [s for s in content.unread if every or f"{content.shown}/{s}" in wrong]
    names = frozenset(name for source in unread for name in _names(source))
    numbers = frozenset(_numbers(content.root / source for source in unread))
    return [found for found in problems if not _is_explained(found, names, numbers)]


def _names(source: str) -> Iterator[str]:
    """Yield what the last part of a link may be, and the short name."""
    file = source.rpartition("/")[2]
    stem = file.removesuffix(".md")
    slug = match[1] if (match := _SLUG.fullmatch(stem)) else stem
    yield from (file, f"{slug}.html", slug)


def _numbers(paths: Iterable[Path]) -> Iterator[DocNumber]:
    for path in paths:
        for written in _NUMBER.findall(path.read_text("utf-8", errors="replace")):
            if number := parse_doc_number(written.strip(" \"'")):
                yield number


def _is_explained(found: Problem, names: frozenset[str], numbers: frozenset[DocNumber]) -> bool:
    last = unquote(found.missing.partition("#")[0]).rpartition("/")[2]
    return last in names or parse_doc_number(found.missing) in numbers
