"""What a page says of one article."""

from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from policysite.model.fields import Status
from policysite.pages.article import Article, compose_article, quoted
from policysite.pages.attachment import file_size
from policysite.text.markdown import render
from tests.unit.making import SETTINGS, TODAY, make_manuscript


def compose(
    *lines: str, today: date = TODAY, files: dict[str, Path] | None = None, **values: str
) -> Article:
    manuscript = make_manuscript(*lines, **values)
    rendered = render(manuscript.body)
    return compose_article(manuscript, rendered, files or {}, site_name=SETTINGS.name, today=today)


def test_what_is_not_stated_is_empty_and_never_missing() -> None:
    article = compose()
    empty = [article.subtitle, article.source_url, article.author, article.editor]
    assert empty == ["", "", "", ""]
    assert (article.keywords, article.attachments, article.topics, article.record) == (
        (), (), (), ()
    )  # fmt: skip
    assert (article.image, article.updated, article.validity, article.notice) == (None,) * 4
    assert (article.pinned, article.headline, article.is_policy) == (False, False, False)


def test_an_article_without_source_comes_from_the_site() -> None:
    assert compose().source == "示例省总工会"
    assert compose("来源: 青川市总工会").source == "青川市总工会"


def test_a_summary_is_cut_from_the_body_unless_it_is_written() -> None:
    assert (
        compose(body="各级工会要把防暑用品送到一线。").summary == "各级工会要把防暑用品送到一线。"
    )
    assert compose("摘要: 明确送清凉的标准。").summary == "明确送清凉的标准。"


def test_straight_quotes_in_titles_are_set_as_chinese_ones() -> None:
    article = compose("""副标题: '推进"送清凉"'""", title="""'关于"送清凉"的通知'""")
    assert (article.title, article.subtitle) == ("关于“送清凉”的通知", "推进“送清凉”")


@pytest.mark.parametrize(
    ("lines", "citation"),
    [
        ([], "《关于做好送清凉工作的通知》"),
        (
            ["发文字号: 示总工发〔2026〕12号"],
            "《关于做好送清凉工作的通知》（示总工发〔2026〕12号）",
        ),
    ],
)
def test_a_citation_has_the_number_where_there_is_one(lines: list[str], citation: str) -> None:
    assert compose(*lines).cite == citation


def test_book_title_marks_inside_a_citation_are_single() -> None:
    assert quoted("关于印发《办法》的通知") == "《关于印发〈办法〉的通知》"


def test_the_record_has_a_row_for_each_field_with_a_value_in_the_order_of_the_table() -> None:
    article = compose(
        "成文日期: 2026-03-05",
        "发文机关:",
        "  - 示例省总工会",
        "  - 示例省人力资源和社会保障厅",
        "发文字号: 示总工发〔2026〕12号",
        "主题词:",
        "  - 工会",
        "  - 经费",
    )
    assert [(row.label, row.value) for row in article.record] == [
        ("发文字号", "示总工发〔2026〕12号"),
        ("发文机关", "示例省总工会、示例省人力资源和社会保障厅"),
        ("主题词", "工会；经费"),
        ("成文日期", "2026年3月5日"),
        ("发布日期", "2026年3月15日"),
    ]


@pytest.mark.parametrize("line", ["发文字号: 示总工发〔2026〕12号", "文种: 公告"])
def test_a_number_or_a_kind_makes_a_policy_document(line: str) -> None:
    assert compose(line).is_policy
    assert compose(line).record


@pytest.mark.parametrize(
    ("line", "today", "pinned"),
    [
        pytest.param("置顶: 是", TODAY, True, id="for ever"),
        pytest.param("置顶: 否", TODAY, False, id="not"),
        pytest.param("置顶: 2026-04-30", date(2026, 4, 29), True, id="the day before"),
        pytest.param("置顶: 2026-04-30", date(2026, 4, 30), True, id="on the last day"),
        pytest.param("置顶: 2026-04-30", date(2026, 5, 1), False, id="the day after"),
    ],
)
def test_an_article_is_pinned_through_the_last_day(line: str, today: date, pinned: bool) -> None:
    assert compose(line, today=today).pinned is pinned


NOTICE = (
    "公示开始: 2026-11-18",
    "公示截止: 2026-11-25",
    "联系人: 陈老师",
    "联系电话: 000-12345678",
)


@pytest.mark.parametrize(
    ("day", "label"),
    [(17, "未开始"), (18, "公示中"), (25, "公示中"), (26, "已结束")],
)
def test_a_notice_is_open_from_its_first_through_its_last_day(day: int, label: str) -> None:
    notice = compose(*NOTICE, today=date(2026, 11, day)).notice
    assert notice
    assert (notice.label, notice.is_open) == (label, label == "公示中")


def test_a_notice_says_whom_to_tell() -> None:
    notice = compose(*NOTICE).notice
    assert notice
    assert (notice.contact, notice.phone, notice.email) == ("陈老师", "000-12345678", "")


@pytest.mark.parametrize(
    ("name", "kind", "extension"),
    [
        ("申报表.docx", "Word 文档", "DOCX"),
        ("list.XLSX", "Excel 表格", "XLSX"),
        ("a.pdf", "PDF", "PDF"),
        ("a.ofd", "OFD 版式文件", "OFD"),
        ("a.odt", "文件", "ODT"),
    ],
)
def test_an_attachment_tells_its_kind_and_size(
    tmp_path: Path, name: str, kind: str, extension: str
) -> None:
    path = tmp_path / name
    path.write_bytes(b"x" * 38_000)
    target = f"attachments/{name}"
    article = compose("附件:", f"  - 申报表: {target}", files={target: path})
    (found,) = article.attachments
    assert (found.name, found.kind, found.extension, found.size) == (
        "申报表", kind, extension, "37 KB"
    )  # fmt: skip


def test_the_address_of_a_file_with_a_chinese_name_is_encoded(tmp_path: Path) -> None:
    path = tmp_path / "表.docx"
    path.write_bytes(b"PK")
    article = compose("附件: attachments/表.docx", files={"attachments/表.docx": path})
    assert article.attachments[0].url == "/attachments/%E8%A1%A8.docx"


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        (0, "1 KB"),
        (1024, "1 KB"),
        (1_048_575, "1024 KB"),
        (1_048_576, "1.0 MB"),
        (5_400_000, "5.1 MB"),
    ],
)
def test_a_size_is_shown_as_people_read_it(size: int, shown: str) -> None:
    assert file_size(size) == shown


def test_a_picture_has_its_size_and_its_description(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("RGB", (40, 30)).save(path)
    article = compose("配图: images/a.png", "配图说明: 现场", files={"images/a.png": path})
    assert article.image
    assert (article.image.url, article.image.alt) == ("/images/a.png", "现场")
    assert (article.image.width, article.image.height) == (40, 30)


@pytest.mark.parametrize(("status", "listed"), [("已发布", True), ("隐藏", False), ("撤回", False)])
def test_only_a_published_article_is_listed(status: str, listed: bool) -> None:
    assert compose(f"状态: {status}").is_listed is listed


def test_a_scheduled_article_is_not_listed() -> None:
    article = compose(date="2027-01-01")
    assert article.status is Status.SCHEDULED
    assert not article.is_listed
