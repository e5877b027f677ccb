"""From bytes to text as browsers do it: byte order mark, declaration, then UTF-8, then GB 18030."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

_DECLARED = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08]")
_LOOKED_AT = 2048
"""Browsers look at the first 1024 bytes (HTML standard); old pages put it later."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Decoded(NamedTuple):
    """A page's text; the name of its encoding; whether the page said so itself, and rightly."""

    text: str
    encoding: str
    declared: bool
    is_text: bool


def decode(data: bytes) -> Decoded:
    """Return the text of a page, whatever it is encoded in; never fails.

    What no encoding reads, or what is full of control characters, is no text.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _text(data.decode(name, "replace"), name, declared=True)
    declaration = _DECLARED.search(data[:_LOOKED_AT])
    wanted = declaration[1].decode("ascii").lower() if declaration else ""
    # A page that says GB2312 means what browsers read as GB 18030.
    wanted = "gb18030" if wanted.startswith("gb") else wanted
    for name in dict.fromkeys((wanted, "utf-8", "gb18030")):
        try:
            return _text(data.decode(name), name, declared=name == wanted)
        except (LookupError, UnicodeDecodeError):
            continue
    return Decoded(data.decode("utf-8", "replace"), "utf-8", declared=False, is_text=False)


def _text(text: str, name: str, *, declared: bool) -> Decoded:
    controls = sum(1 for _ in _CONTROLS.finditer(text))
    return Decoded(text, name, declared, is_text=controls * 100 <= len(text))
