"""Word files: what Word shows is read."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from policysite.importing.blocks import CannotImport, Paragraph, Table
from policysite.importing.docx import read_docx
from tests.unit.importing.making import Word, markdown_of, repack, texts_of

NUMBERING = """<?xml version="1.0" encoding="UTF-8"?>
<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="8">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val=""/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>
</w:numbering>"""


def numbered(word: Word, depth: int, text: str, num: int = 1) -> None:
    word.xml(
        f'<w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{num}"/></w:numPr></w:pPr>'
        f"<w:r><w:t>{text}</w:t></w:r>"
    )


def test_automatic_numbers_are_those_that_word_prints(word: Word, tmp_path: Path) -> None:
    for depth, text in [
        (0, "甲"),
        (1, "乙"),
        (2, "丙"),
        (2, "丁"),
        (1, "戊"),
        (2, "己"),
        (0, "庚"),
        (1, "辛"),
    ]:
        numbered(word, depth, text)
    path = repack(word.save(tmp_path / "a.docx"), {"word/numbering.xml": NUMBERING.encode()})
    assert texts_of(path) == [
        "一、甲",
        "（一）乙",
        "1.丙",
        "2.丁",
        "（二）戊",
        "1.己",
        "二、庚",
        "（一）辛",
    ]


def test_bullets_become_one_list(word: Word, tmp_path: Path) -> None:
    numbered(word, 0, "甲", num=2)
    numbered(word, 0, "乙", num=2)
    word.add("丙。")
    path = repack(word.save(tmp_path / "a.docx"), {"word/numbering.xml": NUMBERING.encode()})
    assert markdown_of(path).endswith("- 乙\n\n丙。\n")


def test_a_number_comes_from_the_style_too(word: Word, tmp_path: Path) -> None:
    style = word.document.styles["List Bullet"]
    style.element.get_or_add_pPr().numPr.numId.val = 1
    for text in ("甲", "乙"):
        word.document.add_paragraph(text, style="List Bullet")
    path = repack(word.save(tmp_path / "a.docx"), {"word/numbering.xml": NUMBERING.encode()})
    assert texts_of(path) == ["一、甲", "二、乙"]


def test_merged_cells_stay_merged(word: Word, tmp_path: Path) -> None:
    table = word.document.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "甲"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "乙"
    for row, column in [(0, 2), (1, 1), (1, 2), (2, 1), (2, 2)]:
        table.cell(row, column).text = f"{row}{column}"
    word.add("正文。")
    text = markdown_of(word.save(tmp_path / "a.docx"))
    assert '<tr><th colspan="2">甲</th><th>02</th></tr>' in text
    assert '<tr><td rowspan="2">乙</td><td>11</td><td>12</td></tr>' in text
    assert "<tr><td>21</td><td>22</td></tr>" in text


def test_a_simple_table_is_written_in_lines(word: Word, tmp_path: Path) -> None:
    table = word.document.add_table(2, 2)
    for cell, text in zip(table._cells, ["项目", "标准", "甲|乙", "1"], strict=True):
        cell.text = text
    assert "| 项目 | 标准 |\n|---|---|\n| 甲&#124;乙 | 1 |" in markdown_of(
        word.save(tmp_path / "a.docx")
    )


BOX = "<w:txbxContent><w:p><w:r><w:t>框里</w:t></w:r></w:p></w:txbxContent>"


@pytest.mark.parametrize(
    "drawn",
    [
        f"<w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict>",
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict>"
        "</mc:Fallback></mc:AlternateContent>",
        f"<mc:AlternateContent><mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent>",
    ],
    ids=["old Word", "new Word", "only the fallback"],
)
def test_a_text_box_is_read_once_before_its_paragraph(
    word: Word, tmp_path: Path, drawn: str
) -> None:
    word.xml(f"<w:r>{drawn}</w:r><w:r><w:t>框外</w:t></w:r>")
    assert texts_of(word.save(tmp_path / "a.docx")) == ["框里", "框外"]


def test_parts_are_found_whatever_their_names_are(word: Word, tmp_path: Path) -> None:
    word.add("各级工会要落实。")
    path = word.save(tmp_path / "a.docx")
    with ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    comment = f'<w:comments {nsdecls("w")}><w:comment w:id="1"/></w:comments>'
    relations = parts["word/_rels/document.xml.rels"]
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    said = f'<Relationship Id="rc" Type="{kind}" Target="comments7.xml"/></Relationships>'
    repack(path, {
        "word/document.xml": None, "word/document2.xml": parts["word/document.xml"],
        "word/_rels/document.xml.rels": None, "word/_rels/document2.xml.rels": relations,
        "_rels/.rels": parts["_rels/.rels"].replace(b"word/document.xml", b"word/document2.xml"),
    })  # fmt: skip
    assert texts_of(path) == ["各级工会要落实。"]
    commented = relations.replace(b"</Relationships>", said.encode())
    repack(
        path, {"word/_rels/document2.xml.rels": commented, "word/comments7.xml": comment.encode()}
    )
    with pytest.raises(CannotImport, match="1条批注"):
        read_docx(path)


def test_a_table_of_contents_is_left_out_and_told(word: Word, tmp_path: Path) -> None:
    word.xml("<w:r><w:t>正文</w:t></w:r>")
    contents = (
        '<w:sdt xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:sdtPr>'
        '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        "<w:sdtContent><w:p><w:r><w:t>第一章 1</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )

    word.document.element.body.insert(0, parse_xml(contents))
    source = read_docx(word.save(tmp_path / "a.docx"))
    assert [b.text for b in source.blocks if b.text] == ["正文"]
    assert any("目录" in remark for remark in source.remarks)


def test_footnotes_are_numbered_in_the_order_of_the_text(word: Word, tmp_path: Path) -> None:
    word.add("标题", "center", 22)
    word.xml(
        '<w:r><w:t>甲</w:t></w:r><w:r><w:footnoteReference w:id="9"/></w:r><w:r><w:t>，乙</w:t></w:r>'
        '<w:r><w:footnoteReference w:id="2"/></w:r>'
    )
    notes = "".join(
        f'<w:footnote w:id="{n}"><w:p><w:r><w:t>注{n}</w:t></w:r></w:p></w:footnote>'
        for n in (2, 9)
    )
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    part = f"<w:footnotes {space}>{notes}</w:footnotes>".encode()
    text = markdown_of(repack(word.save(tmp_path / "a.docx"), {"word/footnotes.xml": part}))
    assert text == "甲[^1]，乙[^2]\n\n[^1]: 注9\n\n[^2]: 注2\n"


def test_a_picture_is_read_with_what_it_shows(word: Word, tmp_path: Path) -> None:
    image = tmp_path / "p.png"
    image.write_bytes(PNG)
    word.add("正文。")
    word.document.add_picture(str(image))
    drawing = word.document.element.body.xpath(".//wp:docPr")[0]
    drawing.set("descr", "会场")
    path = word.save(tmp_path / "a.docx")
    assert [*read_docx(path).pictures.values()] == [PNG]
    assert "![会场](/images/2026/x-" in markdown_of(path)


def test_a_picture_that_no_browser_shows_is_told(word: Word, tmp_path: Path) -> None:
    image = tmp_path / "p.png"
    image.write_bytes(PNG)
    word.document.add_picture(str(image))
    path = word.save(tmp_path / "a.docx")
    relations = "word/_rels/document.xml.rels"
    from zipfile import ZipFile

    with ZipFile(path) as package:
        said = package.read(relations).replace(b"image1.png", b"image1.emf")
    source = read_docx(repack(path, {relations: said}))
    assert source.pictures == {}
    assert any("image1.emf" in remark for remark in source.remarks)


def test_links_to_other_sites_are_kept(word: Word, tmp_path: Path) -> None:
    word.add("标题", "center", 22)
    paragraph = word.add("见")
    part = word.document.part
    name = part.relate_to(
        "https://www.example.org/a (1)",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
        is_external=True,
    )
    from docx.oxml.ns import nsdecls

    paragraph._p.append(
        parse_xml(
            f'<w:hyperlink {nsdecls("w", "r")} r:id="{name}"><w:r><w:t>网站</w:t></w:r></w:hyperlink>'
        )
    )
    assert "[网站](https://www.example.org/a%20(1%29)" in markdown_of(
        word.save(tmp_path / "a.docx")
    )


def test_a_sentence_cut_into_runs_is_one_again(word: Word, tmp_path: Path) -> None:
    paragraph = word.add("各级")
    word.run(paragraph, "工会", bold=True)
    word.run(paragraph, "要做好", bold=True)
    word.run(paragraph, "工作。")
    first = next(b for b in read_docx(word.save(tmp_path / "a.docx")).blocks if b.text)
    assert isinstance(first, Paragraph)
    assert [i.text for i in first.runs] == ["各级", "工会要做好", "工作。"]


def test_a_line_break_begins_another_paragraph(word: Word, tmp_path: Path) -> None:
    word.add("甲\n乙")
    assert texts_of(word.save(tmp_path / "a.docx")) == ["甲", "乙"]


def test_a_table_in_a_table_loses_no_words(word: Word, tmp_path: Path) -> None:
    outer = word.document.add_table(1, 2)
    outer.cell(0, 0).text = "外"
    outer.cell(0, 1).add_table(1, 1).cell(0, 0).text = "里"
    source = read_docx(word.save(tmp_path / "a.docx"))
    [table] = [block for block in source.blocks if isinstance(block, Table)]
    assert len(table.rows) == 1
    assert "里" in table.text
    assert any("表格里还有表格" in remark for remark in source.remarks)


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6364f8cf"
    "500f0003860180 5a347d6b0000000049454e44ae426082".replace(" ", "")
)
