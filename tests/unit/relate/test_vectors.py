"""Term vectors, their byte form and the weights of terms."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policysite.relate.vectors import UNIT, TermStatistics, TermVector, holders, term_vector

COUNTS = st.dictionaries(st.text(min_size=1, max_size=3), st.integers(1, 10**6), max_size=80)


def vector(*words: str) -> TermVector:
    return term_vector({}, dict.fromkeys(words, 1))


@given(COUNTS)
def test_the_order_of_words_does_not_matter(counts: dict[str, int]) -> None:
    assert term_vector({}, counts) == term_vector({}, dict(reversed(counts.items())))


def test_a_vector_is_its_terms_and_then_their_weights() -> None:
    # The CRC-32 of 工会 is 0xD958F533, a term its lowest 20 bits; 16 sixteenths, doubled.
    assert term_vector({"工会": 1}, {}) == b"\x33\xf5\x08\x00" + b"\x20"


def terms_of(vector: TermVector) -> list[int]:
    terms: list[int] = np.frombuffer(vector[: len(vector) // 5 * 4], "<u4").tolist()
    return terms


def test_a_word_said_often_weighs_more_but_less_than_in_proportion() -> None:
    once, often = (term_vector({}, {"工会": count})[-1] for count in (1, 100))
    assert once < often < 10 * once


def test_a_word_of_the_heading_weighs_double() -> None:
    assert term_vector({"工会": 1}, {"工会": 2})[-1] == 2 * term_vector({}, {"工会": 3})[-1]


def test_of_many_terms_equally_heavy_the_first_make_the_row() -> None:
    body = vector(*(f"词{number}" for number in range(200)))
    terms, _ = TermStatistics.of([body, vector("别的"), vector("其他")]).weigh(body)
    assert terms.tolist() == terms_of(body)[:64]


def test_heavy_terms_make_the_row_before_light_ones() -> None:
    heavy = [f"重{number}" for number in range(64)]
    body = term_vector(dict.fromkeys(heavy, 9), dict.fromkeys((f"轻{n}" for n in range(99)), 1))
    terms, _ = TermStatistics.of([body, vector("别的"), vector("其他")]).weigh(body)
    assert terms.tolist() == terms_of(vector(*heavy))


def test_rows_have_one_length() -> None:
    vectors = [vector("工资", "协商"), vector("工资", "合同", "期限"), vector("候鸟")]
    statistics = TermStatistics.of(vectors)
    for _, values in map(statistics.weigh, vectors):
        assert np.sqrt(np.sum(values**2)) == pytest.approx(UNIT, rel=1e-3)


def test_a_rare_term_weighs_more_than_a_common_one() -> None:
    vectors = [vector("工会"), vector("工会"), vector("工会", "候鸟"), vector("工会")]
    terms, _ = TermStatistics.of(vectors).weigh(vectors[2])
    assert terms.tolist() == terms_of(vector("候鸟"))


def test_statistics_changed_equal_statistics_counted_anew() -> None:
    old, new = [vector("工资"), vector("工资", "协商")], [vector("合同", "协商"), vector("工资")]
    changed = TermStatistics.of(old).changed([old[1]], [new[0]])
    anew = TermStatistics.of([old[0], new[0]])
    assert np.array_equal(changed.frequency, anew.frequency)
    assert changed.total == anew.total


def test_holders_are_the_vectors_with_any_of_the_terms() -> None:
    vectors = [vector(), vector("工资"), vector("合同", "工资"), vector("候鸟"), vector("合同")]
    terms = np.array(terms_of(vector("工资", "候鸟")))
    assert holders(vectors, terms) == [1, 2, 3]
    assert holders(vectors, terms[:0]) == []
    assert holders([], terms) == []
