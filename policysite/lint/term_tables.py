"""The lists of words, read from their tables; what is wrong with one is said in plain words.

`terms.toml` beside this module is for every site; `content/terms.toml` is a site's own, and may take
words of the common list back. Loaded only where a list is read: an edit has the terms from the last
build, and pydantic takes longer to load than its page to make.
"""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from policysite.lint.terms import Terms
from policysite.model.content import TERM_LIST

_ARROW = "→"
"""Between a wrong word and what it should be."""
_CODES = {"错别字": "T501", "禁用": "T502", "慎用": "T503", "称谓": "T504"}


class FaultyTerms(ValueError):
    """A list of terms cannot be read; the text says why."""


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class _Term(_Row):
    kind: Literal["错别字", "禁用", "慎用", "称谓"]
    wrong: list[str] = Field(min_length=1)
    right: str = ""
    reason: str = Field(min_length=1)
    # "except" is a word of Python's.
    exceptions: list[str] = Field(default=[], alias="except")


class _Allowed(_Row):
    word: str = Field(min_length=1)
    reason: str = Field(min_length=1)


class _Phone(_Row):
    number: str = Field(min_length=1)
    reason: str = Field(min_length=1)


class _File(_Row):
    """A whole list."""

    term: list[_Term] = []
    allow: list[_Allowed] = []
    phone: list[_Phone] = []


@cache
def common_terms() -> Terms:
    """Return the list that comes with the program."""
    return _terms(Path(__file__).with_name(TERM_LIST).read_text("utf-8"), None)


def read_terms(path: Path) -> Terms:
    """Return the common list together with the site's own, if there is one at `path`.

    Raises:
        FaultyTerms: the file is no TOML, or not of the form that docs/editing.md gives.

    """
    if not path.is_file():
        return common_terms()
    try:
        return _site_terms(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise FaultyTerms("文件不是 UTF-8 编码") from error


# The preview reads the list again each time something is saved.
@lru_cache(maxsize=4)
def _site_terms(text: str) -> Terms:
    return _terms(text, common_terms())


def _terms(text: str, common: Terms | None) -> Terms:
    file = _read_file(text)
    words: dict[str, tuple[str, str, str] | None] = dict(common.words) if common else {}
    for term in file.term:
        words |= dict.fromkeys(term.exceptions)
        for entry in term.wrong:
            word, _, right = entry.partition(_ARROW)
            words[word.strip()] = (_CODES[term.kind], right.strip() or term.right, term.reason)
    for allowed in file.allow:
        words.pop(allowed.word, None)
    phones = {"".join(filter(str.isdigit, phone.number)) for phone in file.phone}
    return Terms(tuple(words.items()), frozenset(phones))


def _read_file(text: str) -> _File:
    """Return what a list holds.

    Raises:
        FaultyTerms: it is no TOML, or not of the form that docs/editing.md gives.

    """
    try:
        return _File.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise FaultyTerms(f"不符合 TOML 的写法（{error}）") from error
    except ValidationError as error:
        raise FaultyTerms(
            "；".join(_fault(fault["loc"], fault["type"]) for fault in error.errors())
        ) from error


_FAULTS = {
    "missing": "没有写",
    "extra_forbidden": "没有这一项",
    "literal_error": "只能是错别字、禁用、慎用、称谓",
}


def _fault(place: tuple[int | str, ...], kind: str) -> str:
    """Return one fault, such as 第2个 [[term]] 的 reason：没有写."""
    table, *rest = place
    number = f"第{rest[0] + 1}个 " if rest and isinstance(rest[0], int) else ""
    key = f" 的 {rest[1]}" if len(rest) > 1 else ""
    return f"{number}[[{table}]]{key}：{_FAULTS.get(kind, '内容的类型不对')}"
