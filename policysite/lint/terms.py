"""Words from lists: 错别字, 禁用词, 慎用词, 规范称谓 (T501–T504).

`terms.toml` beside this module is for every site; `content/terms.toml` is a site's own, and may take
words of the common list back.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from policysite.lint.text import Finding, Text
from policysite.model.content import TERM_LIST

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_ARROW = "→"
"""Between a wrong word and what it should be."""
_CODES = {"错别字": "T501", "禁用": "T502", "慎用": "T503", "称谓": "T504"}


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
    term: list[_Term] = []
    allow: list[_Allowed] = []
    phone: list[_Phone] = []


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """What to look for: each word with its code and the values of its message.

    Two are the same only if they are one: comparing thousands of words would take longer than
    looking for them.

    `words` that map to None are longer words inside which a term is right. `phones` are numbers,
    digits only, that the site publishes on purpose.
    """

    words: tuple[tuple[str, tuple[str, str, str] | None], ...]
    phones: frozenset[str] = frozenset()

    def findings(self, text: Text) -> Iterator[Finding]:
        """Yield every term in the prose."""
        for index, start, end in _automaton(self.words).find_matches_as_indexes(text.prose):
            word, said = self.words[index]
            if said:
                code, right, reason = said
                hint = f"，应当是“{right}”" if code == "T501" else f"，请改用“{right}”"
                values = {"word": word, "right": hint if right else "", "reason": reason}
                yield Finding(start, end, code, values)


class FaultyTerms(ValueError):
    """A list of terms cannot be read; the text says why."""


@cache
def _automaton(words: tuple[tuple[str, object], ...]) -> AhoCorasick:
    from ahocorasick_rs import AhoCorasick, MatchKind

    return AhoCorasick([word for word, _ in words], matchkind=MatchKind.LeftmostLongest)


@cache
def common_terms() -> Terms:
    """Return the list that comes with the program."""
    return _terms(_read(Path(__file__).with_name(TERM_LIST).read_text("utf-8")), None)


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
    return _terms(_read(text), common_terms())


def _read(text: str) -> _File:
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


def _terms(file: _File, common: Terms | None) -> Terms:
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
