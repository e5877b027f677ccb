"""Lists that are divided once have the parts and views that a look through them finds."""

import pytest

from policysite.engine.divided import LISTS, divided
from policysite.pages.selection import (
    DOCUMENT,
    FEATURED,
    MOVED,
    PINNED,
    VIEWS,
    part,
    view,
    year_of,
)
from policysite.pages.site import Site
from tests.unit.making import front_matter, make_site, plan_pages

FILES: dict[str, str | bytes] = {
    "notices/2026-03-15-old.md": front_matter("旧地址:", "  - /zcwj/1.html"),
    "notices/2026-03-16-top.md": front_matter("头条: 是", date="2026-03-16"),
    "notices/2026-03-18-pinned.md": front_matter("置顶: 是", date="2026-03-18"),
    "notices/2025-03-20-year.md": front_matter(date="2025-03-20"),
    "policies/documents/2026-06-12-a.md": front_matter(
        "发文字号: 示总工发〔2026〕9号", "置顶: 是", date="2026-06-12"
    ),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return make_site(tmp_path_factory.mktemp("divided"), FILES)


@pytest.mark.parametrize("name", LISTS)
def test_a_divided_list_has_the_same_articles_parts_and_views(site: Site, name: str) -> None:
    articles, own = getattr(site, name), getattr(divided(site), name)
    assert list(own) == list(articles)
    for each in (DOCUMENT, FEATURED, MOVED, PINNED, year_of(2026), year_of(2025), year_of(1999)):
        assert tuple(part(own, each)) == tuple(part(articles, each))
    for each in VIEWS:
        assert view(own, each) == view(articles, each)
        assert view(own, each) == view(articles, each)  # kept by now


def test_a_divided_column_has_the_same_articles_and_knows_the_pinned_ones(site: Site) -> None:
    for path, own in divided(site).by_column.items():
        articles = site.by_column[path]
        assert list(own) == list(articles)
        assert tuple(part(own, PINNED)) == tuple(part(articles, PINNED))


def test_a_site_of_divided_lists_has_the_same_pages(site: Site) -> None:
    assert list(plan_pages(divided(site))) == list(plan_pages(site))
