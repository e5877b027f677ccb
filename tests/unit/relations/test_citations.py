"""Which document a citation means, on a site with several versions of one title."""

import re
from pathlib import Path

import pytest

from tests.unit.making import front_matter, make_site

MEASURES = "示例省总工会关于印发《示例省帮扶办法》的通知"
OLD = "policies/documents/2021-03-15-aid-2021.md"
NEW = "policies/documents/2026-03-13-aid-2026.md"
BODY = "第一条 甲。\n\n乙。\n"


def documents() -> dict[str, str | bytes]:
    """Return the measures of 2021 and those of 2026, which replace them from 2026-05-01."""
    return {
        OLD: front_matter(
            "发文机关: 示例省总工会",
            "发文字号: 示总工发〔2021〕8号",
            "成文日期: 2021-03-12",
            "施行日期: 2021-04-01",
            title=MEASURES,
            date="2021-03-15",
            body=BODY,
        ),
        NEW: front_matter(
            "发文机关: 示例省总工会",
            "发文字号: 示总工发〔2026〕12号",
            "成文日期: 2026-03-12",
            "施行日期: 2026-05-01",
            "替代:",
            "  - aid-2021",
            title=MEASURES,
            date="2026-03-13",
            body=BODY,
        ),
    }


def cited(folder: Path, sentence: str, *lines: str, date: str = "2026-06-01", **more: str) -> str:
    """Return the address that a notice of `date` links in `sentence`, empty if none."""
    notice = front_matter(*lines, title="送温暖消息", date=date, body=f"{sentence}\n")
    files = documents() | {f"notices/{date}-news.md": notice} | dict(more)
    found = re.findall(r'<a href="([^"]*)"', make_site(folder, files).by_slug["news"].html)
    return " ".join(found)


@pytest.mark.parametrize(
    ("date", "url"),
    [
        pytest.param("2025-06-01", "/2021/aid-2021.html", id="while the old one held"),
        pytest.param("2026-06-01", "/2026/aid-2026.html", id="since the new one holds"),
        pytest.param("2026-04-01", "", id="between: either may be meant"),
        pytest.param("2020-06-01", "", id="before there was any"),
    ],
)
def test_a_title_means_the_version_in_force_when_it_was_cited(
    tmp_path: Path, date: str, url: str
) -> None:
    assert cited(tmp_path, "按照《示例省帮扶办法》办理。", date=date) == url


def test_a_number_tells_the_version_whatever_the_date(tmp_path: Path) -> None:
    sentence = "《示例省帮扶办法》（示总工发〔2021〕8号）第一条第二款"
    assert cited(tmp_path, sentence) == "/2021/aid-2021.html /2021/aid-2021.html#t1-2"


def test_a_number_of_no_document_of_this_title_leaves_the_title_alone(tmp_path: Path) -> None:
    assert cited(tmp_path, "《示例省帮扶办法》（示总工发〔2019〕8号）") == ""


def test_what_an_article_relates_to_is_what_it_cites(tmp_path: Path) -> None:
    lines = ("解读:", "  - aid-2026")
    sentence = "《示例省帮扶办法》已经印发。"
    assert cited(tmp_path, sentence, *lines, date="2026-04-01") == "/2026/aid-2026.html"


@pytest.mark.parametrize(
    "sentence",
    [
        f"《{MEASURES}》",
        "《示例省总工会关于印发〈示例省帮扶办法〉的通知》",
        "《关于印发〈示例省帮扶办法〉的通知》",
        "示例省总工会《关于印发〈示例省帮扶办法〉的通知》",
        "省总工会按照示总工发〔2026〕12号的要求",
    ],
)
def test_a_document_is_known_with_its_notice_and_without(tmp_path: Path, sentence: str) -> None:
    assert cited(tmp_path, sentence) == "/2026/aid-2026.html"


@pytest.mark.parametrize(
    "sentence",
    [
        "全国总工会《关于印发〈示例省帮扶办法〉的通知》",
        "《示例省帮扶办法（试行）》",
        "《帮扶办法》",
        "人示总工发〔2026〕12号",
    ],
)
def test_another_issuer_title_or_number_is_not_ours(tmp_path: Path, sentence: str) -> None:
    assert cited(tmp_path, sentence) == ""


@pytest.mark.parametrize("status", ["草稿", "隐藏", "撤回"])
def test_what_readers_do_not_see_is_not_linked(tmp_path: Path, status: str) -> None:
    card = front_matter(
        f"状态: {status}",
        "发文字号: 示总工发〔2025〕7号",
        title="示例省会员卡办法",
        date="2025-03-15",
    )
    more = {"policies/documents/2025-03-15-card.md": card}
    assert cited(tmp_path, "《示例省会员卡办法》（示总工发〔2025〕7号）", **more) == ""


def test_a_document_on_trial_is_cited_with_and_without_the_word(tmp_path: Path) -> None:
    card = front_matter(
        "发文字号: 示总工发〔2025〕7号", title="示例省会员卡办法（试行）", date="2025-03-15"
    )
    more = {"policies/documents/2025-03-15-card.md": card}
    sentence = (
        "《示例省会员卡办法》\n\n《示例省会员卡办法（试行）》\n\n《示例省会员卡办法（暂行）》"
    )
    assert cited(tmp_path, sentence, **more) == "/2025/card.html /2025/card.html"


def test_a_document_does_not_link_itself_but_its_own_clauses(tmp_path: Path) -> None:
    body = "现将《示例省会员卡办法》（示总工发〔2025〕7号）印发。\n\n第一条 甲。\n\n第二条 《示例省会员卡办法》第一条。\n"
    card = front_matter(
        "发文字号: 示总工发〔2025〕7号", title="示例省会员卡办法", date="2025-03-15", body=body
    )
    site = make_site(tmp_path, {"policies/documents/2025-03-15-card.md": card})
    html = site.by_slug["card"].html
    assert re.findall(r'<a href="([^"]*)">', html) == ["#t1"]


def test_a_new_version_that_names_its_own_title_leaves_open_which_is_meant(tmp_path: Path) -> None:
    files = documents()
    text = files[NEW]
    assert isinstance(text, str)
    files[NEW] = (
        text + "\n《示例省帮扶办法》（示总工发〔2021〕8号）和《示例省帮扶办法》同时废止。\n"
    )
    html = make_site(tmp_path, files).by_slug["aid-2026"].html
    assert re.findall(r'<a href="([^"]*)">', html) == ["/2021/aid-2021.html"]


def test_a_clause_leads_to_the_act_whose_title_was_cited(tmp_path: Path) -> None:
    body = "## 甲办法示例\n\n第一条 甲。\n\n## 乙办法示例\n\n第一条 乙。\n"
    both = front_matter(
        "发文字号: 示总工发〔2025〕7号",
        title="关于印发《甲办法示例》《乙办法示例》的通知",
        date="2025-03-15",
        body=body,
    )
    more = {"policies/documents/2025-03-15-both.md": both}
    assert cited(tmp_path, "《乙办法示例》第一条", **more) == "/2025/both.html /2025/both.html#t1-b"
    assert cited(tmp_path / "b", "示总工发〔2025〕7号第一条", **more) == "/2025/both.html"


def test_a_page_without_a_date_speaks_of_the_day_of_the_build(tmp_path: Path) -> None:
    intro = "---\n标题: 机构简介\n---\n\n按照《示例省帮扶办法》办理。\n"
    site = make_site(tmp_path, documents() | {"pages/intro.md": intro})
    assert '<a href="/2026/aid-2026.html">' in site.pages[0].html
