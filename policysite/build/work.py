"""One run of the build: what changed, what is made of it, and what goes into the output."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO, cast

from policysite.build.articles import Body, KeptArticle
from policysite.build.explain import explain, keep_reasons
from policysite.build.facts import facts_of
from policysite.build.jobs import Workshop, list_jobs
from policysite.build.linting import Linting
from policysite.build.look import Look
from policysite.build.looked import Looked, look
from policysite.build.manuscripts import Library, whole
from policysite.build.pieces import Piece, load_for_pieces, make_piece, still_holds
from policysite.build.pool import spread
from policysite.build.press import Done, Press
from policysite.build.progress import stage
from policysite.build.relating import Relating
from policysite.build.searching import IndexJob
from policysite.build.shelf import differing
from policysite.build.statements import Stated, read_statements, unchanging, world_of
from policysite.build.store import Store, seal, unseal
from policysite.build.trace import Log
from policysite.build.world import World
from policysite.environment import ROOT
from policysite.gate import report
from policysite.known_problems import without_known
from policysite.model import pinyin
from policysite.model.columns import read_columns
from policysite.model.content import (
    COLUMN_TABLE,
    FILE_FOLDERS,
    PLAIN_FOLDERS,
    Content,
    read_content,
)
from policysite.model.manuscript import AnyManuscript, Article
from policysite.pages.proof import dead_anchor
from policysite.pages.site import Site, arrange
from policysite.problems import Level, Problem, errors
from policysite.relate import words
from policysite.review.inspection import inspect_reviews

PICTURE_CACHE = ROOT / ".cache" / "images"


@dataclass(frozen=True, slots=True)
class Order:
    """What to build: content and output folder, as of which moment, where problems are told.

    `explain` is a file of the output of which to say why it was made.
    """

    content: Path
    output: Path
    now: datetime
    out: TextIO
    explain: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to: the site, the files that changed, and why the one asked for did.

    What lists show of articles is at hand; the store that has their texts is closed by now.
    """

    site: Site
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    why: tuple[str, ...] = ()

    def closing(self) -> str:
        """Return the build's closing line."""
        return closing(self.site, len(self.changed), len(self.removed))


def closing(site: Site, changed: int, removed: int) -> str:
    """Return what a build says at its end."""
    return (
        f"网站已生成：{len(site.articles)} 篇文章，{len(site.pages)} 个固定页面；"
        f"更新 {changed} 个文件，删除 {removed} 个文件。"
    )


