"""Does the jobs that are stale, puts what came of them in place, and keeps what they looked at."""

from __future__ import annotations

import shutil
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from policysite.build.facts import Facts, watched
from policysite.build.fingerprint import digest
from policysite.build.jobs import Job, Output
from policysite.build.look import Look
from policysite.build.memory import Memory, Remembered
from policysite.build.pieces import Piece
from policysite.build.pool import spread
from policysite.build.publish import inspect_output, put_in_place, remove_empty_folders, stage
from policysite.build.stamps import Stamp, stamp_of
from policysite.build.store import Store, seal, unseal
from policysite.build.trace import Log
from policysite.model import pinyin
from policysite.pages.article import Article
from policysite.pages.site import Site
from policysite.relate import words
from policysite.writer import staging_folder


class Overwritten(Exception):
    """Two jobs want to write one file; its name."""


class Made(NamedTuple):
    """A file that a job yielded: digest of its bytes, key, whose texts it shows, is it staged."""

    name: str
    content: bytes
    key: bytes
    bodies: tuple[str, ...]
    is_staged: bool


class Done(NamedTuple):
    """What came of a job: what it looked at and made, what is to be kept or was looked up."""

    looked_at: set[str]
    made: list[Made]
    kept: Remembered
    cut: dict[str, tuple[str, ...]]
    spelt: dict[str, str]


