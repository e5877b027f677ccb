"""What is kept of a document: its terms, and how it has them."""

from policysite.model.values import DocNumber
from policysite.search.terms import IN_TITLE, SIDES, document_terms, title_initials, unpack_terms
from policysite.search.tokens import marked_term

TITLE = "工会经费管理办法"


def classes(*values: object, **named: object) -> dict[int, int]:
    hashes, found = unpack_terms(document_terms(*values, **named))  # type: ignore[arg-type]
    return dict(zip(hashes.tolist(), found.tolist(), strict=True))


def test_a_term_that_comes_more_often_has_a_higher_class() -> None:
    found = classes("", "慰问。" + "帮扶。" * 2 + "救助。" * 5)
    assert [found[marked_term(word)] & 15 for word in ("慰问", "帮扶", "救助")] == [0, 1, 2]


def test_a_term_that_comes_once_has_its_sides() -> None:
    found = [
        classes("", text)[marked_term("津贴")] for text in ("高温津贴费", "生育津贴", "津贴。津贴")
    ]
    assert found[0] >> SIDES != found[1] >> SIDES
    assert found[2] == 1
    assert classes("津贴", "高温津贴费")[marked_term("津贴")] == IN_TITLE


def test_a_term_of_the_title_ranks_above_any_text_and_higher_in_a_short_title() -> None:
    text = "工会。" * 50
    short, long = (classes(title, text)[marked_term("工会")] for title in ("工会法", TITLE))
    assert 2 < short < long


def test_a_document_number_is_a_term_and_its_printed_form_is_text() -> None:
    found = classes(TITLE, "", DocNumber("示总工发", 2026, 12))
    assert {marked_term("#2026-12"), marked_term("总工"), marked_term("2026")} <= found.keys()


def test_a_synonym_is_a_term_where_the_text_has_it_as_it_stands() -> None:
    forms = ("职代会", "职工代表大会")
    found = classes("", "召开职工代表大会。", synonyms=forms)
    assert marked_term("≈职工代表大会") in found
    assert marked_term("≈职代会") not in found


def test_initials_of_a_title_are_terms() -> None:
    assert title_initials("职工代表大会（2026年）") == "zgdbdhn"
    assert marked_term("'ghj") in classes(TITLE, "")


def test_an_empty_document_has_no_terms() -> None:
    assert document_terms("", "") == b""


def test_the_terms_depend_on_nothing_but_the_document() -> None:
    assert document_terms(TITLE, "经费。") == document_terms(TITLE, "经费。")
    hashes, _ = unpack_terms(document_terms(TITLE, "经费。"))
    assert sorted(hashes.tolist()) == hashes.tolist()
