"""`fix`: mends what no one needs to think about, and nothing else.

The safe set is what rules and readers of front matter give a `fix` for. Values of fields keep their
meaning: a file whose typed values would change is left as it is. Code, addresses, attributes and
what stands between `<!-- 原文 -->` and `<!-- 原文完 -->` is no prose and has no findings.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from policysite.files import replace_file
from policysite.lint.personal_data import mask
from policysite.lint.rules import lint
from policysite.lint.term_tables import read_terms
from policysite.lint.terms import Terms
from policysite.lint.text import normalised
from policysite.model.content import TERM_LIST
from policysite.model.fields import ArticleFields, CommonFields, PageFields, TopicFields, specs
from policysite.model.manuscript import read_fields
from policysite.model.values import AttachmentRef, Reference
from policysite.problems import Problem

# A mended place may be part of a larger one: ,, becomes ，， and then ，.
_ROUNDS = 10


@dataclass(frozen=True, slots=True)
class Mended:
    """One file before and after."""

    path: Path
    before: str
    after: str


def mend_files(content: Path, paths: Sequence[Path]) -> Iterator[Mended]:
    """Yield the manuscripts under `paths` (files or folders) that can be mended.

    Raises:
        FaultyTerms: the site's list of terms cannot be read.

    """
    terms = read_terms(content / TERM_LIST)
    for path in _manuscripts(paths or [content]):
        try:
            before = path.read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            continue
        after = mend(before, _model(path.parent.name), terms)
        if after != before:
            yield Mended(path, before, after)


def _manuscripts(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        yield from (
            sorted(path.rglob("*.md")) if path.is_dir() else [path] if path.suffix == ".md" else []
        )


def _model(folder: str) -> type[CommonFields]:
    if folder == "pages":
        return PageFields
    return TopicFields if folder == "topics" else ArticleFields


def mend(text: str, model: type[CommonFields], terms: Terms) -> str:
    """Return a file's text with all that is safe to mend mended; mending again changes nothing."""
    text = normalised(text)
    for _ in range(_ROUNDS):
        mended = _mend_fields(text, model)
        mended = _applied(mended, lint(mended, "", terms))
        if mended == text:
            break
        text = mended
    return text


def _mend_fields(text: str, model: type[CommonFields]) -> str:
    _, fields, problems = read_fields(text, "", model)
    if fields is None:
        return text
    mended = _applied(text, problems)
    after = read_fields(mended, "", model)[1]
    return mended if after and _meaning(after) == _meaning(fields) else text


def _meaning(fields: CommonFields) -> dict[str, object]:
    """Return the values of fields without the places where they stand."""
    return {row.key: _placeless(getattr(fields, row.key)) for row in specs(type(fields))}


def _placeless(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(map(_placeless, value))
    if isinstance(value, AttachmentRef):
        return value.name, value.target
    return value.text if isinstance(value, Reference) else value


def _applied(text: str, problems: Iterable[Problem]) -> str:
    """Return `text` with the fixes of `problems` made; of two at one place the first counts."""
    lines = text.split("\n")
    fixes = sorted(
        (p.line, p.column, p.end_column, p.fix) for p in problems if p.fix is not None and p.line
    )
    done = (0, 0)
    edits: list[tuple[int, int, int, str]] = []
    for line, column, end, fix in fixes:
        if (line, column) >= done:
            edits.append((line - 1, column - 1, end - 1, fix))
            done = (line, end)
    for line, start, end, fix in reversed(edits):
        mended = lines[line][:start] + fix + lines[line][end:]
        # 关键词: 甲、乙 leaves the gap before its first line.
        lines[line] = (
            "\n".join(part.rstrip(" ") for part in mended.split("\n")) if "\n" in fix else mended
        )
    return "\n".join(lines)


def difference(mended: Mended) -> str:
    """Return what would change, with personal data hidden."""
    before, after = (normalised(text).split("\n") for text in (mended.before, mended.after))
    lines = list(difflib.unified_diff(before, after, "原来", "改后", lineterm="", n=0))
    if not lines:
        return f"{mended.path}\n  换行统一成 LF，去掉文件开头的 BOM。\n"
    body = (line for line in lines[2:] if not line.startswith("@@"))
    return "\n".join(
        [mended.path.as_posix(), *(f"  {mask(line, mended.before)}" for line in body), ""]
    )


def write(mended: Mended) -> None:
    """Write a mended file, whole or not at all."""
    replace_file(mended.path, [mended.after.encode()])
