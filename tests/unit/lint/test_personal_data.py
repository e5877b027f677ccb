"""Personal data: found by what proves it, shown to nobody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policysite.lint.personal_data import Kind, find_personal_data, has_id_check, mask, masked
from tests.unit.lint.linting import codes, problems

PERSONAL = [
    ("11010519491231002X", Kind.ID),
    ("11010519491231002x", Kind.ID),
    ("110105 19491231 002X", Kind.ID),
    ("440524188001010014", Kind.ID),
    ("130503670401001", Kind.ID),
    ("6222021001116245702", Kind.BANK_CARD),
    ("4111 1111 1111 1111", Kind.BANK_CARD),
    ("13800001234", Kind.MOBILE),
    ("138 0000 1234", Kind.MOBILE),
    ("138-0000-1234", Kind.MOBILE),
    ("１３８００００１２３４", Kind.MOBILE),
    ("护照E12345678", Kind.PASSPORT),
    ("家庭住址：青川市东城区幸福路12号", Kind.ADDRESS),
    ("幸福小区3栋2单元501室", Kind.ADDRESS),
]


@pytest.mark.parametrize(("written", "kind"), PERSONAL)
@pytest.mark.parametrize("around", ["{}", "张某某{}的", "| 张某某 | {} |", "电话:{}，"])
def test_it_is_found_beside_chinese_and_in_tables(written: str, kind: Kind, around: str) -> None:
    assert [datum.kind for datum in find_personal_data(around.format(written))] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "职工服务热线12351，咨询电话000-12345678、010-12345678转802，4008001234。",
        "110105194912310021",
        "110105194913310021",
        "6222021001116245703",
        "统一社会信用代码81110000MC00000000",
        "编号2026031500001234567",
        "0.13800001234",
        "https://www.example.org/13800001234.html",
        "[图](/images/13800001234.jpg)",
        "产品E12345678",
        "联系地址：示例省青川市工人路1号",
        "138****1234，11*************02X",
        "2026-03-15 2026-11-22",
    ],
)
def test_what_is_public_or_proves_nothing_is_left_alone(text: str) -> None:
    assert find_personal_data(text) == []


def test_a_mistyped_number_that_is_called_an_id_is_a_persons_all_the_same() -> None:
    assert [d.kind for d in find_personal_data("身份证号：110105194912310021")] == [Kind.ID]


@pytest.mark.parametrize(("written", "kind"), PERSONAL[:9])
def test_masks_have_one_style(written: str, kind: Kind) -> None:
    ends = {Kind.ID: (2, 3), Kind.BANK_CARD: (6, 4), Kind.MOBILE: (3, 4)}[kind]
    digits = written.replace(" ", "").replace("-", "")
    hidden = masked(written, kind)
    assert len(hidden) == len(digits)
    assert hidden.strip("0123456789Xx") == "*" * (len(digits) - sum(ends))


@pytest.mark.parametrize(("written", "_"), PERSONAL)
def test_no_text_of_a_problem_says_it_in_full(written: str, _: Kind) -> None:
    text = mask(f"甲{written}乙")
    assert written not in text
    assert find_personal_data(text) == []


@given(st.text(alphabet="0123456789Xx -*号证卡１９\n", max_size=60))
def test_hiding_keeps_every_character_in_its_place_and_leaves_nothing(text: str) -> None:
    hidden = mask(text)
    assert len(hidden) == len(text)
    for datum in find_personal_data(text):
        assert hidden[datum.start : datum.end] != text[datum.start : datum.end]


@given(st.from_regex(r"[1-9][0-9]{16}", fullmatch=True))
def test_one_wrong_digit_breaks_the_check(first: str) -> None:
    (right,) = [char for char in "0123456789X" if has_id_check(first + char)]
    other = str((int(first[3]) + 1) % 10)
    assert not has_id_check(first[:3] + other + first[4:] + right)


def test_a_problem_points_at_the_number_and_suggests_the_mask() -> None:
    (found,) = problems("请联系13800001234。")
    assert (found.code, found.line, found.column, found.end_column) == ("D603", 6, 4, 15)
    assert "138****1234" in found.text
    assert found.fix is None


def contacts(line: str) -> str:
    return f"---\n标题: 公示\n发布日期: 2026-03-15\n{line}\n---\n\n正文。\n"


@pytest.mark.parametrize("line", ["联系电话: 13800001234", "联系地址: 幸福小区3栋2单元501室"])
def test_the_contact_fields_of_a_notice_are_meant_to_be_read(line: str) -> None:
    assert codes(contacts(line)) == []


@pytest.mark.parametrize("line", ["联系电话: 11010519491231002X", "摘要: 请打13800001234"])
def test_other_numbers_and_fields_are_not(line: str) -> None:
    assert codes(contacts(line))[0][0] == "D"


def test_comments_and_code_are_read_too_for_the_file_is_public() -> None:
    assert codes("正文。<!-- 13800001234 -->\n\n`13800001235`") == ["D603", "D603"]


def test_a_column_of_homes_is_known_by_its_head() -> None:
    table = "| 姓名 | {} |\n| --- | --- |\n| 张某某 | 青川市东城区幸福路12号 |"
    assert codes(table.format("家庭住址")) == ["D605"]
    assert codes(table.format("办公地点")) == []
