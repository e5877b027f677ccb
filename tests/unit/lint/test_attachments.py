"""Personal data inside attachments, and files that are out to harm the reader."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policysite.lint import office_parts, office_text
from policysite.lint.attachments import find_leaks

ID = "11010519491231002X"
HIDDEN = "11*************02X"


def zipped(files: dict[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def docx(*runs: str) -> bytes:
    body = "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs)
    return zipped({"word/document.xml": f"<w:document><w:p>{body}</w:p></w:document>"})


def xlsx(*rows: str, shared: tuple[str, ...] = ()) -> bytes:
    lines = "".join(f'<row r="{n}">{row}</row>' for n, row in enumerate(rows, 1))
    strings = "".join(f"<si><t>{text}</t></si>" for text in shared)
    return zipped(
        {
            "xl/workbook.xml": '<workbook><sheets><sheet name="名单" sheetId="1"/></sheets></workbook>',
            "xl/sharedStrings.xml": f"<sst>{strings}</sst>",
            "xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{lines}</sheetData></worksheet>",
        }
    )


SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PREFIXED = zipped(
    {
        "xl/workbook.xml": f'<x:workbook xmlns:x="{SHEET}"><x:sheets><x:sheet name="名单"/></x:sheets></x:workbook>',
        "xl/worksheets/sheet1.xml": f'<x:worksheet xmlns:x="{SHEET}"><x:sheetData><x:row r="1"><x:c t="inlineStr">'
        f"<x:is><x:t>{ID}</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>",
    }
)


def pdf(text: str) -> bytes:
    """Return a PDF of one page with `text` in a standard font."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode("ascii")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    data, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return (
        data
        + b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (table, len(data))
    )


def said(tmp_path: Path, name: str, data: bytes) -> list[dict[str, str]]:
    path = tmp_path / name
    path.write_bytes(data)
    return [{"code": leak.code, **dict(leak.values)} for leak in find_leaks(path, name)]


@pytest.mark.parametrize(
    ("name", "data", "place"),
    [
        pytest.param("a.docx", docx(f"张某某{ID}"), "正文", id="word"),
        pytest.param("a.docx", docx("1101051949", "1231002X"), "正文", id="word, in two runs"),
        pytest.param("a.xlsx", xlsx('<c t="s"><v>0</v></c>', shared=(ID,)), "工作表“名单”第1行", id="excel"),
        pytest.param("a.xlsx", xlsx("<c/>", f"<c t='inlineStr'><is><t>{ID}</t></is></c>"), "工作表“名单”第2行", id="excel, inline"),
        pytest.param("a.xlsx", PREFIXED, "工作表“名单”第1行", id="excel, as other programs write it"),
        pytest.param("a.docx", zipped({"word/document2.xml": f'<d:document xmlns:d="{WORD}"><d:p>第1</d:p><d:p>{ID}</d:p></d:document>'}), "正文", id="word, as other programs write it"),
        pytest.param("a.docx", zipped({"word/document.xml": "<w:p/>", "word/embeddings/表.xlsx": xlsx(f"<c t='inlineStr'><is><t>{ID}</t></is></c>")}), "嵌入的“表.xlsx”工作表“名单”第1行", id="a table inside a text"),
        pytest.param("a.pptx", zipped({"ppt/embeddings/oleObject1.bin": b"\xd0\xcf" + ID.encode("utf-16-le")}), "嵌入的“oleObject1.bin”里面", id="an object inside slides"),
        pytest.param("a.xlsx", zipped({"xl/drawings/drawing1.xml": f"<a:p><a:t>{ID[:9]}</a:t><a:t>{ID[9:]}</a:t></a:p>"}), "图形", id="a shape"),
        pytest.param("a.docx", zipped({"docProps/core.xml": f"<a><b>1</b><c>{ID}</c></a>"}), "文件属性", id="properties"),
        pytest.param("a.odt", zipped({"content.xml": "<a/>", "styles.xml": f"<text:p>{ID}</text:p>"}), "页眉和页脚", id="odt, a header"),
        pytest.param("a.pdf", pdf(ID), "第1页", id="pdf"),
        pytest.param("a.csv", f"姓名,号码\r\n张某某,{ID}\r\n".encode("gbk"), "第2行", id="csv in gbk"),
        pytest.param("a.doc", b"\xd0\xcf\x11\xe0" + ID.encode("utf-16-le"), "里面", id="old word"),
        pytest.param("a.zip", zipped({"名单.docx": docx(ID)}), "“名单.docx”正文", id="zip"),
        pytest.param("a.zip", zipped({"b.zip": zipped({"名单.txt": ID})}), "“b.zip”“名单.txt”第1行", id="zip in zip"),
        pytest.param("a.odt", zipped({"content.xml": f"<text:p>{ID}</text:p>"}), "正文", id="opendocument"),
        pytest.param("a.ofd", zipped({"Doc_0/Pages/Page_0/Content.xml": f"<ofd:TextCode X='1'>{ID}</ofd:TextCode>"}), "第1页", id="ofd"),
        pytest.param("a.pptx", zipped({"ppt/slides/slide1.xml": f"<a:p><a:t>{ID}</a:t></a:p>"}), "第1张", id="slides"),
    ],
)  # fmt: skip
def test_a_leak_is_found_with_its_place_and_never_shown(
    tmp_path: Path, name: str, data: bytes, place: str
) -> None:
    assert said(tmp_path, name, data) == [
        {"code": "D606", "name": name, "place": place, "kind": "身份证号", "masked": HIDDEN}
    ]


