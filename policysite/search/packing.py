"""Packs a segment, and of an edited one few files anew.

An edit of an article exchanges the shards of the terms that it gained or lost, and the records with
its title. Everything else keeps its name. Whatever way the files came about, they are those that
packing from nothing gives.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any, NamedTuple

import numpy as np

from policysite.search.bits import Numbers
from policysite.search.checked import name_of
from policysite.search.common import Common
from policysite.search.entries import FORMAT, Entry, Listed
from policysite.search.kept import Kept
from policysite.search.packed import Segment, Shard, digest_of, parts_of
from policysite.search.postings import Change, Postings, differences, gather, terms_of
from policysite.search.records import (
    Tables,
    block_size,
    cut_blocks,
    lengths_of,
    pack_block,
    pack_facets,
)
from policysite.search.shards import sample, sample_size, shard_bits, write_shards
from policysite.search.terms import unpack_terms
from policysite.search.tokens import distinct

RECORD_BLOCKS = 256
"""Blocks of records in a file."""
AT_ONCE = 1_000_000
"""Postings that are sorted at a time, which bounds the memory that packing takes."""
MOST_PARTS = 4
"""Bits of a hash that part the postings: each part asks every document again."""
MOST_EDITS = 64
"""Edited articles beyond which packing from nothing is quicker."""


class _Edit(NamedTuple):
    """An entry that takes the place of another one of the same article."""

    place: int
    before: Entry
    after: Entry


def pack_segment(entries: Sequence[Listed], kept: Kept) -> Segment:
    """Pack entries, newest first; what was kept of the same articles is made use of."""
    name = _name(entries)
    before = _kept_segment(name, kept)
    segment = before and _revised(before, entries, kept)
    if segment is None:
        segment = _packed(name, [entry.read() for entry in entries], kept)
        segment = replace(segment, digests=tuple(entry.digest for entry in entries))
    kept.hold(segment.rows())
    if segment is not before:
        kept.put(segment.row("segment"), pickle.dumps(segment))
    return segment


def _name(entries: Sequence[Listed]) -> str:
    urls = "\n".join([str(FORMAT), *(entry.url for entry in entries)])
    return sha256(urls.encode()).hexdigest()[:12]


def _kept_segment(name: str, kept: Kept) -> Segment | None:
    value = kept.find(f"segment {name} 0")
    segment: Segment | None = pickle.loads(value) if value else None  # noqa: S301 -- our own
    return segment


# --- from nothing ---


def _packed(name: str, entries: Sequence[Entry], kept: Kept) -> Segment:
    tables = Tables.of(entries)
    unpacked = [unpack_terms(entry.terms) for entry in entries]
    size = sample(unpacked)
    bits = shard_bits(size, len(entries))
    segment = Segment(name, (b"",) * len(entries), tables, bits, size, *_NO_FILES)
    total = sum(hashes.size for hashes, _ in unpacked)
    parts = min(bits, MOST_PARTS, (total // AT_ONCE).bit_length())
    shards: list[Shard] = []
    common = []
    for part in range(1 << parts):
        postings = gather(unpacked, part, parts)
        numbers = np.arange(part << bits - parts, (part + 1) << bits - parts)
        common.append(Common.of(postings, len(entries)))
        shards += _keep_shards(segment, postings, numbers, kept)
    seed = name.encode()
    blocks = [
        pack_block(entries[start : start + block_size(len(entries))], tables, seed, number)
        for number, start in enumerate(range(0, len(entries), block_size(len(entries))))
    ]
    facets = pack_facets(entries, tables, seed)
    kept.put(segment.row("facets"), pickle.dumps({"facets": facets}))
    return replace(
        segment,
        common=Common.join(common),
        shards=tuple(shards),
        blocks=lengths_of(blocks),
        records=tuple(
            _keep_records(segment, number, blocks[start : start + RECORD_BLOCKS], kept)
            for number, start in enumerate(range(0, len(blocks), RECORD_BLOCKS))
        ),
        facets=digest_of(facets),
    )


_NO_FILES: Any = (None, (), "", (), b"")


def _keep_shards(
    segment: Segment, postings: Postings, numbers: Numbers, kept: Kept
) -> Iterator[Shard]:
    """Yield what is to be known of the shards of some numbers; keep them and their postings."""
    documents = len(segment.digests)
    shards = write_shards(postings, numbers, segment.bits, documents, segment.name.encode())
    borders = np.append(numbers << 32 - segment.bits, 1 << 32)
    for shard, own in zip(shards, postings.divide(borders), strict=True):
        tails = {f"t{term:08x}.{name_of(data)}.bin": data for term, data in shard.tails}
        parts = {"shard": shard.data, "postings": own.to_bytes(documents), **tails}
        kept.put(segment.row("shard", shard.number), pickle.dumps(parts))
        yield Shard(digest_of(shard.data), tuple((n, digest_of(d)) for n, d in tails.items()))


def _keep_records(segment: Segment, number: int, blocks: Sequence[bytes], kept: Kept) -> bytes:
    data = b"".join(blocks)
    kept.put(segment.row("records", number), pickle.dumps({"records": data}))
    return digest_of(data)


# --- after an edit ---


def _revised(segment: Segment, entries: Sequence[Listed], kept: Kept) -> Segment | None:
    """Return the segment with other entries of the same articles; None if all is to be packed."""
    digests = tuple(entry.digest for entry in entries)
    if digests == segment.digests:
        return segment
    edits = _edits(segment, entries, digests)
    revised = edits and _with_terms(segment, edits, kept)
    if not edits or not revised:
        return None
    return replace(_with_records(revised, edits, entries, kept), digests=digests)


def _edits(
    segment: Segment, entries: Sequence[Listed], digests: Sequence[bytes]
) -> list[_Edit] | None:
    """Return what was edited; None if it is much, or of what filters ask for."""
    both = enumerate(zip(segment.digests, digests, strict=True))
    places = [place for place, (old, new) in both if old != new]
    if len(places) > MOST_EDITS:
        return None
    edits = []
    for place in places:
        before, after = entries[place].before(segment.digests[place]), entries[place].read()
        if before is None or before.facets != after.facets:
            return None
        edits.append(_Edit(place, before, after))
    return edits


def _with_terms(segment: Segment, edits: Sequence[_Edit], kept: Kept) -> Segment | None:
    """Return the segment with the terms of edited entries; None if it has another number of shards."""
    documents, bits = len(segment.digests), segment.bits
    changes = [Change(edit.place, edit.before.terms, edit.after.terms) for edit in edits]
    gone, came, kinds = differences(changes)
    numbers = distinct(terms_of(np.concatenate([gone, came])) >> 32 - bits)
    if not numbers.size:
        return segment
    before = Postings.join([
        Postings.from_bytes(parts_of(kept, segment.row("shard", number))["postings"], documents)
        for number in numbers.tolist()
    ])  # fmt: skip
    after = before.exchange(gone, came, kinds)
    size = segment.size + _sample_size(after, documents) - _sample_size(before, documents)
    if shard_bits(size, documents) != bits:
        return None
    shards = list(segment.shards)
    revised = _keep_shards(segment, after, numbers, kept)
    for number, shard in zip(numbers.tolist(), revised, strict=True):
        shards[number] = shard
    common = [segment.common.outside(numbers, bits), Common.of(after, documents)]
    return replace(segment, size=size, shards=tuple(shards), common=Common.join(common))


def _sample_size(postings: Postings, documents: int) -> int:
    return sample_size(postings.terms, postings.counts, documents)


def _with_records(
    segment: Segment, edits: Sequence[_Edit], entries: Sequence[Listed], kept: Kept
) -> Segment:
    """Return the segment with the blocks in which edited entries are shown."""
    size = block_size(len(entries))
    stale = {e.place // size for e in edits if e.before.shown != e.after.shown}
    for block in sorted(stale):
        segment = _with_block(segment, block, entries[block * size : (block + 1) * size], kept)
    return segment


def _with_block(segment: Segment, block: int, entries: Sequence[Listed], kept: Kept) -> Segment:
    number, place = divmod(block, RECORD_BLOCKS)
    start = number * RECORD_BLOCKS
    data = parts_of(kept, segment.row("records", number))["records"]
    blocks = list(cut_blocks(data, segment.blocks[start : start + RECORD_BLOCKS]))
    own = [entry.read() for entry in entries]
    blocks[place] = pack_block(own, segment.tables, segment.name.encode(), block)
    records = list(segment.records)
    records[number] = _keep_records(segment, number, blocks, kept)
    lengths = segment.blocks[:start] + lengths_of(blocks) + segment.blocks[start + RECORD_BLOCKS :]
    return replace(segment, blocks=lengths, records=tuple(records))
