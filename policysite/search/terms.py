"""The terms of one document: a small value that depends on nothing but the document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

import numpy as np
import numpy.typing as npt

from policysite.model import sounds
from policysite.model.values import DocNumber
from policysite.search.tokens import Hashes, distinct, marked_term, normalise, text_terms

Classes = npt.NDArray[np.uint8]

OFTEN = (2, 5)
"""A term of the text is of class 0, or of 1 or 2 if it comes as often as this."""
TITLE_LENGTHS = (6, 10, 15, 20, 26)
"""A term of the title is of class 3 if the title is no longer than the first of these, and so on:
of two titles that hold what is sought, the shorter one says less besides."""
IN_TITLE = 3
SIDES = 4
"""A term that comes once in the text and not in the title has its sides (tokens.py), beginning with
this bit of its class."""
TERM_BYTES = 5
"""What a term takes of `document_terms`."""
INITIALS = 3
"""How many initials of a title's pinyin make a term."""


def document_terms(
    title: str,
    text: str,
    number: DocNumber | None = None,
    synonyms: Iterable[str] = (),
    initials: str | None = None,
) -> bytes:
    """Return the terms of a document, to be kept and packed: see `unpack_terms`.

    `synonyms` are the forms that the synonym list knows, as written there; `initials` are the
    title's, if they are known.
    """
    if initials is None:
        initials = title_initials(title)
    head, body = normalise(title), normalise(f"{text}\n{number or ''}")
    forms = [form for form in synonyms if _plain(form) in head or _plain(form) in body]
    every, sides = text_terms(body)
    marked = _marked(f"≈{form}" for form in forms)
    hashes, first, counts = np.unique(
        np.concatenate([every, marked]), return_index=True, return_counts=True
    )
    classes = np.searchsorted(OFTEN, counts, side="right").astype(np.uint8)
    once = np.append(sides, np.zeros(marked.size, np.uint8))[first]
    classes[counts == 1] = once[counts == 1] << SIDES
    own = distinct(
        np.concatenate([text_terms(head)[0], _marked(_title_terms(initials, head, number, forms))])
    )
    rank = IN_TITLE + int(np.searchsorted(TITLE_LENGTHS, len(head.replace(" ", ""))))
    every = distinct(np.concatenate([hashes, own]))
    merged = np.zeros(every.size, np.uint8)
    merged[np.searchsorted(every, hashes)] = classes
    merged[np.searchsorted(every, own)] = rank
    return every.astype("<u4").tobytes() + merged.tobytes()


def unpack_terms(packed: bytes) -> tuple[Hashes, Classes]:
    """Return the terms in rising order, and the class of each with its sides."""
    count = len(packed) // TERM_BYTES
    return (
        np.frombuffer(packed, "<u4", count),
        np.frombuffer(packed, np.uint8, count, offset=4 * count),
    )


@cache
def _plain(form: str) -> str:
    return normalise(form)


def _marked(texts: Iterable[str]) -> Hashes:
    return np.array([marked_term(text) for text in texts], np.uint32)


def _title_terms(
    initials: str, head: str, number: DocNumber | None, forms: Iterable[str]
) -> Iterator[str]:
    if number:
        yield f"#{number.year}-{number.number}"
    for form in forms:
        if _plain(form) in head:
            yield f"≈{form}"
    for start in range(len(initials) - INITIALS + 1):
        yield f"'{initials[start : start + INITIALS]}"


def title_initials(title: str) -> str:
    """Return the initials of a title's pinyin.

    >>> title_initials("工会经费（2026）管理办法")
    'ghjfglbf'
    """
    return sounds.initials(re.sub(r"[^\u3400-\u9fff]", "", title))
