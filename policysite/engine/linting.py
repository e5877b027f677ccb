"""What is wrong with the text of each file, kept as long as the file and its attachments last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, cast

from policysite.engine.fingerprint import digest
from policysite.engine.looked import Files
from policysite.engine.store import Store, seal, unseal
from policysite.lint.desk import job_of, lint_files, terms_of
from policysite.model.content import TERM_LIST, Content
from policysite.pool import spread
from policysite.problems import Problem
from policysite.relate import words

if TYPE_CHECKING:
    from policysite.lint.terms import Terms

_TERMS = "terms"
Row = tuple[bytes, bytes]
"""A digest of all that was looked through, and what was found, sealed; empty if nothing was."""


class Linting:
    """Looks through texts, each once; what was found in others stays as it was told."""

    def __init__(self, store: Store, content: Content, files: Files) -> None:
        self.store = store
        self.content = content
        self.files = files
        self.new: dict[str, Row] = {}
        self.gone: set[str] = set()
        self.terms: tuple[bytes, Terms, list[Problem]] | None = None

    def look_through(self, used: Mapping[str, Iterable[str]]) -> list[Problem]:
        """Return what is wrong with all texts; `used` are the files that each text uses."""
        kept = dict(self.store.rows("SELECT source, key FROM lint"))
        problems = self._renew(self.content.sources, used, kept)
        self.gone = kept.keys() - set(self.content.sources)
        return [*problems, *self.told()]

    def renew(self, sources: Iterable[str], used: Mapping[str, Iterable[str]]) -> list[Problem]:
        """Look through those of a few texts that changed; return what is wrong with the terms."""
        query = "SELECT source, key FROM lint WHERE source = ?"
        return self._renew(sources, used, dict(self.store.rows(query, s)[0] for s in sources))

    def _renew(
        self, sources: Iterable[str], used: Mapping[str, Iterable[str]], kept: Mapping[str, bytes]
    ) -> list[Problem]:
        terms, problems = self._terms()
        names = {source: sorted(used.get(source, ())) for source in sources}
        keys = {source: self._key(source, names[source]) for source in names}
        stale = [s for s in names if kept.get(s) != keys[s]]

        def look_through(source: str) -> bytes:
            job = job_of(self.content, source, names[source])
            found = tuple(lint_files([job], terms)) if job else ()
            return seal(found) if found else b""

        told = spread(look_through, stale, "检查文字", words.load)
        self.new = {s: (keys[s], found) for s, found in zip(stale, told, strict=True)}
        read = (name for source in stale for name in (source, *names[source]))
        self.files.make_sure(self.content.root, (TERM_LIST, *read))
        return problems

    def _terms(self) -> tuple[Terms, list[Problem]]:
        """Return the terms to look for, as long as the site's own list is the same."""
        key = digest(self.files.get(TERM_LIST, b""), self.content.shown.encode())
        kept = self.store.meta(_TERMS)
        if kept and kept[0] == key:
            return cast("tuple[Terms, list[Problem]]", kept[1:])
        terms, problems = terms_of(self.content)
        self.terms = (key, terms, problems)
        return terms, problems

    def told(self) -> list[Problem]:
        """Return all that is wrong with texts."""
        kept = dict(self.store.rows("SELECT source, value FROM lint WHERE value != x''"))
        kept |= {source: found for source, (_, found) in self.new.items()}
        told = (found for source, found in kept.items() if found and source not in self.gone)
        return [problem for found in told for problem in unseal(found)]

    def _key(self, source: str, names: Iterable[str]) -> bytes:
        terms = self.files.get(TERM_LIST, b"")
        used = [part for name in names for part in (name.encode(), self.files[name])]
        # Problems name the content folder.
        shown = self.content.shown.encode()
        return digest(self.files[source], terms, shown, *used)

    def save(self) -> None:
        """Keep what was found; the caller holds the transaction."""
        rows = ((source, key, found) for source, (key, found) in self.new.items())
        self.store.write("INSERT OR REPLACE INTO lint VALUES (?, ?, ?)", rows)
        if self.terms:
            self.store.put_meta(_TERMS, self.terms)
        gone = ((source,) for source in self.gone)
        self.store.write("DELETE FROM lint WHERE source = ?", gone)
