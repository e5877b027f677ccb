"""标点符号: half-width marks, pairs that do not close, marks set twice (GB/T 15834—2011)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policysite.lint.text import HAN, PUT_ASIDE, Finding, Text
from policysite.patterns import pattern

_FULL = {",": "，", ";": "；", "!": "！", "?": "？", ":": "：", ".": "。", "(": "（", ")": "）"}
_CLOSED = f"{HAN}》”’）】〕〉%％"
# `!` before `[` opens an image; a colon needs Chinese before it, for 8:30 and A:B are no sentences.
_HALF_WIDTH = pattern(
    rf"(?<=[{_CLOSED}])(?:[,;?:]|!(?!\[))"
    rf"|[,;?!](?=[{HAN}《“（])"
    rf"|(?<=[{HAN}》”）])\.(?=[ ]*(?:\n|\Z)|[”’）])"
)


def half_width_marks(text: Text) -> Iterator[Finding]:
    """T101: `,;:!?.` in a Chinese sentence."""
    prose = text.prose
    if not any(mark in prose for mark in ",;:!?."):
        return
    for match in _HALF_WIDTH.finditer(prose):
        mark = match[0]
        # A line that starts with 一. is numbering, which another rule speaks of.
        if mark == "." and _is_number(prose, match.start()):
            continue
        end = match.end()
        has_gap = prose[end : end + 1] == " " and re.match(
            rf" [{HAN}0-9A-Za-z《“（]", prose[end : end + 2]
        )
        fix = _FULL[mark]
        # In a title a full-width colon is the same; the gap behind it goes with the mark.
        yield Finding(match.start(), end + bool(has_gap), "T101", {"mark": mark, "full": fix}, fix)


def _is_number(prose: str, at: int) -> bool:
    line_start = prose.rfind("\n", 0, at) + 1
    return re.fullmatch(r"\s*[一二三四五六七八九十]{1,3}", prose[line_start:at]) is not None


# Half-width brackets, and full-width ones that have to be paired with them.
_BRACKETS = pattern(r"[()（）]")
_ANY_HAN = pattern(f"[{HAN}]")
_LATIN = pattern("[A-Za-z]")
_NEAR_HAN = pattern(f"[{HAN}，。；：、》”]")


def half_width_brackets(text: Text) -> Iterator[Finding]:
    """T102: `()` around or beside Chinese, also where one of a pair is full-width."""
    if "(" not in text.prose and ")" not in text.prose:
        return
    for start, line in _lines_with(text.prose, "()"):
        if _is_foreign(line):
            continue
        opened: list[int] = []
        for match in _BRACKETS.finditer(line):
            if match[0] in "(（":
                opened.append(match.start())
            elif opened:
                first = opened.pop()
                if _is_chinese_pair(line, first, match.start()):
                    yield from _wrong(line, start, first, match.start())


def _lines_with(prose: str, marks: str) -> Iterator[tuple[int, str]]:
    position = 0
    for line in prose.split("\n"):
        if any(mark in line for mark in marks):
            yield position, line
        position += len(line) + 1


def _is_foreign(line: str) -> bool:
    return len(_LATIN.findall(line)) > 2 * len(_ANY_HAN.findall(line))


def _is_chinese_pair(line: str, first: int, last: int) -> bool:
    if "（" in line[first] or "）" in line[last]:
        return True
    inside = line[first + 1 : last]
    if PUT_ASIDE in inside and not _ANY_HAN.search(inside):
        return False
    around = line[max(0, first - 1) : first] + line[last + 1 : last + 2]
    return bool(_ANY_HAN.search(inside) or _NEAR_HAN.search(around))


def _wrong(line: str, start: int, first: int, last: int) -> Iterator[Finding]:
    for at in (first, last):
        if mark := line[at] if line[at] in "()" else "":
            yield Finding(
                start + at, start + at + 1, "T102", {"mark": mark, "full": _FULL[mark]}, _FULL[mark]
            )


_PAIRS = {"）": "（", ")": "(", "》": "《", "〉": "〈", "】": "【", "〕": "〔", "］": "［"}
_OPENERS = frozenset(_PAIRS.values())
_PAIR_MARKS = pattern(r"[（）()《》〈〉【】〔〕［］]|\n(?=[ \t\u3000]*\n|[-*+|>] ?)")
# 1） a） 一） at the start of a line or after a mark counts, and opens nothing.
_COUNTER = pattern(
    r"(?:^|[\s，。；：、|（(])(?:[0-9]{1,2}|[a-zA-Z]|[一二三四五六七八九十]{1,3}|[①-⑳])$"
)


def unbalanced_brackets(text: Text) -> Iterator[Finding]:
    """T103: a bracket or 书名号 that does not close in its paragraph."""
    prose = text.prose
    if all(prose.count(a) == prose.count(b) for b, a in _PAIRS.items()) and _is_nested(text):
        return
    for start, part in text.paragraphs():
        yield from _unbalanced(start, part)
    yield from _unbalanced(0, prose[: text.body])


_EMPTY_PAIR = pattern(r"（[^（）()]*）|《[^《》]*》|〔[^〔〕]*〕")


def _is_nested(text: Text) -> bool:
    """Tell quickly whether nothing can be wrong: each pair opens and closes on one line."""
    rest = text.prose
    for _ in range(2):
        if not _has_bracket(rest):
            return True
        rest = _EMPTY_PAIR.sub(_same_line, rest)
    return not _has_bracket(rest)


def _has_bracket(prose: str) -> bool:
    return any(mark in prose for mark in "（）()《》〈〉【】〔〕［］")


def _same_line(match: re.Match[str]) -> str:
    return match[0] if "\n" in match[0] else ""


def _unbalanced(start: int, part: str) -> Iterator[Finding]:
    opened: list[re.Match[str]] = []
    for match in _PAIR_MARKS.finditer(part):
        mark = match[0]
        if mark[0] == "\n":
            yield from _unclosed(start, opened)
            opened = []
        elif mark in _OPENERS:
            opened.append(match)
        elif opened and _fits(opened[-1][0], mark):
            opened.pop()
        elif not (
            mark in "）)" and _COUNTER.search(part, max(0, match.start() - 6), match.start())
        ):
            if mark in "）)" or not opened or _PAIRS[mark] not in {o[0] for o in opened}:
                yield _pair_finding(start, match, _PAIRS[mark])
            else:
                yield from _dropped(start, opened, mark)
    yield from _unclosed(start, opened)


def _fits(opener: str, closer: str) -> bool:
    # （…) is one pair with a half-width mark, which is said elsewhere.
    return opener == _PAIRS[closer] or (opener in "（(" and closer in "）)")


def _dropped(start: int, opened: list[re.Match[str]], mark: str) -> Iterator[Finding]:
    """Close what `mark` closes; what was opened since then never closed."""
    while opened and opened[-1][0] != _PAIRS[mark]:
        yield from _unclosed(start, [opened.pop()])
    opened.pop()


_CLOSERS = {opener: closer for closer, opener in _PAIRS.items()}


def _unclosed(start: int, opened: list[re.Match[str]]) -> Iterator[Finding]:
    for match in opened:
        yield _pair_finding(start, match, _CLOSERS[match[0]])


def _pair_finding(start: int, match: re.Match[str], missing: str) -> Finding:
    at = start + match.start()
    return Finding(at, at + 1, "T103", {"mark": match[0], "missing": missing})


_QUOTES = pattern("[“”‘’]|\n[ \t\u3000]*\n[ \t\u3000>]*“?")


def unbalanced_quotes(text: Text) -> Iterator[Finding]:
    """T104: “” or ‘’ that do not pair; each paragraph of a long quotation opens anew."""
    prose = text.prose
    if not any(mark in prose for mark in "“”‘’"):
        return
    opened: dict[str, int] = {}
    for match in _QUOTES.finditer(prose):
        mark = match[0]
        if mark[0] == "\n":
            if mark[-1] == "“" and "“" not in opened:
                opened["“"] = match.end() - 1
            elif mark[-1] != "“":
                opened.pop("‘", None)
        elif mark in "“‘":
            if mark in opened:
                yield _quote_finding(match.start(), mark)
            opened[mark] = match.start()
        elif mark == "’" and _is_apostrophe(prose, match.start()):
            continue
        elif opened.pop("“" if mark == "”" else "‘", None) is None:
            yield _quote_finding(match.start(), mark)
    if "“" in opened:
        yield _quote_finding(opened["“"], "“")


def _is_apostrophe(prose: str, at: int) -> bool:
    return prose[at - 1 : at].isascii() and prose[at - 1 : at].isalpha()


def _quote_finding(at: int, mark: str) -> Finding:
    missing = {"“": "”", "”": "“", "‘": "’", "’": "‘"}[mark]
    return Finding(at, at + 1, "T104", {"mark": mark, "missing": missing})


# Three 。 are read as an ellipsis and set as one; ！！ and ？！ are allowed (GB/T 15834 4.3.3.3).
_REPEATED = pattern(
    "(?P<same>[，、；：])(?P=same)+|(?<!。)(?P<stops>。。)(?!。)|[，、；：][，、；：。！？]|[。！？][，、；：]"
    "|[！？]。|（）|《》|“”"
)
_TWO_MARKS = pattern("[，、；：。！？]{2}")
_EMPTY_PAIRS = ("（）", "《》", "“”")


def repeated_marks(text: Text) -> Iterator[Finding]:
    """T105: marks set twice, marks that cannot follow each other, empty pairs."""
    prose = text.prose
    if not _TWO_MARKS.search(prose) and not any(pair in prose for pair in _EMPTY_PAIRS):
        return
    for match in _REPEATED.finditer(prose):
        marks = match[0]
        is_doubled = match["same"] or match["stops"]
        fix = marks[0] if is_doubled else None
        yield Finding(match.start(), match.end(), "T105", {"marks": marks}, fix)


def straight_quotes(text: Text) -> Iterator[Finding]:
    """T106: an odd number of straight quotes in a paragraph, which cannot be set as “”."""
    if '"' not in text.prose:
        return
    for start, part in text.paragraphs():
        if part.count('"') % 2 and _ANY_HAN.search(part) and not re.search(r'[0-9]"', part):
            at = start + part.rindex('"')
            yield Finding(at, at + 1, "T106")


RULES = (
    half_width_marks,
    half_width_brackets,
    unbalanced_brackets,
    unbalanced_quotes,
    repeated_marks,
    straight_quotes,
)
