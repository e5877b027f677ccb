"""Personal data inside the files that a manuscript attaches (D606, D607)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from policysite.lint.office_parts import Passage, Unreadable
from policysite.lint.office_text import passages
from policysite.lint.personal_data import find_personal_data, masked
from policysite.messages_desk import UNREADABLE

# A list of a thousand people is one fault; nobody reads a thousand lines about it.
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Leak:
    """One piece of personal data in an attachment, hidden, or why it could not be read.

    `code` is a code of messages_desk.py, `values` fill its text.
    """

    code: str
    values: tuple[tuple[str, str], ...]


def find_leaks(path: Path, name: str) -> tuple[Leak, ...]:
    """Return what must not be published in the file at `path`, called `name` in messages."""
    stat = path.stat()
    return _leaks(path, name, stat.st_size, stat.st_mtime_ns)


# The preview asks again and again for files that have not changed.
@lru_cache(maxsize=1024)
def _leaks(path: Path, name: str, size: int, changed: int) -> tuple[Leak, ...]:
    found: list[Leak] = []
    try:
        for passage in passages(path.name, path.read_bytes()):
            found += _in_passage(passage, name)
            if len(found) > _SHOWN:
                break
    except Unreadable as reason:
        said = UNREADABLE[str(reason)]
        found.append(Leak("D607", (("name", name), ("reason", said))))
    return tuple(found[:_SHOWN])


def _in_passage(passage: Passage, name: str) -> Iterator[Leak]:
    for datum in find_personal_data(passage.text, passage.context):
        hidden = masked(passage.text[datum.start : datum.end], datum.kind)
        values = {"name": name, "place": passage.place, "kind": datum.kind.value, "masked": hidden}
        yield Leak("D606", tuple(values.items()))
