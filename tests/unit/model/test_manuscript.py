"""An article, page or topic: checks that need more than one field."""

from datetime import datetime, timedelta

import pytest

from policysite.model.fields import Status
from policysite.model.manuscript import read_page, read_topic
from policysite.problems import Problem
from tests.unit.making import NOTICES, NOW, front_matter, make_manuscript, read


def said(problems: list[Problem]) -> list[tuple[str, int]]:
    """Return code and line of every problem."""
    return [(found.code, found.line) for found in problems]


def test_the_file_name_gives_slug_and_address() -> None:
    manuscript = make_manuscript(slug="summer-heat-2")
    assert manuscript.slug == "summer-heat-2"
    assert manuscript.url == "/2026/summer-heat-2.html"
    assert manuscript.save_as == "2026/summer-heat-2.html"
    assert manuscript.column is NOTICES


def test_each_field_knows_its_line() -> None:
    manuscript = make_manuscript("关键词:", "  - 高温津贴", "来源: 示例省总工会")
    assert manuscript.lines == {"title": 2, "date": 3, "keywords": 4, "source": 6}
    assert manuscript.body_line == 9


@pytest.mark.parametrize(
    "name",
    ["送清凉.md", "summer-heat.md", "2026-03-15.md", "2026-03-15-.md", "2026-3-15-heat.md",
     "2026-03-15-Heat.md", "2026-03-15-summer_heat.md", "2026-03-15-a--b.md", "2026-03-15-heat.MD",
     "2026-02-30-heat.md", "2026-03-15 heat.md"],
)  # fmt: skip
def test_a_file_name_without_date_or_short_name_is_an_error(name: str) -> None:
    manuscript, problems = read(name=name, date="2026-03-15")
    assert manuscript is None
    assert said(problems) == [("N301", 0)]


def test_the_date_must_be_that_of_the_file_name() -> None:
    manuscript, problems = read(name="2026-03-15-a.md", date="2026-03-16")
    assert manuscript
    assert said(problems) == [("F210", 3)]


def test_the_time_may_be_added_to_the_date_of_the_file_name() -> None:
    assert make_manuscript(date="2026-03-15 23:59").fields.date.hour == 23


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        pytest.param(["成文日期: 2026-03-16"], 3, id="published before it was signed"),
        pytest.param(
            ["施行日期: 2026-07-01", "失效日期: 2026-06-30"], 5, id="ends before it begins"
        ),
        pytest.param(
            ["联系人: 甲", "联系电话: 1", "公示开始: 2026-03-20", "公示截止: 2026-03-19"],
            7,
            id="a notice ends before it begins",
        ),
        pytest.param(["更新日期: 2026-03-14"], 4, id="updated before it was published"),
    ],
)
def test_dates_in_the_wrong_order_are_an_error_at_the_later_field(
    lines: list[str], line: int
) -> None:
    _, problems = read(*lines)
    assert said(problems) == [("F213", line)]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["成文日期: 2026-03-15"], id="signed on the day of publication"),
        pytest.param(["施行日期: 2026-07-01", "失效日期: 2026-07-01"], id="in force for one day"),
        pytest.param(["更新日期: 2026-03-15"], id="updated on the day of publication"),
        pytest.param(["施行日期: 2026-01-01"], id="in force before publication"),
        pytest.param(["失效日期: 2026-03-01"], id="expired before publication"),
    ],
)
def test_dates_in_order_or_on_one_day_are_right(lines: list[str]) -> None:
    assert read(*lines, date="2026-03-15 09:30")[1] == []


def test_an_update_earlier_on_the_same_day_is_an_error() -> None:
    _, problems = read("更新日期: 2026-03-15 08:00", date="2026-03-15 09:30")
    assert said(problems) == [("F213", 4)]


