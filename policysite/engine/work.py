"""One run of the build: what changed, what is made of it, and what goes into the output."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from policysite.consequences import without_consequences
from policysite.engine.articles import KeptArticle
from policysite.engine.cards import Body, open_body
from policysite.engine.divided import divided
from policysite.engine.explain import explain, keep_reasons
from policysite.engine.facts import facts_of
from policysite.engine.jobs import Jobs, Workshop, list_jobs, many_among, many_of
from policysite.engine.kept_pieces import forget_set_aside
from policysite.engine.kept_sounds import keep_sounds, remember_sounds
from policysite.engine.linting import Linting
from policysite.engine.look import Look
from policysite.engine.looked import Files, Looked
from policysite.engine.manuscripts import Library
from policysite.engine.memory import CutTexts
from policysite.engine.order import PICTURE_CACHE, Order, Outcome, closing
from policysite.engine.pieces import Piece
from policysite.engine.press import Done, Learnt, Press
from policysite.engine.relating import Relating
from policysite.engine.renewal import problems_of, renew_pieces
from policysite.engine.revision import Revision, revise
from policysite.engine.shelf import Shelf, differing
from policysite.engine.standing import drop_standing, sealed_standing_of, standing_of
from policysite.engine.statements import (
    Stated,
    read_statements,
    spell_names,
    unchanging,
    world_of,
)
from policysite.engine.store import Damaged, Store, unseal
from policysite.engine.trace import Log
from policysite.gate import report
from policysite.known_problems import without_known
from policysite.model import pinyin
from policysite.model.content import TABLES, Content
from policysite.pages.site import Site, arrange
from policysite.problems import Level, Problem
from policysite.progress import stage
from policysite.relate import words

_INDEX = "search-index"


class Ending(NamedTuple):
    """What else a run keeps: what was told, until when the day changes nothing, and the rest."""

    problems: list[Problem]
    interval: tuple[float, float]
    save: Callable[[], None]


class Bench:
    """The state of one run."""

    def __init__(self, order: Order, store: Store, theme: Look, context: Mapping[str, Any]) -> None:
        self.order, self.store, self.theme, self.context = order, store, theme, context
        self.log = Log()
        self.pieces: dict[str, Piece] = {}
        self.last: tuple[str, Body] = ("", None)  # type: ignore[assignment]
        self.files = Files({})

    # Reading

    def run(self) -> Outcome:
        """Build the site; nothing is published if anything is wrong.

        Raises:
            BrokenContent: the content has errors, which have been told.
            Overwritten: two outputs have one name.
            Damaged: the store is of no use.
            Disturbed: the content was changed while it was read.

        """
        self.cut_texts = CutTexts(self.store)
        words.remember(self.cut_texts)
        pinyin.remember(self.store.meta("spelt") or {})
        remember_sounds()
        with stage("查看文件"):
            before: Looked | None = self.store.meta("content")
            looked = self.order.look(before)
            self.files = looked.files
        try:
            if outcome := self._run_edit(looked, before):
                return outcome
        except (KeyError, UnicodeDecodeError) as error:
            self.files.make_sure(self.order.content, [*self.files])
            # Only names of rows are not sealed: one of them must have been altered.
            raise Damaged(self.store.path) from error
        return self._run_whole(looked)

    def _run_edit(self, looked: Looked, before: Looked | None) -> Outcome | None:
        """Publish an edit that matters to nothing but what shows it; None if this is no such."""
        order, settings, key = self.order, self.theme.settings, self.theme.key
        collects = gc.isenabled()
        gc.disable()  # all that an edit makes is gone in a moment
        try:
            with stage("核对改动"):
                revision = revise(order, self.store, settings, key, looked, before, self._fetch)
            return self._publish_edit(revision, looked) if revision else None
        finally:
            if collects:
                gc.enable()

    def _run_whole(self, looked: Looked) -> Outcome:
        """Derive the site from everything."""
        gc.enable()  # a process that only builds begins without
        library = Library(self.order.content, looked.files, self.store)
        stated, problems = library.read_all(self.order.now)
        with stage("关联"):
            spell_names(stated)
            if self.theme.settings.search:
                keep_sounds()
            said, more = read_statements(stated, self.theme.settings, self.order.now)
            interval = unchanging(said.content, self.order.now)
            world = world_of(said, self.theme.settings, self.order.now, looked.files, PICTURE_CACHE)
        with self.store.transaction():
            drop_standing(self.store)
            library.save()
        looked.files.make_sure(self.order.content, library.disturbed)
        del library  # it holds every file as it was read
        self.pieces, cited, _ = renew_pieces(self.store, world)
        plain = [*problems, *more, *problems_of(world, self.pieces)]
        found = self._known([*plain, *self._lint(said.content)])
        found = without_consequences(found, said.content)
        if self.theme.settings.require_review:
            from policysite.review.inspection import inspect_reviews

            # The evidence is in git, and is never kept.
            found = sorted([*found, *inspect_reviews(_whole(said.content), self._used())])
        report(found, self.order.out)
        linked = {link.source for piece in self.pieces.values() for link in piece.anchored}
        site = self._arrange(said)
        standing = standing_of(self.theme.key, interval, plain, cited, linked, said, site)
        sealed = sealed_standing_of(standing, world)

        def save() -> None:
            for name, value in sealed.items():
                self.store.put_sealed(name, value)

        # Pages need nothing of the manuscripts and pieces, which take half of the memory.
        del stated, said, world, standing
        return self._publish_all(site, looked, Ending(found, interval, save))

    def _publish_edit(self, revision: Revision, looked: Looked) -> Outcome:
        """Publish an edit that matters to nothing but what shows the edited articles."""
        found = self._known(revision.problems)
        report(found, self.order.out)
        with self.store.transaction():
            revision.keep_first(self.store, looked)
        self.theme.enter(revision.site, self.context)
        ending = Ending(found, revision.standing.interval, lambda: revision.keep_last(self.store))
        with stage("比较"):
            press = self._press()
            shelf = revision.shelf
            press.compare(shelf.put, lambda source: shelf.get(f"body:{source}", b""))
        return self._publish(press, revision.site, shelf, None, looked, ending)

    def _press(self) -> Press:
        return Press(self.order.output, self.store, self.theme, self.log)

    def _known(self, problems: list[Problem]) -> list[Problem]:
        return without_known(sorted(problems), self.order.content)

    # Checking

    def _lint(self, content: Content) -> list[Problem]:
        linting = Linting(self.store, content, self.files)
        found = linting.look_through(self._used())
        with self.store.transaction():
            linting.save()
        return found

    def _used(self) -> dict[str, frozenset[str]]:
        return {source: piece.files for source, piece in self.pieces.items()}

    # Arranging

    def _fetch(self, source: str) -> Body:
        """Return the body of an article, and note that it is looked at."""
        self.log.note("body", source)
        if self.last[0] != source:
            sealed = self.store.value("SELECT value FROM body WHERE source = ?", source)
            self.last = (source, open_body(sealed))
        return self.last[1]

    def _arrange(self, said: Stated) -> Site:
        with stage("编排"):
            composed = {}
            pictures: dict[str, Any] = {}
            columns = said.content.columns.by_path
            relating = Relating(self.store, {s: p.vector for s, p in self.pieces.items()})
            for source in [*self.pieces]:
                piece = self.pieces.pop(source)  # its memory is soon wanted for other things
                if piece.card:
                    column = columns.get(source.rpartition("/")[0])
                    composed[source] = KeptArticle(piece, column, self._fetch)
                    pictures |= piece.pictures
            site = arrange(
                said, composed, self.theme.settings, self.order.now, pictures, relating.relate
            )
            with self.store.transaction():
                relating.save()
            self.theme.enter(site, self.context)
        return site

    # Publishing

    def _publish_all(self, site: Site, looked: Looked, ending: Ending) -> Outcome:
        with stage("比较"):
            site = divided(site)
            facts = facts_of(site, looked.files, self.theme.frame)
            looked.files.fold()
            shelf, gone = differing(self.store, facts)
            press = self._press()
            bodies = facts.bodies
            press.compare([*shelf.put, *gone], lambda source: bodies.get(source, b""))
            shelf.pack()
            del facts
        return self._publish(press, site, shelf, gone, looked, ending)

    def _publish(
        self,
        press: Press,
        site: Site,
        shelf: Shelf,
        gone: set[str] | None,
        looked: Looked,
        ending: Ending,
    ) -> Outcome:
        """Make what is stale, and keep all; `gone` are facts there are no more, None in an edit."""
        jobs = self._jobs(site, looked, press, is_edit=gone is None)
        if gone is not None:
            press.add_new(jobs)
        results = press.work(site, jobs)
        self.files.make_sure(self.order.content, TABLES)
        with stage("就位"):
            changed, removed = press.put_in_place(results)
        counts = (len(site.articles), len(site.pages))
        with stage("保存"), self.store.transaction():
            shelf.save(gone or ())
            press.save(results)
            if _INDEX in results:
                forget_set_aside(self.store)
            ending.save()
            self._save(press, results, looked)
            self._finish(ending, counts)
        why = tuple(explain(self.store, self.order, changed, results))
        return Outcome(site, counts, changed, removed, why)

    def _jobs(self, site: Site, looked: Looked, press: Press, *, is_edit: bool) -> Jobs:
        shop = Workshop(self.theme, lambda name: looked.files[name], PICTURE_CACHE)
        many = many_among(press.reasons) if is_edit else many_of(site)
        jobs = list_jobs(site, shop, many)
        if site.settings.search:
            from policysite.engine.searching import IndexJob

            jobs.few[_INDEX] = IndexJob(self.store, press.memory, self.log)
        return jobs

    def _finish(self, ending: Ending, counts: tuple[int, int]) -> None:
        """Keep what the next run says if nothing changes."""
        told = (found for found in ending.problems if found.level is not Level.INFO)
        lines = ("".join(f"{found}\n" for found in told), closing(counts, 0, 0))
        finished = (self.theme.files, self.theme.given, *ending.interval, lines)
        # The evidence of reviews may change alone, so it is looked at each time.
        is_certain = not self.theme.settings.require_review
        self.store.put_meta("finished", finished if is_certain else None)

    def _save(self, press: Press, results: Mapping[str, Done], looked: Looked) -> None:
        """Keep what the next run begins with."""
        self.store.put_meta("content", looked)
        keep_reasons(self.store, press.reasons, self.order.now, self.theme.parts)
        cut, spelt = words.learnt(), pinyin.learnt()
        for each in (done.learnt for done in results.values() if done.learnt):
            learnt = Learnt(*unseal(each))
            press.memory.save(learnt.kept)
            cut |= learnt.cut
            spelt |= learnt.spelt
        self.cut_texts.add(cut)
        if spelt:
            self.store.put_meta("spelt", (self.store.meta("spelt") or {}) | spelt)


def _whole(content: Content) -> Content:
    return replace(content, articles=tuple(a.whole() for a in content.articles))
