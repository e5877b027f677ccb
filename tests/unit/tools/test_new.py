"""`new`: a complete, valid article from a few answers."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from policysite.gate import inspect
from policysite.model.folders import SLUG
from policysite.tools.new import SLUG_LENGTH, Answers, CannotWrite, new, propose_slug
from tests.unit.making import COLUMN_TABLE, NOW, front_matter, write_content

GIVEN = Answers("notices", "关于做好送清凉工作的通知", "heat", "2026-03-15 09:30")


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a content folder; nobody is there to be asked."""
    monkeypatch.setattr("sys.stdin.isatty", lambda: False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795320000")
    return write_content(tmp_path, {})


def write(content: Path, **changed: object) -> Path:
    return new(content, replace(GIVEN, **changed))  # type: ignore[arg-type]


def header(path: Path) -> dict[str, object]:
    found = yaml.safe_load(path.read_text("utf-8").split("---\n")[1])
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("送清凉工作安排", "song-qing-liang-gong-zuo-an-pai"),
        ("重庆路站点启用", "chong-qing-lu-zhan-dian-qi-yong"),
        ("示例省总工会关于印发经费办法的通知", "jing-fei-ban-fa"),
        ("关于开展2026年“两节”送温暖的通告", "kai-zhan-2026-nian-liang-jie-song-wen-nuan"),
        ("12351热线开通", "12351-re-xian-kai-tong"),
        ("Workers' Day", "workers-day"),
        ("《》——", "article"),
    ],
)
def test_a_short_name_is_proposed_from_the_title(title: str, slug: str) -> None:
    assert propose_slug(title) == slug


@pytest.mark.parametrize("title", ["长" * 200, "关于" * 40, "a" * 100, "", "！？", "2026"])
def test_what_is_proposed_can_always_be_used(title: str) -> None:
    slug = propose_slug(title)
    assert SLUG.fullmatch(slug)
    assert len(slug) <= SLUG_LENGTH


def test_the_article_is_a_draft_in_the_folder_of_its_column(content: Path) -> None:
    path = write(content, column="policies/documents")
    assert path == content / "policies/documents/2026-03-15-heat.md"
    assert header(path)["状态"] == "草稿"


def test_what_is_written_passes_the_check(content: Path) -> None:
    write(content)
    assert inspect(content, NOW)[1] == []


def test_a_column_may_be_given_by_its_name(content: Path) -> None:
    assert write(content, column="政策解读").parent == content / "policies/interpretation"


@pytest.mark.parametrize(
    ("date", "written", "name"),
    [
        ("2026-03-15 09:30", "2026-03-15 09:30", "2026-03-15-heat.md"),
        ("2026-03-15", "2026-03-15 00:00", "2026-03-15-heat.md"),
        ("2026-03-14T22:00+00:00", "2026-03-15 06:00", "2026-03-15-heat.md"),
        ("", "2026-11-22 12:00", "2026-11-22-heat.md"),
    ],
)
def test_date_and_file_name_agree_and_default_to_now(
    content: Path, date: str, written: str, name: str
) -> None:
    path = write(content, date=date)
    assert path.name == name
    assert f"发布日期: {written}\n" in path.read_text("utf-8")


@pytest.mark.parametrize(
    "title",
    ["示例省: 送清凉", "送清凉 #1", "[转载]送清凉", '"两节"送温暖', "'两节'送温暖", "*重要", "- 通知",
     "甲\\乙", "办法：", "办法:", "是", "{甲}", "& 乙", "50%", "100", "甲: \"乙\" #丙"],
)  # fmt: skip
def test_any_title_is_written_so_that_every_reader_gets_it_back(content: Path, title: str) -> None:
    path = write(content, title=title)
    assert str(header(path)["标题"]) == title
    edition, problems = inspect(content, NOW)
    # A half-width colon is a fault of the title's own, not of how it was written down.
    assert [found.code for found in problems if found.code != "T101"] == []
    assert edition.content.articles[0].fields.title == title


def test_an_article_that_exists_is_never_overwritten(content: Path) -> None:
    path = write(content)
    before = path.read_bytes()
    with pytest.raises(CannotWrite, match="heat"):
        write(content, title="另一篇")
    assert path.read_bytes() == before


def test_a_short_name_of_another_day_or_column_is_refused(content: Path) -> None:
    write(content)
    with pytest.raises(CannotWrite, match="heat-2"):
        write(content, column="policies/documents", date="2025-01-01")


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        pytest.param({"column": "news"}, "没有“news”这个可以写文章的栏目", id="unknown column"),
        pytest.param({"column": "policies"}, "没有“policies”这个", id="a column with children"),
        pytest.param({"column": "about/intro"}, "没有“about/intro”这个", id="a fixed page"),
        pytest.param({"slug": "送清凉"}, "短名“送清凉”只能用", id="a Chinese short name"),
        pytest.param({"slug": "../heat"}, "短名“../heat”只能用", id="a path as short name"),
        pytest.param({"date": "三月十五日"}, "日期“三月十五日”没有看懂", id="an unclear date"),
        pytest.param({"date": "2026-02-30"}, "日期“2026-02-30”没有看懂", id="an impossible date"),
        pytest.param({"title": " "}, "标题是空的", id="a title of nothing"),
        pytest.param({"column": ""}, "请用 --column 给出", id="no column and nobody to ask"),
        pytest.param({"title": ""}, "请用 --title 给出", id="no title and nobody to ask"),
        pytest.param({"slug": ""}, "请用 --slug 给出", id="no short name and nobody to ask"),
    ],
)
def test_what_cannot_be_written_is_told_and_leaves_no_file(
    content: Path, answers: dict[str, str], said: str
) -> None:
    with pytest.raises(CannotWrite) as caught:
        write(content, **answers)
    assert said in str(caught.value)
    assert list(content.glob("*/**/2*.md")) == []


