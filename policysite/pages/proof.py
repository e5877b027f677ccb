"""The proofs of all content: every manuscript rendered, with what it refers to checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from policysite.model.content import Content
from policysite.model.links import Resolver, Targets, field_problems, line_of
from policysite.model.manuscript import AnyManuscript
from policysite.pages.pictures import size_images
from policysite.pool import spread
from policysite.problems import Problem, problem
from policysite.relate.courses import Course, read_courses
from policysite.relate.relations import Relation, read_relations
from policysite.text.rendered import NOT_RENDERED, Rendered


@dataclass(frozen=True, slots=True)
class Proof:
    """A manuscript rendered, with the files that it uses.

    Where only problems were asked for, a body that can have none is `NOT_RENDERED`.
    """

    manuscript: AnyManuscript
    rendered: Rendered
    files: frozenset[str]


class Anchored(NamedTuple):
    """A link to a place within a manuscript: as written, on which line, and where it leads."""

    target: str
    line: int
    source: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Edition:
    """All content, with the relations and reading orders of its articles.

    `proofs` has every manuscript that was asked about, by its path under content/.
    """

    content: Content
    proofs: Mapping[str, Proof]
    relations: tuple[Relation, ...]
    courses: tuple[Course, ...]

    @property
    def used(self) -> Mapping[str, frozenset[str]]:
        """The files under content/ that each manuscript uses, by its own path there."""
        return {source: proof.files for source, proof in self.proofs.items()}


def _every(_: str) -> bool:
    return True


def proof_content(
    content: Content, is_wanted: Callable[[str], bool] = _every, *, in_full: bool = True
) -> tuple[Edition, list[Problem]]:
    """Render manuscripts, drafts too, and check all that they refer to.

    `is_wanted` says of a path under content/ whether that manuscript is asked about; of the others
    only those are rendered to which a wanted one links. Unless all are to be rendered `in_full`, a
    body that refers to nothing is not.
    """
    courses, problems = read_courses(content.articles, content.topics)
    targets = link_targets(content, courses)
    topics = [topic.slug for topic in content.topics]

    def read_proof(
        manuscript: AnyManuscript, *, in_full: bool = in_full
    ) -> tuple[Rendered, frozenset[str], list[Problem]]:
        proof, found = proof_manuscript(manuscript, targets, content.files, topics, in_full=in_full)
        return proof.rendered, proof.files, found

    proofs: dict[str, Proof] = {}
    wanted = [manuscript for manuscript in content.manuscripts if is_wanted(manuscript.source)]
    read = spread(read_proof, wanted, "检查链接和图片")
    for manuscript, (rendered, files, found) in zip(wanted, read, strict=True):
        proofs[manuscript.source] = Proof(manuscript, rendered, files)
        problems += found
    in_html = {s: p for s, p in proofs.items() if p.rendered != NOT_RENDERED}
    linked = {m.source: m for m in content.manuscripts if m.source not in in_html}
    for proof in tuple(proofs.values()):
        for link in anchored(proof, targets):
            if link.source in linked:
                other = linked.pop(link.source)
                in_html[link.source] = Proof(other, *read_proof(other.whole(), in_full=True)[:2])
            if not has_anchor(in_html[link.source].rendered.html, link.anchor):
                problems.append(dead_anchor(proof.manuscript.path, link))
    relations, unresolved = read_relations(content.articles)
    return Edition(content, proofs | in_html, relations, courses), problems + unresolved


def link_targets(content: Content, courses: Iterable[Course]) -> Targets:
    """Return all that links may lead to."""
    targets = Targets.of(content)
    return replace(targets, pages={*targets.pages, *(course.url for course in courses)})


def proof_manuscript(
    manuscript: AnyManuscript,
    targets: Targets,
    files: Mapping[str, Path],
    topics: Sequence[str],
    *,
    in_full: bool = True,
) -> tuple[Proof, list[Problem]]:
    """Render one manuscript and check what it refers to, but for places within other ones.

    `files` maps a path under content/ to its file; `topics` are the slugs of all topics. `in_full`
    as for `proof_content`.
    """
    resolver = Resolver(targets, manuscript)
    rendered = NOT_RENDERED
    if in_full or may_refer(manuscript.body):
        # A check without this need not load it, which takes longer than the rest of the check.
        from policysite.text.markdown import render

        rendered = render(manuscript.body, resolver, title=manuscript.fields.title)
    problems = [*field_problems(manuscript, files, topics, targets), *resolver.problems()]
    problems += _body_problems(manuscript, rendered)
    html, faults = size_images(rendered.html, files)
    rendered = replace(rendered, html=html) if html != rendered.html else rendered
    problems += [
        problem(code, manuscript.path, line_of(manuscript, Path(name).name), target=name)
        for code, name in faults
    ]
    used = {manuscript.fields.image, *(ref.target for ref in manuscript.fields.attachments)}
    found = resolver.files | frozenset(name for name in used if name in files)
    return Proof(manuscript, rendered, found), problems


# In Markdown, links and images have a bracket or are addresses between < and >.
_REFERENCE = re.compile(r"\[|<(?:a|img)\b|<[^<>\s]*[:@]", re.IGNORECASE)


def may_refer(body: str) -> bool:
    """Return whether there may be a link or an image in a body, once it is rendered."""
    return bool(_REFERENCE.search(body))


def _body_problems(manuscript: AnyManuscript, rendered: Rendered) -> Iterable[Problem]:
    for link in rendered.links:
        if link.is_image and not link.text.strip():
            line = line_of(manuscript, link.target)
            yield problem("R406", manuscript.path, line, target=link.target)
    for line, title in _top_headings(manuscript):
        yield problem("B502", manuscript.path, line, value=title)


_TOP_HEADING = re.compile(r"^#[ \u3000]+(\S.*)", re.MULTILINE)


def _top_headings(manuscript: AnyManuscript) -> Iterable[tuple[int, str]]:
    """Yield line and text of every `# ` heading outside code."""
    if not _TOP_HEADING.search(manuscript.body):
        return
    in_code = False
    for number, line in enumerate(manuscript.body.split("\n"), manuscript.body_line):
        in_code ^= line.startswith(("```", "~~~"))
        if not in_code and (match := _TOP_HEADING.match(line)):
            yield number, match[1]


def anchored(proof: Proof, targets: Targets) -> Iterator[Anchored]:
    """Yield the links of a manuscript to places within manuscripts, its own too."""
    for link in proof.rendered.links:
        found = targets.find(link.target, proof.manuscript.source)
        if found and found.manuscript and found.anchor:
            line = line_of(proof.manuscript, link.target)
            yield Anchored(link.target, line, found.manuscript.source, found.anchor)


def has_anchor(html: str, anchor: str) -> bool:
    """Return whether a text has a place of this name."""
    return f'id="{anchor}"' in html


def dead_anchor(path: str, link: Anchored) -> Problem:
    """Return the problem of a link to a place that is not there."""
    return problem("R405", path, link.line, target=link.target, anchor=link.anchor)
