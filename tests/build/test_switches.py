"""What a union can switch off leaves no page, no file and no link behind."""

from __future__ import annotations

import pytest

from tests.build import builds
from tests.build.reading import BuiltSite, find_broken_links

OFF = ("search", "open_data", "share")


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """Return the good site with everything switched off that can be."""
    folder = tmp_path_factory.mktemp("plain")
    settings = builds.copy_theme(folder)
    off = dict.fromkeys((*OFF, "related_by_text"), False)
    settings.write_text(
        f"{settings.read_text('utf-8')}SITE = SITE.model_copy(update={off})\n", "utf-8"
    )
    builds.build(folder / "plain", config=settings)
    return BuiltSite(folder / "plain")


def test_a_site_without_search_has_no_trace_of_it(plain: BuiltSite) -> None:
    assert [name for name in plain.files if name.startswith(("search/", "opensearch"))] == []
    for page in plain.pages.values():
        assert "/search/" not in page.source, page.url


def test_a_site_without_open_data_has_only_what_its_pages_read(plain: BuiltSite) -> None:
    assert [name for name in plain.files if name.startswith("data/")] == ["data/library.json"]
    assert [name for name in plain.files if name.endswith((".md", ".csv"))] == []


def test_without_sharing_no_article_has_a_code_or_a_button_for_it(plain: BuiltSite) -> None:
    for page in plain.pages.values():
        assert "share__" not in page.source, page.url
        assert "#share" not in page.source, page.url


def test_no_link_of_a_plain_site_is_broken(plain: BuiltSite) -> None:
    assert find_broken_links(plain, "www.example.org") == []


def test_articles_are_related_by_their_keywords_alone(plain: BuiltSite) -> None:
    assert any(page.select(".related") for page in plain.pages.values())
