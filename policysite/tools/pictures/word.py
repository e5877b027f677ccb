"""A 公文 as an office would send it, to be imported before the reader's eyes."""

from __future__ import annotations

from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

_CENTER, _RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
_LEFT = WD_ALIGN_PARAGRAPH.LEFT

# Text, alignment, size in points, font, whether red.
_PARAGRAPHS = (
    ("示例省总工会办公室文件", _CENTER, 40, "方正小标宋简体", True),
    ("示总工办发〔2026〕26号", _CENTER, 16, "仿宋_GB2312", False),
    ("示例省总工会办公室关于开展2026年冬送温暖活动的通知", _CENTER, 22, "方正小标宋简体", False),
    ("各市总工会，各省级产业工会：", _LEFT, 16, "仿宋_GB2312", False),
    (
        "为做好今年冬季困难职工帮扶工作,决定在全省开展送温暖活动。现将有关事项通知如下：",
        _LEFT, 16, "仿宋_GB2312", False,
    ),
    ("一、活动时间", _LEFT, 16, "黑体", False),
    ("2026年12月1日至2027年2月28日。", _LEFT, 16, "仿宋_GB2312", False),
    ("二、工作要求", _LEFT, 16, "黑体", False),
    (
        "各级工会要摸清困难职工底数,做到应送尽送。慰问情况于2027年3月10日前报送省总工会办公室。",
        _LEFT, 16, "仿宋_GB2312", False,
    ),
    ("附件：慰问情况汇总表", _LEFT, 16, "仿宋_GB2312", False),
    ("示例省总工会办公室", _RIGHT, 16, "仿宋_GB2312", False),
    ("2026年11月20日", _RIGHT, 16, "仿宋_GB2312", False),
)  # fmt: skip


def write_document(path: Path) -> None:
    """Write the sample, with two half-width commas that nobody saw."""
    document = Document()
    for text, alignment, size, font, is_red in _PARAGRAPHS:
        paragraph = document.add_paragraph()
        paragraph.alignment = alignment
        run = paragraph.add_run(text)
        run.font.size = Pt(size)
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
        if is_red:
            run.font.color.rgb = RGBColor(0xFF, 0, 0)
    document.save(str(path))
