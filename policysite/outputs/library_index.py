"""data/library.json: what the library's page filters, small enough for a telephone.

One column for each property, one entry for each document, newest first. Entries are places in
tables, so that each name stands once. Titles and short names repeat words, not whole texts:

    words   the words and turns that come more than once, up to 1,920 of them
    titles  every title, divided by `|`; a character from U+0080 to U+07FF is a word of `words`
            (U+0080 the first), any other stands for itself
    parts, slugs   the same for short names, which repeat syllables

Chinese characters begin at U+2E80 and ASCII ends at U+007F; the few characters between (the point
in 阿·努尔), and the divider, stand in the table however rare they are. gzip by itself looks back
32 KB, some 400 titles, and finds less.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TypeVar

from policysite.pages.article import Article
from policysite.pages.facets import slugs_of
from policysite.relate.words import split_words

VERSION = 1
FIRST, LAST = 0x80, 0x7FF
DIVIDER = "|"
_ALWAYS = 1 << 30
_RESERVED = re.compile(f"[{chr(FIRST)}-{chr(LAST)}{DIVIDER}]")

ROUNDS, OFTEN = 3, 50
"""How often pairs are joined, and how often a pair must come; more of either saves little."""

T = TypeVar("T", bound=Hashable)


def write_index(documents: Sequence[Article]) -> str:
    """Return the index of `documents`, which come newest first."""
    slugs = [slugs_of(document) for document in documents]
    words, titles = _in_words([split_words(document.title) for document in documents])
    parts, names = _in_words([re.findall("-?[^-]+", document.slug) for document in documents])
    series, in_series = _table(map(_series, documents))
    states, in_state = _table(map(_state, documents))
    chosen = {key: _table(slug[key] for slug in slugs) for key in ("issuer", "kind", "subject")}
    index = {
        "version": VERSION,
        "count": len(documents),
        "newest": documents[0].date.date().isoformat() if documents and documents[0].date else "",
        "series": series,
        "states": states,
        **{f"{key}s": table for key, (table, _) in chosen.items()},
        "words": words,
        "parts": parts,
        "days": _days(documents),
        "in_series": in_series,
        "numbers": _numbers(documents),
        "in_state": in_state,
        **{f"in_{key}": places for key, (_, places) in chosen.items()},
        "titles": titles,
        "slugs": names,
    }
    return json.dumps(index, ensure_ascii=False, separators=(",", ":")) + "\n"


def _table(entries: Iterable[T]) -> tuple[list[T], list[int]]:
    """Return the different entries, most frequent first, and the place of each one in them."""
    entries = list(entries)
    counts = Counter(entries)
    table = sorted(counts, key=lambda entry: (-counts[entry], repr(entry)))
    places = {entry: place for place, entry in enumerate(table)}
    return table, [places[entry] for entry in entries]


def _series(document: Article) -> tuple[str, int]:
    number = document.meta.doc_number if document.meta else None
    return (number.agency, number.year) if number else ("", 0)


def _state(document: Article) -> tuple[str, str, str]:
    state = document.validity
    return (state.code, state.label, state.tone) if state else ("", "", "")


def _days(documents: Sequence[Article]) -> list[int]:
    """Return how many days each document is older than the one before it."""
    days = [document.date.toordinal() for document in documents if document.date]
    return [before - day for before, day in zip([*days[:1], *days], days, strict=False)]


def _numbers(documents: Sequence[Article]) -> list[int]:
    """Return each 发文顺序号, less the last one of its series: mostly small numbers."""
    last: dict[tuple[str, int], int] = {}
    steps = []
    for document in documents:
        number = (
            document.meta.doc_number.number if document.meta and document.meta.doc_number else 0
        )
        series = _series(document)
        steps.append(number - last.get(series, 0))
        last[series] = number
    return steps


def _in_words(texts: Sequence[Sequence[str]]) -> tuple[list[str], str]:
    """Return a table of words, and the texts with these words as characters."""
    cut = _in_turns([[part for word in text for part in _parts(word)] for text in texts])
    counts = Counter(word for text in cut for word in text)

    def saved(word: str) -> int:
        """Return the bytes that the table saves; what cannot stand for itself comes first."""
        return _ALWAYS if _RESERVED.search(word) else (counts[word] - 1) * (len(word.encode()) - 2)

    wanted = sorted((w for w in counts if saved(w) > 0), key=lambda w: (-saved(w), w))
    table = sorted(wanted[: LAST - FIRST + 1], key=lambda word: (-counts[word], word))
    codes = {word: chr(FIRST + place) for place, word in enumerate(table)}
    return table, DIVIDER.join("".join(codes.get(word, word) for word in text) for text in cut)


def _in_turns(texts: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
    """Join words that often follow one another, so that 关于印发 and the like are one entry.

    Byte pair encoding, begun at words instead of bytes, all frequent pairs of a round at once.
    """
    for _ in range(ROUNDS):
        pairs = Counter(pair for text in texts for pair in pairwise(text))
        texts = [list(_joined(text, pairs)) for text in texts]
    return texts


def _joined(text: Sequence[str], pairs: Mapping[tuple[str, str], int]) -> Iterator[str]:
    often = [*(pairs[pair] for pair in pairwise(text)), 0, 0]
    place = 0
    while place < len(text):
        end = place + 1 + (often[place] >= max(OFTEN, often[place + 1]))
        yield "".join(text[place:end])
        place = end


def _parts(word: str) -> Iterable[str]:
    """Return the characters of a word that holds a reserved one: few, so that all fit the table."""
    return word if _RESERVED.search(word) else (word,)
