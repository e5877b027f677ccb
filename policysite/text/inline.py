"""Text that needs no inline parsing, and lines that Chinese joins without a space."""

from __future__ import annotations

from policysite.patterns import pattern

_CHINESE = "\u2e80-\u2fff\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’…—"
# Two trailing spaces ask for a line break and are left alone.
_JOIN = pattern(
    rf"(?<=[{_CHINESE}])\n|(?<=[{_CHINESE}][*_\])`])\n|(?<=[{_CHINESE}]\*\*)\n"
    rf"|(?<!  )\n(?=[*_\[(`]*[{_CHINESE}])"
)
_IDEOGRAPH = "\u3400-\u9fff"
MASK = (
    r"(?<=[0-9])(?P<digits>\*+(?=[0-9Xx])|\*{3,})"
    # A name of the public list: Chinese, one or two asterisks, at most one more character.
    rf"|(?:(?<![{_IDEOGRAPH}\w])|(?<=[和与及]))[{_IDEOGRAPH}]{{1,6}}(?P<name>\*{{1,2}})[{_IDEOGRAPH}]?"
    r"(?=[、，,；;。：:（）()\s和与及等]|$)"
)
"""Masked digits and names, whose asterisks are no marks."""
_SYNTAX = pattern(r"[`\\*_\[<&{]|  \n")


def has_syntax(text: str) -> bool:
    """Tell whether `text` holds a character that any of our inline patterns acts on."""
    return _SYNTAX.search(text) is not None


def join_lines(text: str) -> str:
    """Join lines where one side is Chinese: a line end shows as a space there."""
    return _JOIN.sub("", text) if "\n" in text else text
