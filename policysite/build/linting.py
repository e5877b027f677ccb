"""What is wrong with the text of each file, kept as long as the file and its attachments last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from policysite.build.fingerprint import digest
from policysite.build.looked import Files
from policysite.build.pool import spread
from policysite.build.store import Store
from policysite.lint.desk import job_of, lint_files, terms_of
from policysite.model.content import TERM_LIST, Content
from policysite.problems import Problem
from policysite.relate import words

Kept = dict[str, tuple[bytes, tuple[Problem, ...]]]


class Linting:
    """Looks through texts, each once; `used` are the files that each of them uses."""

    def __init__(self, store: Store, content: Content, files: Files) -> None:
        self.store = store
        self.content = content
        self.files = files
        self.old: Kept = store.meta("lint") or {}
        self.new: Kept = {}

    def problems(self, used: Mapping[str, Iterable[str]]) -> list[Problem]:
        """Return what is wrong with all texts."""
        terms, problems = terms_of(self.content)
        names = {source: sorted(used.get(source, ())) for source in self.content.sources}
        keys = {source: self._key(source, names[source]) for source in names}
        stale = [s for s in names if self.old.get(s, (b"",))[0] != keys[s]]

        def look_through(source: str) -> tuple[Problem, ...]:
            job = job_of(self.content, source, names[source])
            return tuple(lint_files([job], terms)) if job else ()

        told = spread(look_through, stale, "检查文字", words.load)
        found = dict(zip(stale, told, strict=True))
        self.new = {
            source: (key, found[source] if source in found else self.old[source][1])
            for source, key in keys.items()
        }
        return [*problems, *(p for _, told in self.new.values() for p in told)]

    def _key(self, source: str, names: Iterable[str]) -> bytes:
        terms = self.files.get(TERM_LIST)
        used = [part for name in names for part in (name.encode(), self.files[name][1])]
        # Problems name the content folder.
        shown = self.content.shown.encode()
        return digest(self.files[source][1], terms[1] if terms else b"", shown, *used)

    def save(self) -> None:
        """Keep what was found; the caller holds the transaction."""
        if self.new != self.old:
            self.store.put_meta("lint", self.new)
