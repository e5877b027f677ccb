"""Files that are damaged or meant to harm: a clear sentence each, never a traceback."""

from __future__ import annotations

import struct
import tempfile
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policysite.importing.blocks import CannotImport
from policysite.importing.docx import read_docx
from policysite.importing.draft import make_draft
from policysite.importing.package import W
from policysite.importing.record import find_record
from tests.unit.importing.making import Word, repack
from tests.unit.making import NOTICES, NOW


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    word = Word()
    word.add("示例省总工会文件", "center", 48, red=True)
    word.add("示总工发〔2026〕31号", "center")
    word.add("关于做好工作的通知", "center", 22)
    word.add("各市总工会：")
    table = word.document.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "甲"
    return word.save(tmp_path_factory.mktemp("word") / "a.docx").read_bytes()


def refused(path: Path, said: str) -> None:
    with pytest.raises(CannotImport, match=said):
        read_docx(path)


def write(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    return path


def test_a_file_that_is_no_zip_is_refused(tmp_path: Path) -> None:
    refused(write(tmp_path, b"hello"), "不是 Word 文档")
    refused(write(tmp_path, b""), "不是 Word 文档")


def test_a_password_or_an_old_format_is_told(tmp_path: Path) -> None:
    refused(write(tmp_path, bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)), "设有密码，或者是旧的")


def test_another_office_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with ZipFile(path, "w") as package:
        package.writestr("xl/workbook.xml", "<a/>")
    refused(path, "不是 Word 文档")


def test_macros_are_refused(tmp_path: Path, good: bytes) -> None:
    refused(repack(write(tmp_path, good), {"word/vbaProject.bin": b"x"}), "带有宏")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    refused(tmp_path / "no.docx", "打不开（不存在）")


def test_a_bomb_is_refused_before_it_goes_off(tmp_path: Path, good: bytes) -> None:
    path = write(tmp_path, good)
    with ZipFile(path, "a", ZIP_DEFLATED) as package:
        package.writestr("word/media/image1.png", bytes(65 * 2**20))
    refused(path, "大得不正常")


def test_a_bomb_that_lies_about_its_size_is_refused(tmp_path: Path, good: bytes) -> None:
    path = tmp_path / "a.docx"
    with ZipFile(write(tmp_path, good)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with ZipFile(path, "w", ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, bytes(65 * 2**20) if name == "word/document.xml" else data)
    lying = bytearray(path.read_bytes())
    place = lying.rfind(b"PK\x01\x02", 0, lying.rfind(b"word/document.xml"))
    struct.pack_into("<I", lying, place + 24, 100)
    with pytest.raises(CannotImport):
        read_docx(write(tmp_path, bytes(lying)))


def test_entities_are_never_expanded(tmp_path: Path, good: bytes) -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>'
    refused(repack(write(tmp_path, good), {"word/document.xml": bomb}), "不该有的内容")


def test_broken_xml_is_told(tmp_path: Path, good: bytes) -> None:
    refused(repack(write(tmp_path, good), {"word/document.xml": b"<w:document>"}), "已经损坏")


def test_the_strict_format_is_told(tmp_path: Path, good: bytes) -> None:
    strict = b'<a xmlns="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'
    refused(repack(write(tmp_path, good), {"word/document.xml": strict}), "严格 Open XML")


def test_a_zip_of_the_future_is_told(tmp_path: Path, good: bytes) -> None:
    newer = bytearray(good)
    place = newer.rfind(b"PK\x01\x02")
    struct.pack_into("<H", newer, place + 6, 218)  # version needed to extract
    refused(write(tmp_path, bytes(newer)), "不是 Word 文档")


def test_a_list_level_of_nonsense_is_the_first(tmp_path: Path, good: bytes) -> None:
    numbering = (
        f'<w:numbering xmlns:w="{W[1:-1]}"><w:abstractNum w:abstractNumId="0">'
        '<w:lvl w:ilvl="1.5"/></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl=""><w:startOverride w:val="2"/></w:lvlOverride></w:num></w:numbering>'
    )
    path = repack(write(tmp_path, good), {"word/numbering.xml": numbering.encode()})
    assert read_docx(path).blocks


def test_a_note_that_is_not_there_is_told(tmp_path: Path, good: bytes) -> None:
    with ZipFile(write(tmp_path, good)) as package:
        text = package.read("word/document.xml")
    noted = text.replace(b"</w:p>", b'<w:r><w:footnoteReference w:id="7"/></w:r></w:p>', 1)
    source = read_docx(repack(tmp_path / "a.docx", {"word/document.xml": noted}))
    assert "有1条注释在文件里没有内容，没有导入，请对照原件补上" in source.remarks
    assert "[^" not in make_draft(source, find_record(source.blocks), NOTICES, "x", NOW).text


@given(st.data())
def test_no_damage_whatever_ends_in_a_traceback(good: bytes, data: st.DataObject) -> None:
    damaged = bytearray(good)
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(damaged) - 1))
        damaged[place : place + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=40))
    with tempfile.TemporaryDirectory() as folder:
        attempt(Path(folder), bytes(damaged))


@given(st.data())
def test_no_change_of_the_text_ends_in_a_traceback(good: bytes, data: st.DataObject) -> None:
    """The zip is sound, the XML in it is not what Word would write."""
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder), good)
        with ZipFile(path) as package:
            text = package.read("word/document.xml")
        words = [
            b"w:val",
            b"w:tc",
            b"w:tr",
            b"w:p",
            b"w:r",
            b"1",
            b"center",
            b"w:vMerge",
            b"w:gridSpan",
        ]
        for _ in range(data.draw(st.integers(1, 5))):
            text = text.replace(
                data.draw(st.sampled_from(words)), data.draw(st.sampled_from(words)), 1
            )
        attempt(Path(folder), repack(path, {"word/document.xml": text}).read_bytes())


def attempt(folder: Path, data: bytes) -> None:
    try:
        source = read_docx(write(folder, data))
    except CannotImport as error:
        assert str(error).endswith("。")
    else:
        make_draft(source, find_record(source.blocks), NOTICES, "x", NOW)
