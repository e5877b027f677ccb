"""Content words of Chinese official prose.

The only module that knows the segmenter.  Loading its dictionary takes a tenth of a second, so it
happens on first use and never when nothing is to be segmented.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

from policysite.patterns import pattern

_DATA = Path(__file__).parent

# The segmenter takes the likeliest way through a sentence: a whole word must be likelier than its
# parts together.  Of two of the commonest words (300,000 in the dictionary's 60 million each) the
# product is 1,500 in 60 million.
_OWN_WORD_FREQUENCY = 10_000

# Two Han characters at least: single ones (的, 会, 法) carry no subject.  Latin words are names
# (APP, ILO).  Numbers, dates and article counters (第十二条) tell one document from another, never
# what it is about.
_WORD = pattern(r"[㐀-鿿]{2,}|[a-z][a-z0-9]+")
_NUMBER = pattern(r"[第百千万亿〇零一二三四五六七八九十两几数多余元年月日条款项章节分之个]+")


def load() -> None:
    """Load the dictionary now, so that processes forked from here need not, each by itself."""
    _cut()
    _stop_words()


def count_words(text: str) -> Counter[str]:
    """Count the content words of a text, in their canonical form."""
    counts = Counter(map(_content_word, _cut()(text.lower(), True)))
    del counts[""]
    return counts


def split_words(text: str) -> list[str]:
    """Return `text` cut at word boundaries; joined again the parts give `text`."""
    if not text:
        return []
    found = _learnt.get(text) or _known[0].get(text)
    if not found:
        found = _learnt[text] = tuple(_cut()(text, True))
    return list(found)


_known: list[Mapping[str, tuple[str, ...]]] = [{}]
_learnt: dict[str, tuple[str, ...]] = {}


def remember(known: Mapping[str, tuple[str, ...]]) -> None:
    """Look texts up that were cut before, so that the dictionary need not be loaded for them."""
    _known[0] = known


def learnt() -> dict[str, tuple[str, ...]]:
    """Return the texts cut since this was last asked."""
    found = dict(_learnt)
    _learnt.clear()
    return found


def split_known(text: str) -> list[str]:
    """Return `text` cut into words of the dictionary; what is no part of one stays single."""
    return list(_cut()(text, False)) if text else []


def is_word(text: str) -> bool:
    """Tell whether the dictionary has `text` as one word."""
    return _cut()(text, False) == [text]


@lru_cache(maxsize=1 << 17)
def _content_word(token: str) -> str:
    """Return the canonical form of a token, or '' when it tells nothing about the subject."""
    if not _WORD.fullmatch(token) or _NUMBER.fullmatch(token) or token in _stop_words():
        return ""
    return _own_words().get(token, token)


@cache
def _cut() -> Callable[[str, bool], list[str]]:
    """Return the segmenter: it takes a text, and whether to guess at words that it does not know."""
    # The package makes a segmenter as it is loaded; another one would read the dictionary again.
    import rjieba

    for word in _own_words():
        rjieba.add_word(word, _OWN_WORD_FREQUENCY, None)
    return rjieba.cut


@cache
def _own_words() -> dict[str, str]:
    """Read words.txt: each line a word and, after a space, the word it stands for."""
    return {line.split()[0]: line.split()[-1] for line in _lines("words.txt")}


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(word for line in _lines("stop_words.txt") for word in line.split())


def _lines(name: str) -> Iterator[str]:
    for line in (_DATA / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line
