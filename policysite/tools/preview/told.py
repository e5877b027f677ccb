"""What the preview knows to be wrong: with each article as it was saved, and by the last build.

The two overlap in time: a build sees the files as they were when it began, and an article that was
saved since is known better. What a build that succeeds does not say any more was mended elsewhere, a
missing picture for example by putting it there.
"""

from __future__ import annotations

import re

from policysite.tools.preview.news import Finding, findings_in

_NAMED = re.compile(r"\S.* \[[A-Z]\d{3}\] ")


class Told:
    """All findings that are to be seen now."""

    def __init__(self) -> None:
        self._saved: dict[str, tuple[Finding, ...]] = {}
        self._built: tuple[Finding, ...] = ()
        self._since: set[str] = set()

    def all(self) -> tuple[Finding, ...]:
        """Return every finding, those of a build first."""
        return (*self._built, *(one for found in self._saved.values() for one in found))

    @property
    def is_wrong(self) -> bool:
        """Whether one of them is an error."""
        return any(found.level == "error" for found in self.all())

    def save(self, shown: str, found: tuple[Finding, ...]) -> None:
        """Take what was found in a file, called `shown` in findings, as it was just saved."""
        self._since.add(shown)
        self._saved[shown] = found
        self._built = _without(self._built, {shown})

    def begin(self) -> None:
        """Note that a build begins: it sees what was saved until now."""
        self._since = set()

    def fail(self, said: str) -> None:
        """Take what a build said that did not come to its end."""
        self._saved = {shown: self._saved[shown] for shown in self._since & self._saved.keys()}
        self._built = _without(findings_in(said), self._since)

    def succeed(self, said: str) -> None:
        """Take what a build said that did."""
        lines = set(said.splitlines())
        self._built = ()
        for shown in self._saved.keys() - self._since:
            self._saved[shown] = tuple(one for one in self._saved[shown] if one.text in lines)


def _without(findings: tuple[Finding, ...], files: set[str]) -> tuple[Finding, ...]:
    """Leave out what is said of some files; once nothing is said of any, the closing words too."""
    left = tuple(
        one
        for one in findings
        if not one.text.startswith(tuple(f"{f}{c}" for f in files for c in ": "))
    )
    is_empty = len(left) < len(findings) and not any(_NAMED.match(one.text) for one in left)
    return () if is_empty else left
