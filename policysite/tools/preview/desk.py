"""The desk: one article made at once from its file, everything else as the last build left it.

What comes out is the page that a build would write, but for what only a build finds out: its
neighbours and related articles stay as they were.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from policysite.known_problems import without_known
from policysite.lint.desk import lint_one
from policysite.model.columns import Column
from policysite.model.content import read_content
from policysite.model.fields import Status
from policysite.model.links import Targets
from policysite.model.manuscript import Article as Manuscript
from policysite.model.manuscript import read_article
from policysite.pages.article import Banner, compose_article
from policysite.pages.banner import compose_banners
from policysite.pages.citations import cite_in, index_documents, named_documents
from policysite.pages.dates import date_cn
from policysite.pages.defaults import fill_in
from policysite.pages.page import Page
from policysite.pages.plan import plan_article
from policysite.pages.proof import link_targets, proof_manuscript
from policysite.pages.site import Site
from policysite.problems import Problem, errors, problem
from policysite.relate.citations import Index
from policysite.relate.courses import read_courses
from policysite.relate.relations import read_relations
from policysite.text.clauses import Act, read_acts
from policysite.text.markdown import render

_UNSEEN = (Status.DRAFT, Status.SCHEDULED)

Render = Callable[[Page], bytes]
"""Makes a page with the theme."""


@dataclass(frozen=True, slots=True)
class Made:
    """What became of one file: its findings, and its page if there is nothing wrong with it.

    `files` are those under content/ that it uses.
    """

    problems: tuple[Problem, ...]
    name: str = ""
    page: bytes = b""
    files: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the fields of all manuscripts tell of one; their texts have no part in it."""

    targets: Targets
    topics: tuple[str, ...]
    index: Index
    named: Mapping[str, frozenset[str]]
    banners: Mapping[str, Banner]


