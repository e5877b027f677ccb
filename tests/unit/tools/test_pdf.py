"""Which articles are printed."""

from pathlib import Path

import pytest

from policysite.pages.site import Site
from policysite.tools.pdf import CannotPrint, choose
from tests.unit.making import front_matter, make_site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Return a site with a document, news, and a withdrawn text."""
    document = ("发文字号: 示总工发〔2026〕12号", "文种: 通知")
    withdrawn = ("状态: 撤回", "撤回说明: 内容有误")
    return make_site(
        tmp_path,
        {
            "notices/2026-03-15-heat.md": front_matter(*document, date="2026-03-15"),
            "notices/2026-03-16-visit.md": front_matter(date="2026-03-16", title="走访一线职工"),
            "notices/2026-03-17-wrong.md": front_matter(*withdrawn, date="2026-03-17"),
        },
    )


def slugs(site: Site, *wanted: str) -> list[str]:
    """Return the slugs of what is printed."""
    return [article.slug for article in choose(site, wanted)]


def test_without_a_name_every_policy_document_is_printed(site: Site) -> None:
    assert slugs(site) == ["heat"]


def test_a_named_article_is_printed_once_whatever_it_is(site: Site) -> None:
    assert slugs(site, "visit", "heat", "visit") == ["visit", "heat"]


@pytest.mark.parametrize("slug", ["heet", "wrong", "nothing-like-it"])
def test_what_readers_cannot_open_is_not_printed(site: Site, slug: str) -> None:
    with pytest.raises(CannotPrint) as refused:
        choose(site, ["heat", slug])
    assert slug in str(refused.value)
    assert ("heat" in str(refused.value)) == (slug == "heet")
