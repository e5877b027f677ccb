"""Files for machines: each article as JSON and Markdown, and the catalogue of policy documents.

Only what stands in lists is in them: nothing hidden, withdrawn, drafted or yet to be published.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from io import StringIO
from typing import Any

from policysite.outputs.library_index import write_index
from policysite.outputs.records import Catalogue, Record, with_text, write_record
from policysite.outputs.sources import write_source
from policysite.pages.article import Article
from policysite.pages.head import article_forms
from policysite.pages.library import library_documents
from policysite.pages.selection import DOCUMENT, part
from policysite.pages.site import Site

SCHEMA = "/data/schema.json"


def plan_open_data(site: Site) -> Iterator[tuple[str, str]]:
    """Yield file and text of everything machines may read."""
    for article in site.articles:
        yield from plan_forms(site, article)
    yield from plan_catalogue(site)


def plan_forms(site: Site, article: Article) -> Iterator[tuple[str, str]]:
    """Yield file and text of an article's forms for machines."""
    if not site.settings.open_data:
        return
    data, source = (form.url.removeprefix("/") for form in article_forms(article))
    yield data, _json(with_text(write_record(site, article), site, article))
    yield source, write_source(site, article)


def plan_catalogue(site: Site) -> Iterator[tuple[str, str]]:
    """Yield file and text of the lists of all policy documents, and of their schema."""
    # What the page of the library reads.
    yield "data/library.json", write_index(library_documents(site))
    if not site.settings.open_data:
        return
    records = [write_record(site, article) for article in part(site.articles, DOCUMENT)]
    catalogue = Catalogue(
        site=site.settings.name,
        url=site.settings.absolute("/"),
        data_schema=site.settings.absolute(SCHEMA),
        documents=tuple(records),
    )
    yield "data/documents.json", _json(catalogue)
    yield "data/documents.csv", write_table(records)
    yield SCHEMA.removeprefix("/"), write_schema(site.settings.absolute(SCHEMA))


def _json(value: Record | Catalogue) -> str:
    return json.dumps(_plain(value), ensure_ascii=False, indent=1) + "\n"


def _plain(value: Any) -> Any:
    """Return what JSON can say of a value: of a part all that is not as when nothing is said."""
    if is_dataclass(value):
        said = ((each, getattr(value, each.name)) for each in fields(value))
        return {each.name: _plain(found) for each, found in said if found != each.default}
    if isinstance(value, tuple):
        return list(map(_plain, value))
    return value.isoformat() if isinstance(value, date) else value


def write_schema(url: str) -> str:
    """Return the JSON Schema of the catalogue; one article's data is its `$defs/Record`."""
    from pydantic import TypeAdapter

    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": url}
    schema |= TypeAdapter(Catalogue).json_schema(mode="serialization")
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


_COLUMNS = (
    "doc_number", "title", "issuer", "doc_type", "subject", "index_number", "signed_on", "date",
    "effective_on", "expires_on", "validity", "disclosure", "relations", "url",
)  # fmt: skip


def write_table(records: Sequence[Record]) -> str:
    """Return the catalogue as CSV that opens in Excel: with a byte order mark, lines end in CRLF."""
    text = StringIO()
    writer = csv.writer(text)
    described = {each.name: each.metadata["description"] for each in fields(Record)}
    writer.writerow(map(described.__getitem__, _COLUMNS))
    writer.writerows([inert(_cell(record, key)) for key in _COLUMNS] for record in records)
    return "\ufeff" + text.getvalue()


def _cell(record: Record, key: str) -> str:
    match key:
        case "validity":
            return record.validity.label if record.validity else ""
        case "date":
            return f"{record.date:%Y-%m-%d}"
        case "relations":
            return "；".join(f"{r.label}：{r.doc_number or r.title}" for r in record.relations)
    value = getattr(record, key)
    return "、".join(value) if isinstance(value, tuple) else str(value or "")


def inert(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula (OWASP, CSV Injection).

    >>> inert("=1+1"), inert("示总工发〔2026〕12号")
    ("'=1+1", '示总工发〔2026〕12号')
    """
    return f"'{text}" if _FORMULA.match(text) else text


# Some spreadsheets make the full-width signs half-width first.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
