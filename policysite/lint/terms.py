"""Words from lists: 错别字, 禁用词, 慎用词, 规范称谓 (T501–T504).

`terms.toml` beside this module is for every site; `content/terms.toml` is a site's own, and may take
words of the common list back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from policysite.lint.text import Finding, Text
from policysite.model.content import TERM_LIST

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_ARROW = "→"
"""Between a wrong word and what it should be."""
_CODES = {"错别字": "T501", "禁用": "T502", "慎用": "T503", "称谓": "T504"}


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


@cache
def _automaton(words: tuple[tuple[str, object], ...]) -> AhoCorasick:
    from ahocorasick_rs import AhoCorasick, MatchKind

    return AhoCorasick([word for word, _ in words], matchkind=MatchKind.LeftmostLongest)


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


class FaultyTerms(ValueError):
    """A list of terms cannot be read; the text says why."""


def _terms(text: str, common: Terms | None) -> Terms:
    # An edit has the terms from the last build, and pydantic takes longer to load than its page.
    from policysite.lint.term_tables import read_file

    file = read_file(text)
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
