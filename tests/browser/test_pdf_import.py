"""A PDF printed by a real browser is read again: its text layer, its fonts, its tables."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from policysite.importing.blocks import CannotImport, Table
from policysite.importing.draft import make_draft
from policysite.importing.pdf import PROOFREAD, read_pdf
from policysite.importing.record import find_record
from tests.unit.making import NOTICES, NOW

LINE = "各级工会要坚持以职工为中心的工作导向，把送温暖工作作为联系服务职工的重要抓手，做到应送尽送、不落一人。"
PAGE = f"""<html lang="zh"><style>
@page {{ size: A4; margin: 37mm 26mm 35mm 28mm }}
body {{ font: 16pt/28pt "Noto Serif CJK SC" }} p {{ margin: 0; text-indent: 2em }}
.c {{ text-align: center; text-indent: 0 }} .r {{ text-align: right; padding-right: 2em }}
table {{ border-collapse: collapse; width: 100% }} td {{ border: 1px solid; font-size: 12pt }}
</style><p class="c" style="color: #f00; font-size: 40pt; line-height: 60pt">示例省总工会文件</p>
<p class="c">示总工发〔2026〕31号</p>
<p class="c" style="font-size: 22pt; line-height: 32pt">关于做好2027年送温暖工作的通知</p>
<p style="text-indent: 0">各市总工会，各省级产业工会：</p><p>{LINE}</p><p>一、总体要求</p><p>{LINE * 8}</p>
<table><tr><td>项目</td><td>标准</td></tr><tr><td>困难职工</td><td>1000元</td></tr></table>
<p>{LINE}</p><p class="r">示例省总工会</p><p class="r">2026年11月20日</p>"""


@pytest.fixture(scope="module")
def printed(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    page = chromium.new_page()
    page.set_content(PAGE)
    path = tmp_path_factory.mktemp("pdf") / "通知.pdf"
    page.pdf(
        path=path, prefer_css_page_size=True, display_header_footer=True, header_template="<i></i>",
        footer_template='<p style="font-size: 14pt; width: 100%; text-align: center">'
        '— <span class="pageNumber"></span> —</p>',
    )  # fmt: skip
    page.close()
    return path


def test_the_record_and_the_paragraphs_of_a_pdf_are_found(printed: Path) -> None:
    source = read_pdf(printed)
    assert source.remarks == (PROOFREAD,)
    record = find_record(source.blocks)
    assert record.title == "关于做好2027年送温暖工作的通知"
    assert str(record.doc_number) == "示总工发〔2026〕31号"
    assert record.issuer == ("示例省总工会",)
    assert str(record.signed_on) == "2026-11-20"
    body = make_draft(source, record, NOTICES, "x", NOW).text.split("\n---\n\n", 1)[1]
    assert body == (
        f"各市总工会，各省级产业工会：\n\n{LINE}\n\n一、总体要求\n\n{LINE * 8}\n\n"
        f"| 项目 | 标准 |\n|---|---|\n| 困难职工 | 1000元 |\n\n{LINE}\n\n"
        '<p class="signature">示例省总工会<br>2026年11月20日</p>\n'
    )
    assert [b for b in source.blocks if isinstance(b, Table)]


def test_a_pdf_without_text_is_refused(chromium: Browser, tmp_path: Path) -> None:
    page = chromium.new_page()
    page.set_content("<svg width=400 height=400><rect width=300 height=300 /></svg>")
    page.pdf(path=tmp_path / "a.pdf")
    page.close()
    with pytest.raises(CannotImport, match="扫描件"):
        read_pdf(tmp_path / "a.pdf")


def test_a_damaged_pdf_is_refused(printed: Path, tmp_path: Path) -> None:
    data = printed.read_bytes()
    for number, damaged in enumerate(
        [b"", b"hello", data[:900], data[: len(data) // 2], data[2000:]]
    ):
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(damaged)
        with pytest.raises(CannotImport):
            read_pdf(path)
    with pytest.raises(CannotImport, match="打不开"):
        read_pdf(tmp_path / "no.pdf")
