"""What the preview tells its open pages."""

from itertools import islice

from policysite.tools.preview.news import Finding, News


def test_a_page_learns_what_is_wrong_as_soon_as_it_opens() -> None:
    news = News()
    news.show((Finding("error", "content/a.md:3 缺少“发布日期”。"),))
    with news.listening() as events:
        first = list(islice(events, 2))
    assert "缺少“发布日期”。" in first[1]
    assert first[1].startswith("event: findings\ndata: [")


def test_every_open_page_is_told_of_changes() -> None:
    news = News()
    with news.listening() as one, news.listening() as other:
        list(islice(one, 2))
        list(islice(other, 2))
        news.pages_changed()
        assert next(one) == next(other) == "event: changed\ndata: {}\n\n"


def test_one_page_is_told_by_its_address() -> None:
    news = News()
    with news.listening() as events:
        list(islice(events, 2))
        news.page_changed("/2026/a.html")
        assert next(events) == 'event: page\ndata: "/2026/a.html"\n\n'


def test_a_page_that_does_not_listen_costs_no_memory() -> None:
    news = News()
    with news.listening() as events:
        for _ in range(1000):
            news.pages_changed()
        news.close()
        assert len(list(events)) < 50


def test_a_page_that_was_closed_is_forgotten() -> None:
    news = News()
    with news.listening():
        assert len(news._listeners) == 1
    assert not news._listeners
