"""Citations of other documents, by 《标题》 or 发文字号, become links to their pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape
from typing import Protocol

from policysite.patterns import pattern
from policysite.text.clauses import Act
from policysite.text.passages import Link, Passage, Passages, placed
from policysite.text.references import locate, read_references

# 《甲》, 《关于印发〈甲〉的通知》, and as editors also write it 《关于印发《甲》的通知》.
_TITLE = r"《(?:[^《》\n]|《[^《》\n]*》)*》"
# 〔2026〕12号 in any of its brackets; its 机关代字 stands before it.
_NUMBER = (
    r"[〔\[［（(【] ?(?P<year>(?:19|20)[0-9]{2}) ?[〕\]］）)】] ?第? ?(?P<number>[0-9]{1,5}) ?号"
)
_AGENCY = r"[\u4e00-\u9fff]{2,20}"
_FOUND = pattern(rf"(?P<title>{_TITLE})|{_NUMBER}")
_NUMBERED = pattern(rf"(?P<agency>{_AGENCY}?) ?{_NUMBER}")
_BEFORE = pattern(rf"{_AGENCY}$")
_ASIDE = pattern(r"[（(]((?:[^（）()]|[（(][^（）()]*[）)])*)[）)]")
# 《……办法》（以下简称《办法》）
_SHORT = pattern(r"以下(?:简|统)称为?[《“]([^《》“”]{1,20})[》”]")
_LOOK_BACK = 40
_IGNORED = pattern(r"[\s\u200b]+|</?[a-z][^>]*>|[“”‘’\"'、，,]")
_SAME = str.maketrans("〈〉()〔〕[]", "《》（）（）（）")


@dataclass(frozen=True, slots=True)
class Number:
    """A 发文字号 as it stands in a text: `words` end with its 机关代字."""

    words: str
    year: int
    number: int


@dataclass(frozen=True, slots=True)
class Cited:
    """A document that is cited: its address, empty for the one that cites, and what it enacts.

    `agency` is the 机关代字 of its number.
    """

    url: str
    acts: tuple[Act, ...] = ()
    agency: str = ""


class Catalogue(Protocol):
    """Knows what a citation in one document means; titles are given by their keys."""

    def has_title(self, key: str) -> bool:
        """Tell whether any document bears a title."""

    def has_number(self, year: int, number: int) -> bool:
        """Tell whether any document has this number, whatever its 机关代字."""

    def by_title(self, key: str, number: Number | None, before: str) -> Cited | None:
        """Return the document of this title, and number if given, cited after the words `before`."""

    def by_number(self, number: Number) -> Cited | None:
        """Return the document of this number."""

    def by_url(self, url: str, key: str) -> Cited | None:
        """Return the document at an address, cited by a title."""


def title_key(title: str) -> str:
    """Return what all spellings of one title have in common.

    >>> title_key("印发〈经费 办法(试行)〉的通知") == title_key("印发《经费办法（试行）》的通知")
    True
    """
    return _IGNORED.sub("", unescape(title)).translate(_SAME)


def link_citations(html: str, catalogue: Catalogue) -> str:
    """Link the documents that `html` cites: each once in a passage, their clauses always.

    What is linked already counts as well, so that linking twice changes nothing.
    """
    linker = _Linker(html, catalogue)
    passages = Passages(html)
    links = [
        link
        for passage in passages.holding(linker.positions())
        for link in placed(passage, linker.links(passage))
    ]
    return passages.linked(links) if links else html


@dataclass(frozen=True, slots=True)
class _Citation:
    """A document named in a passage, from `start` to `end`; clauses may follow at `then`."""

    cited: Cited
    start: int
    end: int
    then: int


class _Linker:
    """Walks through a document; `names` are the short ones that it has introduced so far."""

    def __init__(self, html: str, catalogue: Catalogue) -> None:
        self.html = html
        self.catalogue = catalogue
        self.names: dict[str, Cited] = {}

    def positions(self) -> Iterator[int]:
        """Yield where a passage may cite a document that the catalogue has."""
        if "《" not in self.html and "号" not in self.html:
            return
        for found in _FOUND.finditer(self.html):
            if found["title"]:
                key = title_key(found["title"][1:-1])
                if key in self.names or self.catalogue.has_title(key):
                    yield found.start()
            elif self.catalogue.has_number(int(found["year"]), int(found["number"])):
                yield found.start()

    def links(self, passage: Passage) -> Iterator[Link]:
        """Yield the links of a passage by their places in its text."""
        seen = {link.url for link in passage.links}
        position = 0
        while found := _FOUND.search(passage.text, position):
            position = found.end()
            read = self._titled if found["title"] else self._numbered
            if citation := read(passage, found):
                url = citation.cited.url
                if url and url not in seen and citation.start < citation.end:
                    seen.add(url)
                    yield Link(citation.start, citation.end, url)
                for reference in read_references(passage.text, citation.then):
                    found_in = (locate(reference, act) for act in citation.cited.acts)
                    yield from (replace(link, url=url + link.url) for link in found_in if link)
                position = citation.then

    def _numbered(self, passage: Passage, found: re.Match[str]) -> _Citation | None:
        cited = self.catalogue.by_number(_number(passage.text, found))
        if cited is None:
            return None
        start = len(passage.text[: found.start()].rstrip(" ")) - len(cited.agency)
        return _Citation(cited, start, found.end(), found.end())

    def _titled(self, passage: Passage, found: re.Match[str]) -> _Citation | None:
        text, start, end = passage.text, found.start(), found.end()
        key = title_key(found["title"][1:-1])
        if key in self.names:
            # A short name leads to clauses only: the full one has been linked.
            return _Citation(self.names[key], end, end, end)
        aside = _ASIDE.match(text, end)
        numbered = _NUMBERED.match(text, aside.start(1) if aside else end)
        short = _SHORT.search(aside[1]) if aside else None
        number = _number(text, numbered) if numbered else None
        cited = self._meant(passage, found, key, number)
        if cited is None:
            return None
        if short:
            self.names[title_key(short[1])] = cited
        then = (aside or numbered or found).end() if numbered or short else end
        is_number = numbered and (not aside or numbered.end() == aside.end(1))
        return _Citation(cited, start, then if is_number else end, then)

    def _meant(
        self, passage: Passage, found: re.Match[str], key: str, number: Number | None
    ) -> Cited | None:
        start = found.start()
        # The author's own link says it best.
        for link in passage.links:
            if link.start <= start < link.end:
                return self.catalogue.by_url(link.url.partition("#")[0], key)
        before = passage.text[max(0, start - _LOOK_BACK) : start]
        return self.catalogue.by_title(key, number, before)


def _number(text: str, found: re.Match[str]) -> Number:
    start = found.start("year")
    words = _BEFORE.search(text[max(0, start - _LOOK_BACK) : start].rstrip(" [〔［（(【"))
    return Number(words[0] if words else "", int(found["year"]), int(found["number"]))