def test_numbers_that_excel_keeps_as_numbers_are_read(tmp_path: Path) -> None:
    rows = xlsx("<c><v>13800001234</v></c>", "<c><v>1.3800001235E10</v></c>")
    assert [leak["masked"] for leak in said(tmp_path, "a.xlsx", rows)] == [
        "138****1234",
        "138****1235",
    ]


def test_the_head_of_a_column_tells_what_its_cells_are(tmp_path: Path) -> None:
    rows = xlsx(
        '<c t="s"><v>0</v></c><c t="s"><v>1</v></c>', '<c t="s"><v>2</v></c><c t="s"><v>3</v></c>',
        shared=("家庭住址", "护照号", "青川市东城区幸福路12号", "E12345678"),
    )  # fmt: skip
    assert [leak["kind"] for leak in said(tmp_path, "a.xlsx", rows)] == ["家庭住址", "证件号"] or [
        leak["kind"] for leak in said(tmp_path, "a.xlsx", rows)
    ] == ["证件号", "家庭住址"]


def test_a_long_list_is_one_fault_and_not_a_thousand(tmp_path: Path) -> None:
    assert len(said(tmp_path, "a.txt", f"{ID}\n".encode() * 1000)) == 5


def nested(depth: int) -> bytes:
    """Return an archive inside an archive, `depth` times."""
    data = zipped({"a.txt": "1"})
    for _ in range(depth):
        data = zipped({"a.zip": data})
    return data


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        pytest.param("a.docx", b"PK\x03\x04" + b"\0" * 100, "损坏", id="half a zip"),
        pytest.param("a.docx", b"", "损坏", id="nothing"),
        pytest.param("a.docx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "密码", id="password"),
        pytest.param("a.pdf", b"%PDF-1.4\nnonsense", "损坏", id="broken pdf"),
        pytest.param("a.pdf", pdf(""), "扫描件", id="scan"),
        pytest.param("a.rar", b"Rar!\x1a\x07", "读不出", id="rar"),
        pytest.param("a.zip", nested(4), "套得太深", id="deep"),
    ],
)
def test_what_cannot_be_read_is_said_and_not_passed_over(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    (leak,) = said(tmp_path, name, data)
    assert leak["code"] == "D607"
    assert reason in leak["reason"]


def test_a_bomb_is_refused_before_it_fills_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office_text, "LIMIT", 1_000_000)
    monkeypatch.setattr(office_parts.Budget.__init__, "__defaults__", (1_000_000,))
    (leak,) = said(tmp_path, "a.zip", zipped({"a.txt": b"0" * 3_000_000}))
    assert (leak["code"], "太大" in leak["reason"]) == ("D607", True)


@pytest.mark.parametrize("name", ["a.jpg", "a.mp4"])
def test_pictures_and_film_have_no_words(tmp_path: Path, name: str) -> None:
    assert said(tmp_path, name, b"\xff\xd8") == []


WHOLE = {
    "a.docx": docx(f"张某某{ID}"),
    "a.xlsx": xlsx('<c t="s"><v>0</v></c>', shared=(ID,)),
    "a.zip": zipped({"名单.docx": docx(ID), "b.zip": zipped({"c.txt": ID})}),
    "a.pdf": pdf(ID),
    "a.doc": b"\xd0\xcf\x11\xe0" + ID.encode("utf-16-le"),
    "a.txt": ID.encode(),
}


@given(
    st.sampled_from(sorted(WHOLE)),
    st.lists(st.tuples(st.integers(0, 5000), st.binary(min_size=1, max_size=3)), max_size=8),
    st.integers(0, 5000),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_attached_is_read_or_said_to_be_unreadable(
    tmp_path: Path, name: str, changes: list[tuple[int, bytes]], cut: int
) -> None:
    data = bytearray(WHOLE[name])
    for at, new in changes:
        data[at % len(data) : at % len(data) + len(new)] = new
    for leak in said(tmp_path, name, bytes(data[: max(1, len(data) - cut % 50)])):
        assert leak["code"] in ("D606", "D607")
        assert ID not in "".join(leak.values())
