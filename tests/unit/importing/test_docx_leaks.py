"""Word files: nothing that was deleted, hidden or remarked upon gets out."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from policysite.importing.blocks import CannotImport
from policysite.importing.docx import read_docx
from tests.unit.importing.making import Word, markdown_of, texts_of

REVISED = (
    "<w:r><w:t>保留</w:t></w:r>"
    '<w:del w:id="1" w:author="a"><w:r><w:delText>不能公开的话</w:delText></w:r></w:del>'
    '<w:ins w:id="2" w:author="a"><w:r><w:t>新增</w:t></w:r></w:ins>'
    '<w:moveFrom w:id="3" w:author="a"><w:r><w:t>移走的话</w:t></w:r></w:moveFrom>'
)


def test_a_file_with_tracked_changes_is_refused(word: Word, tmp_path: Path) -> None:
    word.xml(REVISED)
    with pytest.raises(CannotImport, match="3处修订") as caught:
        read_docx(word.save(tmp_path / "a.docx"))
    assert "不能公开" not in str(caught.value)


def test_what_was_deleted_never_leaks_where_changes_are_accepted(
    word: Word, tmp_path: Path
) -> None:
    word.xml(REVISED)
    path = word.save(tmp_path / "a.docx")
    assert texts_of(path, accept_revisions=True) == ["保留新增"]
    assert "公开" not in repr(read_docx(path, accept_revisions=True))


def test_a_deleted_row_or_cell_never_leaks_even_if_its_words_bear_no_mark(
    word: Word, tmp_path: Path
) -> None:
    table = word.document.add_table(3, 2)
    for cell, text in zip(
        table._cells, ["项目", "标准", "机密", "内情", "津贴", "底牌"], strict=True
    ):
        cell.text = text
    mark = f'<w:{{}} {nsdecls("w")} w:id="1" w:author="甲"/>'
    table.rows[1]._tr.get_or_add_trPr().append(parse_xml(mark.format("del")))
    table.rows[2].cells[1]._tc.get_or_add_tcPr().append(parse_xml(mark.format("cellDel")))
    path = word.save(tmp_path / "a.docx")
    with pytest.raises(CannotImport, match="修订"):
        read_docx(path)
    text = markdown_of(path, accept_revisions=True)
    assert "津贴" in text
    assert not [leaked for leaked in ("机密", "内情", "底牌") if leaked in text]


def test_a_file_with_comments_is_refused_and_they_never_leak(word: Word, tmp_path: Path) -> None:
    paragraph = word.add("正文。")
    word.document.add_comment(paragraph.runs, text="内部意见", author="甲", initials="甲")
    path = word.save(tmp_path / "a.docx")
    with pytest.raises(CannotImport, match="1条批注"):
        read_docx(path)
    assert "内部意见" not in repr(read_docx(path, accept_revisions=True))


def test_hidden_text_is_left_out_and_told(word: Word, tmp_path: Path) -> None:
    word.xml("<w:r><w:t>看得见</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>看不见</w:t></w:r>")
    source = read_docx(word.save(tmp_path / "a.docx"))
    assert [b.text for b in source.blocks if b.text] == ["看得见"]
    assert "隐藏文字没有导入" in source.remarks


def test_struck_out_text_is_told(word: Word, tmp_path: Path) -> None:
    word.xml(
        "<w:r><w:rPr><w:strike/></w:rPr><w:t>每人300元</w:t></w:r><w:r><w:t>每人500元</w:t></w:r>"
    )
    remarks = read_docx(word.save(tmp_path / "a.docx")).remarks
    assert "画了删除线的文字照普通文字导入了，不要的请删掉" in remarks


@pytest.mark.parametrize("place", ["header", "footer", "body"])
def test_what_says_that_a_file_is_not_for_everybody_is_told(
    word: Word, tmp_path: Path, place: str
) -> None:
    section = word.document.sections[0]
    if place == "body":
        word.add("（讨论稿）", "center")
    else:
        getattr(section, place).paragraphs[0].text = "讨论稿"
    word.add("各级工会要认真执行。")
    assert read_docx(word.save(tmp_path / "a.docx")).remarks == (
        "文件上写着“讨论稿”，请先确认可以公开",
    )