class Bench:
    """The state of one run."""

    def __init__(self, order: Order, store: Store, theme: Look, context: Mapping[str, Any]) -> None:
        self.order, self.store, self.theme, self.context = order, store, theme, context
        self.log = Log()
        self.interval = (0.0, 0.0)
        self.pieces: dict[str, Piece] = {}
        self.last: tuple[str, Body] = ("", None)  # type: ignore[assignment]

    # Reading

    def run(self) -> Outcome:
        """Build the site; nothing is published if anything is wrong.

        Raises:
            BrokenContent: the content has errors, which have been told.
            Overwritten: two outputs have one name.
            Damaged: the store is of no use.

        """
        cut, spelt = self.store.meta("words") or ({}, {})
        words.remember(cut)
        pinyin.remember(spelt)
        with stage("查看文件"):
            before: Looked | None = self.store.meta("content")
            looked = look(self.order.content, before)
        self.files = looked.files
        stated, problems, library = self._read(looked)
        with stage("关联"):
            said, more = read_statements(stated, self.theme.settings, self.order.now)
            self.interval = unchanging(said.content, self.order.now)
            world = world_of(said, self.theme.settings, self.order.now, looked.files, PICTURE_CACHE)
        with self.store.transaction():
            library.save()
        self._make_pieces(world)
        found = [*problems, *more, *self._piece_problems(world), *self._lint(said.content)]
        found = without_known(sorted(found), self.order.content)
        if self.theme.settings.require_review:
            # The evidence is in git, and is never kept.
            found = sorted([*found, *inspect_reviews(_whole(said.content), self._used())])
        report(found, self.order.out)
        site = self._arrange(said)
        return self._publish(site, looked, found)

    def _read(self, looked: Looked) -> tuple[Any, list[Problem], Library]:
        root, now = self.order.content, self.order.now
        library = Library(root, looked.files, self.store)
        columns, _ = read_columns(root / COLUMN_TABLE, COLUMN_TABLE)
        tasks = []
        for source in looked.files:
            folder = source.rpartition("/")[0]
            column = columns.by_path.get(folder)
            is_file = source.split("/", 1)[0] in FILE_FOLDERS or not source.lower().endswith(".md")
            if not is_file and (column or folder in PLAIN_FOLDERS):
                tasks.append((root / source, f"{root.name}/{source}", source, column, now))
        library.prepare(tasks)
        with stage("读入稿件"):
            content, problems = read_content(root, now, looked.files, library.read)
        return content, problems, library

    # Making

    def _make_pieces(self, world: World) -> None:
        """Bring all pieces up to date."""
        with stage("核对稿件"):
            kept = dict(self.store.rows("SELECT source, value FROM piece"))
            stale = []
            for manuscript in world.content.manuscripts:
                value = kept.pop(manuscript.source, None)
                piece = Piece(*unseal(value)) if value else None
                if piece and still_holds(world, piece, manuscript):
                    self.pieces[manuscript.source] = piece
                else:
                    stale.append(manuscript)
        with self.store.transaction():
            self._forget(kept)
            self._make(world, stale)

    def _make(self, world: World, stale: list[AnyManuscript]) -> None:
        """Make pieces; what is sound is kept, whatever becomes of this run: its key tells it."""
        made = spread(lambda m: make_piece(world, m), stale, "排版稿件", load_for_pieces)
        for manuscript, (piece, body, entry) in zip(stale, made, strict=True):
            source = manuscript.source
            self.pieces[source] = piece
            if errors(piece.problems):
                self._forget([source])
                continue
            row = (source, seal(tuple(piece)))
            self.store.write("INSERT OR REPLACE INTO piece VALUES (?, ?)", [row])
            if body:
                self.store.write("INSERT OR REPLACE INTO body VALUES (?, ?)", [(source, body)])
            if entry:
                self.store.write("INSERT OR REPLACE INTO entry VALUES (?, ?)", [(source, entry)])

    def _forget(self, sources: Iterable[str]) -> None:
        for table in ("piece", "body", "entry"):
            rows = [(source,) for source in sources]
            self.store.write(f"DELETE FROM {table} WHERE source = ?", rows)  # noqa: S608

    def _piece_problems(self, world: World) -> Iterator[Problem]:
        paths = {m.source: m.path for m in world.content.manuscripts}
        for source, piece in self.pieces.items():
            yield from piece.problems
            for link in piece.anchored:
                if link.anchor not in self.pieces[link.source].anchors:
                    yield dead_anchor(paths[source], link)

    def _lint(self, content: Content) -> list[Problem]:
        self.linting = Linting(self.store, content, self.files)
        return self.linting.problems(self._used())

    def _used(self) -> dict[str, frozenset[str]]:
        return {source: piece.files for source, piece in self.pieces.items()}

    # Arranging

    def _fetch(self, source: str) -> Body:
        """Return the body of an article, and note that it is looked at."""
        self.log.note("body", source)
        if self.last[0] != source:
            ((sealed,),) = self.store.rows("SELECT value FROM body WHERE source = ?", source)
            self.last = (source, unseal(sealed))
        return self.last[1]

    def _arrange(self, said: Stated) -> Site:
        with stage("编排"):
            composed = {}
            pictures: dict[str, Any] = {}
            columns = said.content.columns.by_path
            for source, piece in self.pieces.items():
                if piece.card:
                    column = columns.get(source.rpartition("/")[0])
                    composed[source] = KeptArticle(piece.card, column, self._fetch)
                    pictures |= piece.pictures
            self.relating = Relating(self.store, {s: p.vector for s, p in self.pieces.items()})
            site = arrange(
                said, composed, self.theme.settings, self.order.now, pictures, self.relating.relate
            )
            self.theme.enter(site, self.context)
        return site

    # Publishing

    def _publish(self, site: Site, looked: Looked, problems: list[Problem]) -> Outcome:
        digests = {name: known[1] for name, known in looked.files.items()}
        press = Press(self.order.output, self.store, self.theme, self.log)
        with stage("比较"):
            shop = Workshop(self.theme, digests.__getitem__, PICTURE_CACHE)
            jobs = list_jobs(site, shop)
            if site.settings.search:
                jobs["search-index"] = IndexJob(self.store, press.memory, self.log)
            facts = facts_of(site, self.pieces, digests, self.theme.frame)
            shelf, gone = differing(self.store, facts)
            press.compare(facts.digests, [*shelf.put, *gone])
            press.add_new(jobs)
        results = press.work(site, jobs)
        with stage("就位"):
            changed, removed = press.put_in_place(results)
        with stage("保存"), self.store.transaction():
            shelf.save(gone)
            press.save(results)
            self._save(press, results, looked)
            said = "".join(f"{found}\n" for found in problems if found.level is not Level.INFO)
            lines = (said, closing(site, 0, 0))
            self.store.put_meta("finished", (self.theme.files, *self.interval, lines))
        why = explain(self.store, self.order.explain, changed, results)
        return Outcome(site, changed, removed, tuple(why) if self.order.explain else ())

    def _save(self, press: Press, results: Mapping[str, Done], looked: Looked) -> None:
        """Keep what the next run begins with."""
        self.store.put_meta("content", looked)
        self.relating.save()
        self.linting.save()
        keep_reasons(self.store, press.reasons, f"{self.order.now:%Y-%m-%d %H:%M}")
        cut, spelt = words.learnt(), pinyin.learnt()
        for done in results.values():
            cut |= done.cut
            spelt |= done.spelt
        if cut or spelt:
            old: tuple[dict[str, Any], dict[str, str]] = self.store.meta("words") or ({}, {})
            self.store.put_meta("words", (old[0] | cut, old[1] | spelt))


def _whole(content: Content) -> Content:
    return replace(content, articles=tuple(cast(Article, whole(a)) for a in content.articles))
