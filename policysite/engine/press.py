"""Does the jobs that are stale, puts what came of them in place, and keeps what they looked at."""

from __future__ import annotations

import pickle
import shutil
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from policysite.engine.facts import watched
from policysite.engine.fingerprint import digest
from policysite.engine.jobs import OF_ARTICLE, Job, Output
from policysite.engine.look import Look
from policysite.engine.memory import Memory, Remembered
from policysite.engine.publish import inspect_output, put_in_place, remove_empty_folders, stage
from policysite.engine.reads import keep_reads, known_jobs, pack, readers_of
from policysite.engine.stamps import Folders, split, stamp_of, updated
from policysite.engine.store import Store, seal, unseal
from policysite.engine.trace import Log
from policysite.model import pinyin, sounds
from policysite.pages.site import Site
from policysite.pool import WORTH_IT, dealt, spread
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


_NEW = frozenset({"new:*"})


class Learnt(NamedTuple):
    """What a job remembers, and what it had to look up in dictionaries."""

    kept: Remembered
    cut: dict[str, tuple[str, ...]]
    spelt: dict[str, str]


class Done(NamedTuple):
    """What came of a job: the facts that it looked at, packed; what it made; what it learnt, sealed.

    There are as many as there are pages until all is in place, so they are small.
    """

    looked_at: bytes
    made: tuple[Made, ...]
    learnt: bytes


def _gathered(results: Iterable[bytes]) -> Iterator[memoryview]:
    """Yield results when the last is there.

    Objects would go into gaps all over the memory, and as long as there are workers, which share it,
    whatever page of it is written to is copied.
    """
    packed, ends = bytearray(), array("Q", [0])
    for result in results:
        packed += result
        ends.append(len(packed))
    whole = memoryview(packed)
    return (whole[start:end] for start, end in pairwise(ends))


def _mixed(jobs: Collection[str]) -> list[str]:
    """Return jobs with those of lists all over the place among those of articles.

    A list looks at very many articles, which are copied for the process that makes it: several lists
    one after another would copy them all.
    """
    articles = [job for job in jobs if job.startswith(OF_ARTICLE)]
    lists = (job for job in jobs if not job.startswith(OF_ARTICLE))
    ranks = [(place / len(articles), job) for place, job in enumerate(articles)]
    ranks += [(int.from_bytes(digest(job.encode()), "big") / (1 << 128), job) for job in lists]
    return [job for _, job in sorted(ranks)]


