"""The table of fields: whole, unambiguous and documented."""

import re
from collections import Counter

import pytest

from policysite.model.fields import (
    DOC_TYPES,
    RELATIONS,
    STATUS_LABELS,
    VALIDITIES,
    ArticleFields,
    CommonFields,
    Named,
    PageFields,
    Status,
    TopicFields,
    specs,
    spellings,
)
from policysite.model.front_matter import parse
from policysite.relate.relations import LABELS
from policysite.relate.validity import STATES
from tests.unit.making import make_manuscript, read

MODELS = (ArticleFields, PageFields, TopicFields)
ROWS = list(specs(ArticleFields))
KEYS = [row.key for row in ROWS]
# What must stand beside a field for it to be right.
COMPANIONS = {
    "image": ("配图说明: 现场",),
    "notice_start": ("公示截止: 2026-11-25", "联系人: 陈老师", "联系电话: 000-12345678"),
    "notice_end": ("公示开始: 2026-11-18", "联系人: 陈老师", "联系电话: 000-12345678"),
    "series_number": ("系列: 产改十问",),
}


@pytest.mark.parametrize("model", MODELS)
def test_no_two_fields_share_a_label(model: type[CommonFields]) -> None:
    counts = Counter(row.spec.label for row in specs(model))
    assert [label for label, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("model", MODELS)
def test_no_label_is_the_key_of_another_field(model: type[CommonFields]) -> None:
    rows = list(specs(model))
    assert len(spellings(model)) == 2 * len(rows)


@pytest.mark.parametrize("row", ROWS, ids=KEYS)
def test_every_field_has_a_chinese_label_and_an_example(row: Named) -> None:
    assert re.fullmatch(r"[\u4e00-\u9fff]{2,10}", row.spec.label)
    assert row.spec.example


@pytest.mark.parametrize("row", ROWS, ids=KEYS)
def test_every_field_but_the_self_evident_ones_has_help(row: Named) -> None:
    assert row.spec.help or row.spec.group in ("政策文件", "公示")


@pytest.mark.parametrize("row", [row for row in ROWS if not row.required], ids=lambda row: row.key)
def test_the_example_of_every_field_is_accepted_as_it_stands(row: Named) -> None:
    item = f"\n  - {row.spec.example}" if row.key == "attachments" else row.spec.example
    manuscript, problems = read(f"{row.spec.label}: {item}", *COMPANIONS.get(row.key, ()))
    assert manuscript
    assert [str(found) for found in problems] == []


@pytest.mark.parametrize(
    "name", ["发文字号", "doc_number", "Doc_Number", "DOC_NUMBER", "发文 字号"]
)
def test_a_field_is_known_by_its_chinese_and_its_english_name(name: str) -> None:
    keys = {spelling.lower(): key for spelling, key in spellings(ArticleFields).items()}
    front = parse(f"---\n{name}: 示总工发〔2026〕12号\n---\n", "x.md", keys)
    assert list(front.entries) == ["doc_number"]


def test_title_and_date_are_all_that_an_article_must_say() -> None:
    assert [row.key for row in specs(ArticleFields) if row.required] == ["title", "date"]
    assert [row.key for row in specs(PageFields) if row.required] == ["title"]


def test_the_fields_of_pages_and_topics_are_fields_of_articles() -> None:
    article = {row.key: row.spec for row in ROWS}
    for model in (PageFields, TopicFields):
        rows = [row for row in specs(model) if row.key in article]
        assert all(article[row.key] == row.spec for row in rows)


def test_a_topic_has_one_field_of_its_own_the_order_of_its_articles() -> None:
    assert {row.key for row in specs(TopicFields)} - set(KEYS) == {"articles"}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("草稿", Status.DRAFT),
        ("已发布", Status.PUBLISHED),
        ("发布", Status.PUBLISHED),
        ("隐藏", Status.HIDDEN),
        ("撤回", Status.WITHDRAWN),
        ("draft", Status.DRAFT),
        ("Published", Status.PUBLISHED),
    ],
)
def test_a_status_is_known_by_its_chinese_and_its_english_name(text: str, status: Status) -> None:
    assert make_manuscript(f"状态: {text}").status is status


@pytest.mark.parametrize("text", ["定时发布", "scheduled"])
def test_scheduled_is_derived_and_cannot_be_written(text: str) -> None:
    _, problems = read(f"状态: {text}")
    assert [found.code for found in problems] == ["F207"]


@pytest.mark.parametrize("doc_type", DOC_TYPES)
def test_the_fifteen_kinds_of_official_documents_are_accepted(doc_type: str) -> None:
    assert make_manuscript(f"文种: {doc_type}").fields.doc_type == doc_type


def test_there_are_fifteen_kinds_of_official_documents() -> None:
    assert len(set(DOC_TYPES)) == 15


def test_every_relation_has_a_heading_on_both_sides() -> None:
    assert tuple(LABELS) == RELATIONS


def test_every_validity_that_can_be_written_is_a_state() -> None:
    assert {label for label, _ in STATES.values()} == set(VALIDITIES)


def test_every_status_has_a_label() -> None:
    assert set(STATUS_LABELS) == set(Status)
