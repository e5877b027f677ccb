"""Validity and relations on any day: what begins, changes and ends does so on its day."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policysite.model.fields import RELATIONS, ArticleFields
from policysite.model.manuscript import Article
from policysite.pages.banner import compose_banners
from policysite.relate.consistency import find_contradictions
from policysite.relate.relations import LABELS, Relation, group_relations, read_relations
from policysite.relate.validity import CHANGING, ENDED, ENDING, Change, derive_validity
from tests.unit.making import make_manuscript

ONE_DAY = timedelta(days=1)
DOCUMENT = make_manuscript("发文字号: 示总工发〔2026〕12号")
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
CHANGES = st.lists(
    st.builds(Change, st.sampled_from(CHANGING), st.sampled_from("abc"), DAYS), max_size=4
)


@st.composite
def documents(draw: st.DrawFn) -> ArticleFields:
    """Draw the dates of a document, in an order that the check lets pass."""
    begins, last = draw(st.none() | DAYS), draw(st.none() | DAYS)
    if begins and last and last < begins:
        begins, last = last, begins
    return replace(DOCUMENT.fields, effective_on=begins, expires_on=last)


def turning_days(fields: ArticleFields, changes: Iterable[Change]) -> set[date]:
    """Return the days on which anything can become different, with those before and after."""
    days = {fields.effective_on, *(change.on for change in changes)}
    days |= {fields.expires_on + ONE_DAY} if fields.expires_on else set()
    return {day + ONE_DAY * step for day in days if day for step in (-1, 0, 1)}


def expected(fields: ArticleFields, changes: Iterable[Change], today: date) -> str:
    """Say the state in the words of the rules, day by day."""
    happened = {change.kind for change in changes if change.on <= today}
    ends = [change.on for change in changes if change.kind in ENDING and change.on <= today]
    if fields.expires_on and fields.expires_on < today:
        ended_before = any(end <= fields.expires_on + ONE_DAY for end in ends)
        return "repealed" if ended_before else "expired"
    if ends:
        return "repealed"
    if fields.effective_on and today < fields.effective_on:
        return "not-yet"
    return "amended" if "amends" in happened else "in-force"


@given(documents(), CHANGES)
def test_the_state_is_right_before_on_and_after_every_day(
    fields: ArticleFields, changes: list[Change]
) -> None:
    for day in turning_days(fields, changes):
        assert derive_validity(fields, changes, day).code == expected(fields, changes, day)


@given(documents(), CHANGES)
def test_nothing_changes_between_two_such_days(
    fields: ArticleFields, changes: list[Change]
) -> None:
    days = turning_days(fields, changes)
    for day in days:
        if day + ONE_DAY not in days:
            late = derive_validity(fields, changes, day + 20 * ONE_DAY)
            between = all(day + step * ONE_DAY not in days for step in range(1, 22))
            assert not between or late == derive_validity(fields, changes, day)


ORDER = {"not-yet": 0, "in-force": 1, "amended": 2, "expired": 3, "repealed": 3}


@given(documents(), CHANGES)
def test_a_document_never_goes_back_to_an_earlier_state(
    fields: ArticleFields, changes: list[Change]
) -> None:
    states = [
        derive_validity(fields, changes, day) for day in sorted(turning_days(fields, changes))
    ]
    ranks = [ORDER[state.code] for state in states]
    assert ranks == sorted(ranks)
    ends = {(state.code, state.since) for state in states if state.code in ENDED}
    assert len(ends) <= 1


@given(documents(), CHANGES)
def test_a_state_holds_since_its_day_and_not_before(
    fields: ArticleFields, changes: list[Change]
) -> None:
    for day in turning_days(fields, changes):
        state = derive_validity(fields, changes, day)
        if state.since and state.code != "not-yet":
            assert state.since <= day
            assert derive_validity(fields, changes, state.since).code == state.code
            # Of amendments the latest counts; the document was amended already.
            before = derive_validity(fields, changes, state.since - ONE_DAY)
            assert before.code != state.code or state.code == "amended"


@given(documents(), CHANGES)
def test_an_end_foretold_comes_on_its_day(fields: ArticleFields, changes: list[Change]) -> None:
    for day in turning_days(fields, changes):
        state = derive_validity(fields, changes, day)
        if state.coming:
            assert derive_validity(fields, changes, state.coming.on).code == "repealed"
            assert not derive_validity(fields, changes, state.coming.on - ONE_DAY).has_ended
        elif state.until:
            assert derive_validity(fields, changes, state.until + ONE_DAY).code == "expired"
            assert not derive_validity(fields, changes, state.until).has_ended


def two_documents(kind: str, *lines: str) -> tuple[Article, Article]:
    """Return a document and a newer one that does `kind` to it from 2026-05-01 on."""
    old = make_manuscript("发文字号: 示总工发〔2024〕6号", "成文日期: 2024-03-27", slug="old")
    new = make_manuscript(
        "发文字号: 示总工发〔2026〕12号", "成文日期: 2026-03-12", "施行日期: 2026-05-01",
        f"{kind}:", "  - 示总工发〔2024〕6号", *lines, slug="new",
    )  # fmt: skip
    return old, new


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        (
            "废止",
            "将自2026年5月1日起由《关于做好送清凉工作的通知》（示总工发〔2026〕12号）废止",
            "自2026年5月1日起由《关于做好送清凉工作的通知》（示总工发〔2026〕12号）废止，仅供查阅",
        ),
        (
            "替代",
            "将自2026年5月1日起废止，由《关于做好送清凉工作的通知》（示总工发〔2026〕12号）替代",
            "自2026年5月1日起废止，由《关于做好送清凉工作的通知》（示总工发〔2026〕12号）替代，仅供查阅",
        ),
        (
            "修改",
            "",
            "自2026年5月1日起由《关于做好送清凉工作的通知》（示总工发〔2026〕12号）修改，请对照使用",
        ),
    ],
)
def test_the_banner_names_the_document_and_its_day(kind: str, before: str, after: str) -> None:
    old, new = two_documents(kind)
    relations, _ = read_relations((old, new))
    for day, said in ((date(2026, 4, 30), before), (date(2026, 5, 1), after)):
        sentence = compose_banners((old, new), relations, day)["old"].sentence
        assert sentence.striptags() == (f"本文件{said}。" if said else "")
        assert (f'<a href="{new.url}">' in sentence) is bool(said)


def test_a_repeal_after_an_amendment_is_what_the_banner_says() -> None:
    old, new = two_documents("废止")
    amending = make_manuscript(
        "发文字号: 示总工发〔2025〕3号", "成文日期: 2025-03-12", "修改:", "  - old", slug="between"
    )
    relations, _ = read_relations((old, new, amending))
    banner = compose_banners((old, new, amending), relations, date(2026, 5, 1))["old"]
    assert banner.label == "废止"
    assert "2025" not in banner.sentence


def test_a_title_in_a_banner_can_do_no_harm_and_has_single_marks() -> None:
    old, new = two_documents("废止")
    new = make_manuscript(
        "发文字号: 示总工发〔2026〕12号", "废止:", "  - old", slug="new",
        title="关于印发《<script>办法》的通知",
    )  # fmt: skip
    relations, _ = read_relations((old, new))
    sentence = compose_banners((old, new), relations, date(2026, 5, 1))["old"].sentence
    assert "《关于印发〈&lt;script&gt;办法〉的通知》" in sentence


@pytest.mark.parametrize("status", ["草稿", "撤回"])
def test_a_document_that_nobody_can_read_changes_nothing(status: str) -> None:
    old, new = two_documents("废止", f"状态: {status}")
    relations, _ = read_relations((old, new))
    assert compose_banners((old, new), relations, date(2026, 6, 1))["old"].code == "in-force"


def test_a_hidden_document_has_its_effect_but_is_not_named() -> None:
    old, new = two_documents("废止", "状态: 隐藏")
    relations, _ = read_relations((old, new))
    banner = compose_banners((old, new), relations, date(2026, 6, 1))["old"]
    assert banner.sentence == "本文件自2026年5月1日起废止，仅供查阅。"


SLUGS = st.sampled_from(["a", "b", "c", "d"])


@given(st.lists(st.builds(Relation, st.sampled_from(RELATIONS), SLUGS, SLUGS), max_size=12))
def test_what_one_side_says_stands_on_both(relations: list[Relation]) -> None:
    order = {slug: place for place, slug in enumerate("abcd")}
    groups = group_relations(relations, order)
    shown = {
        (slug, group.label, other)
        for slug, found in groups.items()
        for group in found
        for other in group.slugs
    }
    stated = {(r.subject, LABELS[r.kind][0], r.target) for r in relations}
    stated |= {(r.target, LABELS[r.kind][1], r.subject) for r in relations}
    assert shown == stated


def check(*articles: Article, today: date = date(2026, 11, 22)) -> list[str]:
    """Return the codes of what contradicts itself."""
    relations, unresolved = read_relations(articles)
    assert not unresolved
    return [found.code for found in find_contradictions(articles, relations, today)]


@pytest.mark.parametrize("kind", ["依据", "转发", "配套", "解读", "问答", "废止"])
def test_a_circle_of_three_is_found_once_and_named(kind: str) -> None:
    articles = [
        make_manuscript(
            f"发文字号: 示总工发〔2026〕{number}号", f"{kind}:", f"  - {other}", slug=slug
        )
        for number, slug, other in ((1, "a", "b"), (2, "b", "c"), (3, "c", "a"))
    ]
    relations, _ = read_relations(articles)
    (found,) = find_contradictions(articles, relations, date(2026, 11, 22))
    assert found.code == "V803"
    for number in (1, 2, 3):
        assert f"示总工发〔2026〕{number}号{kind}" in found.text


def test_what_a_draft_says_contradicts_nobody_yet() -> None:
    old = make_manuscript("发文字号: 示总工发〔2024〕6号", "效力状态: 有效", slug="old")
    draft = make_manuscript("文种: 决定", "状态: 草稿", "废止:", "  - old", slug="new")
    assert check(old, draft) == []
    published = make_manuscript("文种: 决定", "废止:", "  - old", slug="new")
    assert check(old, published) == ["V801"]


@pytest.mark.parametrize(
    "lines",
    [
        ["效力状态: 有效", "失效日期: 2026-06-30"],
        ["效力状态: 有效", "失效日期: 2030-06-30"],
        ["效力状态: 部分失效", "失效日期: 2026-06-30"],
        ["效力状态: 试行", "施行日期: 2026-06-30"],
    ],
)
def test_no_error_comes_with_time_alone(lines: list[str]) -> None:
    """Else a site that was right in the evening would stop updating at midnight."""
    article = make_manuscript("发文字号: 示总工发〔2024〕6号", *lines)
    assert check(article, today=date(2025, 1, 1)) == check(article, today=date(2035, 1, 1))
