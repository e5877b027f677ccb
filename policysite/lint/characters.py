"""Characters that nobody sees or that are not what they look like."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from policysite.lint.text import HAN, Finding, Text
from policysite.patterns import pattern

_INVISIBLE_ONES = "\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
_INVISIBLE = pattern(f"[{_INVISIBLE_ONES}]")
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


_PRIVATE_ONES = "\ue000-\uf8ff\ufffd\U000f0000-\U0010fffd"
_PRIVATE = pattern(f"[{_PRIVATE_ONES}]")


def private_characters(text: Text) -> Iterator[Finding]:
    """T202: private-use characters and the replacement character: readers see an empty box."""
    for match in _PRIVATE.finditer(text.source):
        yield Finding(match.start(), match.end(), "T202", {"code": f"U+{ord(match[0]):04X}"})


_LOOKALIKES = "\u2e80-\u2fd5\uf900-\ufad9"
_LOOKALIKE = pattern(f"[{_LOOKALIKES}]")


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


_FULL_WIDTH_ONES = "０-９Ａ-Ｚａ-ｚ"
_FULL_WIDTH = pattern(f"[{_FULL_WIDTH_ONES}](?:[{_FULL_WIDTH_ONES}．％]*[{_FULL_WIDTH_ONES}％])?")


def full_width_letters(text: Text) -> Iterator[Finding]:
    """T204: １００ and ＡＢＣ, which are 100 and ABC (GB/T 15835—2011)."""
    for match in _FULL_WIDTH.finditer(text.prose):
        plain = unicodedata.normalize("NFKC", match[0])
        yield Finding(
            match.start(), match.end(), "T204", {"written": match[0], "plain": plain}, plain
        )


_ODD = pattern(f"[{_INVISIBLE_ONES}{_PRIVATE_ONES}{_LOOKALIKES}{_FULL_WIDTH_ONES}]")


def odd_characters(text: Text) -> Iterator[Finding]:
    """T201 to T204: any of these, which hardly a text has."""
    if _ODD.search(text.source):
        yield from invisible_characters(text)
        yield from private_characters(text)
        yield from lookalike_characters(text)
        yield from full_width_letters(text)


RULES = (odd_characters,)
