"""The record of a 公文, found in a Word file that looks like one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from policysite.importing.blocks import CannotImport, Paragraph, Run, Table
from policysite.importing.lines import read_date
from policysite.importing.record import find_record
from policysite.model.values import DocNumber
from tests.unit.importing.making import Word, markdown_of, record_of


def notice() -> Word:
    word = Word()
    word.add("示例省总工会文件", "center", 48, bold=True, red=True)
    word.add("示总工发[2026]31号　　　签发人：李 某", "center")
    title = word.add("示例省总工会关于做好", "center", 22)
    title.runs[0].add_break()
    word.run(title, "2027年送温暖工作的通知", 22)
    word.add("各市总工会，各省级产业工会：")
    word.add("　　现将有关事项通知如下。")
    word.add("一、总体要求", font="黑体")
    lead = word.add("（一）加强领导。", bold=True)
    word.run(lead, "各级工会要落实到位。")
    word.add("附件：1.申请表")
    word.add("　　　2.汇总表")
    word.add("示例省总工会", "right")
    word.add("2026年11月20日", "right")
    word.add("（此件公开发布）")
    imprint = word.document.add_table(2, 1)
    imprint.cell(0, 0).text = "抄送：各市委"
    imprint.cell(1, 0).text = "示例省总工会办公室　2026年11月20日印发"
    return word


def test_every_field_of_a_notice_is_found(tmp_path: Path) -> None:
    record = record_of(notice().save(tmp_path / "a.docx"))
    assert record.title == "示例省总工会关于做好2027年送温暖工作的通知"
    assert record.doc_number == DocNumber("示总工发", 2026, 31)
    assert record.signer == "李某"
    assert record.issuer == ("示例省总工会",)
    assert record.doc_type == "通知"
    assert record.recipients == "各市总工会，各省级产业工会"
    assert record.signed_on == date(2026, 11, 20)
    assert record.disclosure == "主动公开"
    assert record.attachments == ("申请表", "汇总表")
    assert record.left_out == ("抄送：各市委 示例省总工会办公室 2026年11月20日印发",)


def test_a_mark_without_colour_is_no_title(tmp_path: Path) -> None:
    """Electronic copies are often saved for a printer that has red heads on its paper."""
    word = notice()
    for run in word.document.paragraphs[0].runs:
        run.font.color.rgb = None
    record = record_of(word.save(tmp_path / "a.docx"))
    assert record.title == "示例省总工会关于做好2027年送温暖工作的通知"
    assert record.doc_type == "通知"
    assert "示例省总工会文件" not in markdown_of(tmp_path / "a.docx")


def test_a_title_that_ends_in_the_same_word_stays_one(tmp_path: Path) -> None:
    word = Word()
    word.add("关于规范使用红头文件", "center", 22)
    word.add("示总工办〔2026〕3号", "center")
    word.add("各级工会要规范使用文件。")
    assert record_of(word.save(tmp_path / "a.docx")).title == "关于规范使用红头文件"


def test_the_body_holds_the_rest_in_its_order(tmp_path: Path) -> None:
    assert markdown_of(notice().save(tmp_path / "a.docx")) == (
        "各市总工会，各省级产业工会：\n\n现将有关事项通知如下。\n\n一、总体要求\n\n"
        "（一）加强领导。各级工会要落实到位。\n\n附件：1.申请表\n\n2.汇总表\n\n"
        '<p class="signature">示例省总工会<br>2026年11月20日</p>\n'
    )


def test_an_act_behind_the_signature_keeps_its_place_and_title(tmp_path: Path) -> None:
    word = notice()
    word.add("附件1")
    word.add("示例省送温暖", "center", 22)
    word.add("工作办法", "center", 22)
    word.add("第一章 总则", "center")
    word.add("第一条 为了规范工作，制定本办法。")
    text = markdown_of(word.save(tmp_path / "a.docx"))
    assert text.endswith(
        "日</p>\n\n附件1\n\n## 示例省送温暖工作办法\n\n第一章 总则\n\n第一条 为了规范工作，制定本办法。\n"
    )


def test_the_marks_in_the_corner_are_no_text(tmp_path: Path) -> None:
    word = Word()
    for mark in ("000123", "特急", "№000124　加 急"):
        word.add(mark, font="黑体")
    word.document.element.body.extend(list(notice().document.element.body)[:-1])
    path = word.save(tmp_path / "a.docx")
    record = record_of(path)
    assert record.title == "示例省总工会关于做好2027年送温暖工作的通知"
    assert not [mark for mark in ("0001", "急") if mark in markdown_of(path)]


@pytest.mark.parametrize("mark", ["机密★1年", "秘密", "000123　绝密★30年　特急"])
def test_a_classified_document_is_refused(tmp_path: Path, mark: str) -> None:
    word = Word()
    word.add(mark, font="黑体")
    word.add("关于做好工作的通知", "center", 22)
    with pytest.raises(CannotImport, match="涉密文件不得上网"):
        record_of(word.save(tmp_path / "a.docx"))


def test_a_text_about_secrets_is_not_classified(tmp_path: Path) -> None:
    word = Word()
    word.add("关于做好保密工作的通知", "center", 22)
    word.add("秘密分为绝密、机密、秘密三级。")
    word.add("商业秘密")
    assert "商业秘密" in markdown_of(word.save(tmp_path / "a.docx"))


def test_a_name_in_a_list_of_attachments_signs_nothing(tmp_path: Path) -> None:
    word = Word()
    word.add("示总工发〔2026〕31号", "center")
    word.add("关于做好工作的通知", "center", 22)
    word.add("　　附件：1.办法")
    word.add("　　　　　2.申报表")
    word.add()
    word.add("示例省总工会", "right")
    word.add("2026年11月20日", "right")
    record = record_of(word.save(tmp_path / "a.docx"))
    assert record.issuer == ("示例省总工会",)
    assert record.attachments == ("办法", "申报表")


def test_an_imprint_that_is_no_table_is_left_out_too(tmp_path: Path) -> None:
    word = notice()
    word.add("抄送：各市委办公室。")
    word.add("示例省总工会办公室　　　2026年11月20日印发")
    path = word.save(tmp_path / "a.docx")
    assert len(record_of(path).left_out) == 3
    assert not [said for said in ("抄送", "日印发") if said in markdown_of(path)]


def test_issuers_who_sign_together_are_all_found(tmp_path: Path) -> None:
    word = Word()
    word.add("示人社发〔2026〕3号", "center")
    word.add("关于做好防暑工作的意见", "center", 22)
    word.add("正文。")
    word.add("示例省人力资源和社会保障厅　　示例省总工会", "right")
    word.add("二〇二六年六月五日", "right")
    record = record_of(word.save(tmp_path / "a.docx"))
    assert record.issuer == ("示例省人力资源和社会保障厅", "示例省总工会")
    assert record.signed_on == date(2026, 6, 5)
    assert record.doc_type == "意见"


def test_of_a_text_that_is_no_document_only_the_title_is_taken(tmp_path: Path) -> None:
    word = Word()
    word.add("立项要求和工作计划", "center", 22)
    word.add("一、立项要求：")
    word.add("工作安排如下：")
    record = record_of(word.save(tmp_path / "a.docx"))
    assert record.title == "立项要求和工作计划"
    assert not record.is_document
    assert record.recipients == ""
    assert [block.text for block in record.body] == ["一、立项要求：", "工作安排如下："]


def test_a_known_title_is_taken_out_where_the_text_repeats_it() -> None:
    lines = ["关于做好工作", "的通知", "正文。"]
    record = find_record([Paragraph((Run(line),)) for line in lines], "关于做好工作的通知")
    assert [block.text for block in record.body] == ["正文。"]


def test_without_a_repeated_title_nothing_is_taken_out() -> None:
    record = find_record([Paragraph((Run("正文。"),))], "通知")
    assert [block.text for block in record.body] == ["正文。"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026年3月15日", date(2026, 3, 15)),
        ("2026 年 3 月 5 日", date(2026, 3, 5)),
        ("二〇二六年三月十五日", date(2026, 3, 15)),
        ("二○二六年十二月三十一日", date(2026, 12, 31)),
        ("2026年2月30日", None),
        ("自2026年3月15日起", None),
        ("", None),
    ],
)
def test_dates_of_both_ways_of_writing_are_read(text: str, day: date | None) -> None:
    assert read_date(text) == day


def test_a_table_of_the_text_is_no_imprint() -> None:
    cell = Paragraph((Run("抄送：各市总工会"),))
    from policysite.importing.blocks import Cell

    table = Table(((Cell((cell,)),),))
    assert find_record([Paragraph((Run("标题"),)), table]).body == (table,)


def test_an_empty_file_has_an_empty_record() -> None:
    record = find_record([])
    assert (record.title, record.body) == ("", ())
