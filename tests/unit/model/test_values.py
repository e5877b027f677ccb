"""What stands in a field, as a typed value or as what is wrong with it."""

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policysite.model import values
from policysite.model.scalars import Pair, Scalar, Value
from policysite.model.values import CHINA, DocNumber, Fault, Notes, Reader, parse_doc_number


def scalar(text: str, line: int = 3, column: int = 5) -> Scalar:
    return Scalar(text, line, column)


def items(*texts: str) -> tuple[Scalar, ...]:
    return tuple(scalar(text, line) for line, text in enumerate(texts, 3))


def read(reader: Reader, value: Value) -> tuple[Any, list[str]]:
    """Read `value`; return what came of it and the codes of the warnings."""
    notes = Notes()
    return reader(value, notes), [code for code, _, _ in notes.found]


def error(reader: Reader, value: Value) -> str:
    """Return the code of the error that reading `value` raises."""
    with pytest.raises(Fault) as caught:
        read(reader, value)
    return caught.value.code


@pytest.mark.parametrize(
    ("text", "expected", "warnings"),
    [
        ("2026-03-15", "2026-03-15 00:00", []),
        ("2026-03-15 09:30", "2026-03-15 09:30", []),
        ("2026-3-5", "2026-03-05 00:00", ["F203"]),
        ("2026/3/5", "2026-03-05 00:00", ["F203"]),
        ("2026.03.15", "2026-03-15 00:00", ["F203"]),
        ("2026—03—15", "2026-03-15 00:00", ["F203"]),
        ("2026年3月15日", "2026-03-15 00:00", ["F203"]),
        ("2026 年 3 月 15 日", "2026-03-15 00:00", ["F203"]),
        ("2026年3月15", "2026-03-15 00:00", ["F203"]),
        ("２０２６-０３-１５", "2026-03-15 00:00", ["F203"]),
        ("2026-03-15T09:30", "2026-03-15 09:30", ["F203"]),
        ("2026-03-15 9:30", "2026-03-15 09:30", ["F203"]),
        ("2026-03-15 09：30", "2026-03-15 09:30", ["F203"]),
        ("2026-03-15 09:30:15", "2026-03-15 09:30", ["F203"]),
        ("2026年3月15日 9时5分", "2026-03-15 09:05", ["F203"]),
        ("2024-02-29", "2024-02-29 00:00", []),
    ],
)
def test_a_date_is_understood_in_every_usual_spelling(
    text: str, expected: str, warnings: list[str]
) -> None:
    moment = datetime.strptime(expected, "%Y-%m-%d %H:%M").replace(tzinfo=CHINA)
    assert read(values.read_moment, scalar(text)) == (moment, warnings)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026-02-29", "F204"),
        ("2026-04-31", "F204"),
        ("2026-13-01", "F204"),
        ("2026-00-10", "F204"),
        ("0000-01-01", "F204"),
        ("2026-03-15 24:00", "F204"),
        ("2026-03-15 09:60", "F204"),
        ("三月十五日", "F202"),
        ("3月15日", "F202"),
        ("26-03-15", "F202"),
        ("20260315", "F202"),
        ("2026-03", "F202"),
        ("2026-03-15前", "F202"),
        ("明天", "F202"),
        ("", "F215"),
    ],
)
def test_an_impossible_or_unclear_date_is_an_error(text: str, code: str) -> None:
    assert error(values.read_moment, scalar(text)) == code
    assert error(values.read_date, scalar(text)) == code


@given(st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31)))
def test_a_moment_written_canonically_reads_back_to_the_minute(moment: datetime) -> None:
    minute = moment.replace(second=0, microsecond=0, tzinfo=CHINA)
    assert read(values.read_moment, scalar(f"{minute:%Y-%m-%d %H:%M}")) == (minute, [])


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_an_error_of_ours(text: str) -> None:
    try:
        moment, _ = read(values.read_moment, scalar(text))
    except Fault as caught:
        assert caught.code.startswith("F2")
    else:
        assert moment.tzinfo is CHINA


