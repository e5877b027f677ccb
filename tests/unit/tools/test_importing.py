"""`import` from the file to the draft."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from datetime import date
from pathlib import Path

import pytest

from policysite.importing.blocks import CannotImport
from policysite.importing.record import Record
from policysite.tools.importing import Wishes, corrected, import_file, read_file, show
from tests.unit.importing.making import Word
from tests.unit.importing.test_record import notice
from tests.unit.making import write_content

SURE = Wishes(column="policies/documents", slug="warmth", is_sure=True)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return write_content(tmp_path, {})


@pytest.fixture
def word(tmp_path: Path) -> Path:
    return notice().save(tmp_path / "通知.docx")


def test_a_word_file_becomes_a_draft_that_check_accepts(word: Path, content: Path) -> None:
    done = import_file(word, content, SURE)
    assert done.path == content / "policies/documents/2026-11-20-warmth.md"
    text = done.path.read_text("utf-8")
    assert "状态: 草稿" in text
    assert "发文字号: 示总工发〔2026〕31号" in text
    assert done.remarks == (
        "正文提到附件：申请表、汇总表。请把文件放进 attachments，再在信息栏里写“附件”",
        "版记没有放进正文",
    )


def test_what_was_found_is_shown(
    word: Path, content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import_file(word, content, SURE)
    shown = capsys.readouterr().out
    assert "发文字号　示总工发〔2026〕31号" in shown
    assert "公开属性　主动公开" in shown


def test_nobody_confirms_where_nobody_is_there(word: Path, content: Path) -> None:
    with pytest.raises(CannotImport, match="--yes"):
        import_file(word, content, Wishes(column="notices", slug="warmth"))
    assert not [*content.glob("notices/*")]


def test_an_article_that_exists_is_never_overwritten(word: Path, content: Path) -> None:
    path = import_file(word, content, SURE).path
    before = path.read_bytes()
    with pytest.raises(CannotImport, match="已经有文章用了"):
        import_file(word, content, SURE)
    assert path.read_bytes() == before


def test_a_folder_that_cannot_be_written_is_told_and_nothing_is_left(
    word: Path, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device", str(target))

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(CannotImport, match="写不进"):
        import_file(word, content, SURE)
    assert not [path for path in content.rglob("*warmth*") if path.is_file()]


@pytest.mark.parametrize("name", ["a.xlsx", "a.txt", "a"])
def test_other_files_are_refused_by_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(CannotImport, match="不能导入"):
        read_file(tmp_path / name)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotImport, match="找不到文件"):
        read_file(tmp_path / "no.docx")


def test_without_libreoffice_one_is_told_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    (tmp_path / "a.doc").write_bytes(b"x")
    with pytest.raises(CannotImport, match="libreoffice-writer"):
        read_file(tmp_path / "a.doc")


def make_office(folder: Path, script: str) -> str:
    """Return a program that stands for LibreOffice: it gets the file and the folder to write to."""
    program = folder / "soffice"
    program.write_text(f"#!{sys.executable}\nimport shutil, sys\n{script}\n", "utf-8")
    program.chmod(program.stat().st_mode | stat.S_IEXEC)
    return str(program)


@pytest.mark.skipif(os.name == "nt", reason="the program that stands for LibreOffice is a script")
def test_an_old_file_is_read_through_libreoffice(
    tmp_path: Path, word: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = f"shutil.copy({str(word)!r}, sys.argv[-2] + '/a.docx')"
    program = make_office(tmp_path, script)
    monkeypatch.setattr(shutil, "which", lambda _: program)
    (tmp_path / "a.doc").write_bytes(b"x")
    assert "示总工发[2026]31号" in "".join(b.text for b in read_file(tmp_path / "a.doc").blocks)


@pytest.mark.skipif(os.name == "nt", reason="the program that stands for LibreOffice is a script")
def test_an_old_file_that_libreoffice_cannot_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = make_office(tmp_path, "")
    monkeypatch.setattr(shutil, "which", lambda _: program)
    (tmp_path / "a.doc").write_bytes(b"x")
    with pytest.raises(CannotImport, match="读不出来"):
        read_file(tmp_path / "a.doc")


@pytest.mark.parametrize(
    ("label", "answer", "key", "value"),
    [
        ("标题", "新标题", "title", "新标题"),
        ("发文字号", "示总工发[2026]1号", "doc_number", "示总工发〔2026〕1号"),
        ("发文字号", "", "doc_number", "None"),
        ("发文字号", "没有", "doc_number", "None"),
        ("成文日期", "2026年3月1日", "signed_on", "2026-03-01"),
        ("成文日期", "2026-03-01", "signed_on", "2026-03-01"),
        ("发文机关", "甲，乙、丙", "issuer", "('甲', '乙', '丙')"),
        ("文种", "函", "doc_type", "函"),
        ("文种", "信", "doc_type", ""),
        ("公开属性", "主动公开", "disclosure", "主动公开"),
        ("公开属性", "公开", "disclosure", ""),
        ("主送机关", "各市", "recipients", "各市"),
        ("签发人", "甲", "signer", "甲"),
    ],
)
def test_a_person_corrects_what_was_found(label: str, answer: str, key: str, value: str) -> None:
    assert str(getattr(corrected(Record("标题", ()), label, answer), key)) == value


def test_what_was_not_found_is_said_to_be_so() -> None:
    assert "成文日期　（没有找到）" in show(Record("标题", ()))
    assert "成文日期　2026-03-01" in show(Record("标题", (), signed_on=date(2026, 3, 1)))


def test_a_plain_text_becomes_an_article_of_the_day(content: Path, tmp_path: Path) -> None:
    word = Word()
    word.add("基层来稿", "center", 22)
    word.add("正文。")
    wishes = Wishes(column="通知公告", slug="plain", date="2026-11-01", is_sure=True)
    done = import_file(word.save(tmp_path / "a.docx"), content, wishes)
    assert done.path.name == "2026-11-01-plain.md"
    assert "发文机关" not in done.path.read_text("utf-8")
