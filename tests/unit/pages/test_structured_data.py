"""What an article tells search engines: schema.org's types and properties as they really are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from policysite.pages.site import Site
from policysite.pages.structured_data import article_data
from tests.unit.making import front_matter, make_site

# https://schema.org/Legislation: its own properties, and those of CreativeWork and Thing in use.
LEGISLATION = {
    "legislationIdentifier", "legislationType", "legislationDate", "legislationDateVersion",
    "legislationDateOfApplicability", "legislationPassedBy", "legislationLegalForce",
    "legislationChanges", "legislationRepeals", "legislationAmends",
    "legislationEnsuresImplementationOf",
}  # fmt: skip
CREATIVE_WORK = {
    "@context", "@type", "@id", "name", "headline", "description", "datePublished", "dateModified",
    "author", "publisher", "image", "keywords", "mainEntityOfPage", "inLanguage", "expires",
    "about", "isBasedOn", "citation",
}  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return documents that replace, amend, repeal and explain one another."""
    folder = "policies/documents"
    numbered = "发文字号: 示总工发〔{}〕{}号"
    return make_site(
        tmp_path_factory.mktemp("data"),
        {
            f"{folder}/2020-03-15-first.md": front_matter(
                numbered.format(2020, 1), "文种: 通知", date="2020-03-15"
            ),
            f"{folder}/2021-03-15-second.md": front_matter(
                numbered.format(2021, 1), "文种: 通知", "发文机关:\n  - 示例省总工会",
                "成文日期: 2021-03-12", "施行日期: 2021-04-01", "失效日期: 2030-03-31",
                "替代:\n  - first", date="2021-03-15",
            ),
            f"{folder}/2022-03-15-changes.md": front_matter(
                numbered.format(2022, 1), "文种: 决定", "修改:\n  - second", "依据:\n  - first",
                date="2022-03-15",
            ),
            f"{folder}/2023-03-15-end.md": front_matter(
                numbered.format(2023, 1), "文种: 决定", "废止:\n  - changes", date="2023-03-15"
            ),
            "policies/interpretation/2021-03-16-why.md": front_matter(
                "解读:\n  - second", "作者: 林晓禾", date="2021-03-16"
            ),
            "notices/2021-03-17-news.md": front_matter(date="2021-03-17"),
        },
    )  # fmt: skip


def data(site: Site, slug: str) -> Mapping[str, Any]:
    return article_data(site, site.by_slug[slug])


def ids(references: Any) -> list[str]:
    return [reference["@id"] for reference in references]


def test_a_policy_document_is_legislation_with_its_number_kind_dates_and_issuer(site: Site) -> None:
    found = data(site, "second")
    assert found["@type"] == "Legislation"
    assert found["legislationIdentifier"] == "示总工发〔2021〕1号"
    assert found["legislationType"] == "通知"
    assert found["legislationDate"] == "2021-03-12"
    assert found["legislationDateOfApplicability"] == "2021-04-01"
    assert found["legislationDateVersion"] == "2021-03-15"
    assert found["expires"] == "2030-03-31"
    assert found["legislationPassedBy"] == [{"@type": "Organization", "name": "示例省总工会"}]


@pytest.mark.parametrize(
    ("slug", "force"),
    [("first", "NotInForce"), ("second", "InForce"), ("changes", "NotInForce"), ("end", "InForce")],
)
def test_whether_it_is_in_force_is_said_in_the_words_of_schema_org(
    site: Site, slug: str, force: str
) -> None:
    assert data(site, slug)["legislationLegalForce"] == f"https://schema.org/{force}"


def test_what_a_document_does_to_others_is_said_on_its_own_page(site: Site) -> None:
    base = "https://www.example.org"
    assert ids(data(site, "second")["legislationChanges"]) == [f"{base}/2020/first.html"]
    assert ids(data(site, "changes")["legislationAmends"]) == [f"{base}/2021/second.html"]
    assert ids(data(site, "changes")["isBasedOn"]) == [f"{base}/2020/first.html"]
    assert ids(data(site, "end")["legislationRepeals"]) == [f"{base}/2022/changes.html"]


def test_an_explanation_is_an_article_about_the_document(site: Site) -> None:
    found = data(site, "why")
    assert found["@type"] == "Article"
    assert ids(found["about"]) == ["https://www.example.org/2021/second.html"]
    assert found["about"][0]["@type"] == "Legislation"


def test_news_is_a_news_article(site: Site) -> None:
    assert data(site, "news")["@type"] == "NewsArticle"


@pytest.mark.parametrize("slug", ["first", "second", "changes", "end", "why", "news"])
def test_only_properties_that_schema_org_has_are_used_and_none_is_empty(
    site: Site, slug: str
) -> None:
    found = data(site, slug)
    known = CREATIVE_WORK | (LEGISLATION if found["@type"] == "Legislation" else set())
    assert set(found) <= known
    assert all(found.values())
