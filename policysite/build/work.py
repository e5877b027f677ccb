"""One run of the build: what changed, what is made of it, and what goes into the output."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from policysite.build import jobs as jobbing
from policysite.build.articles import Body, KeptArticle
from policysite.build.explain import explain, keep_reasons
from policysite.build.facts import Facts, facts_of, watched
from policysite.build.fingerprint import digest
from policysite.build.jobs import Job, Workshop
from policysite.build.linting import Linting
from policysite.build.look import Look
from policysite.build.looked import Looked, look
from policysite.build.manuscripts import Library
from policysite.build.memory import Memory, Remembered
from policysite.build.pieces import Piece, World, make_piece
from policysite.build.pool import spread
from policysite.build.progress import stage
from policysite.build.publish import (
    Lying,
    inspect_output,
    put_in_place,
    remove_empty_folders,
)
from policysite.build.publish import stage as put_beside
from policysite.build.relating import Relating
from policysite.build.searching import IndexJob
from policysite.build.stamps import Stamp, stamp_of
from policysite.build.statements import Stated, read_statements, unchanging, world_of
from policysite.build.store import Store, seal, unseal
from policysite.build.trace import Log
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
from policysite.model.manuscript import AnyManuscript
from policysite.pages.proof import dead_anchor
from policysite.pages.site import Site, arrange
from policysite.problems import Level, Problem, errors
from policysite.relate import words
from policysite.review.inspection import inspect_reviews

PICTURE_CACHE = ROOT / ".cache" / "images"


class Overwritten(Exception):
    """Two jobs want to write one file; its name."""


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
    """What a run came to: the site, the files that changed, and why the one asked for did."""

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


@dataclass(frozen=True, slots=True)
class Made:
    """A file that a job yielded: digest of its bytes, recipe, whose texts it shows, if staged."""

    name: str
    content: bytes
    recipe: bytes
    bodies: tuple[str, ...]
    is_staged: bool


class Done(NamedTuple):
    """What came of a job: what it looked at and made, what is to be kept or was looked up."""

    looked_at: set[str]
    made: list[Made]
    kept: Remembered
    cut: dict[str, tuple[str, ...]]
    spelt: dict[str, str]


class Bench:
    """The state of one run."""

    def __init__(self, order: Order, store: Store, theme: Look, context: Mapping[str, Any]) -> None:
        self.order, self.store, self.theme, self.context = order, store, theme, context
        self.log = Log()
        self.interval = (0.0, 0.0)
        self.reasons: dict[str, set[str]] = {}
        self.bodies: dict[str, bytes] = {}
        self.pieces: dict[str, Piece] = {}
        self.last: tuple[str, Body] = ("", None)  # type: ignore[assignment]
        self.staging = order.output.parent / f".{order.output.name}.staging"

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
            found = sorted([*found, *inspect_reviews(said.content, self._used())])
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
                if piece and world.still_holds(piece, manuscript):
                    self.pieces[manuscript.source] = piece
                else:
                    stale.append(manuscript)
        with self.store.transaction():
            self._forget(kept)
            self._make(world, stale)

    def _make(self, world: World, stale: list[AnyManuscript]) -> None:
        """Make pieces; what is sound is kept, whatever becomes of this run: its key tells it."""
        made = spread(lambda manuscript: make_piece(world, manuscript), stale, "排版稿件")
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
        with stage("比较"):
            facts = facts_of(site, self.pieces, digests, self.theme.frame)
            shop = Workshop(self.theme, digests.__getitem__, PICTURE_CACHE)
            self.memory = Memory(self.store)
            jobs = jobbing.list_jobs(site, shop)
            jobs["search-index"] = IndexJob(self.store, self.memory, self.log)
            rows = self.store.rows("SELECT name, job, digest, key FROM output")
            left: dict[str, Stamp] = self.store.meta("output") or {}
            lying = inspect_output(self.order.output, left, {row[0]: row[2] for row in rows})
            changed = self._changed(facts)
            stale = self._stale(jobs, changed, rows, lying)
        shutil.rmtree(self.staging, ignore_errors=True)
        results = self._work(site, jobs, stale, rows, lying, facts)
        return self._finish(site, looked, facts, jobs, rows, lying, left, results, problems)

    def _changed(self, facts: Facts) -> set[str]:
        old = {f"{kind}:{name}": value for kind, name, value in
               self.store.rows("SELECT kind, name, value FROM fact")}  # fmt: skip
        self.old_facts = old
        return {name for name in old.keys() | facts.keys() if old.get(name) != facts.get(name)}

    def _stale(
        self, jobs: Mapping[str, Job], changed: set[str], rows: list[Any], lying: Lying
    ) -> list[str]:
        known = {row[0] for row in self.store.rows("SELECT DISTINCT job FROM read")}
        reasons: dict[str, set[str]] = defaultdict(set)
        for fact in sorted(changed):
            for (job,) in self.store.rows("SELECT job FROM read WHERE fact = ?", fact):
                reasons[job].add(fact)
        for name, job, _, _ in rows:
            if name in lying.altered:
                reasons[job].add(f"altered:{name}")
        self.reasons = {job: reasons[job] for job in jobs if job in reasons or job not in known}
        for job in self.reasons.keys() - known:
            self.reasons[job] = {"new:*"}
        return list(self.reasons)

    def _work(
        self,
        site: Site,
        jobs: Mapping[str, Job],
        stale: list[str],
        rows: list[Any],
        lying: Lying,
        facts: Facts,
    ) -> dict[str, Done]:
        """Do the stale jobs; return for each what it looked at and what it made."""
        view = watched(site, self.log)
        old = {name: (content, unseal(key)) for name, job, content, key in rows}

        def card_digest(article: Any) -> bytes:
            return self.pieces[article.source_path].card_digest

        self.theme.card_digest = card_digest

        def do(job: str) -> Done:
            facts_seen: set[str] = set()
            made = []
            for output in jobs[job](view):
                facts_seen |= self.log.taken()
                made.append(self._output(output, old, lying, facts))
                facts_seen |= self.log.taken()
            seen = facts_seen | self.log.taken()
            return Done(seen, made, self.memory.taken(), words.learnt(), pinyin.learnt())

        self.log.taken()
        return dict(zip(stale, spread(do, stale, "生成网页"), strict=True))

    def _output(
        self, output: jobbing.Output, old: Mapping[str, Any], lying: Lying, facts: Facts
    ) -> Made:
        content, (recipe, bodies) = old.get(output.name, (b"", (b"", ())))
        texts = _texts(bodies, facts)
        if recipe == digest(output.recipe, texts) and output.name not in lying.altered:
            for source in bodies:
                self.log.note("body", source)
            return Made(output.name, content, recipe, bodies, False)
        seen = set(self.log.facts)
        data = output.make()
        shown = tuple(sorted(f[5:] for f in self.log.facts - seen if f.startswith("body:")))
        staged = put_beside(self.staging, self.order.output, output.name, data)
        key = digest(output.recipe, _texts(shown, facts))
        return Made(output.name, digest(data), key, shown, staged)

    def _finish(
        self,
        site: Site,
        looked: Looked,
        facts: Facts,
        jobs: Mapping[str, Job],
        rows: list[Any],
        lying: Lying,
        left: Mapping[str, Stamp],
        results: Mapping[str, Done],
        problems: list[Problem],
    ) -> Outcome:
        made = {m.name: (job, m) for job, done in results.items() for m in done.made}
        if len(made) != sum(len(done.made) for done in results.values()):
            raise Overwritten(_twice(results))
        kept = {row[0]: row[1] for row in rows if row[1] in jobs and row[1] not in results}
        for name in made.keys() & kept.keys():
            raise Overwritten(name)
        present = made.keys() | kept.keys()
        removed = [name for name in lying.stamps if name not in present]
        changed = [name for name, (_, m) in made.items() if m.is_staged]
        output = self.order.output
        with stage("就位"):
            if changed or removed:
                put_in_place(self.staging, output, changed, removed)
            remove_empty_folders(output)
            stamps = {name: stamp for name, stamp in lying.stamps.items() if name in present}
            stamps |= {name: stamp_of(output / name) for name in changed}
        with stage("保存"), self.store.transaction():
            self._save_facts(facts)
            self._save_words(results)
            keep_reasons(self.store, self.reasons, f"{self.order.now:%Y-%m-%d %H:%M}")
            self._save_results(jobs, results)
            self.store.put_meta("content", looked)
            said = "".join(f"{found}\n" for found in problems if found.level is not Level.INFO)
            begin, end = self.interval
            self.store.put_meta(
                "finished", (self.theme.files, begin, end, (said, closing(site, 0, 0)))
            )
            if stamps != left:
                self.store.put_meta("output", stamps)
            self.relating.save()
            self.linting.save()
            for done in results.values():
                self.memory.save(done.kept)
        why = tuple(explain(self.store, self.order.explain, changed, results))
        return Outcome(site, tuple(changed), tuple(removed), why if self.order.explain else ())

    def _save_words(self, results: Mapping[str, Done]) -> None:
        """Keep what was looked up; in this process, or in others that are gone."""
        cut, spelt = words.learnt(), pinyin.learnt()
        for done in results.values():
            cut |= done.cut
            spelt |= done.spelt
        if cut or spelt:
            old: tuple[dict[str, Any], dict[str, str]] = self.store.meta("words") or ({}, {})
            self.store.put_meta("words", (old[0] | cut, old[1] | spelt))

    def _save_facts(self, facts: Facts) -> None:
        new = [
            (*name.split(":", 1), value)
            for name, value in facts.items()
            if self.old_facts.get(name) != value
        ]
        self.store.write("INSERT OR REPLACE INTO fact VALUES (?, ?, ?)", new)
        gone = [tuple(name.split(":", 1)) for name in self.old_facts.keys() - facts.keys()]
        self.store.write("DELETE FROM fact WHERE kind = ? AND name = ?", gone)

    def _save_results(self, jobs: Mapping[str, Job], results: Mapping[str, Done]) -> None:
        known = {row[0] for row in self.store.rows("SELECT DISTINCT job FROM output")}
        known |= {row[0] for row in self.store.rows("SELECT DISTINCT job FROM read")}
        over = [(job,) for job in known if job not in jobs or job in results]
        self.store.write("DELETE FROM read WHERE job = ?", over)
        self.store.write("DELETE FROM output WHERE job = ?", over)
        # A job that looks at nothing is known all the same.
        reads = (
            (fact, job) for job, done in results.items() for fact in (*done.looked_at, "frame:*")
        )
        self.store.write("INSERT INTO read VALUES (?, ?)", reads)
        outputs = (
            (m.name, job, m.content, seal((m.recipe, m.bodies)))
            for job, done in results.items()
            for m in done.made
        )
        self.store.write("INSERT INTO output VALUES (?, ?, ?, ?)", outputs)


def _texts(bodies: Iterable[str], facts: Facts) -> bytes:
    return digest(*(facts.get(f"body:{source}", b"") for source in bodies))


def _twice(results: Mapping[str, Done]) -> str:
    seen: set[str] = set()
    for done in results.values():
        for made in done.made:
            if made.name in seen:
                return made.name
            seen.add(made.name)
    raise AssertionError("every name is there once")
