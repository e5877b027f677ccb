"""Texts of the checks of what content refers to: files, articles, links, see messages.py."""

from __future__ import annotations

from policysite.message import Message

REFERENCE_MESSAGES: dict[str, Message] = {
    # R4：引用
    "R401": Message("error", "找不到文件“{target}”。{suggestion}", "附件和图片要和文章一起提交。"),
    "R402": Message(
        "error",
        "“{label}”里的“{missing}”在本站找不到。请写文章的短名或发文字号。{suggestion}",
        "关联的文章必须存在，否则读者会点到空页。",
    ),
    "R403": Message(
        "error",
        "没有“{value}”这个专题。{suggestion}",
        "专题是 content/topics 里的文件，写它的文件名（不带 .md）。",
    ),
    "R404": Message(
        "error", "链接“{missing}”指向的内容不存在。{suggestion}", "断链会让读者点到“页面不存在”。"
    ),
    "R405": Message(
        "error",
        "链接“{target}”指向的位置不存在，那一页没有“#{anchor}”。",
        "锚点写错时，读者会停在页首找不到内容。",
    ),
    "R406": Message(
        "error",
        "图片“{target}”没有说明。请写成 ![图上是什么]({target})。",
        "看不见图的读者靠这句话了解内容（WCAG 2.2 1.1.1）。",
    ),
    "R407": Message(
        "error", "“{label}”写了这篇文章自己。请改成另一篇，或者删掉。", "文章不能和自己建立关联。"
    ),
    "R408": Message(
        "error",
        "链接“{target}”指向没有公开的内容（{status}）。请改掉链接，或者先发布那一篇。",
        "草稿、撤回和定时未到的文章，读者打不开。",
    ),
    "R409": Message(
        "error",
        "图片“{target}”打不开，或者不知道大小。请用看图软件检查，另存为 JPG 或 PNG 后重新提交。",
        "损坏的图片在网页上是一个空框。",
    ),
    "R410": Message(
        "warning",
        "图片“{target}”是动画，网站只显示第一帧。请换成静止的图片，动态内容请作为附件。",
        "停不下来的动画影响阅读，有人看了会不适（WCAG 2.2 2.2.2）。",
    ),
    "R411": Message(
        "error",
        "图片“{target}”在别的网站上。请下载后放到 content/images 里，再改成它的路径。",
        "别人的图片随时会消失或被替换，对方也能知道谁在读；本站的网页不加载别处的文件。",
    ),
    "R412": Message(
        "error",
        "系列“{name}”的第 {number} 篇已经有了，是 {other}。请改其中一篇的“系列序号”。",
        "同一个序号有两篇，就不知道哪一篇在前。",
    ),
    "R413": Message(
        "error",
        "链接“{target}”只有您的电脑或者单位内网能打开，读者打不开。"
        "文件请放进 content/attachments，图片放进 content/images，本站文章写它在 content/ 里的路径。",
        "在写稿的电脑上点得开，读者的手机上点不开。",
    ),
    "R414": Message(
        "error",
        "链接没有写网址。请在圆括号里写上，或者去掉方括号和圆括号。",
        "空的链接点了没有反应，读屏软件也说不出它通向哪里。",
    ),
}
