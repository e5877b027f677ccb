"""The site as readers see it: what is in it, in which order, related to what."""

from datetime import timedelta
from pathlib import Path

import pytest

from policysite.pages.site import Site
from tests.unit.making import INTRO, NOW, SETTINGS, front_matter, make_site

FILES: dict[str, str | bytes] = {
    "notices/2026-03-15-b.md": front_matter("专题: heat"),
    "notices/2026-03-15-a.md": front_matter(),
    "notices/2026-03-16-c.md": front_matter("专题: heat", date="2026-03-16 09:30"),
    "notices/2026-03-16-draft.md": front_matter("状态: 草稿", date="2026-03-16"),
    "notices/2026-03-17-hidden.md": front_matter("状态: 隐藏", date="2026-03-17"),
    "notices/2026-03-18-gone.md": front_matter("状态: 撤回", date="2026-03-18"),
    "notices/2026-12-01-later.md": front_matter(date="2026-12-01"),
    "policies/documents/2025-06-12-old.md": front_matter(
        "发文字号: 示总工发〔2025〕6号", date="2025-06-12", title="关于发放高温津贴的通知"
    ),
    "policies/documents/2026-06-12-new.md": front_matter(
        "发文字号: 示总工发〔2026〕9号", "替代: old", "相关内容: c", date="2026-06-12",
        title="关于调整高温津贴的通知",
    ),
    "policies/interpretation/2026-01-05-explained.md": front_matter("解读: old", date="2026-01-05"),
    "topics/heat.md": INTRO,
    "topics/cold.md": INTRO.replace("机构简介", "送温暖\n状态: 草稿"),
}  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return make_site(tmp_path_factory.mktemp("site"), FILES)


def test_lists_have_published_articles_newest_first_and_equal_dates_by_slug(site: Site) -> None:
    assert [article.slug for article in site.articles] == ["new", "c", "b", "a", "explained", "old"]


def test_hidden_and_withdrawn_articles_keep_their_address_outside_of_lists(site: Site) -> None:
    assert {article.slug for article in site.others} == {"hidden", "gone"}


def test_drafts_and_what_is_to_come_are_nowhere(site: Site) -> None:
    assert {"draft", "later"}.isdisjoint(site.by_slug)
    assert [topic.slug for topic in site.topics] == ["heat"]


def test_a_scheduled_article_appears_by_itself_when_its_day_comes(tmp_path: Path) -> None:
    later = make_site(tmp_path, FILES, NOW + timedelta(days=9))
    assert later.articles[0].slug == "later"


def test_a_parent_column_gathers_the_articles_of_its_children(site: Site) -> None:
    columns = site.columns.by_path
    assert [a.slug for a in site.in_column(columns["policies"])] == ["new", "explained", "old"]
    assert [a.slug for a in site.in_column(columns["policies/documents"])] == ["new", "old"]
    assert site.in_column(columns["about"]) == ()


def test_neighbours_are_of_the_same_column_and_listed(site: Site) -> None:
    assert site.neighbours["b"] == ("c", "a")
    assert site.neighbours["c"] == (None, "b")
    assert site.neighbours["old"] == ("new", None)
    assert "hidden" not in site.neighbours


def test_a_topic_gathers_its_articles_newest_first(site: Site) -> None:
    (topic,) = site.topics
    assert [article.slug for article in site.in_topic(topic)] == ["c", "b"]


def test_a_relation_is_known_to_both_documents(site: Site) -> None:
    assert [(group.label, group.slugs) for group in site.relations["new"]] == [
        ("本文件替代的文件", ("old",))
    ]
    assert [(group.label, group.slugs) for group in site.relations["old"]] == [
        ("解读材料", ("explained",)),
        ("替代本文件的文件", ("new",)),
    ]


def test_what_was_named_by_hand_comes_first_among_the_related(site: Site) -> None:
    assert site.related["new"][0] == "c"


def test_what_stands_in_a_relation_is_not_among_the_related_too(site: Site) -> None:
    assert "old" not in site.related["new"]
    assert "new" not in site.related["old"]


def test_nothing_is_related_to_itself_or_to_what_readers_cannot_find(site: Site) -> None:
    for slug, related in site.related.items():
        assert slug not in related
        assert set(related) <= {article.slug for article in site.articles}
        assert len(related) <= SETTINGS.related_count


def test_only_policy_documents_have_a_validity(site: Site) -> None:
    assert site.by_slug["a"].validity is None
    old, new = site.by_slug["old"].validity, site.by_slug["new"].validity
    assert old and new
    assert (old.code, new.code) == ("repealed", "in-force")


def test_the_same_content_gives_the_same_site(tmp_path: Path, site: Site) -> None:
    again = make_site(tmp_path, FILES)
    assert [a.slug for a in again.articles] == [a.slug for a in site.articles]
    assert again.related == site.related
    assert again.relations == site.relations
    assert again.neighbours == site.neighbours