def test_a_title_pasted_in_two_lines_becomes_one(content: Path) -> None:
    assert "标题: 甲乙\n" in write(content, title="甲\n  乙").read_text("utf-8")


def test_an_archived_column_takes_no_new_articles(tmp_path: Path, content: Path) -> None:
    table = COLUMN_TABLE.replace('slug = "notices"', 'slug = "notices"\narchived = true')
    write_content(tmp_path, {"columns.toml": table})
    with pytest.raises(CannotWrite, match="没有“notices”这个"):
        write(content)


def test_a_broken_column_table_is_told(tmp_path: Path, content: Path) -> None:
    write_content(tmp_path, {"columns.toml": "[[column]]\n"})
    with pytest.raises(CannotWrite, match=r"\[C602\]"):
        write(content)


def test_a_new_article_does_no_harm_to_the_others(tmp_path: Path, content: Path) -> None:
    other = content / "notices/2026-03-14-a.md"
    write_content(tmp_path, {"notices/2026-03-14-a.md": front_matter(date="2026-03-14")})
    before = other.read_bytes()
    write(content)
    assert other.read_bytes() == before


DOCUMENTS = {
    "policies/documents/2026-03-13-a.md": front_matter(
        "发文字号: 示总工发〔2026〕12号", "发文机关:\n  - 示例省总工会", date="2026-03-13"
    ),
    "policies/documents/2025-12-01-b.md": front_matter(
        "发文字号: 示总工发〔2025〕40号", "发文机关:\n  - 示例省总工会", date="2025-12-01"
    ),
}


def test_flags_write_a_whole_document_with_the_next_number(tmp_path: Path, content: Path) -> None:
    write_content(tmp_path, DOCUMENTS)
    fields = {
        "文种": "通知",
        "issuer": "示例省总工会、示例省司法厅",
        "发文字号": "下一号",
        "成文日期": "2026-03-14",
        "主送机关": "各市总工会：",
        "关键词": "送清凉、津贴",
        "附件": "登记表: attachments/2026/form.docx；名单：attachments/2026/list.docx",
    }
    path = write(content, fields=fields, column="policies/documents")
    assert header(path)["发文字号"] == "示总工发〔2026〕13号"
    assert header(path)["发文机关"] == ["示例省总工会", "示例省司法厅"]
    assert header(path)["附件"] == [
        {"登记表": "attachments/2026/form.docx"},
        {"名单": "attachments/2026/list.docx"},
    ]
    assert "各市总工会：\n\n在这里写正文。\n\n附件：1.登记表\n2.名单\n" in path.read_text("utf-8")
    assert "示例省总工会<br>示例省司法厅<br>2026年3月14日</p>" in path.read_text("utf-8")
    # The files themselves are not there yet, and that is all.
    assert [found.code for found in inspect(content, NOW)[1]] == ["R401", "R401"]


def test_nothing_is_asked_of_who_is_sure(content: Path) -> None:
    path = write(content, slug="", is_sure=True)
    assert path.name == "2026-03-15-zuo-hao-song-qing-liang-gong-zuo.md"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        pytest.param({"文号": "1"}, "没有“文号”这个字段", id="no such field"),
        pytest.param({"发文字号": "十二号"}, "发文字号“十二号”没有看懂", id="no number"),
        pytest.param({"发文字号": "下一号"}, "不知道“”的下一号", id="next of nobody"),
        pytest.param(
            {"发文字号": "示总工发[2026]12号"}, "已经用了 示总工发〔2026〕12号", id="taken"
        ),
        pytest.param({"文种": "通之"}, "通知", id="no such kind"),
        pytest.param({"成文日期": "2026-04-01"}, "[F213]", id="signed after it was published"),
    ],
)
def test_fields_that_cannot_be_are_told_and_leave_no_file(
    tmp_path: Path, content: Path, fields: dict[str, str], said: str
) -> None:
    write_content(tmp_path, DOCUMENTS)
    with pytest.raises(CannotWrite) as caught:
        write(content, fields=fields)
    assert said in str(caught.value)
    assert list(content.glob("notices/*.md")) == []


def test_what_was_not_written_yet_cannot_be_published(content: Path) -> None:
    path = write(content)
    path.write_text(path.read_text("utf-8").replace("草稿", "已发布"), "utf-8")
    assert [(found.code, found.line) for found in inspect(content, NOW)[1]] == [("B503", 7)]
