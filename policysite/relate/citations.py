"""What a citation means: the one document of the site that its title or number can stand for.

A wrong link misleads, a missing one does not: where more than one document may be meant, none is
(docs/decisions/0010).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from policysite.model.manuscript import Article
from policysite.patterns import pattern
from policysite.relate.validity import Change, derive_validity
from policysite.text.citations import Cited, Number, title_key
from policysite.text.clauses import Act

Acts = Callable[[str], Sequence[Act]]
"""Returns the acts in the document with a slug."""

_SHORTEST = 5
_ISSUES = pattern(r"(?:印发|发布|公布|颁布)[^《〈]{0,8}(?=[《〈])")
_VERSION = pattern(r"（[^（）]*）$")
# An issuer before a title without one: 全国总工会《关于…的通知》 is not ours.
_ISSUER = pattern(
    r"(?:会|委|部|厅|局|院|署|办|办公室|政府|中心|公司)(?:印发|发布|制定|出台|下发)?的?$"
)
# What may stand before a number without being part of its 机关代字.
_LEADS_TO_NUMBER = pattern(
    r"(?:按照|根据|依据|依照|落实|贯彻|执行|转发|印发|下发|参照|替代|废止|文件|通知|同时|以及|[的和与及见以由即号])$"
)


@dataclass(frozen=True, slots=True)
class _Name:
    """A name of a document; `act` is the key of the act that it means, if it is an act's.

    `is_short` is a title that leaves out its issuer.
    """

    document: Article
    act: str = ""
    is_short: bool = False


class Index:
    """All documents that may be cited, by title and by number; built once for a site."""

    def __init__(
        self, documents: Iterable[Article], changes: Mapping[str, Sequence[Change]], acts: Acts
    ) -> None:
        """Take the documents that readers may see, what changes each of them, and their acts."""
        self.changes = changes
        self.acts = acts
        self.names: dict[str, list[_Name]] = defaultdict(list)
        self.numbers: dict[tuple[int, int], list[Article]] = defaultdict(list)
        self.urls: dict[str, Article] = {}
        for document in documents:
            self.urls[document.url] = document
            if number := document.fields.doc_number:
                self.numbers[number.year, number.number].append(document)
            for key, name in dict(_names(document)).items():
                if len(key) >= _SHORTEST:
                    self.names[key].append(name)

    def cited(self, document: Article, act: str, agency: str = "") -> Cited:
        """Return a document as text is to link it, with the act meant if it is clear which."""
        found = self.acts(document.slug)
        named = [each for each in found if act and title_key(each.title) == act]
        meant = named or found
        return Cited(document.url, tuple(meant) if len(meant) == 1 else (), agency)

    def in_force(self, documents: Iterable[Article], on: date) -> list[Article]:
        """Return those that have not ended on a day, some of which may not hold yet."""
        return [
            document
            for document in documents
            if not derive_validity(
                document.fields, self.changes.get(document.slug, ()), on
            ).has_ended
        ]


def _names(document: Article) -> Iterator[tuple[str, _Name]]:
    """Yield every title that a document is cited by; a later one counts where two are the same."""
    title = document.fields.title
    enacted = list(_enacted(title))
    act = title_key(enacted[0]) if len(enacted) == 1 else ""
    for inner in enacted:
        key = title_key(inner)
        # 《…办法（试行）》 is mostly cited as 《…办法》.
        yield title_key(_VERSION.sub("", inner)), _Name(document, key)
        yield key, _Name(document, key)
    issuer, about, subject = title.partition("关于")
    if issuer and about and "《" not in issuer:
        yield title_key(about + subject), _Name(document, act, is_short=True)
    yield title_key(_VERSION.sub("", title)), _Name(document, act)
    yield title_key(title), _Name(document, act)


def _enacted(title: str) -> Iterator[str]:
    """Yield the titles of what 关于印发《…》的通知 issues; they may hold others."""
    issues = _ISSUES.search(title)
    depth = start = 0
    for place in range(issues.end() if issues else len(title), len(title)):
        if title[place] in "《〈":
            start = start if depth else place + 1
            depth += 1
        elif title[place] in "》〉":
            depth -= 1
            if depth == 0:
                yield title[start:place]
        elif depth == 0 and title[place] not in "、和与及":
            return


class Reader:
    """Resolves the citations of one document, dated `on`; `named` are the slugs it relates to."""

    def __init__(self, index: Index, slug: str, on: date, named: frozenset[str]) -> None:
        self.index = index
        self.slug = slug
        self.on = on
        self.named = named

    def has_title(self, key: str) -> bool:
        """Tell whether any document bears a title."""
        return key in self.index.names

    def has_number(self, year: int, number: int) -> bool:
        """Tell whether any document has this number, whatever its 机关代字."""
        return (year, number) in self.index.numbers

    def by_title(self, key: str, number: Number | None, before: str) -> Cited | None:
        """Return the document of this title, and number if given, cited after the words `before`."""
        names = self.index.names.get(key, ())
        if number:
            found = self._numbered(number)
            names = [name for name in names if found and name.document is found[0]]
            return self._cited(names[0].document, names[0].act) if names else None
        names = [name for name in names if not name.is_short or _may_be_issuer(name, before)]
        meant = self._meant([name.document for name in names])
        return next((self._cited(meant, n.act) for n in names if n.document is meant), None)

    def by_number(self, number: Number) -> Cited | None:
        """Return the document of this number."""
        found = self._numbered(number)
        return self._cited(found[0], "", found[1]) if found else None

    def by_url(self, url: str, key: str) -> Cited | None:
        """Return the document at an address, cited by a title."""
        document = self.index.urls.get(url)
        acts = [n.act for n in self.index.names.get(key, ()) if n.document is document]
        return self._cited(document, acts[0] if acts else "") if document else None

    def _cited(self, document: Article, act: str, agency: str = "") -> Cited:
        cited = self.index.cited(document, act, agency)
        return Cited("", cited.acts, agency) if document.slug == self.slug else cited

    def _meant(self, documents: list[Article]) -> Article | None:
        """Return the one document of a title that can be meant on that day."""
        if any(document.slug == self.slug for document in documents):
            return documents[0] if len(documents) == 1 else None
        known = [document for document in documents if _signed_on(document) <= self.on]
        related = [document for document in known if document.slug in self.named]
        for likely in (related, known, self.index.in_force(known, self.on)):
            if len(likely) == 1:
                return likely[0]
        return None

    def _numbered(self, number: Number) -> tuple[Article, str] | None:
        """Return the document of a number and its 机关代字, the longest that fits."""
        fitting = []
        for document in self.index.numbers.get((number.year, number.number), ()):
            agency = document.fields.doc_number.agency if document.fields.doc_number else ""
            rest = number.words.removesuffix(agency)
            if number.words.endswith(agency) and (not rest or _LEADS_TO_NUMBER.search(rest)):
                fitting.append((len(agency), document, agency))
        if not fitting:
            return None
        _, document, agency = max(fitting, key=lambda found: found[0])
        return document, agency


def _may_be_issuer(name: _Name, before: str) -> bool:
    """Tell whether a title without its issuer can be this document's after the words `before`."""
    return before.endswith(name.document.fields.issuer) or not _ISSUER.search(before)


def _signed_on(document: Article) -> date:
    return document.fields.signed_on or document.fields.date.date()
