"""What is wrong with the text of each file, kept as long as the file and its attachments last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from policysite.build.fingerprint import digest
from policysite.build.looked import Files
from policysite.build.store import Store, seal, unseal
from policysite.lint.desk import job_of, lint_files, terms_of
from policysite.model.content import TERM_LIST, Content
from policysite.pool import spread
from policysite.problems import Problem
from policysite.relate import words

Row = tuple[bytes, bytes]
"""A digest of all that was looked through, and what was found, sealed; empty if nothing was."""


class Linting:
    """Looks through texts, each once; what was found in others stays as it was told."""

    def __init__(self, store: Store, content: Content, files: Files) -> None:
        self.store = store
        self.content = content
        self.files = files
        rows = store.rows("SELECT source, key, value FROM lint")
        self.kept: dict[str, Row] = {source: (key, value) for source, key, value in rows}
        self.new: dict[str, Row] = {}
        self.gone: set[str] = set()

    def look_through(self, used: Mapping[str, Iterable[str]]) -> list[Problem]:
        """Return what is wrong with all texts; `used` are the files that each text uses."""
        problems = self.renew(self.content.sources, used)
        self.gone = self.kept.keys() - set(self.content.sources)
        for source in self.gone:
            del self.kept[source]
        return [*problems, *self.told()]

    def renew(self, sources: Iterable[str], used: Mapping[str, Iterable[str]]) -> list[Problem]:
        """Look through those of some texts that changed; return what is wrong with the terms."""
        terms, problems = terms_of(self.content)
        names = {source: sorted(used.get(source, ())) for source in sources}
        keys = {source: self._key(source, names[source]) for source in names}
        stale = [s for s in names if self.kept.get(s, (b"",))[0] != keys[s]]

        def look_through(source: str) -> bytes:
            job = job_of(self.content, source, names[source])
            found = tuple(lint_files([job], terms)) if job else ()
            return seal(found) if found else b""

        told = spread(look_through, stale, "检查文字", words.load)
        self.new = {s: (keys[s], found) for s, found in zip(stale, told, strict=True)}
        self.kept |= self.new
        return problems

    def told(self) -> list[Problem]:
        """Return all that is wrong with texts, by their order."""
        return [p for _, found in self.kept.values() if found for p in unseal(found)]

    def _key(self, source: str, names: Iterable[str]) -> bytes:
        terms = self.files.get(TERM_LIST)
        used = [part for name in names for part in (name.encode(), self.files[name][1])]
        # Problems name the content folder.
        shown = self.content.shown.encode()
        return digest(self.files[source][1], terms[1] if terms else b"", shown, *used)

    def save(self) -> None:
        """Keep what was found; the caller holds the transaction."""
        rows = ((source, key, found) for source, (key, found) in self.new.items())
        self.store.write("INSERT OR REPLACE INTO lint VALUES (?, ?, ?)", rows)
        gone = ((source,) for source in self.gone)
        self.store.write("DELETE FROM lint WHERE source = ?", gone)