class Press:
    """The outputs of the last run and those of this one."""

    def __init__(self, output: Path, store: Store, theme: Look, log: Log) -> None:
        self.output, self.store, self.theme, self.log = output, store, theme, log
        self.memory = Memory(store)
        self.staging = staging_folder(output)
        self.left: Folders = store.meta("output") or {}
        self.before: Mapping[str, Sequence[bytes]] = {}  # the outputs of the job at hand
        self.lying = inspect_output(output, self.left, self._made_before)
        self.body_of: Callable[[str], bytes] = lambda _: b""
        self.reasons: dict[str, AbstractSet[str]] = {}

    def _made_before(self, name: str) -> bytes:
        return self._old(name)[0]

    def compare(self, changed: Iterable[str], body_of: Callable[[str], bytes]) -> None:
        """Find the jobs that are stale, and why; `changed` are the facts that differ.

        `body_of` tells the digest of the text at a path in content/.
        """
        self.body_of = body_of
        reasons: dict[str, set[str]] = defaultdict(set)
        for fact, job in readers_of(self.store, changed) if self.left else ():
            reasons[job].add(fact)
        for name, job in self._owners(self.lying.altered):
            reasons[job].add(f"altered:{name}")
        self.reasons = dict(sorted(reasons.items()))

    def add_new(self, jobs: Collection[str]) -> None:
        """Find the jobs that are new, and those that are gone."""
        known = known_jobs(self.store)
        self.gone = known.difference(jobs)
        self.reasons = {job: self.reasons.get(job, _NEW) for job in jobs
                        if job in self.reasons or job not in known}  # fmt: skip
        for job in self.reasons.keys() - known:
            self.reasons[job] = _NEW

    gone: AbstractSet[str] = frozenset()

    def work(self, site: Site, jobs: Mapping[str, Job]) -> dict[str, Done]:
        """Do the stale jobs."""
        shutil.rmtree(self.staging, ignore_errors=True)
        view = watched(site, self.log)
        self.log.taken()

        def do(job: str) -> bytes:
            looked_at: set[str] = set()
            made = []
            self.before = {} if self.reasons[job] is _NEW else self._made_by(job)
            for output in jobs[job](view):
                looked_at |= self.log.taken()
                made.append(self._make(output))
                looked_at |= self.log.taken()
            looked_at |= self.log.taken() | {"frame:*"}  # all show it
            learnt = Learnt(self.memory.taken(), words.learnt(), pinyin.learnt())
            kept = seal(learnt) if any(map(any, learnt)) else b""
            return pickle.dumps(Done(pack(looked_at), tuple(made), kept))

        stale = dealt(_mixed(self.reasons))
        if len(stale) >= WORTH_IT:
            with self.store.transaction():
                self.theme.load_templates()
        done = map(pickle.loads, _gathered(spread(do, stale, "生成网页", self._load)))
        return dict(zip(stale, done, strict=True))

    def _load(self) -> None:
        words.load()
        if self.theme.settings.search:  # its index of titles goes by their sounds
            sounds.load()

    def _make(self, output: Output) -> Made:
        """Make a file, unless all that goes into it is the same, and stage it if it differs."""
        content, key, bodies = self._old(output.name)
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

    def _old(self, name: str) -> tuple[bytes, bytes, tuple[str, ...]]:
        found = self.before.get(name)
        if found is None and split(name)[0] in self.left:  # it may have been of another job
            rows = self.store.rows("SELECT digest, key FROM output WHERE name = ?", name)
            found = rows[0] if rows else None
        return (found[0], *unseal(found[1])) if found else (b"", b"", ())

    def _texts(self, bodies: Iterable[str]) -> bytes:
        return digest(*map(self.body_of, bodies))

    def put_in_place(self, results: Mapping[str, Done]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Publish what was staged; return the names of the files changed and removed.

        Raises:
            Overwritten: two jobs yielded one file; nothing is published then.

        """
        made = [each for done in results.values() for each in done.made]
        over = results.keys() | self.gone
        owners = dict(self._owners(each.name for each in made))
        counted = Counter(each.name for each in made)
        counted.update(name for name, job in owners.items() if job not in over)
        for name, count in counted.most_common(1):
            if count > 1:
                raise Overwritten(name)
        query = "SELECT name FROM output WHERE job IN"
        former = {name for (name,) in self.store.rows_of(query, over)}
        lost = (former | self.lying.strange) - counted.keys()
        changed = tuple(each.name for each in made if each.is_staged)
        removed = self.lying.those_of(lost)
        if changed or removed:
            put_in_place(self.staging, self.output, changed, removed)
        if self.lying.strange or self.lying.altered:
            remove_empty_folders(self.output)
        now = {name: stamp_of(f"{self.output}/{name}") for name in changed}
        self.now = updated(self.output, self.lying.folders, {**dict.fromkeys(lost), **now})
        return changed, removed

    def _owners(self, names: Iterable[str]) -> Iterator[tuple[str, str]]:
        return self.store.rows_of("SELECT name, job FROM output WHERE name IN", names)

    def _made_by(self, job: str) -> dict[str, Sequence[bytes]]:
        rows = self.store.rows("SELECT name, digest, key FROM output WHERE job = ?", job)
        return {name: own for name, *own in rows}

    def save(self, results: Mapping[str, Done]) -> None:
        """Keep what was looked at and made; the caller holds the transaction."""
        keep_reads(self.store, {j: done.looked_at for j, done in results.items()}, self.gone)
        over = ((job,) for job in (*results, *self.gone))
        self.store.write("DELETE FROM output WHERE job = ?", over)
        made = [(job, each) for job, done in results.items() for each in done.made]
        made.sort(key=lambda pair: pair[1].name)
        rows = ((m.name, job, m.content, seal((m.key, m.bodies))) for job, m in made)
        self.store.write("INSERT INTO output VALUES (?, ?, ?, ?)", rows)
        if self.now != self.left:
            self.store.put_meta("output", self.now)
