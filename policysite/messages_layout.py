"""Texts of the checks of rows, lines and pasted markup, see messages.py."""

from __future__ import annotations

from policysite.message import Message

_MARKDOWN = "Markdown 的写法，见 docs/editing.md 的“正文”一节"

LAYOUT_MESSAGES: dict[str, Message] = {
    # T4：表格、分段和粘贴来的格式
    "T408": Message(
        "error",
        "这些竖线没有成为表格，会原样显示在网页上。请在第一行（列的名称）下面加一行“{rule}”，格数和第一行相同。",
        "第二行的横线说明上面是列的名称，有几列；少了它，或者格数不同，就只是带竖线的文字。",
        _MARKDOWN,
        "| 项目 | 标准 |\n| 高温津贴 | 300元 |",
        "| 项目 | 标准 |\n| --- | --- |\n| 高温津贴 | 300元 |",
    ),
    "T409": Message(
        "error",
        "这一行有 {count} 格，表格只有 {columns} 列，多出来的读者看不到。请补上列的名称，或者去掉多余的竖线。",
        "多出来的格子不会显示，里面的内容就丢了。格子里要写竖线的，在它前面加一个反斜线。",
        _MARKDOWN,
        "| 项目 | 标准 |\n| --- | --- |\n| 高温津贴 | 300元 | 按月发 |",
        "| 项目 | 标准 | 说明 |\n| --- | --- | --- |\n| 高温津贴 | 300元 | 按月发 |",
    ),
    "T410": Message(
        "warning",
        "这一行和上一行之间没有空行，在网页上会连成一段。要另起一段，请在前面空一行；只想换行，请在上一行末尾写 <br>。",
        "只按一次回车不会分段：主送机关、落款、联系方式会和别的文字连在一起。",
        _MARKDOWN,
        "联系人：周予安\n联系电话：000-12345602",
        "联系人：周予安\n\n联系电话：000-12345602",
    ),
    "T411": Message(
        "error",
        "“{name}”在本站的网页上不起作用，读者看不到。请删掉；视频、表单请写成链接，或者做成附件。",
        "为了安全，网页不运行正文里的脚本，不嵌入别处的网页，不用正文里的样式。",
        "内容安全策略（CSP），见 docs/design.md",
        '<iframe src="https://v.example.com/1.html"></iframe>',
        "[观看视频](https://v.example.com/1.html)",
    ),
    "T412": Message(
        "warning",
        "这里带着从 Word 或者别的网页粘贴来的格式（{written}）。请只留下文字，字体、颜色、缩进由网站统一排版；Word 文件请用 import 导入。",
        "粘贴来的格式多半不起作用，起作用的会让一个网站有几种样子，还会让层次标题认不出来。",
        "内容安全策略（CSP），见 docs/design.md",
        '<p class="MsoNormal" style="text-indent:24pt">各级工会要做好送清凉工作。</p>',
        "各级工会要做好送清凉工作。",
    ),
    "T413": Message(
        "error",
        "“{written}”没有成为{what}，会原样显示在网页上。请写成“{right}”。",
        "这些符号要用半角的，中间不多不少空格；差一点，读者看到的就是符号本身。",
        _MARKDOWN,
        "请看[办事指南]（/service/guide/2026-01-15-aid.md）。",
        "请看[办事指南](/service/guide/2026-01-15-aid.md)。",
    ),
    "T414": Message(
        "error",
        "“{mark}”没有结束，后面的内容会乱。请在结束的地方补上“{missing}”。",
        "没有结束的注释、代码和表格，会把后面的文字一起带进去。",
        _MARKDOWN,
        "<!-- 以下待定\n\n各级工会要认真执行。",
        "<!-- 以下待定 -->\n\n各级工会要认真执行。",
    ),
    "T415": Message(
        "error",
        "注释“{mark}”{reason}。请核对编号，正文和文末要成对。",
        "对不上的注释，读者点不到，也不知道注的是什么。",
        _MARKDOWN,
        "每人每月300元[^1]。",
        "每人每月300元[^1]。\n\n[^1]: 2026年的标准。",
    ),
    "T416": Message(
        "error",
        "“{written}”会被浏览器当成网页的标签，读者看不到。请改用书名号、引号或者全角的“＜”“＞”。",
        "尖括号里以英文字母开头的内容，浏览器不显示。",
        "HTML 标准（WHATWG）：不认识的标签照样是标签",
        "当a<b且c>d时适用。",
        "当a＜b且c＞d时适用。",
    ),
}
