"""Related articles of invented regulations, and updates against builds from nothing."""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policysite.relate.related import Document, entry_of, vector_of, words_of
from policysite.relate.related_index import RelatedIndex, build_index, find_related, update_index

# Regulations of provinces and cities that do not exist; a file is named after its subject.
LAWS = sorted((Path(__file__).parent / "laws").glob("*.md"))


def law(path: Path) -> Document:
    title, _, text = path.read_text(encoding="utf-8").partition("\n")
    return Document(path.stem, title.removeprefix("# "), (), ("policies", "laws"), text)


DOCUMENTS = [law(path) for path in LAWS]


def document(id_: str, text: str, **other: object) -> Document:
    blank = Document(id_, "", (), ("policies", "documents"), text)
    return replace(blank, **other)  # type: ignore[arg-type]


def subject(id_: str) -> str:
    return id_.partition("-")[0]


def siblings(id_: str) -> set[str]:
    return {d.id for d in DOCUMENTS if subject(d.id) == subject(id_) and d.id != id_}


@pytest.mark.parametrize("id_", [path.stem for path in LAWS])
def test_regulations_on_one_subject_find_each_other_first(id_: str) -> None:
    found = find_related(DOCUMENTS, 6)[id_]
    assert set(found[: len(siblings(id_))]) == siblings(id_)


def test_a_text_on_nothing_else_s_subject_has_no_related_ones() -> None:
    related = find_related(DOCUMENTS, 6)
    assert related["birds-ding"] == ()
    assert not any("birds-ding" in ids for ids in related.values())


def test_subjects_that_touch_come_after_the_siblings() -> None:
    assert find_related(DOCUMENTS, 6)["bargain-bing"][2:] == ("union-bing",)


def test_no_more_than_asked_for_are_given() -> None:
    assert {len(ids) for ids in find_related(DOCUMENTS, 1).values()} == {0, 1}
    assert set(find_related(DOCUMENTS, 0).values()) == {()}


def test_the_order_of_documents_does_not_matter() -> None:
    assert find_related(DOCUMENTS[::-1], 6) == find_related(DOCUMENTS, 6)


def test_nothing_comes_of_nothing() -> None:
    assert find_related([], 6) == {}
    assert find_related([document("a", "")], 6) == {"a": ()}


def test_equal_scores_are_ordered_by_id() -> None:
    copies = [replace(DOCUMENTS[0], id=id_) for id_ in ("z", "y", "x")]
    assert find_related([*DOCUMENTS, *copies], 2)["z"] == (DOCUMENTS[0].id, "x")


def test_one_of_a_family_is_enough() -> None:
    versions = [replace(DOCUMENTS[0], id=id_, family="f") for id_ in ("x", "y", "z")]
    related = find_related([*DOCUMENTS, *versions], 6)
    assert [id_ for id_ in related[DOCUMENTS[0].id] if id_ in "xyz"] == ["x"]
    assert [id_ for id_ in related["y"] if id_ in "xyz"] == ["x"]


def test_title_decides_where_the_text_does_not() -> None:
    plain = [document(id_, "工资 合同 康复 湿地") for id_ in "abcd"]
    titled = [
        replace(d, title=title)
        for d, title in zip(plain, ("工资", "康复", "康复", "工资"), strict=True)
    ]
    others = [document(f"o{number}", "矿井") for number in range(8)]
    assert find_related([*titled, *others], 1)["a"] == ("d",)


def test_keywords_decide_as_the_title_does() -> None:
    keywords = {"a": "工资", "b": "康复", "c": "康复", "d": "工资"}
    texts = [document(id_, "工资 合同 康复 湿地", keywords=(k,)) for id_, k in keywords.items()]
    others = [document(f"o{number}", "矿井") for number in range(8)]
    assert find_related([*texts, *others], 1)["a"] == ("d",)


def test_of_two_equals_the_one_of_the_same_column_comes_first() -> None:
    text = "工资 合同 康复 湿地"
    columns = {"a": ("p", "x"), "b": ("q", "x"), "c": ("p", "y"), "d": ("p", "x")}
    texts = [document(id_, text, column=column) for id_, column in columns.items()]
    others = [document(f"o{number}", "矿井") for number in range(8)]
    assert find_related([*texts, *others], 3)["a"] == ("d", "c", "b")


def test_the_name_of_the_issuer_links_nothing() -> None:
    issuer = "青川市芦苇湿地局、云麓市陶瓷研究所"
    texts = [
        document("a", "青川市芦苇湿地局通知：职工食堂改造", issuer=issuer),
        document("b", "青川市芦苇湿地局和云麓市陶瓷研究所通知：矿井排水", issuer=issuer),
    ]
    others = [document(f"o{number}", "候鸟") for number in range(8)]
    assert find_related([*texts, *others], 3)["a"] == ()
    named = [replace(text, issuer="") for text in texts]
    assert find_related([*named, *others], 3)["a"] == ("b",)


