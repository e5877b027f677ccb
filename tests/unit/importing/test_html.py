"""Old web pages: their text block by block, in whatever encoding they are."""

from __future__ import annotations

import pytest

from policysite.importing.blocks import CannotImport, Source
from policysite.importing.html import decode, parse, read_text
from policysite.importing.markdown import write_markdown


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>甲<br>　　乙</p>", "甲\n\n乙\n"),
        ("甲<p>乙</p>丙", "甲\n\n乙\n\n丙\n"),
        ("<div><div><span style='font-weight: bold'>甲</span>乙</div></div>", "**甲**乙\n"),
        ("<p>将<b>有关</b><strong>事项</strong>通知</p>", "将**有关事项**通知\n"),
        ("<ul><li>甲</li><li>乙</li></ul>", "- 甲\n- 乙\n"),
        ("<h2>总体要求</h2><p>甲。</p>", "## 总体要求\n\n甲。\n"),
        ("<table><tr><td><p>甲</p><p>乙</p></td></tr></table>", "甲\n\n乙\n"),
        ("<p>10m<sup>2</sup></p>", "10m<sup>2</sup>\n"),
        ("<p>甲<script>x</script><span style='display: none'>乙</span></p>", "甲\n"),
        ("<p>a\n  b&nbsp;c</p>", "a b c\n"),
        ("<table><tr><td>甲</td><td>乙</td></tr><tr><td>丙</td><td>丁</td></tr></table>",
         "| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |\n"),
        ("<table><tr><td colspan=2>甲</td></tr><tr><td>丙</td><td>丁</td></tr></table>",
         '<table>\n<tr><th colspan="2">甲</th></tr>\n<tr><td>丙</td><td>丁</td></tr>\n</table>\n'),
    ],
)  # fmt: skip
def test_the_text_of_a_node_is_read_block_by_block(html: str, markdown: str) -> None:
    node = parse(f"<html><body><div id='x'>{html}</div></body></html>", "https://old.example.org/a")
    text = read_text(node.xpath("//div[@id='x']")[0])
    assert write_markdown(text.blocks, Source(text.blocks), {}) == markdown


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("镕".encode("gb18030"), ""),
        (b"<meta charset=gb2312>" + "镕".encode("gbk"), ""),
        ("镕".encode("utf-8-sig"), ""),
        (b'<meta charset="no-such-thing">' + "镕".encode("gbk"), ""),
        ("鎔".encode("big5"), "big5"),
    ],
    ids=["gb18030", "gb2312 and more", "utf-8", "an unknown name", "as the rules say"],
)
def test_pages_are_read_in_the_encoding_they_are_in(data: bytes, encoding: str) -> None:
    assert decode(data, encoding)[-1] in "镕鎔"


def test_a_page_in_no_known_encoding_is_refused() -> None:
    with pytest.raises(CannotImport, match="encoding"):
        decode(b"\xff\xff\xff")
