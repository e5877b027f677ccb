"""Relations: stated on one side, known on both."""

from collections.abc import Sequence

import pytest

from policysite.model.fields import RELATIONS
from policysite.model.manuscript import Article
from policysite.problems import Problem
from policysite.relate.relations import (
    CURATED,
    LABELS,
    Group,
    Relation,
    find_by_name,
    group_relations,
    read_relations,
)
from tests.unit.making import make_manuscript

OLD = make_manuscript("发文字号: 示总工发〔2021〕8号", slug="old", date="2021-03-15")


def new(*lines: str) -> Article:
    return make_manuscript("发文字号: 示总工发〔2026〕12号", *lines, slug="new")


def said(problems: Sequence[Problem]) -> list[tuple[str, str, int]]:
    """Return path, code and line of every problem."""
    return [(found.path, found.code, found.line) for found in problems]


@pytest.mark.parametrize(
    "name",
    [
        "old",
        "示总工发〔2021〕8号",
        "示总工发[2021]8号",
        "示总工发（2021）第8号",
        "示总工发〔2021〕008号",
    ],
)
def test_a_document_is_found_by_short_name_or_number_in_any_spelling(name: str) -> None:
    assert find_by_name([OLD])(name) is OLD


@pytest.mark.parametrize(
    "name", ["", "none", "示总工发〔2021〕9号", "示总工办发〔2021〕8号", "Old"]
)
def test_nothing_else_is_found(name: str) -> None:
    assert find_by_name([OLD])(name) is None


@pytest.mark.parametrize("kind", [*RELATIONS, CURATED])
def test_every_relation_is_read_from_its_field(kind: str) -> None:
    relations, problems = read_relations([OLD, new(f"{kind}: old")])
    assert problems == []
    assert relations == (Relation(kind, "new", "old"),)


def test_one_field_can_name_several_documents() -> None:
    other = make_manuscript(slug="other", date="2022-01-01")
    article = new("废止:", "  - 示总工发〔2021〕8号", "  - other")
    relations, _ = read_relations([OLD, other, article])
    assert [relation.target for relation in relations] == ["old", "other"]


def test_an_unknown_document_is_told_at_its_own_line_with_the_nearest_name() -> None:
    article = new("废止:", "  - old", "  - 示总工发〔2021〕9号")
    relations, problems = read_relations([OLD, article])
    assert said(problems) == [(article.path, "R402", 7)]
    assert "“示总工发〔2021〕8号”" in problems[0].text
    assert [relation.target for relation in relations] == ["old"]


def test_a_document_has_no_relation_to_itself() -> None:
    article = new("依据: new", "配套: 示总工发〔2026〕12号")
    _, problems = read_relations([article])
    assert said(problems) == [(article.path, "R407", 5), (article.path, "R407", 6)]


@pytest.mark.parametrize("kind", RELATIONS)
def test_a_relation_is_shown_on_both_sides(kind: str) -> None:
    groups = group_relations([Relation(kind, "new", "old")], {"new": 0, "old": 1})
    forward, backward = LABELS[kind]
    assert groups == {"new": (Group(forward, ("old",)),), "old": (Group(backward, ("new",)),)}


def test_no_two_headings_are_alike() -> None:
    headings = [heading for pair in LABELS.values() for heading in pair]
    assert len(set(headings)) == len(headings)


def test_groups_come_in_the_order_of_the_table_and_articles_newest_first() -> None:
    relations = [
        Relation("amends", "c", "a"),
        Relation("interprets", "b", "a"),
        Relation("interprets", "d", "a"),
    ]
    groups = group_relations(relations, {"d": 0, "c": 1, "b": 2, "a": 3})
    assert groups["a"] == (
        Group("解读材料", ("d", "b")),
        Group("修改本文件的文件", ("c",)),
    )


def test_what_readers_cannot_see_is_left_out() -> None:
    groups = group_relations([Relation("repeals", "draft", "old")], {"old": 0})
    assert groups["old"] == ()


def test_a_relation_stated_twice_is_shown_once() -> None:
    relations = [Relation("repeals", "new", "old"), Relation("repeals", "new", "old")]
    assert group_relations(relations, {"new": 0, "old": 1})["new"] == (
        Group("本文件废止的文件", ("old",)),
    )


def test_what_is_named_by_hand_stands_with_the_related_articles_instead() -> None:
    assert group_relations([Relation(CURATED, "new", "old")], {"new": 0, "old": 1}) == {}
