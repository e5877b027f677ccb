"""Three versions of a document: banners, timeline and differences, before, on and after a day."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import pytest

from tests.build import builds
from tests.build.reading import BuiltSite, Page, find_broken_links
from tests.unit.making import front_matter, write_content

FIRST, SECOND, THIRD = "/2021/funds-2021.html", "/2024/funds-2024.html", "/2026/funds-2026.html"
AMENDING = "/2025/funds-amendment.html"
COMPARISON = "/compare/funds-2024--funds-2026.html"
DAYS = {"before": "2026-04-30", "on": "2026-05-01", "after": "2026-09-01"}

CLAUSES = """第一章 总则

第一条 为了规范工会经费的收入和支出，制定本办法。

第二条 会员生日，慰问品价值不超过{amount}元。

第三条 工会经费不得用于请客送礼，不得发放奖金、津贴、补贴。
{more}
"""


def funds(year: int, amount: int, *lines: str, more: str = "") -> str:
    """Return a version of the measures."""
    return front_matter(
        f"发文字号: 示总工发〔{year}〕6号", "文种: 通知", f"成文日期: {year}-03-10",
        f"施行日期: {year}-05-01", *lines,
        title=f"关于印发《经费办法（{year}年）》的通知", date=f"{year}-03-15",
        body=CLAUSES.format(amount=amount, more=more),
    )  # fmt: skip


FILES = {
    "policies/documents/2021-03-15-funds-2021.md": funds(2021, 200),
    "policies/documents/2024-03-15-funds-2024.md": funds(
        2024, 300, "替代:", "  - 示总工发〔2021〕6号"
    ),
    "policies/documents/2025-03-15-funds-amendment.md": front_matter(
        "发文字号: 示总工发〔2025〕3号", "文种: 决定", "成文日期: 2025-03-10", "施行日期: 2025-04-01",
        "修改:", "  - funds-2024",
        title="关于修改《经费办法》的决定", date="2025-03-15", body="把“300元”改为“350元”。\n",
    ),
    "policies/documents/2026-03-15-funds-2026.md": funds(
        2026, 400, "失效日期: 2026-08-31", "替代:", "  - 示总工发〔2024〕6号",
        more="\n第四条 经费收支每季度向会员公开一次。\n",
    ),
}  # fmt: skip


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, BuiltSite]:
    """Return the site before, on and after the day on which the third version takes effect."""

    def make(folder: Path) -> None:
        content = write_content(folder, FILES)
        for name, day in DAYS.items():
            moment = datetime.fromisoformat(f"{day}T10:00:00+08:00")
            builds.build(folder / name, content=content, now=int(moment.timestamp()))

    folder = builds.build_once(tmp_path_factory, "versions", make)
    return {name: BuiltSite(folder / name) for name in DAYS}


def banner(page: Page) -> str:
    (text,) = page.texts(".validity-banner__text")
    return text


@pytest.mark.parametrize(
    ("url", "said"),
    [
        (
            FIRST,
            ["废止本文件自2024年5月1日起废止，由《关于印发〈经费办法（2024年）〉的通知》（示总工发〔2024〕6号）替代，仅供查阅。"]
            * 3,
        ),
        (
            SECOND,
            [
                "已修改本文件自2025年4月1日起由《关于修改〈经费办法〉的决定》（示总工发〔2025〕3号）修改，请对照使用，"
                "将自2026年5月1日起废止，由《关于印发〈经费办法（2026年）〉的通知》（示总工发〔2026〕6号）替代。",
                *[
                    "废止本文件自2026年5月1日起废止，由《关于印发〈经费办法（2026年）〉的通知》（示总工发〔2026〕6号）替代，仅供查阅。"
                ]
                * 2,
            ],
        ),
        (
            THIRD,
            [
                "尚未施行本文件自2026年5月1日起施行，目前尚未施行，有效期至2026年8月31日。",
                "有效本文件自2026年5月1日起施行，有效期至2026年8月31日。",
                "失效本文件有效期至2026年8月31日，现已失效，仅供查阅。",
            ],
        ),
    ],
)  # fmt: skip
def test_the_banner_is_true_on_the_day_of_the_build(
    sites: dict[str, BuiltSite], url: str, said: list[str]
) -> None:
    assert [banner(sites[name].page(url)) for name in DAYS] == said


def test_the_banner_leads_to_the_document_that_it_names(sites: dict[str, BuiltSite]) -> None:
    assert sites["before"].page(SECOND).links(".validity-banner") == [AMENDING, THIRD]


def test_lists_show_the_same_state_as_the_banner(sites: dict[str, BuiltSite]) -> None:
    tags = sites["on"].page("/policies/documents/").texts(".article-list .validity-tag")
    assert tags == ["有效", "有效", "废止", "废止"]


def test_every_version_shows_the_whole_timeline(sites: dict[str, BuiltSite]) -> None:
    """Oldest first, with the amendment between; the version being read is not a link."""
    for url, others in (
        (FIRST, [SECOND, AMENDING, THIRD]),
        (SECOND, [FIRST, AMENDING, THIRD]),
        (THIRD, [FIRST, SECOND, AMENDING]),
    ):
        page = sites["on"].page(url)
        links = [link for link in page.links(".timeline") if not link.startswith("/compare/")]
        assert links == others
        (here,) = page.tree.xpath("//*[@class='timeline']//*[@aria-current='page']")
        assert here.text_content() == page.texts("h1")[0]
    assert sites["on"].page(AMENDING).select(".timeline") == []


@pytest.mark.parametrize(("name", "number"), [("before", "2024"), ("on", "2026"), ("after", None)])
def test_the_timeline_marks_the_version_in_force(
    sites: dict[str, BuiltSite], name: str, number: str | None
) -> None:
    marked = [
        item.text_content()
        for item in sites[name].page(FIRST).select(".timeline__item")
        if "现行" in item.text_content()
    ]
    assert len(marked) == (number is not None)
    assert not number or f"〔{number}〕" in marked[0]


def test_the_difference_of_neighbours_is_a_page_that_search_engines_leave_out(
    sites: dict[str, BuiltSite],
) -> None:
    site = sites["on"]
    assert sorted(url for url in site.pages if url.startswith("/compare/")) == [
        "/compare/funds-2021--funds-2024.html", COMPARISON,
    ]  # fmt: skip
    assert not site.page(COMPARISON).is_indexable
    naming = {name for name in site.files if name.endswith((".xml", ".json", ".html"))}
    naming = {name for name in naming if "/compare/" in site.text(name)}
    assert naming == {url.removeprefix("/") for url in (SECOND, THIRD, COMPARISON)} | {
        "compare/funds-2021--funds-2024.html", FIRST.removeprefix("/"),
    }  # fmt: skip


def test_the_difference_shows_what_was_inserted_deleted_and_changed(
    sites: dict[str, BuiltSite],
) -> None:
    page = sites["on"].page(COMPARISON)
    assert page.texts(".article__lead strong") == ["新增1条，修改1条，没有变化2条。"]
    assert page.texts(".difference__state") == ["未变", "修改", "未变", "新增"]
    assert [e.text_content() for e in page.tree.xpath("//*[@class='document']//del")] == ["300"]
    assert [e.text_content() for e in page.tree.xpath("//*[@class='document']//ins")] == [
        "400", "经费收支每季度向会员公开一次。",
    ]  # fmt: skip
    (folded, _) = page.texts("details.difference__fold summary")
    assert folded == "第一条没有变化"


def test_the_difference_leads_to_the_clauses_of_both_versions(
    sites: dict[str, BuiltSite],
) -> None:
    links = sites["on"].page(COMPARISON).links(".document")
    assert f"{SECOND}#t2" in links
    assert f"{THIRD}#t2" in links
    assert f"{THIRD}#t4" in links


@pytest.mark.parametrize("name", DAYS)
def test_no_link_is_broken_on_any_day(sites: dict[str, BuiltSite], name: str) -> None:
    assert find_broken_links(sites[name], "www.example.org") == []


def test_the_day_can_be_given_on_the_command_line(tmp_path: Path) -> None:
    """The last moment of that day: what is to appear in its course has appeared."""
    content = write_content(tmp_path, FILES)
    command = [sys.executable, "-m", "invoke", "--search-root", str(builds.ROOT)]
    options = ["--config", str(builds.GOOD_CONFIG), "--content", str(content)]
    done = builds.run(
        [*command, "build", *options, "--output", str(tmp_path / "out"), "--date", "2026-08-31"]
    )
    assert done.returncode == 0, done.stderr
    assert "有效期至2026年8月31日。" in banner(BuiltSite(tmp_path / "out").page(THIRD))
    done = builds.run([*command, "check", "--content", str(content), "--date", "31.8.2026"])
    assert done.returncode == 1
    assert "--date 要写成 2026-12-31 这样的日期" in done.stderr
