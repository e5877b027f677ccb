"""Postings are packed and come out again whatever they are."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policysite.search import postings
from policysite.search.postings import pack_postings
from tests.unit.search.reading import read_shards

DOCUMENTS = st.lists(
    st.dictionaries(st.integers(0, 2**32 - 1) | st.integers(0, 40), st.integers(0, 8), max_size=30),
    min_size=1,
    max_size=12,
)
SEED = b"seed"


def packed(document: dict[int, int]) -> bytes:
    terms = sorted(document)
    return np.array(terms, "<u4").tobytes() + bytes(document[term] for term in terms)


@pytest.mark.parametrize("target", [8, 4096])
@given(documents=DOCUMENTS)
def test_what_was_packed_is_read_again(target: int, documents: list[dict[int, int]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "TARGET", target)
        patch.setattr(postings, "AT_ONCE", target)
        shards = pack_postings([packed(document) for document in documents], SEED).shards
    wanted: dict[int, list[tuple[int, int]]] = {}
    for place, document in enumerate(documents):
        for term, kind in document.items():
            wanted.setdefault(term, []).append((place, kind))
    assert read_shards(shards, len(documents), SEED) == wanted


def test_shards_are_a_power_of_two_of_at_most_the_stated_size_on_average() -> None:
    documents = [dict.fromkeys(range(n, 2**32, 2**32 // 700), 0) for n in range(100)]
    shards = pack_postings([packed(document) for document in documents], SEED).shards
    assert len(shards).bit_count() == 1
    assert sum(map(len, shards)) / len(shards) < 1.25 * postings.TARGET


def test_how_much_is_sorted_at_a_time_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [packed({term * (n + 1): n % 3 for term in range(200)}) for n in range(40)]
    monkeypatch.setattr(postings, "TARGET", 64)
    at_once = pack_postings(documents, SEED)
    monkeypatch.setattr(postings, "AT_ONCE", 100)
    assert pack_postings(documents, SEED) == at_once
