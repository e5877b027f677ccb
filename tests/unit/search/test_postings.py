"""Postings are packed and come out again whatever they are."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policysite.search import postings
from policysite.search.postings import Packed, pack_postings
from policysite.search.terms import IN_TITLE, SIDES
from tests.unit.search import reading
from tests.unit.search.reading import Postings, read_shards

CLASSES = st.integers(0, 8) | st.integers(0, 15).map(lambda sides: sides << SIDES)
DOCUMENTS = st.lists(
    st.dictionaries(st.integers(0, 2**32 - 1) | st.integers(0, 40), CLASSES, max_size=30),
    min_size=1,
    max_size=12,
)
SEED = b"seed"


def packed(document: dict[int, int]) -> bytes:
    terms = sorted(document)
    return np.array(terms, "<u4").tobytes() + bytes(document[term] for term in terms)


def read(found: Packed, documents: int) -> Postings:
    return read_shards(found.shards, documents, SEED, dict(found.tails))


def wanted(documents: list[dict[int, int]]) -> Postings:
    """Return the postings; sides are told of rare terms only."""
    found: Postings = {}
    for place, document in enumerate(documents):
        for term, kind in document.items():
            found.setdefault(term, []).append((place, kind))
    for term, held in found.items():
        if len(held) * postings.RARE > len(documents):
            found[term] = [(place, kind & (1 << SIDES) - 1) for place, kind in held]
    return found


@pytest.mark.parametrize("target", [8, 4096])
@given(documents=DOCUMENTS)
def test_what_was_packed_is_read_again(target: int, documents: list[dict[int, int]]) -> None:
    documents += [{}] * 20
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "SMALL_TARGET", target)
        patch.setattr(postings, "AT_ONCE", target)
        found = pack_postings([packed(document) for document in documents], SEED)
    assert read(found, len(documents)) == wanted(documents)


def small_heads(patch: pytest.MonkeyPatch) -> None:
    for module in (postings, reading):
        patch.setattr(module, "HEAD", 3)
        patch.setattr(module, "LONG", 4)
    patch.setattr(postings, "PARTED", 3)


@given(documents=DOCUMENTS)
def test_parted_terms_come_together_again(documents: list[dict[int, int]]) -> None:
    documents *= 3
    with pytest.MonkeyPatch.context() as patch:
        small_heads(patch)
        found = pack_postings([packed(document) for document in documents], SEED)
        assert read(found, len(documents)) == wanted(documents)


def test_the_head_of_a_parted_term_has_short_titles_first_and_then_often_and_new(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    small_heads(monkeypatch)
    classes = [0, 1, IN_TITLE + 4, 0, 2, 1, 2, 0, IN_TITLE, 2, 0]
    found = pack_postings([packed({7: kind}) for kind in classes], SEED)
    [(term, _)] = found.tails
    assert term == 7
    whole = read(found, len(classes))[7]
    [(_, held, head)] = reading.read_heads(found.shards, len(classes), SEED)
    assert held == len(whole) == len(classes)
    assert head == [(2, IN_TITLE + 4), (4, 2), (8, IN_TITLE)]


@pytest.mark.parametrize(
    ("empty", "target"), [(0, postings.SMALL_TARGET), (postings.FEW, postings.TARGET)]
)
def test_shards_are_a_power_of_two_of_at_most_the_stated_size_on_average(
    empty: int, target: int
) -> None:
    documents = [dict.fromkeys(range(n, 2**32, 2**32 // 700), 0) for n in range(100)]
    documents += [{}] * empty
    shards = pack_postings([packed(document) for document in documents], SEED).shards
    assert len(shards).bit_count() == 1
    assert 0.45 * target < sum(map(len, shards)) / len(shards) < 1.25 * target


def test_a_term_that_most_documents_have_makes_no_shard_large() -> None:
    chance = random.Random(2)
    count = 20_000
    documents = [packed({9: 0} if chance.random() < 0.8 else {}) for _ in range(count)]
    found = pack_postings(documents, SEED)
    assert max(map(len, found.shards)) <= postings.PARTED < len(found.tails[0][1])
    assert read(found, count)[9] == [(n, 0) for n, held in enumerate(documents) if held]


def test_how_much_is_sorted_at_a_time_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [packed({term * (n + 1): n % 3 for term in range(200)}) for n in range(40)]
    monkeypatch.setattr(postings, "SMALL_TARGET", 64)
    at_once = pack_postings(documents, SEED)
    monkeypatch.setattr(postings, "AT_ONCE", 100)
    assert pack_postings(documents, SEED) == at_once
