"""Tells that nothing has changed, by what the file system says, before anything is imported.

Only the standard library and the modules beside this one: the libraries that a build needs take
longer to load than ten thousand files to look at.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from policysite.clock import end_of
from policysite.engine.fingerprint import PROGRAM, digest, digest_tree, program
from policysite.engine.looked import Looked, look
from policysite.engine.publish import scan_own
from policysite.engine.recovery import is_as_left
from policysite.engine.stamps import differing
from policysite.engine.store import Damaged, Store, seal, unseal

STORES = PROGRAM.parent / ".cache" / "build"


class Note(NamedTuple):
    """What a settings file came to, when it was last read: places, and its own files' digests.

    `site` is the sealed `SiteSettings`; None where only Pelican can build the site. `given` is a
    digest of all that templates were given, `templates` one of the templates that were asked what
    they need of Pelican.
    """

    content: str
    output: str
    theme: str
    config: Mapping[str, bytes]
    site: bytes | None
    given: bytes
    templates: bytes


def store_of(output: Path) -> Path:
    """Return where the store of an output folder is kept."""
    return STORES / f"{digest(str(output.resolve()).encode()).hex()}.sqlite"


def program_for(output: Path) -> bytes:
    """Return what a store must have been made by, and for."""
    return digest(program(), str(output.resolve()).encode())


def _note_file(config: str, content: str, output: str) -> Path:
    asked = (str(Path(place).absolute()) if place else "" for place in (config, content, output))
    return STORES / f"{digest(*(place.encode() for place in asked)).hex()}.note"


def digest_templates(theme: str) -> bytes:
    """Return a digest of a theme's templates: those of another digest may ask for more."""
    return digest_tree(Path(theme) / "templates")


def take_note(config: str, content: str, output: str, note: Note) -> None:
    """Remember what settings came to."""
    from policysite.files import replace_file  # settings are read anew by few builds

    replace_file(_note_file(config, content, output), [seal((program(), tuple(note)))])


def read_note(config: str, content: str, output: str) -> Note | None:
    """Return what settings came to, unless they, or the program that read them, changed."""
    try:
        maker, values = unseal(_note_file(config, content, output).read_bytes())
    except (OSError, Damaged):
        return None
    if maker != program():
        return None
    note = Note(*values)
    same = note.config == digests(note.config)
    return note if same and Path(note.content).is_dir() and Path(note.theme).is_dir() else None


def digests(paths: Any) -> dict[str, bytes]:
    """Return the digests of files by their paths; nothing for one that is not there."""
    found = {}
    for path in paths:
        try:
            found[path] = digest(Path(path).read_bytes())
        except OSError:
            found[path] = b""
    return found


class Seen(NamedTuple):
    """What a quick look came to.

    `said` are the problems and the closing line of a build that has nothing to do; None if that
    is not certain, and a build has to find out. `before` and `now` are the content as the last
    build found it and as it is, if it was looked at: a build need not look again.
    """

    said: tuple[str, str] | None = None
    before: Looked | None = None
    now: Looked | None = None


NOT_SEEN = Seen()


def take_look(config: str, content: str, output: str, date: str) -> Seen:
    """Find out whether a build has anything to do."""
    note = read_note(config, content, output)
    path = store_of(Path(note.output)) if note else None
    if note is None or path is None or not is_as_left(path):
        return NOT_SEEN
    try:
        store = Store(path)
        try:
            return _said(store, note, moment(date))
        finally:
            store.close()
    except (Damaged, OSError, ValueError):
        return NOT_SEEN


def _said(store: Store, note: Note, now: float) -> Seen:
    output = Path(note.output)
    if store.meta("program") != program_for(output):
        return NOT_SEEN
    kept = store.meta("finished")
    before: Looked | None = store.meta("content")
    if not kept or before is None:
        return NOT_SEEN
    theme, given, begin, end, said = kept
    found = look(Path(note.content), before)
    same = (
        begin <= now < end
        and given == note.given  # another settings file may have built into the same output
        and not any(found.files.differing(before.files))
        and theme == digest_tree(Path(note.theme))
        and not differing(scan_own(output), store.meta("output") or {})
    )
    return Seen((str(said[0]), str(said[1])) if same else None, before, found)


def moment(date: str) -> float:
    """Return as of when to build, in seconds since 1970: see `policysite.clock`."""
    if date:
        return end_of(date).timestamp()
    return float(os.environ.get("SOURCE_DATE_EPOCH") or time.time())
