"""Characters that nobody sees or that are not what they look like."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from policysite.lint.text import HAN, Finding, Text
from policysite.patterns import pattern

_INVISIBLE = pattern(
    "[\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
# Emoji are joined with these.
_JOINERS = "\u200c\u200d"


def invisible_characters(text: Text) -> Iterator[Finding]:
    """T201: zero-width and control characters, also outside prose: they break links and code."""
    for match in _INVISIBLE.finditer(text.source):
        at = match.start()
        if (
            match[0] in _JOINERS
            and ord(text.source[at - 1 : at] or "\0") > 0x2190
            and not _is_han(text.source[at - 1])
        ):
            continue
        yield Finding(at, at + 1, "T201", {"code": f"U+{ord(match[0]):04X}"}, "")


def _is_han(char: str) -> bool:
    return re.match(f"[{HAN}]", char) is not None


_PRIVATE = pattern("[\ue000-\uf8ff\ufffd\U000f0000-\U0010fffd]")


def private_characters(text: Text) -> Iterator[Finding]:
    """T202: private-use characters and the replacement character: readers see an empty box."""
    for match in _PRIVATE.finditer(text.source):
        yield Finding(match.start(), match.end(), "T202", {"code": f"U+{ord(match[0]):04X}"})


_LOOKALIKE = pattern("[\u2e80-\u2fd5\uf900-\ufad9]")


def lookalike_characters(text: Text) -> Iterator[Finding]:
    """T203: Kangxi radicals and compatibility ideographs, which no search finds; PDF leaves them."""
    for match in _LOOKALIKE.finditer(text.source):
        plain = unicodedata.normalize("NFKC", match[0])
        fix = plain if plain != match[0] else None
        shown = fix or "普通汉字"
        yield Finding(
            match.start(),
            match.end(),
            "T203",
            {"char": match[0], "code": f"U+{ord(match[0]):04X}", "plain": shown},
            fix,
        )


_FULL_WIDTH = pattern("[０-９Ａ-Ｚａ-ｚ](?:[０-９Ａ-Ｚａ-ｚ．％]*[０-９Ａ-Ｚａ-ｚ％])?")


def full_width_letters(text: Text) -> Iterator[Finding]:
    """T204: １００ and ＡＢＣ, which are 100 and ABC (GB/T 15835—2011)."""
    for match in _FULL_WIDTH.finditer(text.prose):
        plain = unicodedata.normalize("NFKC", match[0])
        yield Finding(
            match.start(), match.end(), "T204", {"written": match[0], "plain": plain}, plain
        )


RULES = (
    invisible_characters,
    private_characters,
    lookalike_characters,
    full_width_letters,
)