class Press:
    """The outputs of the last run and those of this one."""

    def __init__(
        self, output: Path, store: Store, theme: Look, log: Log, pieces: Mapping[str, Piece]
    ) -> None:
        self.output, self.store, self.theme, self.log, self.pieces = (
            output, store, theme, log, pieces,
        )  # fmt: skip
        self.memory = Memory(store)
        self.staging = staging_folder(output)
        rows = store.rows("SELECT name, job, digest, key FROM output")
        self.job_of = {name: job for name, job, _, _ in rows}
        self.old = {name: (content, *unseal(key)) for name, _, content, key in rows}
        self.left: Mapping[str, Stamp] = store.meta("output") or {}
        self.lying = inspect_output(output, self.left, {row[0]: row[2] for row in rows})
        self.old_facts: Facts = {
            f"{kind}:{name}": value
            for kind, name, value in store.rows("SELECT kind, name, value FROM fact")
        }
        self.facts: Facts = {}
        self.reasons: dict[str, set[str]] = {}

    def compare(self, facts: Facts, jobs: Mapping[str, Job]) -> None:
        """Find the jobs that are stale, and why."""
        self.facts = facts
        names = self.old_facts.keys() | facts.keys()
        changed = [name for name in names if self.old_facts.get(name) != facts.get(name)]
        known = {row[0] for row in self.store.rows("SELECT DISTINCT job FROM read")}
        reasons: dict[str, set[str]] = defaultdict(set)
        for fact in changed:
            for (job,) in self.store.rows("SELECT job FROM read WHERE fact = ?", fact):
                reasons[job].add(fact)
        for name in self.lying.altered:
            reasons[self.job_of[name]].add(f"altered:{name}")
        self.reasons = {job: reasons[job] for job in jobs if job in reasons or job not in known}
        for job in self.reasons.keys() - known:
            self.reasons[job] = {"new:*"}

    def work(self, site: Site, jobs: Mapping[str, Job]) -> dict[str, Done]:
        """Do the stale jobs."""
        shutil.rmtree(self.staging, ignore_errors=True)
        view = watched(site, self.log)
        self.theme.card_digest = self._card_digest
        self.log.taken()

        def do(job: str) -> Done:
            looked_at: set[str] = set()
            made = []
            for output in jobs[job](view):
                looked_at |= self.log.taken()
                made.append(self._make(output))
                looked_at |= self.log.taken()
            looked_at |= self.log.taken()
            return Done(looked_at, made, self.memory.taken(), words.learnt(), pinyin.learnt())

        stale = list(self.reasons)
        made = spread(do, stale, "生成网页", self._load)
        return dict(zip(stale, made, strict=True))

    def _load(self) -> None:
        words.load()
        pinyin.load()
        with self.store.transaction():
            self.theme.load_templates()

    def _card_digest(self, article: Article) -> bytes:
        return self.pieces[article.source_path].card_digest

    def _make(self, output: Output) -> Made:
        """Make a file, unless all that goes into it is the same, and stage it if it differs."""
        content, key, bodies = self.old.get(output.name, (b"", b"", ()))
        is_altered = output.name in self.lying.altered
        if key == digest(output.recipe, self._texts(bodies)) and not is_altered:
            for source in bodies:
                self.log.note("body", source)
            return Made(output.name, content, key, bodies, False)
        data = output.make()
        shown = tuple(sorted(f[5:] for f in self.log.facts if f.startswith("body:")))
        staged = stage(self.staging, self.output, output.name, data)
        if staged and self.theme.written:
            self.theme.written(self.staging / output.name)
            data = (self.staging / output.name).read_bytes()
        key = digest(output.recipe, self._texts(shown))
        return Made(output.name, digest(data), key, shown, staged)

    def _texts(self, bodies: Iterable[str]) -> bytes:
        return digest(*(self.facts.get(f"body:{source}", b"") for source in bodies))

    def put_in_place(
        self, results: Mapping[str, Done], jobs: Mapping[str, Job]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Publish what was staged; return the names of the files changed and removed.

        Raises:
            Overwritten: two jobs yielded one file; nothing is published then.

        """
        made = [made for done in results.values() for made in done.made]
        kept = [n for n, job in self.job_of.items() if job in jobs and job not in results]
        present = Counter([*(each.name for each in made), *kept])
        if len(present) < len(made) + len(kept):
            raise Overwritten(present.most_common(1)[0][0])
        changed = tuple(each.name for each in made if each.is_staged)
        removed = tuple(name for name in self.lying.stamps if name not in present)
        if changed or removed:
            put_in_place(self.staging, self.output, changed, removed)
        remove_empty_folders(self.output)
        self.stamps = {n: stamp for n, stamp in self.lying.stamps.items() if n in present}
        self.stamps |= {name: stamp_of(f"{self.output}/{name}") for name in changed}
        return changed, removed

    def save(self, results: Mapping[str, Done], jobs: Mapping[str, Job]) -> None:
        """Keep what was looked at and made; the caller holds the transaction."""
        self._save_facts()
        known = {*self.job_of.values()}
        known |= {row[0] for row in self.store.rows("SELECT DISTINCT job FROM read")}
        over = [(job,) for job in known if job not in jobs or job in results]
        self.store.write("DELETE FROM read WHERE job = ?", over)
        self.store.write("DELETE FROM output WHERE job = ?", over)
        # All jobs look at the frame: also a job that looks at nothing else is known.
        reads = ((f, job) for job, done in results.items() for f in (*done.looked_at, "frame:*"))
        self.store.write("INSERT INTO read VALUES (?, ?)", reads)
        made = ((job, each) for job, done in results.items() for each in done.made)
        rows = ((m.name, job, m.content, seal((m.key, m.bodies))) for job, m in made)
        self.store.write("INSERT INTO output VALUES (?, ?, ?, ?)", rows)
        for done in results.values():
            self.memory.save(done.kept)
        if self.stamps != self.left:
            self.store.put_meta("output", self.stamps)

    def _save_facts(self) -> None:
        old, new = self.old_facts, self.facts
        rows = [(*name.split(":", 1), v) for name, v in new.items() if old.get(name) != v]
        self.store.write("INSERT OR REPLACE INTO fact VALUES (?, ?, ?)", rows)
        gone = [tuple(name.split(":", 1)) for name in old.keys() - new.keys()]
        self.store.write("DELETE FROM fact WHERE kind = ? AND name = ?", gone)
