"""Front matter as we write it: our own reader and any YAML parser find what was put in."""

import pytest
import yaml

from policysite.model.canonical import write_front_matter
from policysite.model.front_matter import parse

AWKWARD = [
    "关于做好2026年送清凉工作的通知",
    "《示例省总工会章程》",
    "“五一”劳动奖",
    "——以青川市为例",
    "- 不是列表",
    "# 不是注释",
    "标题: 副标题",
    "以冒号结束:",
    "经费 #1",
    '他说"好"',
    "反斜线\\结尾",
    "[方括号]",
    "{花括号}",
    "*星号*",
    "?问号",
    "@单位",
    "`代码`",
    "第一行\n第二行",
    "https://www.example.org/a?b=c#d",
    "000-12345678",
]


@pytest.mark.parametrize("text", AWKWARD)
def test_a_text_comes_back_as_it_was(text: str) -> None:
    written = write_front_matter([("标题", text), ("关键词", (text, "经费"))]) + "\n"
    wanted = " ".join(text.splitlines())
    entries = parse(written, "a.md", {"标题": "title", "关键词": "keywords"}).entries
    assert entries["title"].value.text == wanted  # type: ignore[union-attr]
    assert str(yaml.safe_load(written.strip("-\n"))["标题"]) == wanted


@pytest.mark.parametrize("text", AWKWARD)
def test_our_reader_has_nothing_to_say_of_it(text: str) -> None:
    written = write_front_matter([("标题", text)]) + "\n"
    assert parse(written, "a.md", {"标题": "title"}).problems == ()


def test_an_attachment_is_written_as_name_and_file() -> None:
    written = write_front_matter([("附件", (("申报表: 甲", "attachments/2026/a.docx"),))])
    assert written.splitlines()[1:-1] == ["附件:", '  - "申报表: 甲": attachments/2026/a.docx']


def test_an_empty_value_is_left_out() -> None:
    assert (
        write_front_matter([("标题", "通知"), ("摘要", ""), ("关键词", ())])
        == "---\n标题: 通知\n---"
    )
