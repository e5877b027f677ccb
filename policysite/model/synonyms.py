"""Words that mean the same to a reader who searches, read from content/synonyms.toml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from policysite.model.tables import BadTable, parse_table
from policysite.problems import Problem, problem

SYNONYM_TABLE = "synonyms.toml"
KEY = "groups"
MOST = 4
"""Words in a group: readers' browsers look each of them up."""

Synonyms = tuple[tuple[str, ...], ...]


def forms_of(synonyms: Synonyms) -> tuple[str, ...]:
    """Return every word of the synonym list."""
    return tuple(form for group in synonyms for form in group)


def read_synonyms(path: Path, shown: str) -> tuple[Synonyms, list[Problem]]:
    """Return the groups of words; a site without the file has none. `shown` names it in problems."""
    if not path.is_file():
        return (), []
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        return (), [problem("F110", shown)]
    try:
        table = parse_table(text)
    except BadTable as error:
        line = text.split("\n")[error.line - 1 : error.line]
        return (), [problem("Y101", shown, error.line, reason=_reason(line, error))]
    groups = table.pop(KEY, [])
    problems = [
        problem("Y101", shown, _line_of(text, name), reason=f"只能写 {KEY} = […]，没有“{name}”")
        for name in table
    ]
    if not isinstance(groups, list):
        return (), [*problems, problem("Y101", shown, 1, reason=f"{KEY} 要写成方括号里的列表")]
    for group in groups:
        problems += _faults(group, groups, text, shown)
    return tuple(tuple(group) for group in groups) if not problems else (), problems


def _reason(line: list[str], error: BadTable) -> str:
    if re.search("[，、“”【】]", "".join(line)):
        return "逗号、引号和方括号要用英文半角的"
    return error.reason


def _faults(group: object, groups: list[object], text: str, shown: str) -> Iterator[Problem]:
    if not isinstance(group, list) or not all(isinstance(word, str) for word in group):
        line = _line_of(text, str(group[0] if isinstance(group, list) and group else group))
        yield problem("Y101", shown, line, reason='每组要写成 ["甲词", "乙词"] 这样的一行')
        return
    line = _line_of(text, f'"{group[0]}"') if group else 1
    if not 2 <= len(group) <= MOST:
        yield problem("Y102", shown, line, words="、".join(group), count=len(group), most=MOST)
    for word in dict.fromkeys(group):
        if len(re.sub(r"[\W_]", "", word)) < 2 or re.search(r"[\W_]", word):
            yield problem("Y103", shown, _line_of(text, f'"{word}"'), word=word)
        holders = [other for other in groups if isinstance(other, list) and word in other]
        repeated = group.count(word) > 1 or (len(holders) > 1 and holders[0] is not group)
        if repeated:
            line = _line_of(text, f'"{word}"', last=True)
            yield problem("Y104", shown, line, word=word)


def _line_of(text: str, wanted: str, *, last: bool = False) -> int:
    place = text.rfind(wanted) if last else text.find(wanted)
    return text.count("\n", 0, place) + 1 if place >= 0 else 1
