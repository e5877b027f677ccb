"""In which order jobs are done."""

from policysite.engine.press import _mixed


def test_lists_are_made_all_over_the_place_and_articles_in_their_order() -> None:
    articles = [f"article/{number}" for number in range(1000)]
    lists = [f"older/news/{number}" for number in range(40)]
    order = _mixed([*lists, *articles])
    assert sorted(order) == sorted([*articles, *lists])
    assert [job for job in order if job in articles] == articles
    places = [order.index(job) for job in lists]
    assert places != sorted(places)
    assert all(any(start <= p < start + 260 for p in places) for start in range(0, 1040, 260))


def test_jobs_of_one_kind_are_all_done() -> None:
    assert _mixed(["home"]) == ["home"]
    assert _mixed(["article/a"]) == ["article/a"]
    assert _mixed([]) == []
