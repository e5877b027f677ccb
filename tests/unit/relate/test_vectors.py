"""Term vectors, their byte form and the weights of terms."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policysite.relate.vectors import UNIT, TermStatistics, TermVector, holders, term_vector

COUNTS = st.dictionaries(st.text(min_size=1, max_size=3), st.integers(1, 10**6), max_size=80)


def vector(*words: str) -> TermVector:
    return term_vector({}, dict.fromkeys(words, 1))


@given(COUNTS, COUNTS)
def test_a_vector_survives_its_byte_form(heading: dict[str, int], body: dict[str, int]) -> None:
    made = term_vector(heading, body)
    assert TermVector.from_bytes(made.to_bytes()) == made


@given(COUNTS)
def test_the_order_of_words_does_not_matter(counts: dict[str, int]) -> None:
    assert term_vector({}, counts) == term_vector({}, dict(reversed(counts.items())))


def test_byte_form_is_format_then_terms_then_weights() -> None:
    # The CRC-32 of 工会 is 0xD958F533, a term its lowest 20 bits; 16 sixteenths, doubled.
    assert term_vector({"工会": 1}, {}).to_bytes() == b"\x01" + b"\x33\xf5\x08\x00" + b"\x20"


@pytest.mark.parametrize("data", [b"", b"\x02", b"\x01abc", b"\x01" + bytes(9)], ids=repr)
def test_bytes_of_another_format_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="not a term vector"):
        TermVector.from_bytes(data)


def test_a_word_said_often_weighs_more_but_less_than_in_proportion() -> None:
    once, often = (term_vector({}, {"工会": count}).weights[0] for count in (1, 100))
    assert once < often < 10 * once


def test_a_word_of_the_heading_weighs_double() -> None:
    assert (
        term_vector({"工会": 1}, {"工会": 2}).weights[0]
        == 2 * term_vector({}, {"工会": 3}).weights[0]
    )


def test_of_many_terms_equally_heavy_the_first_make_the_row() -> None:
    body = vector(*(f"词{number}" for number in range(200)))
    row = TermStatistics.of([body, vector("别的"), vector("其他")]).weigh(body)
    assert row.terms.tolist() == np.frombuffer(body.terms, "<u4")[:64].tolist()


def test_heavy_terms_make_the_row_before_light_ones() -> None:
    heavy = [f"重{number}" for number in range(64)]
    body = term_vector(dict.fromkeys(heavy, 9), dict.fromkeys((f"轻{n}" for n in range(99)), 1))
    row = TermStatistics.of([body, vector("别的"), vector("其他")]).weigh(body)
    assert row.terms.tolist() == np.frombuffer(vector(*heavy).terms, "<u4").tolist()


def test_rows_have_one_length() -> None:
    vectors = [vector("工资", "协商"), vector("工资", "合同", "期限"), vector("候鸟")]
    statistics = TermStatistics.of(vectors)
    for row in map(statistics.weigh, vectors):
        assert np.sqrt(np.sum(row.values**2)) == pytest.approx(UNIT, rel=1e-3)


def test_a_rare_term_weighs_more_than_a_common_one() -> None:
    vectors = [vector("工会"), vector("工会"), vector("工会", "候鸟"), vector("工会")]
    row = TermStatistics.of(vectors).weigh(vectors[2])
    assert row.terms.tolist() == np.frombuffer(vector("候鸟").terms, "<u4").tolist()


def test_statistics_changed_equal_statistics_counted_anew() -> None:
    old, new = [vector("工资"), vector("工资", "协商")], [vector("合同", "协商"), vector("工资")]
    changed = TermStatistics.of(old).changed([old[1]], [new[0]])
    anew = TermStatistics.of([old[0], new[0]])
    assert np.array_equal(changed.frequency, anew.frequency)
    assert changed.total == anew.total


def test_holders_are_the_vectors_with_any_of_the_terms() -> None:
    vectors = [vector(), vector("工资"), vector("合同", "工资"), vector("候鸟"), vector("合同")]
    terms = np.frombuffer(vector("工资", "候鸟").terms, "<u4").astype(np.int64)
    assert holders(vectors, terms) == [1, 2, 3]
    assert holders(vectors, terms[:0]) == []
    assert holders([], terms) == []
