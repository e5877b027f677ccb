"""What the settings add to a policy document."""

from policysite.model.fields import ArticleFields
from policysite.model.manuscript import Article
from policysite.pages.defaults import fill_in, index_clashes
from tests.unit.making import SETTINGS, make_manuscript

RULES = SETTINGS.model_copy(
    update={
        "default_issuer": "示例省总工会",
        "default_disclosure": "主动公开",
        "index_rule": "SZGH/{year}-{number:05}",
    }
)


def document(*lines: str, slug: str = "welfare", number: str = "示总工发〔2026〕12号") -> Article:
    return make_manuscript(f"发文字号: {number}", *lines, slug=slug)


def filled(*lines: str) -> ArticleFields:
    fields = fill_in(document(*lines), RULES).fields
    assert isinstance(fields, ArticleFields)
    return fields


def test_a_document_gets_what_it_does_not_say() -> None:
    fields = filled()
    assert (fields.issuer, fields.disclosure, fields.index_number) == (
        ("示例省总工会",), "主动公开", "SZGH/2026-00012"
    )  # fmt: skip


def test_what_a_document_says_stands() -> None:
    fields = filled("发文机关: 青川市总工会", "公开属性: 依申请公开", "索引号: 甲-1")
    assert (fields.issuer, fields.disclosure, fields.index_number) == (
        ("青川市总工会",), "依申请公开", "甲-1"
    )  # fmt: skip


def test_an_article_that_is_no_document_stays_as_it_is() -> None:
    manuscript = make_manuscript()
    assert fill_in(manuscript, RULES) is manuscript


def test_settings_without_defaults_change_nothing() -> None:
    manuscript = document()
    assert fill_in(manuscript, SETTINGS) is manuscript


def test_two_documents_cannot_get_one_index_number() -> None:
    other = document(slug="office", number="示总工办发〔2026〕12号")
    (found,) = index_clashes([document(), other], RULES)
    assert (found.code, found.path) == ("S702", other.path)
    assert "SZGH/2026-00012" in found.text


def test_a_stated_index_number_is_never_the_one_to_give_way() -> None:
    stated = document("索引号: SZGH/2026-00012", slug="z", number="示总工发〔2025〕1号")
    made = document()
    assert [found.path for found in index_clashes([made, stated], RULES)] == [made.path]


def test_documents_without_index_numbers_do_not_clash() -> None:
    assert list(index_clashes([document(), document(slug="b")], SETTINGS)) == []
