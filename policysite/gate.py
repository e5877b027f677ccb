"""The gate: content is published whole and checked, or not at all.

`check`, the build, the commit hook and CI all come through `inspect`, so they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TextIO

from policysite.environment import ROOT
from policysite.known_problems import without_known
from policysite.lint.desk import lint_content
from policysite.model.addresses import address_clashes
from policysite.model.content import read_content
from policysite.model.images import DAMAGED, is_drawing
from policysite.model.links import VISIBLE
from policysite.outputs.pictures import make_pictures
from policysite.pages.defaults import index_clashes
from policysite.pages.pictures import images_of
from policysite.pages.proof import Edition, Proof, proof_content
from policysite.pages.site import Site, build_site
from policysite.problems import Level, Problem, errors, problem
from policysite.relate.consistency import find_contradictions
from policysite.review.inspection import inspect_reviews
from policysite.settings import SiteSettings

PICTURE_CACHE = ROOT / ".cache" / "images"


class BrokenContent(SystemExit):
    """The content has errors; they have been shown, and nothing was written.

    It ends the process with status 1 and one sentence: Pelican prints a traceback of any other
    exception, and an editor must never see one.
    """


def inspect(root: Path, now: datetime) -> tuple[Edition, list[Problem]]:
    """Return all content and what is wrong with it, but for what was known before."""
    edition, problems = inspect_all(root, now)
    return edition, without_known(problems, root)


def inspect_all(root: Path, now: datetime) -> tuple[Edition, list[Problem]]:
    """Read, render and check all content; the problems come in the order of files and lines."""
    content, problems = read_content(root, now)
    edition, more = proof_content(content)
    more += find_contradictions(content.articles, edition.relations, now.date())
    more += lint_content(content, {name: p.files for name, p in edition.proofs.items()})
    return edition, sorted([*problems, *more, *address_clashes(content)])


def pass_gate(
    root: Path, settings: SiteSettings, now: datetime, out: TextIO, cache: Path = PICTURE_CACHE
) -> Site:
    """Return the site, after showing every problem; its pictures are made and kept in `cache`.

    Raises:
        BrokenContent: at least one problem is an error.

    """
    edition, problems = inspect(root, now)
    problems += index_clashes(edition.content.articles, settings)
    if settings.require_review:
        problems += inspect_reviews(edition)
    _report(problems, out)
    pictures, damaged = make_pictures(_images(edition), cache, out)
    _report(_damaged(edition, damaged), out)
    return build_site(edition, settings, now, pictures)


def _report(problems: Iterable[Problem], out: TextIO) -> None:
    problems = list(problems)
    for found in problems:
        if found.level is not Level.INFO:
            out.write(f"{found}\n")
    if broken := errors(problems):
        raise BrokenContent(f"有 {len(broken)} 处错误，网站没有更新。请按上面的提示改正后重试。")


def _images(edition: Edition) -> dict[str, Path]:
    """Return the images made of pixels that readers may see, by path under content/."""
    files = edition.content.files
    readable = (p for p in edition.proofs.values() if p.manuscript.status in VISIBLE)
    shown = {name for proof in readable for name in _images_of(proof)}
    return {name: files[name] for name in sorted(shown & files.keys())}


def _images_of(proof: Proof) -> Iterator[str]:
    yield from images_of(proof.rendered.html)
    if not is_drawing(proof.manuscript.fields.image):
        yield proof.manuscript.fields.image


def _damaged(edition: Edition, names: Sequence[str]) -> Iterator[Problem]:
    """Yield what only decoding could tell: the quick look of `inspect` took these for whole."""
    for proof in edition.proofs.values():
        for name in names:
            if name in proof.files:
                yield problem(DAMAGED, proof.manuscript.path, target=name)


def summary(problems: Iterable[Problem]) -> str:
    """Return one line that counts the problems."""
    levels = [found.level for found in problems]
    wrong, doubtful = levels.count(Level.ERROR), levels.count(Level.WARNING)
    if not wrong and not doubtful:
        return "检查通过，没有发现问题。"
    return f"共有 {wrong} 处错误，{doubtful} 处提醒。"
