"""The column table, and everything that can be wrong with it."""

from pathlib import Path

import pytest

from policysite.model.column_rows import COLUMN_TYPES
from policysite.model.columns import RESERVED, read_columns
from tests.unit.making import COLUMN_TABLE

NEWS = """[[column]]
slug = "news"
name = "新闻中心"
description = "工作动态。"
keywords = ["新闻"]
type = "工作动态"
"""
CHILD = """
  [[column.child]]
  slug = "local"
  name = "基层动态"
  description = "基层的做法。"
  keywords = ["基层"]
  type = "工作动态"
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / "columns.toml"


def said(table: Path, text: str) -> list[tuple[str, int, str]]:
    """Return code, line and text of every problem."""
    table.write_text(text, "utf-8")
    return [(p.code, p.line, p.text) for p in read_columns(table, "content/columns.toml")[1]]


def changed(old: str, new: str) -> str:
    assert NEWS.count(old) == 1
    return NEWS.replace(old, new)


def test_columns_come_in_the_order_of_the_table_parents_first(table: Path) -> None:
    table.write_text(COLUMN_TABLE, "utf-8")
    columns, problems = read_columns(table, "content/columns.toml")
    assert problems == []
    assert [column.path for column in columns] == [
        "about", "about/intro", "notices", "policies", "policies/documents",
        "policies/interpretation",
    ]  # fmt: skip
    assert [column.path for column in columns.top] == ["about", "notices", "policies"]


def test_a_child_knows_its_place(table: Path) -> None:
    table.write_text(COLUMN_TABLE, "utf-8")
    columns, _ = read_columns(table, "content/columns.toml")
    child = columns.by_path["policies/documents"]
    assert (child.url, child.parent_path, child.parent_name) == (
        "/policies/documents/",
        "policies",
        "政策文件",
    )
    assert [column.name for column in columns.lineage(child)] == ["政策文件", "省总文件"]
    assert columns.lineage(columns.by_path["notices"]) == (columns.by_path["notices"],)


def test_a_column_that_is_a_page_has_the_address_of_the_page(table: Path) -> None:
    table.write_text(COLUMN_TABLE, "utf-8")
    intro = read_columns(table, "x")[0].by_path["about/intro"]
    assert (intro.is_page, intro.url) == (True, "/intro.html")


def test_the_top_level_goes_to_the_home_page_where_no_column_says_so(table: Path) -> None:
    table.write_text(NEWS + CHILD, "utf-8")
    columns, _ = read_columns(table, "x")
    assert [(column.path, column.home) for column in columns] == [("news", 6), ("news/local", None)]


def test_one_column_that_says_so_is_enough_to_leave_the_others_out(table: Path) -> None:
    table.write_text(COLUMN_TABLE, "utf-8")
    columns, _ = read_columns(table, "x")
    assert [column.path for column in columns.top if column.home] == ["notices"]


@pytest.mark.parametrize(
    ("old", "new", "line", "text"),
    [
        pytest.param('slug = "news"\n', "", 1, "“新闻中心”的 slug 不对：没有写。", id="no slug"),
        pytest.param('"news"', '"News"', 2, "“News”只能用小写英文字母、数字和减号", id="capital"),
        pytest.param(
            '"news"', '"新闻"', 2, "“新闻”只能用小写英文字母、数字和减号", id="Chinese slug"
        ),
        pytest.param('"news"', '"a/b"', 2, "“a/b”只能用小写英文字母、数字和减号", id="slash"),
        pytest.param('"news"', '""', 1, "的 slug 不对：没有内容。", id="empty slug"),
        pytest.param('"新闻中心"', '""', 2, "“news”的 name 不对：没有内容。", id="empty name"),
        pytest.param('"新闻中心"', f'"{"长" * 21}"', 2, "太长了，不要超过20个字。", id="long name"),
        pytest.param('"新闻中心"', "1", 2, "的 name 不对：要写成英文双引号里的文字。", id="number"),
        pytest.param('"工作动态。"', '""', 2, "的 description 不对：没有内容。", id="description"),
        pytest.param('["新闻"]', "[]", 2, "的 keywords 不对：至少写一项。", id="no keywords"),
        pytest.param(
            '["新闻"]', '"新闻"', 2, '要写成 ["甲", "乙"] 这样的列表。', id="keywords a text"
        ),
        pytest.param(
            '["新闻"]', "[1]", 2, "的 keywords 不对：要写成英文双引号里的文字。", id="in list"
        ),
        pytest.param(
            '"工作动态"\n', '"动态"\n', 2, "没有“动态”这种类型，可以写：概况信息、", id="type"
        ),
        pytest.param(
            '"工作动态"\n', '"其他"\nhome = 0\n', 2, "的 home 不对：要大于 0。", id="home 0"
        ),
        pytest.param(
            '"工作动态"\n', '"其他"\nhome = 21\n', 2, "的 home 不对：不要大于 20。", id="home"
        ),
        pytest.param(
            '"工作动态"\n', '"其他"\nhome = "6"\n', 2, "home 不对：要写成数字。", id="text"
        ),
        pytest.param(
            '"工作动态"\n', '"其他"\narchived = "是"\n', 2, "要写成 true 或 false。", id="bool"
        ),
        pytest.param(
            '"工作动态"\n', '"其他"\nicon = "n"\n', 2, "的 icon 不对：没有这一项。", id="unknown"
        ),
        pytest.param('"工作动态"\n', '"其他"\npage = "A"\n', 2, "“A”只能用小写英文字母", id="page"),
        pytest.param(
            '"工作动态"\n', '"其他"\nchild = ["a"]\n', 2, "要写成 [[column.child]]", id="child"
        ),
        pytest.param(
            '"工作动态"\n', '"其他"\n[column.child]\n', 2, "写成 [[column.child]]", id="one ["
        ),
    ],
)
def test_a_wrong_value_is_told_with_column_key_and_line(
    table: Path, old: str, new: str, line: int, text: str
) -> None:
    ((code, found, message),) = said(table, changed(old, new))
    assert (code, found) == ("C602", line)
    assert text in message


def test_a_fault_of_a_child_is_told_at_the_child(table: Path) -> None:
    ((code, line, message),) = said(table, NEWS + CHILD.replace('"基层动态"', '""'))
    assert (code, line) == ("C602", 9)
    assert message == "栏目“local”的 name 不对：没有内容。"


def test_there_is_no_third_level(table: Path) -> None:
    grandchild = CHILD.replace("column.child", "column.child.child").replace("local", "town")
    ((code, line, message),) = said(table, NEWS + CHILD + grandchild)
    assert (code, line) == ("C602", 16)
    assert message == "栏目“基层动态”的 child 不对：栏目只有两级。"


def test_all_faults_of_the_table_are_told_at_once(table: Path) -> None:
    text = (
        changed('"工作动态。"', '""') + CHILD.replace('["基层"]', "[]") + NEWS.replace("news", "N")
    )
    assert [(code, line) for code, line, _ in said(table, text)] == [
        ("C602", 2), ("C602", 9), ("C602", 15)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        pytest.param('"新闻中心"', "“新闻中心”", 3, "值要放在英文双引号里", id="Chinese quotes"),
        pytest.param('"新闻中心"', "新闻中心", 3, "值要放在英文双引号里", id="no quotes"),
        pytest.param('"新闻中心"', '"新闻中心', 3, "引号没有成对", id="quote not closed"),
        pytest.param('name = "', 'name "', 3, "项目名后面缺等号", id="no equals sign"),
        pytest.param('name = "', 'name ＝ "', 3, "项目名后面缺等号", id="full-width equals sign"),
        pytest.param('slug = "news"', 'slug = "news"\nslug = "n"', 3, "同一项写了两次", id="twice"),
        pytest.param('["新闻"]', '["新闻"', 6, "方括号没有成对", id="bracket not closed"),
    ],
)
def test_a_table_that_is_no_toml_is_told_with_line_and_reason(
    table: Path, old: str, new: str, line: int, reason: str
) -> None:
    ((code, found, message),) = said(table, changed(old, new))
    assert (code, found) == ("C601", line)
    assert reason in message


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param(NEWS.replace("[[column]]", "[column]"), 1, id="single brackets"),
        pytest.param(f"# 栏目\n{NEWS.replace('[[column]]', '[[columns]]')}", 2, id="misspelt"),
        pytest.param(f'title = "栏目"\n\n{NEWS}', 1, id="a value of its own"),
        pytest.param('column = "news"\n', 1, id="a text"),
    ],
)
def test_what_stands_outside_of_columns_is_an_error(table: Path, text: str, line: int) -> None:
    ((code, found, message),) = said(table, text)
    assert (code, found) == ("C601", line)
    assert "要写成 [[column]]" in message


@pytest.mark.parametrize("text", ["", "# 还没有栏目\n", "column = []\n"])
def test_a_table_without_columns_is_an_error(table: Path, text: str) -> None:
    assert [code for code, _, _ in said(table, text)] == ["C605"]


def test_a_table_that_is_not_there_is_an_error(table: Path) -> None:
    columns, problems = read_columns(table, "content/columns.toml")
    assert str(problems[0]).startswith("content/columns.toml [C605] 没有栏目表")
    assert list(columns) == []


def test_a_table_in_another_encoding_is_an_error(table: Path) -> None:
    table.write_bytes(NEWS.encode("gbk"))
    assert [p.code for p in read_columns(table, "content/columns.toml")[1]] == ["F110"]


def test_a_byte_order_mark_does_no_harm(table: Path) -> None:
    assert said(table, "\ufeff" + NEWS) == []


@pytest.mark.parametrize("slug", sorted(RESERVED))
def test_a_folder_of_the_site_can_be_no_column(table: Path, slug: str) -> None:
    assert [code for code, _, _ in said(table, changed('"news"', f'"{slug}"'))] == ["C603"]


def test_a_year_can_be_no_column(table: Path) -> None:
    assert [code for code, _, _ in said(table, changed('"news"', '"2026"'))] == ["C603"]


def test_two_columns_of_one_parent_cannot_share_a_slug(table: Path) -> None:
    assert [code for code, _, _ in said(table, NEWS + CHILD + CHILD)] == ["C603"]
    assert [code for code, _, _ in said(table, NEWS + NEWS)] == ["C603"]


def test_columns_of_different_parents_can_share_a_slug(table: Path) -> None:
    assert said(table, NEWS + CHILD + NEWS.replace("news", "study") + CHILD) == []


@pytest.mark.parametrize("kind", COLUMN_TYPES)
def test_every_type_of_the_norm_is_accepted(table: Path, kind: str) -> None:
    assert said(table, changed('"工作动态"\n', f'"{kind}"\n')) == []