@pytest.mark.parametrize(
    ("text", "expected", "warnings"),
    [
        ("示总工发〔2026〕12号", "示总工发〔2026〕12号", []),
        ("示总工办发〔2026〕5号", "示总工办发〔2026〕5号", []),
        ("示总工发[2026]12号", "示总工发〔2026〕12号", ["F206"]),
        ("示总工发［2026］12号", "示总工发〔2026〕12号", ["F206"]),
        ("示总工发（2026）12号", "示总工发〔2026〕12号", ["F206"]),
        ("示总工发(2026)12号", "示总工发〔2026〕12号", ["F206"]),
        ("示总工发【2026】12号", "示总工发〔2026〕12号", ["F206"]),
        ("示总工发〔2026〕第12号", "示总工发〔2026〕12号", ["F206"]),
        ("示总工发〔2026〕012号", "示总工发〔2026〕12号", ["F206"]),
        ("示总工发 〔2026〕 12 号", "示总工发〔2026〕12号", ["F206"]),
        ("示总工发〔２０２６〕１２号", "示总工发〔2026〕12号", ["F206"]),
    ],
)
def test_a_document_number_is_understood_with_any_brackets(
    text: str, expected: str, warnings: list[str]
) -> None:
    number, found = read(values.read_doc_number, scalar(text))
    assert (str(number), found) == (expected, warnings)


@pytest.mark.parametrize(
    "text",
    ["示总工发12号", "〔2026〕12号", "示总工发〔26〕12号", "示总工发〔2026〕号", "示总工发〔2026〕0号",
     "示总工发〔2026〕12", "第12号", "示总工发2026-12号", "示总工发〔1826〕12号"],
)  # fmt: skip
def test_what_lacks_agency_year_or_number_is_no_document_number(text: str) -> None:
    assert parse_doc_number(text) is None
    assert error(values.read_doc_number, scalar(text)) == "F205"


def test_document_numbers_are_ordered_by_agency_year_and_number() -> None:
    assert DocNumber("示总工发", 2025, 12) < DocNumber("示总工发", 2026, 2)
    assert DocNumber("示总工发", 2026, 2) < DocNumber("示总工发", 2026, 12)


@pytest.mark.parametrize("text", ["是", "yes", "Yes", "true", "TRUE", "1", "on", "y"])
def test_yes_is_understood(text: str) -> None:
    assert read(values.read_yes_no, scalar(text)) == (True, [])


@pytest.mark.parametrize("text", ["否", "no", "False", "0", "off", "n"])
def test_no_is_understood(text: str) -> None:
    assert read(values.read_yes_no, scalar(text)) == (False, [])


@pytest.mark.parametrize("text", ["对", "好", "不", "2", "是的"])
def test_anything_else_is_neither_yes_nor_no(text: str) -> None:
    assert error(values.read_yes_no, scalar(text)) == "F208"


def test_pinned_is_yes_no_or_the_last_day() -> None:
    assert read(values.read_pinned, scalar("是")) == (True, [])
    assert read(values.read_pinned, scalar("否")) == (False, [])
    assert read(values.read_pinned, scalar("2026-04-30")) == (date(2026, 4, 30), [])
    assert error(values.read_pinned, scalar("三天")) == "F202"


@pytest.mark.parametrize(
    ("value", "expected", "warnings"),
    [
        pytest.param(items("甲", "乙"), ("甲", "乙"), [], id="a list"),
        pytest.param(scalar("甲"), ("甲",), [], id="one text is one item"),
        pytest.param(scalar("甲、乙"), ("甲", "乙"), ["F107"], id="、"),
        pytest.param(scalar("甲，乙"), ("甲", "乙"), ["F107"], id="，"),
        pytest.param(scalar("甲；乙"), ("甲", "乙"), ["F107"], id="；"),
        pytest.param(scalar("甲, 乙;丙"), ("甲", "乙", "丙"), ["F107"], id="half-width"),
        pytest.param(scalar("甲、"), ("甲",), [], id="a mark too many"),
        pytest.param(items("甲、乙"), ("甲、乙",), [], id="inside an item a mark is text"),
        pytest.param((), (), [], id="an empty list"),
    ],
)
def test_a_list_is_understood_on_one_line_too(
    value: Value, expected: tuple[str, ...], warnings: list[str]
) -> None:
    assert read(values.read_list, value) == (expected, warnings)


@pytest.mark.parametrize("value", [scalar(""), items(""), items("甲", "")])
def test_an_empty_item_is_an_error(value: Value) -> None:
    assert error(values.read_list, value) == "F215"


@pytest.mark.parametrize(
    ("whole", "warnings"), [("ISO 9001:2015", []), ("甲：乙", []), ("甲: 乙", ["F111"])]
)
def test_a_colon_in_a_list_item_is_text(whole: str, warnings: list[str]) -> None:
    pair = Pair(scalar("甲"), scalar("乙"), scalar(whole))
    assert read(values.read_list, (pair,)) == ((whole,), warnings)


