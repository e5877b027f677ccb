"""疑似错别字 (T505): a word that falls apart, and is whole with one character of the same sound.

安全声产 is cut into 安全, 声 and 产, which says nothing; with 生 it is one word of the dictionary. Only
such runs of four characters are looked at, in which two single characters stand together: what is
left over is almost always wrong. docs/decisions/0022 has the figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from policysite.lint.text import Finding, Text
from policysite.patterns import pattern
from policysite.relate.words import is_word, split_known

_SIGN = "\x01"
# Characters that stand alone in any sentence.
_PARTICLES = "的了和是在有不为以及或与等其中对由从被将应当可并也就按把给让使之于至自向到后前内外上下个位名条款项第年月日时人者家所各每该此本一二三四五六七八九十百千万亿零两几多少无未非能会要得须需还又再更最很已曾正则但而且因如若虽"
_NO_PARTICLE = f"[^{_PARTICLES}]"
_HAN = "[\u4e00-\u9fff]"
# Two single characters in a row, of which one says something.
_LEFT_OVER = pattern(rf"\x01(?={_HAN}\x01{_HAN}\x01)(?={_NO_PARTICLE}|{_HAN}\x01{_NO_PARTICLE})")
_WHOLE = pattern(f"{_HAN}{{4}}")
# 拿得出手 is as right as 拿的出手.
_ALIKE = "的地得"


def suspected_typos(text: Text) -> Iterator[Finding]:
    """Yield every run of four characters that one other character makes a word."""
    body = text.prose[text.body :]
    tokens = _SIGN + _SIGN.join(split_known(body)) + _SIGN
    end = 0
    for match in _LEFT_OVER.finditer(tokens):
        for start, written, places in _runs(tokens, match.start()):
            right = _meant(written, places) if start >= end else ""
            # Whoever writes it twice means it.
            if right and body.count(written) == 1:
                end = start + 1
                at = text.body + start - tokens.count(_SIGN, 0, start)
                yield Finding(at, at + 4, "T505", {"written": written, "right": right})


def _runs(tokens: str, sign: int) -> Iterator[tuple[int, str, tuple[int, ...]]]:
    """Yield where a run begins, its four characters, and which of them are single.

    `sign` is where the sign before two single characters stands; a word of two may come before or
    after them, or two more single characters after them.
    """
    single = tokens[sign + 1] + tokens[sign + 3]
    after = tokens[sign + 5 : sign + 9]
    if tokens[sign - 3 : sign - 2] == _SIGN and _WHOLE.match(
        run := tokens[sign - 2 : sign] + single
    ):
        yield sign - 2, run, (2, 3)
    if after[2:3] == _SIGN and _WHOLE.match(run := single + after[:2]):
        yield sign + 1, run, (0, 1)
    if after[1:4:2] == _SIGN * 2 and _WHOLE.match(run := single + after[:3:2]):
        yield sign + 1, run, (0, 1, 2, 3)


@lru_cache(maxsize=1 << 16)
def _meant(written: str, places: tuple[int, ...]) -> str:
    """Return the word that was meant; nothing if there is none, or more than one."""
    if written in _phrases():
        return ""
    found = ""
    for place in places:
        for char in _like().get(written[place], ""):
            candidate = written[:place] + char + written[place + 1 :]
            if char not in _ALIKE and (candidate in _phrases() or is_word(candidate)):
                if found:
                    return ""
                found = candidate
    return found


@cache
def _like() -> dict[str, str]:
    """Return for each common character those of its sound or shape."""
    like: dict[str, str] = {}
    for line in _lines("homophones.txt"):
        for char in line:
            like[char] = like.get(char, "") + line.replace(char, "")
    return like


@cache
def _phrases() -> frozenset[str]:
    return frozenset(word for line in _lines("phrases.txt") for word in line.split())


def _lines(name: str) -> Iterator[str]:
    for line in Path(__file__).with_name(name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line
