"""Relations between documents: stated on one side, known on both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from policysite.model.fields import RELATIONS, ArticleFields, labels
from policysite.model.manuscript import Article
from policysite.model.values import Reference, parse_doc_number, suggestion
from policysite.problems import Problem, problem

LABELS = {
    "interprets": ("本文解读的文件", "解读材料"),
    "answers": ("本文回答的文件", "政策问答"),
    "based_on": ("依据的文件", "依据本文件制定的文件"),
    "repeals": ("本文件废止的文件", "废止本文件的文件"),
    "amends": ("本文件修改的文件", "修改本文件的文件"),
    "replaces": ("本文件替代的文件", "替代本文件的文件"),
    "forwards": ("本文件转发的文件", "转发本文件的文件"),
    "implements": ("所配套的文件", "配套文件"),
}
"""Each relation's heading on the page that states it, and on the other one."""

CURATED = "related"
"""相关内容 named by hand: resolved like a relation, but shown with the related articles."""


@dataclass(frozen=True, slots=True)
class Relation:
    """`subject` says that it `kind`s `target`; both are slugs. `line`, `column` tell where."""

    kind: str
    subject: str
    target: str
    line: int = field(default=0, compare=False)
    column: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class Group:
    """The articles that stand in one relation to an article, as slugs, newest first."""

    label: str
    slugs: tuple[str, ...]


def find_by_name(articles: Sequence[Article]) -> Callable[[str], Article | None]:
    """Return a look-up of articles by slug or by 发文字号 in any of its usual forms."""
    by_slug = {article.slug: article for article in articles}
    by_number = {
        article.fields.doc_number: article for article in articles if article.fields.doc_number
    }

    def find(name: str) -> Article | None:
        number = parse_doc_number(name)
        return by_slug.get(name) or (by_number.get(number) if number else None)

    return find


def read_relations(articles: Sequence[Article]) -> tuple[tuple[Relation, ...], list[Problem]]:
    """Resolve every stated relation; what cannot be resolved is a problem at its line."""
    find = find_by_name(articles)
    names = [article.slug for article in articles]
    names += [str(a.fields.doc_number) for a in articles if a.fields.doc_number]
    relations: list[Relation] = []
    problems: list[Problem] = []
    for article in articles:
        for kind in (*RELATIONS, CURATED):
            for named in getattr(article.fields, kind):
                target = find(named.text)
                if target and target is not article:
                    place = (named.line, named.column)
                    relations.append(Relation(kind, article.slug, target.slug, *place))
                    continue
                problems.append(
                    _dangling(article, named, labels(ArticleFields)[kind], target, names)
                )
    return tuple(relations), problems


def _dangling(
    article: Article, named: Reference, label: str, target: Article | None, names: list[str]
) -> Problem:
    line = named.line
    if target is article:
        return problem("R407", article.path, line, named.column, label=label)
    near = suggestion(named.text, names)
    return problem(
        "R402", article.path, line, named.column, label=label, missing=named.text, suggestion=near
    )


def group_relations(
    relations: Sequence[Relation], order: Mapping[str, int]
) -> dict[str, tuple[Group, ...]]:
    """Return every article's groups, both directions, in the order of `LABELS`.

    `order` gives each slug that readers may see its rank, newest first; others are left out.
    """
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for relation in relations:
        if relation.kind == CURATED:
            continue
        forward, backward = LABELS[relation.kind]
        found[relation.subject][forward].add(relation.target)
        found[relation.target][backward].add(relation.subject)
    return {slug: tuple(_groups(by_label, order)) for slug, by_label in found.items()}


def _groups(by_label: Mapping[str, set[str]], order: Mapping[str, int]) -> Iterator[Group]:
    for label in (label for pair in LABELS.values() for label in pair):
        seen = sorted((s for s in by_label.get(label, ()) if s in order), key=order.__getitem__)
        if seen:
            yield Group(label, tuple(seen))
