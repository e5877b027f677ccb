"""`<!-- lint-disable T101 理由 -->`: a finding is accepted, by someone, for a reason.

The mark stands in the paragraph that it speaks of, or on a line of its own before it; in the front
matter it is a comment, `# lint-disable D603 理由`, on the line before the field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from policysite.lint.text import Finding, Text
from policysite.patterns import pattern

_MARK = pattern(r"<!--\s*lint-disable\b(?P<said>.*?)-->", re.DOTALL)
_HEAD_MARK = pattern(r"^[ \t]*#[ \t]*lint-disable\b(?P<said>[^\n]*)$", re.MULTILINE)
_CODE = pattern(r"\s*[:：]?\s*(?P<code>[A-Z][0-9]{3})(?=[^0-9A-Za-z]|$)[,，、]?")
# Five characters of reason say something; 无 and 见上 do not.
_LEAST_REASON = 4


@dataclass(slots=True)
class _Exemption:
    """Codes that are accepted between two offsets, and those that were met there."""

    place: tuple[int, int]
    codes: frozenset[str]
    reason: str
    start: int
    end: int
    used: set[str] = field(default_factory=set)


def accept(text: Text, findings: Iterable[Finding], known: frozenset[str]) -> list[Finding]:
    """Return the findings that nobody accepted, with those about the marks themselves.

    `known` are the codes that may be accepted at all.
    """
    if "lint-disable" not in text.source:
        return list(findings)
    exemptions = list(_read(text))
    kept = [finding for finding in findings if not _is_accepted(finding, exemptions)]
    return [*kept, *_faults(exemptions, known)]


def _is_accepted(finding: Finding, exemptions: Sequence[_Exemption]) -> bool:
    for exemption in exemptions:
        within = exemption.start <= finding.start < exemption.end
        if within and finding.code in exemption.codes:
            exemption.used.add(finding.code)
            if _has_reason(exemption):
                return True
    return False


def _has_reason(exemption: _Exemption) -> bool:
    return len(exemption.reason) >= _LEAST_REASON


def _read(text: Text) -> Iterator[_Exemption]:
    for match in _HEAD_MARK.finditer(text.source, 0, text.body):
        end = _end_of_field(text, match.end())
        yield _exemption(match, match.start(), end)
    for match in _MARK.finditer(text.source, text.body):
        if text.source.count("`", text.source.rfind("\n", 0, match.start()) + 1, match.start()) % 2:
            continue
        yield _exemption(match, *_paragraph(text.source, match.start(), match.end()))


def _exemption(match: re.Match[str], start: int, end: int) -> _Exemption:
    said, codes = match["said"], set[str]()
    while code := _CODE.match(said):
        codes.add(code["code"])
        said = said[code.end() :]
    return _Exemption(match.span(), frozenset(codes), said.strip(" \t\n:：，,"), start, end)


def _end_of_field(text: Text, position: int) -> int:
    """Return the end of the field that follows: its line, and the lines that belong to it."""
    lines = re.compile(r"\n[^\n]*(?:\n[ \t-][^\n]*)*")
    match = lines.match(text.source, position)
    return match.end() if match else position


def _paragraph(source: str, start: int, end: int) -> tuple[int, int]:
    """Return the paragraph of a mark; of one that stands alone, the paragraph that follows."""
    first = source.rfind("\n\n", 0, start)
    before = source[first + 2 if first != -1 else 0 : start]
    rest = re.match(r"[ \t]*\n\s*", source[end:])
    after = end + (rest.end() if rest and not before.strip() else 0)
    last = source.find("\n\n", after)
    return start - len(before), last if last != -1 else len(source)


def _faults(exemptions: Sequence[_Exemption], known: frozenset[str]) -> Iterator[Finding]:
    """X701 no reason, X702 no such code, X703 nothing to accept."""
    for exemption in exemptions:
        start, end = exemption.place
        if unknown := sorted(exemption.codes - known) or not exemption.codes:
            said = "、".join(unknown) if isinstance(unknown, list) else "（没有写）"
            yield Finding(start, end, "X702", {"code": said})
        elif not _has_reason(exemption):
            yield Finding(start, end, "X701", {"codes": "、".join(sorted(exemption.codes))})
        elif unused := sorted(exemption.codes - exemption.used):
            yield Finding(start, end, "X703", {"codes": "、".join(unused)})
