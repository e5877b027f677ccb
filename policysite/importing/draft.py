"""Makes a draft of what was imported, and puts it into content/ whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from errno import EEXIST
from hashlib import sha256
from pathlib import Path

from policysite.importing.blocks import Source
from policysite.importing.markdown import write_markdown
from policysite.importing.record import Record
from policysite.model.canonical import Line, write_front_matter
from policysite.model.columns import Column
from policysite.model.fields import STATUS_LABELS, ArticleFields, Status, specs


@dataclass(frozen=True, slots=True)
class Draft:
    """A file to be written: its path under content/, its text, the pictures by their paths."""

    path: str
    text: str
    pictures: Mapping[str, bytes]


def make_draft(
    source: Source,
    record: Record,
    column: Column,
    slug: str,
    moment: datetime,
    values: Mapping[str, Line] | None = None,
) -> Draft:
    """Return the draft of an article; `values` are further fields by key."""
    used = {name: data for name, data in source.pictures.items() if data}
    places = {name: _place(name, data, moment, slug) for name, data in used.items()}
    body = write_markdown(record.body, source, places)
    front = write_front_matter(_lines(record, moment, values or {}))
    return Draft(
        path=f"{column.path}/{moment:%Y-%m-%d}-{slug}.md",
        text=f"{front}\n\n{body}",
        pictures={places[name]: data for name, data in used.items()},
    )


def _place(name: str, data: bytes, moment: datetime, slug: str) -> str:
    """Return where a picture goes; the digest keeps two articles' image1.png apart."""
    suffix = re.sub(r"[^a-z0-9.]", "", Path(name).suffix.lower())
    return f"images/{moment:%Y}/{slug}-{sha256(data).hexdigest()[:8]}{suffix}"


def _lines(record: Record, moment: datetime, values: Mapping[str, Line]) -> list[tuple[str, Line]]:
    found: dict[str, Line] = {
        "title": record.title,
        "date": f"{moment:%Y-%m-%d %H:%M}"
        if moment.hour or moment.minute
        else f"{moment:%Y-%m-%d}",
        "doc_number": str(record.doc_number or ""),
        "issuer": record.issuer if record.is_document else (),
        "doc_type": record.doc_type,
        "signed_on": record.signed_on.isoformat() if record.signed_on else "",
        "recipients": record.recipients,
        "disclosure": record.disclosure,
        "signer": record.signer,
        **values,
        "status": STATUS_LABELS[Status.DRAFT],
    }
    rows = sorted(specs(ArticleFields), key=lambda row: not row.required)
    return [(row.spec.label, found[row.key]) for row in rows if row.key in found]


def put(draft: Draft, content: Path) -> Path:
    """Write a draft and return its path; nothing is left behind where that fails.

    Raises:
        FileExistsError: there is such an article already.
        OSError: it cannot be written.

    """
    path = content / draft.path
    if path.exists():
        raise FileExistsError(EEXIST, "already there", str(path))
    files = [(content / name, data) for name, data in draft.pictures.items()]
    files.append((path, draft.text.encode()))
    written: list[Path] = []
    try:
        for target, data in files:
            target.parent.mkdir(parents=True, exist_ok=True)
            beside = target.with_name(f".{target.name}.new")
            written.append(beside)
            beside.write_bytes(data)
        for target, _ in files:
            is_new = not target.exists()
            target.with_name(f".{target.name}.new").replace(target)
            written += [target] if is_new else []
    except OSError:
        for leftover in written:
            leftover.unlink(missing_ok=True)
        raise
    return path
