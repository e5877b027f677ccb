"""Versions of a document, and what changed from one to the next."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policysite.relate.difference import CHANGED, DELETED, INSERTED, SAME, Row, compare
from policysite.relate.relations import Relation
from policysite.relate.versions import Step, trace_histories
from policysite.text.markdown import render
from policysite.text.provisions import Provision, cut_provisions

LAWS = sorted((Path(__file__).parent / "laws").glob("*.md"))


def days(**years: int) -> dict[str, date]:
    return {slug: date(year, 5, 1) for slug, year in years.items()}


def replaces(new: str, old: str) -> Relation:
    return Relation("replaces", new, old)


CHAIN = (replaces("c", "b"), replaces("b", "a"))


def test_versions_stand_oldest_first_on_the_page_of_each() -> None:
    found = trace_histories(CHAIN, days(c=2026, a=2021, b=2024, other=2020))
    assert set(found) == {"a", "b", "c"}
    for history in found.values():
        assert history.versions == ("a", "b", "c")
        assert history.pairs == (("a", "b"), ("b", "c"))


def test_naming_all_earlier_versions_makes_no_further_pairs() -> None:
    found = trace_histories((*CHAIN, replaces("c", "a")), days(a=2021, b=2024, c=2026))
    assert found["a"].pairs == (("a", "b"), ("b", "c"))


def test_a_document_made_of_two_is_compared_with_both() -> None:
    found = trace_histories((replaces("c", "a"), replaces("c", "b")), days(a=2021, b=2024, c=2026))
    assert found["c"].pairs == (("a", "c"), ("b", "c"))


def test_versions_stay_a_family_when_the_one_between_is_gone() -> None:
    found = trace_histories(CHAIN, days(a=2021, c=2026))
    assert found["a"].versions == ("a", "c")
    assert found["a"].pairs == ()


def test_amendments_are_steps_between_the_versions_they_amend() -> None:
    amending = Relation("amends", "x", "a")
    history = trace_histories((*CHAIN, amending), days(a=2021, x=2022, b=2024, c=2026))["b"]
    assert history.steps[1] == Step("x", date(2022, 5, 1), "a")
    assert history.versions == ("a", "b", "c")
    assert "x" not in trace_histories((amending,), days(a=2021, x=2022))


def test_an_amended_document_has_a_history_but_no_family() -> None:
    history = trace_histories((Relation("amends", "x", "a"),), days(a=2021, x=2022))["a"]
    assert (len(history.steps), history.family) == (2, "")


def test_the_name_of_a_family_outlives_a_new_version() -> None:
    before = trace_histories(CHAIN[1:], days(a=2021, b=2024))["b"].family
    assert before == trace_histories(CHAIN, days(a=2021, b=2024, c=2026))["c"].family == "a"


@pytest.mark.parametrize("kind", ["repeals", "based_on", "implements"])
def test_other_relations_make_no_versions(kind: str) -> None:
    assert trace_histories((Relation(kind, "b", "a"),), days(a=2021, b=2024)) == {}


def cut(text: str) -> tuple[Provision, ...]:
    return cut_provisions(render(text).html)


OLD = """示例省总工会经费办法现予印发。

第一章 总则

第一条 为了规范工会经费的收入和支出，保证经费用于服务职工，制定本办法。

第二条 会员生日，慰问品价值不超过200元。

第三条 工会经费不得用于请客送礼，不得发放奖金、津贴、补贴。

第四条 经费支出由工会主席审批，数额较大的由工会委员会集体研究决定。

