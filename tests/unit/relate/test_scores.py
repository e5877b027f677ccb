"""The quick way to the nearest documents, against looking at all of them in one process."""

from random import Random

import pytest

from policysite import pool
from policysite.relate import scores
from policysite.relate.related import Entry
from policysite.relate.related_index import RelatedIndex, build_index
from policysite.relate.vectors import term_vector

COLUMNS = ("policies/laws", "policies/notices", "news")


def entries(count: int) -> list[Entry]:
    """Return documents on some of sixty subjects each, some of a family."""
    random = Random(7)
    words = [f"工会{number}" for number in range(60)]

    def vector() -> bytes:
        some = random.sample(words, random.randint(1, 6))
        return term_vector(
            dict.fromkeys(some[:2], 1), {word: random.randint(1, 9) for word in some}
        )

    return [
        Entry(
            f"a{number}",
            random.choice(COLUMNS),
            random.choice(("", "", f"family-{number % 40}")),
            vector(),
        )
        for number in range(count)
    ]


def found(index: RelatedIndex) -> tuple[list[list[int]], list[list[int]]]:
    return index.near.tolist(), index.scores.tolist()


@pytest.mark.parametrize("count", [40, 1500])
def test_the_nearest_are_those_of_all_put_in_order(
    count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = entries(count)
    quick = found(build_index(given, 5))
    monkeypatch.setattr(scores, "_AMPLE", count)
    assert found(build_index(given, 5)) == quick


def test_several_processes_find_what_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    given = entries(1500)
    monkeypatch.setattr(pool, "cores", lambda: 1)
    alone = found(build_index(given, 5))
    monkeypatch.setattr(pool, "cores", lambda: 3)
    assert found(build_index(given, 5)) == alone
