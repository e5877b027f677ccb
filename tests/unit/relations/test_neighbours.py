"""The newer and the older article of the same column."""

from hypothesis import given
from hypothesis import strategies as st

from policysite.relate.neighbours import find_neighbours


def test_an_article_stands_between_the_newer_and_the_older_one() -> None:
    assert find_neighbours(["c", "b", "a"])["b"] == ("c", "a")


def test_the_newest_has_no_newer_and_the_oldest_no_older() -> None:
    found = find_neighbours(["c", "b", "a"])
    assert found["c"] == (None, "b")
    assert found["a"] == ("b", None)


def test_a_lone_article_has_no_neighbours() -> None:
    assert find_neighbours(["a"]) == {"a": (None, None)}


def test_an_empty_column_has_nobody() -> None:
    assert find_neighbours([]) == {}


@given(st.lists(st.integers(), unique=True))
def test_neighbours_know_each_other(items: list[int]) -> None:
    found = find_neighbours(items)
    assert list(found) == items
    for item, (newer, older) in found.items():
        assert newer is None or found[newer][1] == item
        assert older is None or found[older][0] == item
