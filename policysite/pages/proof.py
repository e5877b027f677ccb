"""The proofs of all content: every manuscript rendered, with what it refers to checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from policysite.model.content import Content
from policysite.model.links import Resolver, Targets, field_problems, line_of
from policysite.model.manuscript import AnyManuscript
from policysite.pages.pictures import size_images
from policysite.problems import Problem, problem
from policysite.relate.courses import Course, read_courses
from policysite.relate.relations import Relation, read_relations
from policysite.text.markdown import Rendered, render


@dataclass(frozen=True, slots=True)
class Proof:
    """A manuscript rendered, with the files that it uses."""

    manuscript: AnyManuscript
    rendered: Rendered
    files: frozenset[str]


@dataclass(frozen=True, slots=True)
class Edition:
    """All content rendered and checked, with the relations and reading orders of its articles."""

    content: Content
    proofs: Mapping[str, Proof]
    relations: tuple[Relation, ...]
    courses: tuple[Course, ...]


def proof_content(content: Content) -> tuple[Edition, list[Problem]]:
    """Render every manuscript, drafts too, and check all that it refers to."""
    courses, problems = read_courses(content.articles, content.topics)
    targets = Targets.of(content)
    targets = replace(targets, pages=targets.pages | {course.url for course in courses})
    proofs: dict[str, Proof] = {}
    for manuscript in content.manuscripts:
        resolver = Resolver(targets, manuscript)
        rendered = render(manuscript.body, resolver, title=manuscript.fields.title)
        problems += [*field_problems(manuscript, content, targets), *resolver.problems()]
        problems += _body_problems(manuscript, rendered)
        html, faults = size_images(rendered.html, content.files)
        rendered = replace(rendered, html=html)
        problems += [
            problem(code, manuscript.path, line_of(manuscript, Path(name).name), target=name)
            for code, name in faults
        ]
        used = {manuscript.fields.image, *(ref.target for ref in manuscript.fields.attachments)}
        files = resolver.files | frozenset(used & set(content.files))
        proofs[manuscript.source] = Proof(manuscript, rendered, files)
    problems += _dead_anchors(proofs, targets)
    relations, unresolved = read_relations(content.articles)
    return Edition(content, proofs, relations, courses), problems + unresolved


def _body_problems(manuscript: AnyManuscript, rendered: Rendered) -> Iterable[Problem]:
    for link in rendered.links:
        if link.is_image and not link.text.strip():
            line = line_of(manuscript, link.target)
            yield problem("R406", manuscript.path, line, target=link.target)
    for line, title in _top_headings(manuscript):
        yield problem("B502", manuscript.path, line, value=title)


def _top_headings(manuscript: AnyManuscript) -> Iterable[tuple[int, str]]:
    """Yield line and text of every `# ` heading outside code."""
    in_code = False
    for number, line in enumerate(manuscript.body.split("\n"), manuscript.body_line):
        in_code ^= line.startswith(("```", "~~~"))
        if not in_code and (match := re.match(r"#[ \u3000]+(\S.*)", line)):
            yield number, match[1]


def _dead_anchors(proofs: Mapping[str, Proof], targets: Targets) -> Iterable[Problem]:
    for proof in proofs.values():
        source = proof.manuscript.source
        for link in proof.rendered.links:
            found = targets.find(link.target, source)
            if found and found.manuscript and found.anchor:
                html = proofs[found.manuscript.source].rendered.html
                if f'id="{found.anchor}"' not in html:
                    path, line = proof.manuscript.path, line_of(proof.manuscript, link.target)
                    yield problem("R405", path, line, target=link.target, anchor=found.anchor)
