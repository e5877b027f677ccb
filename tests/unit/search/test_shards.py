"""Postings are packed into shards and come out again whatever they are."""

import random

import pytest
from hypothesis import given

from policysite.search import packing, shards
from policysite.search.terms import IN_TITLE, SIDES
from tests.unit.search import reading
from tests.unit.search.making import DOCUMENTS, Document, Packing, pack
from tests.unit.search.reading import Postings, read_shards


def read(found: Packing) -> Postings:
    return read_shards(found.shards, found.documents, found.seed, dict(found.tails))


def wanted(documents: list[Document]) -> Postings:
    """Return the postings; sides are told of rare terms only."""
    found: Postings = {}
    for place, document in enumerate(documents):
        for term, kind in document.items():
            found.setdefault(term, []).append((place, kind))
    for term, held in found.items():
        if len(held) * shards.RARE > len(documents):
            found[term] = [(place, kind & (1 << SIDES) - 1) for place, kind in held]
    return found


@pytest.mark.parametrize("target", [8, 4096])
@given(documents=DOCUMENTS)
def test_what_was_packed_is_read_again(target: int, documents: list[Document]) -> None:
    documents += [{}] * 20
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shards, "LEAST_TARGET", target)
        patch.setattr(packing, "AT_ONCE", target)
        found = pack(documents)
    assert read(found) == wanted(documents)


def small_heads(patch: pytest.MonkeyPatch) -> None:
    for module in (shards, reading):
        patch.setattr(module, "HEAD", 3)
        patch.setattr(module, "LONG", 4)
    patch.setattr(shards, "PARTED", 3)


@given(documents=DOCUMENTS)
def test_parted_terms_come_together_again(documents: list[Document]) -> None:
    documents *= 3
    with pytest.MonkeyPatch.context() as patch:
        small_heads(patch)
        assert read(pack(documents)) == wanted(documents)


def test_the_head_of_a_parted_term_has_short_titles_first_and_then_often_and_new(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    small_heads(monkeypatch)
    classes = [0, 1, IN_TITLE + 4, 0, 2, 1, 2, 0, IN_TITLE, 2, 0]
    found = pack([{7: kind} for kind in classes])
    [(term, _)] = found.tails
    assert term == 7
    whole = read(found)[7]
    [(_, held, head)] = reading.read_heads(found.shards, len(classes), found.seed)
    assert held == len(whole) == len(classes)
    assert head == [(2, IN_TITLE + 4), (4, 2), (8, IN_TITLE)]


@pytest.mark.parametrize(
    ("empty", "target"),
    [(0, shards.LEAST_TARGET), (shards.LEAST, shards.SMALL_TARGET), (shards.FEW, shards.TARGET)],
)
def test_shards_are_a_power_of_two_of_at_most_the_stated_size_on_average(
    empty: int, target: int
) -> None:
    documents: list[Document] = [
        dict.fromkeys(range(n, 2**32, 2**32 // 700), 0) for n in range(100)
    ]
    documents += [{}] * empty
    found = pack(documents).shards
    assert len(found).bit_count() == 1
    assert 0.45 * target < sum(map(len, found)) / len(found) < 1.25 * target


def test_a_term_that_most_documents_have_makes_no_shard_large() -> None:
    chance = random.Random(2)
    documents: list[Document] = [{9: 0} if chance.random() < 0.8 else {} for _ in range(20_000)]
    found = pack(documents)
    assert max(map(len, found.shards)) <= shards.PARTED < len(found.tails[0][1])
    assert read(found)[9] == [(n, 0) for n, held in enumerate(documents) if held]


def test_how_much_is_sorted_at_a_time_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    documents: list[Document] = [{term * (n + 1): n % 3 for term in range(200)} for n in range(40)]
    monkeypatch.setattr(shards, "LEAST_TARGET", 64)
    at_once = pack(documents)
    monkeypatch.setattr(packing, "AT_ONCE", 100)
    assert pack(documents) == at_once
