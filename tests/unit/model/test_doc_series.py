"""The next number of a series, and who issues documents."""

from policysite.model.doc_series import issuers, next_numbers
from policysite.model.manuscript import Article
from tests.unit.making import make_manuscript


def document(number: str, *issuer: str) -> Article:
    lines = [f"发文字号: {number}", "发文机关:", *(f"  - {name}" for name in issuer or ("省总",))]
    return make_manuscript(*lines)


def proposed(*articles: Article, issuer: str = "省总", year: int = 2026) -> list[str]:
    return [str(number) for number in next_numbers(articles, issuer, year)]


def test_the_next_number_follows_the_highest_not_the_last_written() -> None:
    found = proposed(document("示总工发〔2026〕12号"), document("示总工发〔2026〕9号"))
    assert found == ["示总工发〔2026〕13号"]


def test_every_year_begins_with_one() -> None:
    assert proposed(document("示总工发〔2025〕40号")) == ["示总工发〔2026〕1号"]


def test_each_agency_code_is_a_series_of_its_own_and_the_most_used_comes_first() -> None:
    articles = [
        document("示总工办发〔2026〕25号"),
        document("示总工发〔2026〕3号"),
        document("示总工发〔2026〕4号"),
    ]
    assert proposed(*articles) == ["示总工发〔2026〕5号", "示总工办发〔2026〕26号"]


def test_a_joint_document_belongs_to_the_series_of_the_first_issuer() -> None:
    joint = document("示人社发〔2026〕31号", "省人社厅", "省总")
    assert proposed(joint) == []
    assert proposed(joint, issuer="省人社厅") == ["示人社发〔2026〕32号"]


def test_a_number_that_another_issuer_used_up_is_not_proposed_again() -> None:
    articles = [document("示总工发〔2026〕3号"), document("示总工发〔2026〕8号", "省总办公室")]
    assert proposed(*articles) == ["示总工发〔2026〕9号"]


def test_issuers_of_the_column_come_first_then_the_frequent_ones() -> None:
    article = document("示总工发〔2026〕3号", "省总", "省人社厅")
    elsewhere = document("示总工审〔2026〕3号", "经审会")
    assert issuers([article, elsewhere], "notices")[0] in ("省总", "经审会")
    assert issuers([article, elsewhere, article], "notices") == ["省总", "经审会", "省人社厅"]
    assert issuers([article, article, elsewhere], "policies")[0] == "省人社厅"
