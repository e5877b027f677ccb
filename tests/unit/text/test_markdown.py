"""Bodies rendered to HTML: paragraphs, lists, tables, figures, footnotes, links."""

import pytest

from policysite.text.links import Link
from policysite.text.markdown import render
from policysite.text.rendered import Rendered


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("　　各级工会要重视。", "<p>各级工会要重视。</p>"),
        ("    四个空格不是代码。", "<p>四个空格不是代码。</p>"),
        ("&emsp;&emsp;旧网站的缩进。", "<p>旧网站的缩进。</p>"),
        ("工会\n职工", "<p>工会职工</p>"),
        ("工会，\n　　职工", "<p>工会，职工</p>"),
        ("**工会**\n职工", "<p><strong>工会</strong>职工</p>"),
        ("工会\n**职工**", "<p>工会<strong>职工</strong></p>"),
        ("工会\n2026年", "<p>工会2026年</p>"),
        ("trade\nunion", "<p>trade\nunion</p>"),
        ("示例省总工会  \n2026年", "<p>示例省总工会<br>\n2026年</p>"),
        ("甲 & 乙", "<p>甲 &amp; 乙</p>"),
        ("a > b & c < d", "<p>a &gt; b &amp; c &lt; d</p>"),
        ("修改<工会法>的决定", "<p>修改&lt;工会法&gt;的决定</p>"),
        ("要**坚持原则。**并落实", "<p>要<strong>坚持原则。</strong>并落实</p>"),
        ("中文**强调**，*着重*。", "<p>中文<strong>强调</strong>，<em>着重</em>。</p>"),
        ("**重点：安全生产**", "<p><strong>重点：安全生产</strong></p>"),
        ("**计划 2026**2027", "<p><strong>计划 2026</strong>2027</p>"),
        ("**公示：**张**、李**", "<p><strong>公示：</strong>张**、李**</p>"),
        ("a_b_c", "<p>a_b_c</p>"),
    ],
)
def test_paragraphs_come_out_as_the_editor_meant_them(source: str, html: str) -> None:
    assert render(source).html == html


@pytest.mark.parametrize(
    "line",
    [
        "2016. 年份在先的句子",
        "3.5亿元资金",
        "1.2米高",
        "138****1234，139****5678",
        "35*************123",
        "42010119******123X",
        "张*三、李*四",
        "张**、李**，王**。",
        "职工张*三、李*四和王*五等",
        "2*3=6，4*5=20",
        "[1]: 见《工会法》第三条",
        "项目~~名称~~",
        "100～200元",
    ],
)
def test_figures_masks_and_brackets_survive_as_text(line: str) -> None:
    assert render(line).html == f"<p>{line}</p>"


def test_a_bullet_list_needs_no_blank_line_before_it() -> None:
    assert render("包括：\n- 甲\n- 乙\n\n完。").html == (
        "<p>包括：</p>\n<ul>\n<li>甲</li>\n<li>乙</li>\n</ul>\n<p>完。</p>"
    )


@pytest.mark.parametrize("indent", ["  ", "    "])
def test_lists_nest_by_two_spaces_or_four(indent: str) -> None:
    html = render(f"- 甲\n{indent}- 乙\n{indent * 2}- 丙\n- 丁").html.replace("\n", "")
    assert html == "<ul><li>甲<ul><li>乙<ul><li>丙</li></ul></li></ul></li><li>丁</li></ul>"


@pytest.mark.parametrize(
    "source",
    ["1. 甲\n2. 乙", "- 丙\n  1. 甲\n  2. 乙", "> 1. 甲\n> 2. 乙", "3. 甲\n7. 乙", "- 丙\n1. 甲"],
)
def test_a_number_is_never_taken_over_by_a_list(source: str) -> None:
    rendered = render(source)
    assert "<ol" not in rendered.html
    for line in source.split("\n"):
        assert line.lstrip("-> ") in rendered.text.split("\n")


def test_text_is_code_only_between_fences() -> None:
    assert "<pre" not in render("甲[^1]\n\n[^1]: 乙\n\n            丙").html
    assert "<pre" not in render("- 甲\n\n            乙").html


def test_code_fences_keep_their_text() -> None:
    source = "```\n# 甲\n一、乙  --\n```"
    assert render(source).html == "<pre><code># 甲\n一、乙  --\n</code></pre>"
    assert render(source).text == "# 甲\n一、乙 --"


TABLE = "| 项目 | 金额 |\n|:---|---:|\n| 慰问 | 100 |"


def test_a_table_has_scoped_headers_in_a_region_that_scrolls() -> None:
    assert render(TABLE).html == (
        '<div class="table-scroll" role="region" tabindex="0" aria-label="表格：项目、金额">\n'
        '<table>\n<thead>\n<tr>\n<th scope="col" class="align-left">项目</th>\n'
        '<th scope="col" class="align-right">金额</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n'
        '<td class="align-left">慰问</td>\n<td class="align-right">100</td>\n</tr>\n</tbody>\n'
        "</table>\n</div>"
    )


@pytest.mark.parametrize(
    "caption", ["表1　经费表\n\n", "表1　经费表\n", "**表1　经费表**\n\n", "表 2-1 经费表\n\n"]
)
def test_a_numbered_line_before_a_table_becomes_its_caption(caption: str) -> None:
    html = render(caption + TABLE).html
    words = caption.strip("*\n")
    assert f"<caption>{words}</caption>" in html
    assert f'aria-label="表格：{words}"' in html
    assert html.count(words) == 2


def test_other_paragraphs_before_a_table_stay_paragraphs() -> None:
    html = render("表彰名单如下。\n\n" + TABLE).html
    assert html.startswith("<p>表彰名单如下。</p>")
    assert "<caption>" not in html