第五条 本办法自2021年4月1日起施行。
"""


def changed(*pairs: tuple[str, str]) -> tuple[Row, ...]:
    """Return what differs after some words of OLD have become others."""
    text = OLD
    for before, after in pairs:
        assert before in text
        text = text.replace(before, after)
    return compare(cut(OLD), cut(text))


def states(rows: tuple[Row, ...]) -> dict[str, str]:
    return {row.name: row.state for row in rows if row.state != SAME}


def marked(row: Row) -> list[str]:
    """Return the paragraphs with [-deleted-] and {+inserted+} words."""
    marks = {SAME: "{}", DELETED: "[-{}-]", INSERTED: "{{+{}+}}"}
    return ["".join(marks[run.state].format(run.text) for run in line) for line in row.lines]


def row_of(rows: tuple[Row, ...], name: str) -> Row:
    return next(row for row in rows if row.name == name)


def test_the_same_text_has_no_differences() -> None:
    assert all(row.is_unchanged for row in compare(cut(OLD), cut(OLD)))


def test_a_changed_clause_shows_its_changed_words_only() -> None:
    rows = changed(("200元", "300元，可以发放蛋糕券"))
    assert states(rows) == {"第二条": CHANGED}
    (line,) = marked(row_of(rows, "第二条"))
    assert line.startswith("会员生日，慰问品价值不超过[-200")
    assert line.endswith("{+300元，可以发放蛋糕券+}。")


def test_an_inserted_clause_does_not_change_those_that_count_on() -> None:
    rows = changed(
        ("第三条 ", "第三条 会费由会员按月交纳。\n\n第四条 "),
        ("第四条 经费", "第五条 经费"),
        ("第五条 本", "第六条 本"),
    )
    assert states(rows) == {"第三条": INSERTED}
    later = row_of(rows, "第四条")
    assert (later.state, later.old and later.old.label, later.is_moved) == (SAME, "第三条", False)


def test_a_deleted_clause_stands_where_it_was() -> None:
    rows = changed(("第二条 会员生日，慰问品价值不超过200元。\n\n", ""))
    assert states(rows) == {"第二条": DELETED}
    assert [row.name for row in rows if row.kind == "clause"] == [
        "第一条", "第二条", "第三条", "第四条", "第五条"
    ]  # fmt: skip


def test_a_clause_that_moved_is_one_clause() -> None:
    moved = "第三条 工会经费不得用于请客送礼，不得发放奖金、津贴、补贴。\n\n"
    text = OLD.replace(moved, "").replace("第一条", moved + "第一条", 1)
    rows = compare(cut(OLD), cut(text))
    assert [row.is_moved for row in rows if row.name == "第三条"] == [True]
    assert states(rows) == {}


def test_words_that_went_into_another_clause_are_found_there() -> None:
    words = "会员生日，慰问品价值不超过200元。"
    rows = changed((f"第二条 {words}\n\n", ""), ("集体研究决定。", f"集体研究决定。\n\n{words}"))
    gone = row_of(rows, "第二条")
    assert (gone.state, gone.elsewhere and gone.elsewhere.label) == (DELETED, "第四条")


def test_a_paragraph_written_anew_is_shown_whole_not_in_shreds() -> None:
    rows = compare(
        cut("第一条 各级工会要把防暑用品送到一线。"), cut("第一条 各市要在年底以前报送决算表。")
    )
    runs = [run.state for row in rows for line in row.lines for run in line]
    assert runs == [DELETED, INSERTED]


def test_a_chapter_with_another_number_is_the_same() -> None:
    rows = changed(("第一章 总则", "第二章 总则"))
    assert states(rows) == {}
    assert [run.text for run in row_of(rows, "第二章 总则").title][:2] == ["第一章", "第二章"]


def test_a_text_without_clauses_is_compared_by_headings() -> None:
    old = "开头。\n\n一、组织领导\n\n加强领导。\n\n二、经费保障\n\n落实经费，专款专用。\n"
    new = "开头。\n\n一、组织领导\n\n加强领导。\n\n二、经费保障\n\n落实经费，单独核算。\n\n三、宣传\n\n做好宣传。\n"
    assert states(compare(cut(old), cut(new))) == {"二、经费保障": CHANGED, "三、宣传": INSERTED}


def test_a_text_without_any_structure_is_compared_by_paragraphs() -> None:
    (row,) = compare(cut("第一段。\n\n第二段。\n"), cut("第一段。\n\n新的一段话。\n\n第二段。\n"))
    assert (row.name, row.state) == ("开头", CHANGED)
    assert marked(row) == ["第一段。", "{+新的一段话。+}", "第二段。"]


def test_every_word_of_both_versions_is_on_the_page() -> None:
    """What is compared can be put together again from the runs."""
    for old, new in pairwise(LAWS):
        before, after = cut(old.read_text("utf-8")), cut(new.read_text("utf-8"))
        rows = compare(before, after)
        for provisions, absent in ((before, INSERTED), (after, DELETED)):
            wanted = sorted("".join(provision.lines) for provision in provisions)
            side = "old" if provisions is before else "new"
            shown = sorted(
                "".join(run.text for line in row.lines for run in line if run.state != absent)
                for row in rows
                if getattr(row, side)
            )
            assert shown == wanted


SENTENCES = st.lists(
    st.sampled_from(["经费专款专用", "会费按月交纳", "不得请客送礼", "每年公开一次", "由主席审批"]),
    min_size=1, max_size=4,
)  # fmt: skip
TEXTS = st.lists(SENTENCES, max_size=6).map(
    lambda found: tuple(
        Provision("clause", f"t{n}", f"第{n}条", tuple(lines)) for n, lines in enumerate(found, 1)
    )
)


@given(TEXTS, TEXTS)
def test_every_clause_of_both_versions_has_exactly_one_row(
    old: tuple[Provision, ...], new: tuple[Provision, ...]
) -> None:
    rows = compare(old, new)
    assert [row.new for row in rows if row.new] == list(new)
    assert sorted(row.old.id for row in rows if row.old) == sorted(p.id for p in old)
    assert len({row.id for row in rows}) == len(rows)


def test_a_provision_takes_all_that_follows_up_to_the_next() -> None:
    found = cut(
        "第一章 总则\n\n第一条 内容包括：\n\n（一）甲；\n\n（二）乙[^1]。\n\n第二条 丙。\n\n[^1]: 注。\n"
    )
    assert [(p.kind, p.id, p.label, p.lines) for p in found] == [
        ("heading", "z1", "第一章 总则", ()),
        ("clause", "t1", "第一条", ("内容包括：", "（一）甲；", "（二）乙。")),
        ("clause", "t2", "第二条", ("丙。",)),
        ("heading", "", "注释", ("注。",)),
    ]