def test_only_the_beginning_of_a_long_text_is_read() -> None:
    start = "工资集体协商的要约。" * 400
    assert vector_of(document("a", start + "候鸟湿地")) == vector_of(document("a", start))
    assert vector_of(document("a", "候鸟湿地" + start)) != vector_of(document("a", start))


def test_the_words_differ_with_all_that_makes_the_vector_and_nothing_else() -> None:
    first = document("a", "正文", title="标题", keywords=("甲", "乙"), issuer="机关")
    keys = [
        words_of(first),
        words_of(replace(first, text="正文二")),
        words_of(replace(first, title="标题二")),
        words_of(replace(first, issuer="机关二")),
        words_of(replace(first, keywords=("甲乙",))),
        words_of(replace(first, title="标", text="题正文")),
    ]
    assert len(set(keys)) == len(keys)
    assert words_of(replace(first, id="b", family="f", column=("p",))) == keys[0]


def test_importing_costs_neither_numpy_nor_the_segmenter() -> None:
    code = (
        "import sys, policysite.relate.related;"
        "print([name for name in ('numpy', 'rjieba') if name in sys.modules])"
    )
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


# Updates against builds from nothing.

WORDS = (
    "工资",
    "协商",
    "合同",
    "康复",
    "坡道",
    "瓦斯",
    "矿井",
    "候鸟",
    "湿地",
    "会费",
    "会籍",
    "楼宇",
)
# Enough different terms that a document has more than a row can hold.
MANY = " ".join(f"ab{number}" for number in range(70))
TEXTS = st.tuples(
    st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join), st.sampled_from(("", "", MANY))
).map("。".join)
EDITIONS = st.builds(
    Document,
    id=st.integers(0, 17).map("d{:02}".format),
    title=st.lists(st.sampled_from(WORDS), max_size=2).map("、".join),
    keywords=st.just(()),
    column=st.sampled_from((("p", "x"), ("p", "y"), ("q", "x"))),
    text=TEXTS,
    issuer=st.just(""),
    family=st.sampled_from(("", "", "f", "g")),
)
STEPS = st.lists(
    st.tuples(
        st.lists(EDITIONS, max_size=5, unique_by=lambda d: d.id),
        st.sets(st.integers(0, 17).map("d{:02}".format), max_size=3),
    ),
    min_size=1,
    max_size=10,
)


def replay(
    count: int, steps: Sequence[tuple[list[Document], set[str]]]
) -> list[tuple[RelatedIndex, dict[str, tuple[str, ...]], list[Document]]]:
    index, documents = build_index([], count), dict[str, Document]()
    states = [(index, dict[str, tuple[str, ...]](), list[Document]())]
    for changed, removed in steps:
        index, lists = update_index(index, [entry_of(d) for d in changed], removed)
        documents.update((d.id, d) for d in changed)
        documents = {id_: d for id_, d in documents.items() if id_ not in removed}
        states.append((index, lists, list(documents.values())))
    return states


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 4), STEPS)
def test_any_sequence_of_updates_gives_the_lists_of_a_build_from_nothing(
    count: int, steps: list[tuple[list[Document], set[str]]]
) -> None:
    for index, _, documents in replay(count, steps):
        assert index.lists == find_related(documents, count)


@settings(max_examples=50, deadline=None)
@given(STEPS)
def test_an_update_returns_exactly_the_lists_that_are_new_or_differ(
    steps: list[tuple[list[Document], set[str]]],
) -> None:
    for (before, _, _), (after, lists, _) in pairwise(replay(2, steps)):
        old = before.lists
        assert lists == {id_: ids for id_, ids in after.lists.items() if old.get(id_) != ids}


def test_an_edit_of_an_invented_law_changes_the_lists_that_show_it() -> None:
    index = build_index(map(entry_of, DOCUMENTS), 6)
    edited = replace(
        law(LAWS[0]), title="矿山安全生产公约", text="矿井下排查隐患，安全员叫停作业。"
    )
    later, lists = update_index(index, [entry_of(edited)])
    assert later.lists == find_related([edited, *DOCUMENTS[1:]], 6)
    assert edited.id in lists
    assert edited.id in lists["safety-ding"]
    assert "birds-ding" not in lists


def test_a_newcomer_as_near_as_the_last_one_shown_takes_its_place_by_id() -> None:
    texts = [document(id_, "候鸟 湿地 芦苇") for id_ in ("b", "x")]
    others = [document(f"o{number}", "矿井") for number in range(8)]
    index = build_index(map(entry_of, [*texts, *others]), 1)
    assert index.lists["b"] == ("x",)
    _, lists = update_index(index, [entry_of(replace(texts[0], id="a"))])
    assert lists == {"a": ("b",), "b": ("a",), "x": ("a",)}


def test_putting_in_what_is_already_there_changes_nothing() -> None:
    index = build_index(map(entry_of, DOCUMENTS), 6)
    assert update_index(index, map(entry_of, DOCUMENTS), {"no-such"}) == (index, {})