def test_text_right_before_and_after_a_table_is_no_part_of_it() -> None:
    html = render(f"前文\n{TABLE}\n后文").html
    assert html.startswith("<p>前文</p>")
    assert html.endswith("<p>后文</p>")
    assert html.count("<tr>") == 2


def test_a_raw_table_keeps_its_merged_cells() -> None:
    source = (
        '<table>\n<tr><th rowspan="2">市</th><th colspan="2">人数</th></tr>\n'
        "<tr><th>男</th><th>女</th></tr>\n</table>"
    )
    html = render(source).html
    assert '<th scope="col" rowspan="2">市</th><th scope="col" colspan="2">人数</th>' in html
    assert html.startswith('<div class="table-scroll" role="region" tabindex="0"')


def test_a_table_inside_a_table_is_left_as_it_is() -> None:
    source = "<table><tr><td><table><tr><td>甲</td></tr></table></td></tr></table>"
    assert render(source).html == source


def test_regions_of_equal_tables_carry_different_names() -> None:
    html = render(f"{TABLE}\n\n文\n\n{TABLE}").html
    assert 'aria-label="表格：项目、金额"' in html
    assert 'aria-label="表格：项目、金额（2）"' in html


def test_a_table_row_is_one_line_of_text_with_tabs() -> None:
    assert render(TABLE).text == "项目\t金额\n慰问\t100"


@pytest.mark.parametrize(
    ("source", "html"),
    [
        (
            '![人们在签字](/images/a.png "签约现场")',
            '<figure><img alt="人们在签字" src="/images/a.png">'
            "<figcaption>签约现场</figcaption></figure>",
        ),
        ("![甲](/a.png)", '<figure><img alt="甲" src="/a.png"></figure>'),
        (
            "![甲](/a.png)\n![乙](/b.png)",
            '<figure><img alt="甲" src="/a.png"></figure>\n'
            '<figure><img alt="乙" src="/b.png"></figure>',
        ),
        (
            '[![甲](/a.png "图")](/b.html)',
            '<figure><a href="/b.html"><img alt="甲" src="/a.png"></a>'
            "<figcaption>图</figcaption></figure>",
        ),
        ("见![甲](/a.png)图", '<p>见<img alt="甲" src="/a.png">图</p>'),
    ],
)
def test_an_image_alone_is_a_figure_and_its_title_the_caption(source: str, html: str) -> None:
    assert render(source).html == html


def test_footnotes_lead_there_and_back_in_chinese() -> None:
    rendered = render("甲[^1]乙。\n\n[^1]: 注释。")
    assert '甲<sup id="fnref-1"><a class="footnote-ref" href="#fn-1">[1]</a></sup>' in rendered.html
    assert 'href="#fnref-1" title="返回正文注1处">↩</a>' in rendered.html
    assert rendered.text == "甲乙。\n注释。"
    assert rendered.links == ()


def test_links_and_images_are_resolved_and_listed_as_written() -> None:
    source = (
        '[**办法**](/policies/a.md?x=1&y=2)和<https://www.example.org/>\n\n![图](../b.png "题")\n\n'
        '<p><a href="c.md">丙</a><img alt="丁" src=\'d.png\'></p>\n\n[![戊](e.png)](#t1)'
    )
    rendered = render(source, lambda target: "/x/" + target.strip("./"))
    assert rendered.links == (
        Link("/policies/a.md?x=1&y=2", "办法", False),
        Link("https://www.example.org/", "https://www.example.org/", False),
        Link("../b.png", "图", True),
        Link("c.md", "丙", False),
        Link("d.png", "丁", True),
        Link("#t1", "戊", False),
        Link("e.png", "戊", True),
    )
    assert 'href="/x/policies/a.md?x=1&amp;y=2"' in rendered.html
    assert '<img alt="丁" src="/x/d.png">' in rendered.html


def test_links_in_comments_and_code_are_no_links() -> None:
    rendered = render('<!-- <a href="x">甲</a> -->\n\n`<a href="y">`', lambda target: "gone")
    assert rendered.links == ()
    assert "gone" not in rendered.html


def test_typography_is_set_in_text_but_not_in_targets() -> None:
    rendered = render('他说"好"...见[甲--乙](/a--b.html)')
    assert rendered.html == '<p>他说“好”……见<a href="/a--b.html">甲——乙</a></p>'
    assert rendered.links == (Link("/a--b.html", "甲——乙", False),)


def test_the_signature_keeps_its_lines() -> None:
    source = '<p class="signature">示例省总工会<br>2026年3月12日</p>'
    assert render(source).html == source
    assert render(source).text == "示例省总工会\n2026年3月12日"


def test_an_empty_body_renders_to_nothing() -> None:
    for source in ("", "\n", "　　\n"):
        assert render(source) == Rendered("", (), "", ())


def test_nothing_of_one_document_is_left_in_the_next() -> None:
    first = "[甲]\n\n[甲]: /a\n\n乙[^1]\n\n[^1]: 注\n\n<div>丙</div>\n\n第一条 丁\n\n一、戊\n\n己"
    second = "[甲]\n\n乙[^1]\n\n第一条 丁\n\n一、戊\n\n己"
    alone = render(second)
    render(first)
    assert render(second) == alone
    assert "[甲]" in alone.text


def test_what_editors_note_in_comments_is_not_published() -> None:
    html = render(
        "甲文。<!-- 待核实 -->\n\n<!-- 数字\n再核对 -->\n\n乙文。\n\n`<!-- 代码 -->`"
    ).html
    assert "核" not in html
    assert "甲文。" in html
    assert "乙文。" in html
    assert "代码" in html