def test_a_field_that_is_no_list_takes_a_list_of_one() -> None:
    assert read(values.read_text, items("甲")) == ("甲", [])
    assert error(values.read_text, items("甲", "乙")) == "F209"
    assert error(values.read_text, ()) == "F215"
    assert error(values.read_text, scalar("")) == "F215"


@pytest.mark.parametrize(
    ("item", "name", "target", "warnings"),
    [
        pytest.param(("申报表", "attachments/a.docx", "申报表: attachments/a.docx"),
                     "申报表", "attachments/a.docx", [], id="a name and a file"),
        pytest.param(("申报表", "/attachments/a.docx", "申报表: /attachments/a.docx"),
                     "申报表", "attachments/a.docx", [], id="a leading slash"),
        pytest.param(("申报表", "attachments/a.docx", "申报表：attachments/a.docx"),
                     "申报表", "attachments/a.docx", ["F104"], id="a full-width colon"),
        pytest.param("attachments/2026/申报表.docx", "申报表", "attachments/2026/申报表.docx", [],
                     id="a bare file is named after itself"),
    ],
)  # fmt: skip
def test_an_attachment_has_a_name_and_a_file(
    item: str | tuple[str, str, str], name: str, target: str, warnings: list[str]
) -> None:
    written = scalar(item) if isinstance(item, str) else Pair(*map(scalar, item))
    (found,), codes = read(values.read_attachments, (written,))
    assert (found.name, found.target, codes) == (name, target, warnings)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        pytest.param(scalar("申报表"), "F214", id="no file"),
        pytest.param(
            (Pair(scalar("表"), scalar("见本页"), scalar("表: 见本页")),), "F214", id="no suffix"
        ),
        pytest.param(scalar(""), "F215", id="nothing"),
        pytest.param(items(""), "F215", id="an empty item"),
    ],
)
def test_an_attachment_without_a_file_is_an_error(value: Value, code: str) -> None:
    assert error(values.read_attachments, value) == code


def test_a_reference_may_stand_in_book_title_marks() -> None:
    (found,), _ = read(values.read_references, scalar("《示总工发〔2026〕12号》"))
    assert (found.text, found.line, found.column) == ("示总工发〔2026〕12号", 3, 5)


@pytest.mark.parametrize(
    "text", ["/zcwj/2021/1023.html", "/a.htm", "/a.php", "/a.shtml", "/zcwj/", "/政策/1.html"]
)
def test_a_former_address_is_a_path_of_this_site(text: str) -> None:
    assert read(values.read_addresses, scalar(text)) == ((text,), [])


@pytest.mark.parametrize(
    "text",
    ["https://www.example.org/1.html", "1.html", "/", "/zcwj", "/a.html?id=3", "/a.html#top",
     "/a b.html", "//evil/", "/zcwj//1.html", "/../1.html", "/a/../1.html", "/./1.html", "/a/..",
     "/a\\b.html", "/.html"],
)  # fmt: skip
def test_what_leads_out_of_the_site_is_no_former_address(text: str) -> None:
    assert error(values.read_addresses, scalar(text)) == "F212"


@pytest.mark.parametrize("text", ["http://example.org", "https://www.example.org/a?b=1"])
def test_a_web_address_has_its_protocol(text: str) -> None:
    assert read(values.read_web_address, scalar(text)) == (text, [])


@pytest.mark.parametrize(
    "text", ["www.example.org", "//www.example.org", "ftp://a.org", "https://", "http://a"]
)
def test_an_incomplete_web_address_is_an_error(text: str) -> None:
    assert error(values.read_web_address, scalar(text)) == "F216"


def test_a_path_counts_from_the_content_folder() -> None:
    assert read(values.read_path, scalar("/images/a.svg")) == ("images/a.svg", [])


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("草搞", "你是不是想写“草稿”？"),
        ("heat-alowance", "你是不是想写“heat-allowance”？"),
        ("无关", ""),
    ],
)
def test_the_nearest_choice_is_proposed(value: str, expected: str) -> None:
    assert values.suggestion(value, ["草稿", "撤回", "heat-allowance"]) == expected


def test_an_error_carries_its_place() -> None:
    with pytest.raises(Fault) as caught:
        read(values.read_moment, scalar("明天", 7, 9))
    assert caught.value.place == scalar("明天", 7, 9)
    assert caught.value.values == {"value": "明天"}
