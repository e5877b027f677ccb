"""Words from lists, looked for in a text: 错别字, 禁用词, 慎用词, 规范称谓 (T501–T504)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from policysite.lint.text import Finding, Text

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick


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
        for index, start, end in _automaton(self).find_matches_as_indexes(text.prose):
            word, said = self.words[index]
            if said:
                code, right, reason = said
                hint = f"，应当是“{right}”" if code == "T501" else f"，请改用“{right}”"
                values = {"word": word, "right": hint if right else "", "reason": reason}
                yield Finding(start, end, code, values)


# By the list itself: to tell it by its words for each text takes longer than to look for them.
@lru_cache(maxsize=2)
def _automaton(terms: Terms) -> AhoCorasick:
    from ahocorasick_rs import AhoCorasick, MatchKind

    return AhoCorasick([word for word, _ in terms.words], matchkind=MatchKind.LeftmostLongest)
