"""The index of related articles is kept in parts, and comes out of the store as it went in."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from policysite.engine import kept_index
from policysite.engine.kept_index import find_index, sealed_parts
from policysite.engine.store import Damaged, Store, open_store
from policysite.relate.related import Entry
from policysite.relate.related_index import RelatedIndex, build_index, update_index
from policysite.relate.vectors import term_vector

WORDS = ("工资", "协商", "合同", "康复", "坡道", "瓦斯", "矿井", "候鸟")


def entry(number: int, words: Sequence[str] = ("工资",)) -> Entry:
    return Entry(f"d{number:03}", "p/x", "", term_vector({}, dict.fromkeys(words, 1)))


def arrays(index: RelatedIndex) -> list[NDArray[Any]]:
    return [*index.rows, index.near, index.scores]


def keep(store: Store, index: RelatedIndex, before: RelatedIndex | None) -> int:
    """Keep an index and return how many parts were written; what is read again is the same."""
    parts = sealed_parts(index, before)
    for name, part in parts.items():
        store.put_sealed(name, part)
    found = find_index(store)
    assert found is not None
    assert (found.size, found.entries) == (index.size, index.entries)
    for own, other in zip(arrays(found), arrays(index), strict=True):
        assert np.array_equal(own, other)
        assert own.dtype == other.dtype
    return len(parts)


def test_an_edit_writes_the_parts_that_hold_the_edited_documents(tmp_path: Path) -> None:
    store = open_store(tmp_path / "a.sqlite", b"")
    index = build_index([entry(n, WORDS[n % 5 : n % 5 + 3]) for n in range(999)], 3)
    everything = keep(store, index, None)
    later, _ = update_index(index, [entry(500, WORDS[4:])])
    assert keep(store, later, index) <= 3 < everything
    store.close()


def test_an_index_without_one_of_its_parts_is_refused(tmp_path: Path) -> None:
    store = open_store(tmp_path / "a.sqlite", b"")
    assert find_index(store) is None
    keep(store, build_index(map(entry, range(300)), 3), None)
    store.rows("DELETE FROM meta WHERE name LIKE '% rows 256'")
    with pytest.raises(Damaged):
        find_index(store)
    store.close()


STEPS = st.lists(
    st.tuples(
        st.dictionaries(st.integers(0, 11), st.lists(st.sampled_from(WORDS), max_size=4)),
        st.sets(st.integers(0, 11)),
    ),
    max_size=5,
)


@settings(max_examples=50, deadline=None)
@given(STEPS)
def test_any_sequence_of_updates_is_kept_whole(
    steps: list[tuple[dict[int, list[str]], set[int]]],
) -> None:
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory() as folder:
        patch.setattr(kept_index, "_TOGETHER", 3)
        store = open_store(Path(folder) / "a.sqlite", b"")
        index = build_index([], 2)
        keep(store, index, None)
        for changed, removed in steps:
            gone = {entry(number).id for number in removed}
            later, _ = update_index(index, [entry(*each) for each in changed.items()], gone)
            keep(store, later, index)
            index = later
        store.close()
