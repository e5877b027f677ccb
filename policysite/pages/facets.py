"""The ways into the policy library: by issuer, year, kind, subject and validity."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from policysite.model.pinyin import ascii_slug
from policysite.pages.article import Article

ROOT = "/library/"

# The fifteen 文种 in pinyin; no two are alike, so they need nothing to tell them apart.
KINDS = {
    "决议": "jueyi", "决定": "jueding", "命令": "mingling", "公报": "gongbao", "公告": "gonggao",
    "通告": "tonggao", "意见": "yijian", "通知": "tongzhi", "通报": "tongbao", "报告": "baogao",
    "请示": "qingshi", "批复": "pifu", "议案": "yian", "函": "han", "纪要": "jiyao",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    """The documents that have one value in common, newest first."""

    slug: str
    name: str
    url: str
    items: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to divide the documents; `key` is its folder and its name in an address."""

    key: str
    name: str
    groups: tuple[Group, ...]

    @property
    def is_short(self) -> bool:
        """Whether all its values fit side by side above a list."""
        return sum(len(group.name) for group in self.groups) <= _SIDE_BY_SIDE


_SIDE_BY_SIDE = 40


def slugs_of(document: Article) -> dict[str, tuple[str, ...]]:
    """Return the values of a document in every facet, as they stand in addresses."""
    return {key: tuple(slug for slug, _ in read(document)) for key, (_, read) in _FACETS.items()}


def divide(documents: Sequence[Article]) -> tuple[Facet, ...]:
    """Return every facet that tells the documents apart by at least one value."""
    facets = (Facet(key, name, _groups(key, documents)) for key, (name, _) in _FACETS.items())
    return tuple(facet for facet in facets if facet.groups)


def _groups(key: str, documents: Sequence[Article]) -> tuple[Group, ...]:
    _, read = _FACETS[key]
    names: dict[str, str] = {}
    found: dict[str, list[Article]] = {}
    for document in documents:
        for slug, name in read(document):
            names[slug] = name
            found.setdefault(slug, []).append(document)
    # Years as they run, all else by weight; slugs make the order total.
    places = sorted(found) if key == "year" else sorted(found, key=lambda s: (-len(found[s]), s))
    if key == "year":
        places.reverse()
    return tuple(
        Group(slug, names[slug], f"{ROOT}{key}/{slug}/", tuple(found[slug])) for slug in places
    )


Values = Iterator[tuple[str, str]]


def _issuers(document: Article) -> Values:
    for name in dict.fromkeys(document.issuers):
        yield ascii_slug(name), name


def _year(document: Article) -> Values:
    if document.date:
        yield str(document.date.year), f"{document.date.year}年"


def _kind(document: Article) -> Values:
    if document.doc_type:
        yield KINDS[document.doc_type], document.doc_type


def _subject(document: Article) -> Values:
    if document.subject:
        yield ascii_slug(document.subject), document.subject


def _state(document: Article) -> Values:
    if document.validity:
        yield document.validity.code, document.validity.label


_FACETS: dict[str, tuple[str, Callable[[Article], Values]]] = {
    "issuer": ("发文机关", _issuers),
    "year": ("年份", _year),
    "kind": ("文种", _kind),
    "subject": ("主题分类", _subject),
    "state": ("效力状态", _state),
}
