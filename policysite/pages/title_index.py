"""标题音序索引: every article under the sound of its title, on pages whose addresses never move.

A page with too many titles is divided by the next syllable, never by counting, so that a new title
changes the one page it stands on, and the counts above it. A page that was divided stays where it is
and leads to its parts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from string import ascii_lowercase
from typing import NamedTuple

from policysite.model.sounds import sounds
from policysite.pages.page import Link
from policysite.patterns import pattern

TITLES = Link("标题音序索引", "/search/a-z/")
PAGE_SIZE = 150
"""Titles on one page before it is divided: about 8 KB compressed."""
OTHERS = "0-9"
"""The letter of titles that begin with a number, or with a character that nobody reads."""

LETTERS = (OTHERS, *ascii_lowercase)
"""All letters, in the order of the index."""

Key = tuple[str, ...]


class Title(NamedTuple):
    """An article in the index: `passed`, the words that do not count, then `filed`, those that do.

    `key` is the way to it: its letter, the first syllables of `filed`, and its year; `written` is
    what each of the syllables stands for.
    """

    url: str
    day: date
    passed: str
    filed: str
    key: Key
    written: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """A page of the index: the `titles` on it, and the parts into which the others are divided.

    `words` are the beginnings of titles that sound like `path`: 工会 and 公会.
    """

    path: Key
    name: str
    words: tuple[str, ...]
    count: int
    titles: tuple[Title, ...]
    parts: tuple[Shelf, ...]

    @property
    def url(self) -> str:
        """Return the address, made of the syllables."""
        return "/".join((TITLES.url.rstrip("/"), *self.path, ""))


def shelve(titles: Sequence[Title], size: int = PAGE_SIZE) -> Shelf:
    """Return the index of `titles`, divided where more than `size` stand together."""
    return _shelf((), in_order(titles), size)


def shelve_letter(letter: str, titles: tuple[Title, ...], size: int = PAGE_SIZE) -> Shelf:
    """Return the part of an index with more than `size` titles that is of one letter."""
    return _shelf((letter,), titles, size)


def urls_of(letter: str, titles: tuple[Title, ...], total: int) -> tuple[str, ...]:
    """Return the addresses of the pages on which the titles of a letter stand, of `total` in all."""
    if total <= PAGE_SIZE:
        return (TITLES.url,) if titles else ()
    return tuple(shelf.url for shelf in every_shelf(shelve_letter(letter, titles)) if titles)


def letters_of(titles: Mapping[str, tuple[Title, ...]]) -> dict[str, tuple[str, ...]]:
    """Return the addresses of the pages of each letter."""
    total = sum(map(len, titles.values()))
    return {letter: urls_of(letter, found, total) for letter, found in titles.items()}


def in_order(titles: Iterable[Title]) -> tuple[Title, ...]:
    """Return titles in the order of their sounds."""
    return tuple(sorted(titles, key=_order))


def every_shelf(shelf: Shelf) -> Iterator[Shelf]:
    """Yield a shelf and all below it, in their order."""
    yield shelf
    for part in shelf.parts:
        yield from every_shelf(part)


def by_letter(titles: Sequence[Title]) -> tuple[tuple[str, tuple[Title, ...]], ...]:
    """Return the titles of a page by their letters."""
    found: dict[str, list[Title]] = defaultdict(list)
    for title in titles:
        found[title.key[0]].append(title)
    return tuple((letter, tuple(group)) for letter, group in found.items())


def _shelf(path: Key, titles: tuple[Title, ...], size: int) -> Shelf:
    depth = len(path)
    groups: dict[str, list[Title]] = defaultdict(list)
    own = []
    for title in titles:
        if len(titles) > size and len(title.key) > depth:
            groups[title.key[depth]].append(title)
        else:
            own.append(title)
    parts = tuple(_shelf((*path, step), tuple(group), size) for step, group in groups.items())
    return Shelf(path, _name(path), _beginnings(path, titles), len(titles), tuple(own), parts)


def _name(path: Key) -> str:
    """Return what a page is called: 标题音序索引, G, gong hui, ü as Chinese readers write it."""
    if len(path) < 2:
        return path[0].upper() if path else TITLES.name
    return " ".join(path[1:]).replace("v", "ü")


def _beginnings(path: Key, titles: Sequence[Title]) -> tuple[str, ...]:
    """Return how the titles of a page begin, the most frequent first; nothing for a letter."""
    if len(path) < 2:
        return ()
    counts: dict[str, int] = defaultdict(int)
    for title in titles:
        counts["".join(title.written[: len(path) - 1])] += 1
    return tuple(sorted(counts, key=lambda words: (-counts[words], words)))


def _order(title: Title) -> tuple[Key, str, str]:
    """Return what titles are sorted by: 第9期 comes before 第10期."""
    steps = (step.zfill(8) if step.isdigit() else step for step in title.key)
    return tuple(steps), title.filed, title.url


def file_titles(titles: Iterable[Title]) -> dict[str, tuple[Title, ...]]:
    """Return titles by letters: all there are, also those of none."""
    found = dict(by_letter(in_order(titles)))
    return {letter: found.get(letter, ()) for letter in LETTERS}


def file_title(url: str, title: str, issuers: Sequence[str], day: date) -> Title:
    """Return where an article stands in the index."""
    passed, filed = _filing(title, issuers)
    read = _syllables(filed)
    syllables = [sound for sound, _ in read]
    first = syllables[0][:1] if syllables else ""
    letter = first if "a" <= first <= "z" else OTHERS
    # The year divides what sounds alike to the last syllable read, such as a monthly 简报.
    key = (letter, *syllables, str(day.year))
    written = tuple(text for _, text in read)
    return Title(url, day, passed, filed, key, written)


_FORMULA = pattern(r"[、，\s]*(?:关于(?:印发|转发|发布|公布)?)?[《〈“]?")


def _filing(title: str, issuers: Sequence[str]) -> tuple[str, str]:
    """Return a title in two parts: issuers and 关于印发, which most titles share, and the rest.

    As libraries file “The Times” under T.
    """
    end = 0
    while name := next((name for name in issuers if title.startswith(name, end)), ""):
        end += len(name)
        end += len(title[end:]) - len(title[end:].lstrip("、， "))
    formula = _FORMULA.match(title, end)
    end = formula.end() if formula else end
    return (title[:end], title[end:]) if len(title) - end > 1 else ("", title)


_READ = 12
"""How many characters of a title give its place; reading more only costs time."""
_RUN = pattern(r"[A-Za-z]+|[0-9]+|[\u3007\u3400-\u9fff\U00020000-\U0003ffff]+")


@cache
def _syllables(filed: str) -> tuple[tuple[str, str], ...]:
    """Return the sounds of a title with what is written for them: one a character, word or number."""
    found: list[tuple[str, str]] = []
    for run in _RUN.findall(filed[:_READ]):
        if run[0].isascii():
            found.append((run.lower(), run))
        else:
            found += (
                (sound if sound.isascii() else f"{ord(sound)}", written)
                for sound, written in zip(sounds(run), run, strict=True)
            )
    return tuple(found)
