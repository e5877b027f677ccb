"""How Chinese characters are read: what pypinyin says, from a table of its words and characters.

pypinyin reads two files of three megabytes when it is loaded, a seventh of a second for the title of
one article. The table has a line for each word and character, in their order: what is written, its
sounds without tones, and their first letters, with tabs between. It is looked up where it lies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, lru_cache

Line = tuple[str, ...]
"""A word as the table has it, in three parts."""
_NOTHING: Line = ("",)

_find: list[Callable[[], bytes | None]] = [lambda: None]


def remember(find: Callable[[], bytes | None]) -> None:
    """Use the table that `find` returns when characters are first to be read; None if it has none."""
    _find[0] = find
    _table.cache_clear()
    _look_up.cache_clear()


@cache
def _table() -> bytes | None:
    return _find[0]()


def load() -> None:
    """Load what characters are read with, so that processes forked from here need not."""
    sounds("工会")


def sounds(run: str) -> list[str]:
    """Return the sound of each of a run of Chinese characters, without its tone.

    >>> sounds("重庆")
    ['chong', 'qing']
    """
    if words := _words(run):
        return [sound for word in words for sound in word[1].split(" ")]
    from pypinyin import lazy_pinyin

    return lazy_pinyin(run, errors=list)  # type: ignore[arg-type]  # the stub forgets lists


def initials(run: str) -> str:
    """Return the letters with which the sounds of Chinese characters begin.

    >>> initials("工会经费管理办法")
    'ghjfglbf'
    """
    if words := _words(run):
        return "".join(word[2] for word in words)
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(run, style=Style.FIRST_LETTER)).lower()


def make_table() -> bytes:
    """Return the table, made of what pypinyin knows."""
    from pypinyin import Style
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT, RE_HANS
    from pypinyin.style import convert

    @cache
    def plain(sound: str) -> tuple[str, str]:
        styles = (Style.NORMAL, Style.FIRST_LETTER)
        plain, first = (convert(sound, style, strict=True, default=sound) for style in styles)
        return plain, first.lower()

    read = {chr(code): [sounds.split(",")[0]] for code, sounds in PINYIN_DICT.items()}
    read |= {word: [sounds[0] for sounds in each] for word, each in PHRASES_DICT.items()}
    lines = []
    for word, toned in read.items():
        if RE_HANS.match(word):
            own, first = zip(*map(plain, toned), strict=True)
            lines.append(f"{word}\t{' '.join(own)}\t{''.join(first)}\n".encode())
    return b"".join(sorted(lines))


def _words(run: str) -> list[Line] | None:
    """Return a run cut into words as pypinyin does; None if it has to be asked itself."""
    words = list(_cut(run)) if _table() else []
    return words if words and _NOTHING not in words else None


def _cut(run: str) -> Iterator[Line]:
    """Yield the longest words from the left, nothing for a character that is not in the table."""
    start = 0
    while start < len(run):
        word, is_beginning = _longest(run[start:])
        if len(word[0]) < 2 and is_beginning:
            # All that is left is the beginning of a word: pypinyin looks for no others in it.
            yield from (_look_up(character)[0] for character in run[start:])
            return
        yield word
        start += max(len(word[0]), 1)


def _longest(text: str) -> tuple[Line, bool]:
    """Return the longest word that `text` begins with, and whether all of it begins a word."""
    longest = _NOTHING
    for end in range(1, len(text) + 1):
        word, is_beginning = _look_up(text[:end])
        if not is_beginning:
            return longest, False
        longest = longest if word is _NOTHING else word
    return longest, True


@lru_cache(maxsize=1 << 16)
def _look_up(written: str) -> tuple[Line, bool]:
    """Return the line of a word, if it is one, and whether one begins so."""
    table, key = _table() or b"", written.encode()
    place = _first(table, key)
    if not table.startswith(key, place):
        return _NOTHING, False
    if not table.startswith(b"\t", place + len(key)):
        return _NOTHING, True
    return tuple(table[place : table.index(b"\n", place)].decode().split("\t")), True


def _first(table: bytes, written: bytes) -> int:
    """Return where the first line begins that does not come before `written`."""
    low, high = 0, len(table)
    while low < high:
        middle = table.rfind(b"\n", low, (low + high) // 2) + 1 or low
        if table[middle : middle + len(written)] < written:
            low = table.index(b"\n", middle) + 1
        else:
            high = middle
    return low
