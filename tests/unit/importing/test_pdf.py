"""Lines of a PDF become paragraphs again."""

from pathlib import Path

import pytest

from policysite.importing.blocks import CannotImport, Paragraph
from policysite.importing.pdf import PICTURES, PROOFREAD, _Line, _paragraphs, read_pdf
from tests.unit.lint.test_attachments import pdf


def line(text: str, left: float, right: float) -> _Line:
    return _Line(text, left, right, 16, "", red=False)


def texts(*lines: _Line) -> list[str]:
    return [block.text for block in _paragraphs(lines)]


def test_a_full_line_goes_on_and_an_indented_one_begins_anew() -> None:
    assert texts(
        line("各级工会要提高认识，加强领导，", 112, 528), line("抓好落实，密切配合，主动作为，", 80, 528), line("明确专人，", 80, 528),
        line("按时完成。", 80, 160), line("一、要求", 112, 176),
    ) == ["各级工会要提高认识，加强领导，抓好落实，密切配合，主动作为，明确专人，按时完成。", "一、要求"]  # fmt: skip


def test_what_stands_at_the_right_does_not_go_on() -> None:
    assert texts(
        line("各级工会要提高认识，加强领导，", 112, 528), line("抓好落实。", 80, 160),
        line("2026年11月18日", 400, 512), line("（此件公开发布）", 80, 208),
    )[1:] == ["2026年11月18日", "（此件公开发布）"]  # fmt: skip


def test_a_title_that_fills_its_first_line_is_one_in_the_middle() -> None:
    first = _Line("示例省总工会关于做好2026年冬季送温暖", 80, 528, 22, "", red=False)
    second = _Line("工作的通知", 249, 359, 22, "", red=False)
    body = [line("各级工会要抓好落实，密切配合，主动作为，", 80, 528)] * 3
    title, *_ = _paragraphs([first, second, *body])
    assert isinstance(title, Paragraph)
    assert (title.text, title.align) == ("示例省总工会关于做好2026年冬季送温暖工作的通知", "center")


def test_pictures_that_stay_behind_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    words = "Notice of the union, with enough words in it to be a text"
    path.write_bytes(pdf(words))
    assert read_pdf(path).remarks == (PROOFREAD,)
    picture = "q 40 0 0 40 72 600 cm BI /W 1 /H 1 /CS /G /BPC 8 ID a EI Q"
    path.write_bytes(pdf(f"{words}) Tj ET {picture} BT (end"))
    assert read_pdf(path).remarks == (PROOFREAD, PICTURES.format(count=1))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[0 0 595 842]", "[0 0 595 /b  ]"),
        ("[0 0 595 842]", "[0 0 (5) 842 ]"),
        ("/Kids [3 0 R]", "/Kids [9 0 R]"),
        ("/Type /Pages", "/Type /Xages"),
        ("/Length", "/Lengtg"),
    ],
)
def test_a_pdf_with_nonsense_in_it_is_refused_or_read(tmp_path: Path, old: str, new: str) -> None:
    path = tmp_path / "a.pdf"
    data = pdf("Notice of the union, with enough words in it to be a text")
    assert old.encode() in data
    path.write_bytes(data.replace(old.encode(), new.encode()))
    try:
        read_pdf(path)
    except CannotImport as error:
        assert "a.pdf" in str(error)


def test_a_file_at_which_the_parser_fails_is_refused_with_its_cause(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf("text"))

    def fail(_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("policysite.importing.pdf._page", fail)
    with pytest.raises(CannotImport, match="ZeroDivisionError") as raised:
        read_pdf(path)
    assert isinstance(raised.value.__cause__, ZeroDivisionError)