class Desk:
    """The content as it stands, the site of the last build, and the pages made since."""

    def __init__(self, root: Path, site: Site, render: Render) -> None:
        self.root = root
        self.site = site
        self.render = render
        self.content, _ = read_content(root, site.now)
        self._around: Surroundings | None = None
        self.fresh: dict[str, bytes] = {}
        self._noted: dict[str, bytes] = {}
        # The Markdown parser holds one document at a time; builds in this process hold this too.
        self.lock = threading.Lock()

    def note_fresh(self) -> None:
        """Note which pages a build that begins now will write."""
        self._noted = dict(self.fresh)

    def drop_noted(self) -> None:
        """Leave those pages to their files, but for those made anew since."""
        for name, page in self._noted.items():
            if self.fresh.get(name) is page:
                del self.fresh[name]
        self._noted = {}

    def column_of(self, path: Path) -> Column | None:
        """Return the column whose article a file is, None for any other file."""
        folder = path.relative_to(self.root).parent.as_posix()
        column = self.content.columns.by_path.get(folder)
        is_article = path.suffix == ".md" and column and not column.is_page and not column.children
        return column if is_article else None

    def save(self, path: Path, now: datetime) -> Made:
        """Take an article as it was just saved, and make its page."""
        column = self.column_of(path)
        assert column, "only articles are made by themselves"
        source = path.relative_to(self.root).as_posix()
        shown = f"{self.content.shown}/{source}"
        try:
            text = path.read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            return Made((problem("F110", shown),))
        manuscript, problems = read_article(text, shown, source, column, now)
        made = Made(())
        if manuscript and not errors(problems):
            self._put(manuscript)
            with self.lock:
                made = self._make(manuscript)
        problems += made.problems
        said = lint_one(self.content, source, text, made.files)
        found = tuple(without_known(sorted([*problems, *said]), self.root))
        # What is wrong with the words alone does not keep the page from being shown.
        if not manuscript or errors(problems):
            return Made(found)
        if manuscript.status not in _UNSEEN:
            self.fresh[made.name] = made.page
        else:
            self.fresh.pop(made.name, None)
        return replace(made, problems=found)

    def drop(self, path: Path) -> None:
        """Forget a file that was deleted."""
        source = path.relative_to(self.root).as_posix()
        self._keep(m for m in self.content.articles if m.source != source)

    def _put(self, manuscript: Manuscript) -> None:
        source = manuscript.source
        old = next((m for m in self.content.articles if m.source == source), None)
        others = (m for m in self.content.articles if m is not old)
        around = self._around
        self._keep(sorted((*others, manuscript), key=lambda m: m.source))
        if old and (old.fields, old.status) == (manuscript.fields, manuscript.status):
            self._around = around

    def _keep(self, articles: Iterable[Manuscript]) -> None:
        self.content = replace(self.content, articles=tuple(articles))
        self._around = None

    def _surroundings(self) -> Surroundings:
        """Return what is the same for all articles, worked out anew only if a field changed."""
        if self._around is None:
            content = self.content
            courses, _ = read_courses(content.articles, content.topics)
            relations, _ = read_relations(content.articles)
            self._around = Surroundings(
                targets=link_targets(content, courses),
                topics=tuple(topic.slug for topic in content.topics),
                index=index_documents(content.articles, relations, self._acts),
                named=named_documents(relations),
                banners=compose_banners(content.articles, relations, self.site.now.date()),
            )
        return self._around

    def _make(self, manuscript: Manuscript) -> Made:
        """Make a page the way a build does."""
        site, files, today = self.site, self.content.files, self.site.now.date()
        around = self._surroundings()
        proof, problems = proof_manuscript(manuscript, around.targets, files, around.topics)
        proof = cite_in(proof, around.index, around.named, today)
        article = compose_article(
            fill_in(proof.manuscript, site.settings),
            proof.rendered,
            files,
            site_name=site.settings.name,
            today=today,
            pictures=site.pictures,
            validity=around.banners.get(manuscript.slug),
            used=proof.files,
        )
        # Its neighbours show its title; drafts stay what no other page knows of.
        site = replace(site, by_slug={**site.by_slug, article.slug: article})
        if manuscript.status not in _UNSEEN:
            self.site = site
        page = plan_article(site, article)
        return Made(tuple(problems), page.save_as, self.render(page), proof.files)

    def _acts(self, slug: str) -> tuple[Act, ...]:
        """Read the acts in a document that the article cites; links have no part in them."""
        document = next(m for m in self.content.articles if m.slug == slug)
        return read_acts(render(document.body, title=document.fields.title).html)

    # What the server asks

    def page(self, name: str) -> bytes | None:
        """Return a page made since the last build, or one of a draft."""
        if fresh := self.fresh.get(name):
            return fresh
        manuscript = self._unseen(name)
        if manuscript is None:
            return None
        with self.lock:
            return self._make(manuscript).page

    def mark(self, name: str) -> str:
        """Return what to say above the page of an article that is not published."""
        manuscript = self._unseen(name)
        return f"{_state(manuscript)}，读者还看不到。" if manuscript else ""

    def file(self, name: str) -> Path | None:
        """Return an image or attachment of content/, which a draft may use."""
        return self.content.files.get(name)

    def unpublished(self) -> list[tuple[str, str, str]]:
        """Return address, title and state of everything that is not published yet."""
        found = [m for m in self.content.articles if m.status in _UNSEEN]
        newest_first = sorted(found, key=lambda m: (m.fields.date, m.slug), reverse=True)
        return [(m.url, m.fields.title, f"{_state(m)} · {m.path}") for m in newest_first]

    def _unseen(self, name: str) -> Manuscript | None:
        found = (m for m in self.content.articles if m.save_as == name and m.status in _UNSEEN)
        return next(found, None)


def _state(manuscript: Manuscript) -> str:
    if manuscript.status is Status.DRAFT:
        return "草稿"
    date = manuscript.fields.date
    time = f" {date:%H:%M}" if date.hour or date.minute else ""
    return f"定时稿，{date_cn(date)}{time}发布"
