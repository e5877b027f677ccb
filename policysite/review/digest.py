"""The digest of what reviewers read: it changes with the text, not with its arrangement."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from hashlib import sha256
from pathlib import Path

from policysite.model.manuscript import AnyManuscript

ARRANGEMENT = frozenset({"date", "status", "pinned", "headline"})
"""The fields that a reviewed article may change: when it is published and where it stands."""
_PLACES = frozenset({"line", "column"})


def digest_of(manuscript: AnyManuscript, used: Iterable[str], files: Mapping[str, Path]) -> str:
    """Return the digest of an article, of its fields, its body and the files that it uses.

    Spaces at the ends of lines, empty lines around the body and the order of fields count for
    nothing; a picture or an attachment that was exchanged does.
    """
    body = "\n".join(line.rstrip() for line in manuscript.body.split("\n")).strip("\n")
    values = manuscript.fields
    read = {
        "address": manuscript.url,
        "fields": {
            key: _plain(getattr(values, key))
            for key in (field.name for field in fields(values))
            if key not in ARRANGEMENT and getattr(values, key) not in (None, (), "")
        },
        "body": body,
        "files": {name: sha256(files[name].read_bytes()).hexdigest() for name in used},
    }
    text = json.dumps(read, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return "sha256:" + sha256(text.encode()).hexdigest()


def _plain(value: object) -> object:
    """Return a value as JSON knows it, without the place where it was written."""
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value):
        names = [field.name for field in fields(value) if field.name not in _PLACES]
        return [_plain(getattr(value, name)) for name in names]
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value if isinstance(value, bool | int) else str(value)
