"""附件: what is named has to be there, and the reverse."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policysite.lint.text import Finding, Text
from policysite.model.scalars import Scalar
from policysite.patterns import pattern

# Only what points to a file: 见附件, and the 附件说明 at the end (GB/T 9704—2012 7.3.4).
_NAMED = pattern(
    r"(?:详见|见|参见|填写|填报|随文|后附)附件[0-9一二三四五六七八九十]{0,2}|^[ \t\u3000]*附件[0-9一二三四五六七八九十]{0,2}[：:]",
    re.MULTILINE,
)
_NOTE = pattern(r"^[ \t\u3000]*附件[：:][ \u3000]*(?P<first>1[.．、])?", re.MULTILINE)
_LISTED = pattern(r"[ \t\u3000]*(?:附件[：:])?[ \u3000]*(?P<number>[0-9]{1,2})[.．、]\S")
# 附件1 on a line of its own: the annex itself follows.
_HEADING = pattern(
    r"^[ \t\u3000]*(?:#{1,6}[ \u3000]+)?(?:\*\*)?附件[ ]?[0-9一二三四五六七八九十]{0,2}(?:\*\*)?[ \u3000]*$|^#{1,6}[ \u3000]+附件",
    re.MULTILINE,
)
_LINK = pattern(r"\]\(<?/?(?:\.\./)*attachments/|href=\"/?attachments/")


def annexes(text: Text) -> Iterator[Finding]:
    """T404 named but missing, T405 fewer than listed, T406 there but not named."""
    files = _files(text)
    has_word = "附件" in text.prose
    if not has_word:
        if files and _is_document(text):
            line = text.fields["attachments"].line
            at = _offset_of(text, line)
            yield Finding(at, at, "T406")
        return
    body = text.source
    present = files + len(_HEADING.findall(body, text.body)) + len(_LINK.findall(body, text.body))
    named = _NAMED.search(text.prose, text.body)
    if named and not present:
        start = named.start() + len(named[0]) - len(named[0].lstrip())
        yield Finding(start, named.end(), "T404")
        return
    listed, at = _listed(text)
    if present and listed > present:
        yield Finding(at, at + 2, "T405", {"listed": listed, "present": present})


def _files(text: Text) -> int:
    entry = text.fields.get("attachments")
    if entry is None:
        return 0
    return 1 if isinstance(entry.value, Scalar) else len(entry.value)


def _is_document(text: Text) -> bool:
    return "doc_number" in text.fields or "doc_type" in text.fields


def _offset_of(text: Text, line: int) -> int:
    offset = 0
    for _ in range(line - 1):
        offset = text.source.find("\n", offset) + 1
    return offset


def _listed(text: Text) -> tuple[int, int]:
    """Return how many names the 附件说明 lists, and where it stands."""
    note = _NOTE.search(text.prose, text.body)
    if note is None:
        return 0, 0
    at = note.start() + len(note[0]) - len(note[0].lstrip())
    expected = 1
    for line in text.prose[at:].split("\n"):
        match = _LISTED.match(line)
        if match and int(match["number"]) == expected:
            expected += 1
        elif line.strip() and expected > 1:
            break
    return max(expected - 1, 1), at


RULES = (annexes,)
