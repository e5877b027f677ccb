"""`fix` mends the safe set, once and for all, and touches nothing else."""

from pathlib import Path

import pytest
from hypothesis import given

from policysite.lint.term_tables import common_terms
from policysite.model.fields import ArticleFields
from policysite.model.manuscript import read_fields
from policysite.tools import desk
from policysite.tools.fix import difference, mend, mend_files
from tests.unit.lint.linting import HEAD
from tests.unit.lint.test_properties import TEXTS
from tests.unit.making import front_matter, write_content

A = "notices/2026-03-15-a.md"


def mended(text: str) -> str:
    return mend(text, ArticleFields, common_terms())


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("学习,贯彻;落实", "学习，贯彻；落实"),
        ("学习, 贯彻", "学习，贯彻"),
        ("大会(以下简称会）", "大会（以下简称会）"),
        ("领导，，责任。。", "领导，责任。"),
        ("学习,,贯彻", "学习，贯彻"),
        ("工\u200b会", "工会"),
        ("⼯会", "工会"),
        ("３００元", "300元"),
        ("2026年04月01日", "2026年4月1日"),
        ("二零二六年", "二〇二六年"),
        ("1、加强领导", "1.加强领导"),
        ("（一）、加强领导", "（一）加强领导"),
    ],
)
def test_the_safe_set_is_mended(wrong: str, right: str) -> None:
    assert mended(HEAD + wrong) == HEAD + right


@pytest.mark.parametrize(
    "body",
    [
        "`甲,乙(丙)`",
        "```\n甲,乙\n```",
        "[甲](/a,b(c).md)",
        "![会场](/images/2026/会议 现场(1).jpg)",
        '![会场](/images/2026/会议 现场.jpg "图题")',
        "[登记表](/attachments/2026/登记表 (定稿) 终.docx)",
        '<p title="甲,乙">丙</p>',
        "https://www.example.org/a,b",
        "<!-- 原文 -->\n甲,乙(丙)，，\n<!-- 原文完 -->",
        "甲,乙<!-- lint-disable T101 引用原话，保留 -->",
        "按照《办法的规定",
        "截止目前，残废人",
        "2月30日",
        "请打13800001234。",
        "示总工发[1995]32号",
        "一.加强领导",
        "关于（）的规定",
        "2026年3月15日，共300元。",
    ],
)
def test_what_needs_a_person_or_is_no_prose_stays(body: str) -> None:
    assert mended(HEAD + body) == HEAD + body


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("来源：示例省总工会", "来源: 示例省总工会"),
        ("来源:示例省总工会", "来源: 示例省总工会"),
        ("更新日期: 2026年3月20日", "更新日期: 2026-03-20"),
        ("发文字号: 示总工发[2026]第012号", "发文字号: 示总工发〔2026〕12号"),
        ("关键词: 津贴、防暑", "关键词:\n  - 津贴\n  - 防暑"),
        ("副标题: 甲: 乙", '副标题: "甲: 乙"'),
        ("附件:\n\t- 表: a/b.docx", "附件:\n  - 表: a/b.docx"),
    ],
)
def test_fields_get_their_canonical_form(wrong: str, right: str) -> None:
    assert mended(front_matter(wrong)) == front_matter(right)


@pytest.mark.parametrize("line", ["副标题: 甲,乙", "摘要: 甲(乙)丙", "来源: 甲;乙"])
def test_what_a_field_says_is_left_to_people(line: str) -> None:
    assert mended(front_matter(line)) == front_matter(line)


def test_a_quoted_value_keeps_its_quotes_or_its_meaning() -> None:
    text = front_matter('更新日期: "2026年3月20日"')
    _, before, _ = read_fields(text, "", ArticleFields)
    _, after, _ = read_fields(mended(text), "", ArticleFields)
    assert before
    assert before == after


def test_line_ends_and_the_byte_order_mark_are_mended() -> None:
    assert mended("\ufeff" + front_matter().replace("\n", "\r\n")) == front_matter()


@given(TEXTS)
def test_mending_again_changes_nothing(text: str) -> None:
    for source in (text, HEAD + text, "---\n" + text):
        once = mended(source)
        assert mended(once) == once


@given(TEXTS)
def test_fields_mean_the_same_afterwards(text: str) -> None:
    source = "---\n标题: 甲\n发布日期: 2026-03-15\n" + text.replace("---", "") + "\n---\n\n正文。"
    _, before, _ = read_fields(source, "", ArticleFields)
    _, after, _ = read_fields(mended(source), "", ArticleFields)
    if before:
        assert after
        assert (after.title, after.date, after.subtitle) == (
            before.title,
            before.date,
            before.subtitle,
        )
        assert after == before


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return write_content(tmp_path, {A: front_matter(body="学习,贯彻13800001234\n")})


def test_the_difference_is_shown_and_hides_personal_data(content: Path) -> None:
    (found,) = mend_files(content, [])
    said = difference(found)
    assert "-学习,贯彻138****1234" in said
    assert "+学习，贯彻138****1234" in said
    assert "13800001234" not in said


def test_nothing_is_written_unless_somebody_agrees(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (content / A).read_bytes()
    desk.fix([], "content")
    assert (content / A).read_bytes() == before
    assert "没有改动任何文件" in capsys.readouterr().out
    desk.fix([f"content/{A}"], "content", yes=True)
    assert "学习，贯彻13800001234" in (content / A).read_text("utf-8")
    assert "已改正 1 个文件" in capsys.readouterr().out


def test_a_second_time_there_is_nothing_to_do(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.fix([], "content", yes=True)
    desk.fix([], "content", yes=True)
    assert "没有可以自动改正的地方" in capsys.readouterr().out
    assert sorted(path.name for path in (content / "notices").iterdir()) == ["2026-03-15-a.md"]


def test_a_faulty_list_of_terms_is_explained(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (content / "terms.toml").write_text("[[term]\n", "utf-8")
    with pytest.raises(SystemExit):
        desk.fix([], "content")
    assert "没有看懂" in capsys.readouterr().err
