"""What lists of results show and filters ask for, packed by segment.

`r0….bin`, `r1….bin` and so on are rows of 256 blocks, each of as many bytes as the manifest says for
it; readers ask for the bytes of the blocks that they need. A block holds the records of 4
documents, or of 16 where there are many:

    4 bytes   checksum (checked.py)
    2 bytes   how many bytes the titles have, high byte first
    titles    divided by line feeds, in UTF-16 (low byte first): a third shorter than in UTF-8
    the rest  in UTF-8, a line for each document, its parts divided by tabs:
              slug (or the whole address, which begins with /), day, column, issuers, kind, number

`facets….json` has for each document its day, column, issuers and kind, and whether it is a 公文. Days
count from 1970-01-01, in hexadecimal; names are places in the tables of the manifest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from policysite.search.checked import checked, checked_json
from policysite.search.entries import Entry

SMALL_BLOCK, LARGE_BLOCK, MANY = 4, 16, 20_000
UNIT = 32
"""Blocks are filled up to so many bytes, so that one character can tell the length of each."""
_FIRST_CHARACTER = 0x30
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Tables:
    """The names that the documents of a segment use, each once."""

    columns: tuple[str, ...]
    issuers: tuple[str, ...]
    kinds: tuple[str, ...]
    agencies: tuple[str, ...]

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> Tables:
        """Return the names that `entries` use, in the order of their code points."""
        return cls(
            tuple(sorted({entry.column for entry in entries})),
            tuple(sorted({issuer for entry in entries for issuer in entry.issuers})),
            tuple(sorted({entry.kind for entry in entries if entry.kind})),
            tuple(sorted({entry.number.agency for entry in entries if entry.number})),
        )


def block_size(documents: int) -> int:
    """Return how many documents a block holds: the manifest has a character for each block."""
    return SMALL_BLOCK if documents <= MANY else LARGE_BLOCK


def pack_block(entries: Sequence[Entry], tables: Tables, seed: bytes, number: int) -> bytes:
    """Return the block of a number; `entries` are those in it."""
    block = _block(entries, tables)
    return checked(block + b" " * (-(len(block) + 4) % UNIT), seed, number)


def lengths_of(blocks: Iterable[bytes]) -> str:
    """Return the lengths of blocks as the manifest tells them.

    The length of each is a character: U+0030 and as many further as the block has units.
    """
    return "".join(chr(_FIRST_CHARACTER + len(block) // UNIT) for block in blocks)


def cut_blocks(data: bytes, lengths: str) -> Iterator[bytes]:
    """Yield the blocks that were put in a row."""
    start = 0
    for character in lengths:
        end = start + (ord(character) - _FIRST_CHARACTER) * UNIT
        yield data[start:end]
        start = end


def _block(entries: Sequence[Entry], tables: Tables) -> bytes:
    titles = "\n".join(entry.title for entry in entries).encode("utf-16-le", "replace")
    rest = "\n".join("\t".join(_parts(entry, tables)) for entry in entries)
    return len(titles).to_bytes(2, "big") + titles + rest.encode() + b"\n"


def _parts(entry: Entry, tables: Tables) -> Iterator[str]:
    year, slug = f"/{entry.day.year}/", entry.url.removesuffix(".html")
    plain = slug.startswith(year) and slug != entry.url
    yield slug.removeprefix(year) if plain else entry.url
    yield f"{_days(entry.day):x}"
    yield str(tables.columns.index(entry.column))
    yield ",".join(str(tables.issuers.index(issuer)) for issuer in entry.issuers)
    yield str(tables.kinds.index(entry.kind)) if entry.kind else ""
    if number := entry.number:
        yield f"{tables.agencies.index(number.agency)},{number.year},{number.number}"
    else:
        yield ""


def pack_facets(entries: Sequence[Entry], tables: Tables, seed: bytes) -> bytes:
    """Return facets.json."""
    facets = {
        "day": [f"{_days(entry.day):x}" for entry in entries],
        "column": [tables.columns.index(entry.column) for entry in entries],
        "issuer": [[tables.issuers.index(name) for name in entry.issuers] for entry in entries],
        "kind": [tables.kinds.index(e.kind) if e.kind else -1 for e in entries],
        "document": [int(entry.is_document) for entry in entries],
    }
    return checked_json(facets, seed)


def _days(day: date) -> int:
    return day.toordinal() - _EPOCH