@pytest.mark.parametrize(
    ("offset", "status"),
    [
        pytest.param(timedelta(minutes=-1), Status.PUBLISHED, id="a minute ago"),
        pytest.param(timedelta(0), Status.PUBLISHED, id="now"),
        pytest.param(timedelta(minutes=1), Status.SCHEDULED, id="in a minute"),
        pytest.param(timedelta(days=365), Status.SCHEDULED, id="next year"),
    ],
)
def test_an_article_is_scheduled_until_its_moment_comes(offset: timedelta, status: Status) -> None:
    moment = NOW + offset
    assert make_manuscript(date=f"{moment:%Y-%m-%d %H:%M}").status is status


@pytest.mark.parametrize("label", ["草稿", "隐藏", "撤回"])
def test_only_a_published_article_can_be_scheduled(label: str) -> None:
    assert make_manuscript(f"状态: {label}", date="2027-01-01").status is not Status.SCHEDULED


def test_a_bare_date_is_published_at_midnight_in_china() -> None:
    manuscript, _ = read(now=datetime.fromisoformat("2026-03-14T16:00:00+00:00"))
    assert manuscript
    assert manuscript.status is Status.PUBLISHED


def test_an_article_needs_a_body() -> None:
    _, problems = read(body="\n")
    assert [found.code for found in problems] == ["B501"]


def test_a_withdrawn_article_needs_no_body() -> None:
    assert read("状态: 撤回", body="")[1] == []


def test_a_picture_needs_a_description() -> None:
    assert said(read("配图: images/a.svg")[1]) == [("F211", 4)]
    assert read("配图: images/a.svg", "配图说明: 工会干部在现场")[1] == []


def test_all_faults_are_told_at_once_in_their_places() -> None:
    _, problems = read(
        "成文日期: 明天", "头条: 好", "文种: 通告书", "标签: 甲", name="heat.md", date="x"
    )
    assert sorted(said(problems)) == [
        ("F106", 7), ("F202", 3), ("F202", 4), ("F207", 6), ("F208", 5), ("N301", 0)
    ]  # fmt: skip


def test_a_warning_names_the_field_it_stands_in() -> None:
    _, problems = read("关键词: 甲、乙", "施行日期: 2026/7/1")
    assert [(found.code, found.line, found.text[:6]) for found in problems] == [
        ("F107", 4, "“关键词”有"),
        ("F203", 5, "“施行日期”"),
    ]


def test_a_missing_field_comes_with_an_example_to_copy() -> None:
    manuscript, problems = read_page(
        "---\n摘要: 概况\n---\n\n正文。", "content/pages/a.md", "pages/a.md"
    )
    assert manuscript is None
    assert said(problems) == [("F201", 1)]
    assert "标题: 关于" in problems[0].text


def test_an_unknown_field_comes_with_the_nearest_known_one() -> None:
    _, problems = read("发文字毫: 示总工发〔2026〕12号")
    assert said(problems) == [("F106", 4)]
    assert "“发文字号”" in problems[0].text


def test_a_page_has_its_address_from_its_file_name() -> None:
    text = "---\n标题: 联系我们\n---\n\n正文。"
    page, problems = read_page(text, "content/pages/contact.md", "pages/contact.md")
    assert page and not problems
    assert (page.slug, page.url, page.save_as) == ("contact", "/contact.html", "contact.html")


def test_a_topic_is_a_folder_with_an_index() -> None:
    text = "---\n标题: 集体协商\n---\n\n正文。"
    topic, problems = read_topic(text, "content/topics/bargaining.md", "topics/bargaining.md")
    assert topic and not problems
    assert (topic.url, topic.save_as) == ("/topics/bargaining/", "topics/bargaining/index.html")


@pytest.mark.parametrize("name", ["联系我们.md", "Contact.md", "contact_us.md", "contact.MD"])
def test_the_file_name_of_a_page_is_checked(name: str) -> None:
    text = "---\n标题: 联系我们\n---\n\n正文。"
    assert said(read_page(text, f"content/pages/{name}", f"pages/{name}")[1]) == [("N308", 0)]


def test_a_page_has_no_date_of_publication() -> None:
    _, problems = read_page(front_matter(), "content/pages/a.md", "pages/a.md")
    assert said(problems) == [("F106", 3)]
