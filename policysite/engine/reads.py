"""Which job looked at which facts: asked for by the fact, replaced by the job."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from zlib import DEFLATED, compressobj, decompress

from policysite.engine.store import Store, seal_bytes, unseal_bytes


def pack(facts: Iterable[str]) -> bytes:
    """Return facts as a few bytes; they are names, so they have no line breaks."""
    # To clear the memory that a compressor has by default takes five times as long as its work.
    compressor = compressobj(1, DEFLATED, wbits=10, memLevel=4)
    packed = compressor.compress("\n".join(sorted(facts)).encode())
    return seal_bytes(packed + compressor.flush())


def _unpack(facts: bytes) -> list[str]:
    return decompress(unseal_bytes(facts)).decode().split("\n")


def readers_of(store: Store, facts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield facts with the jobs that looked at them."""
    return store.rows_of("SELECT fact, job FROM read WHERE fact IN", facts)


def known_jobs(store: Store) -> set[str]:
    """Return all jobs that were ever done and are not gone."""
    return {name for (name,) in store.rows("SELECT name FROM job")}


def keep_reads(store: Store, done: Mapping[str, bytes], gone: Iterable[str]) -> None:
    """Keep what jobs looked at, packed, and forget those that are gone.

    The caller holds the transaction.
    """
    over = [*done, *gone]
    store.write("DELETE FROM read WHERE fact = ? AND job = ?", _kept(store, over))
    store.write("DELETE FROM job WHERE name = ?", ((job,) for job in over))
    store.write("INSERT INTO job VALUES (?, ?)", sorted(done.items()))
    _add(store, done.items())


def restore_readers(store: Store) -> None:
    """Find anew who looked at what, from what each job looked at; the caller holds the transaction."""
    store.rows("DELETE FROM read")
    _add(store, store.rows("SELECT name, facts FROM job"))


def _add(store: Store, jobs: Iterable[tuple[str, bytes]]) -> None:
    # SQLite puts them in order with little memory, see `Store.write`.
    store.rows("CREATE TEMP TABLE IF NOT EXISTS looked (fact TEXT, job TEXT)")
    # Pair by pair takes twice as long as to let SQLite take a list apart.
    rows = ((job, json.dumps(_unpack(facts))) for job, facts in jobs)
    store.write("INSERT INTO looked SELECT value, ? FROM json_each(?)", rows)
    store.rows("INSERT INTO read SELECT fact, job FROM looked ORDER BY fact, job")
    store.rows("DELETE FROM looked")


def _kept(store: Store, jobs: Iterable[str]) -> Iterator[tuple[str, str]]:
    for job, facts in store.rows_of("SELECT name, facts FROM job WHERE name IN", jobs):
        yield from ((fact, job) for fact in _unpack(facts))
