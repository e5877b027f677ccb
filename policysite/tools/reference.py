"""Generates the pages of docs/ that are tables, from the tables that the program itself uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from policysite.message import Message
from policysite.messages import MESSAGES
from policysite.model.fields import (
    ArticleFields,
    CommonFields,
    Named,
    PageFields,
    TopicFields,
    specs,
)

_NOTE = "本页由 `invoke docs` 生成，请不要直接修改。\n"
_KINDS: dict[str, type[CommonFields]] = {
    "文章": ArticleFields,
    "固定页面": PageFields,
    "专题": TopicFields,
}
_LEVELS = {"error": "错误", "warning": "提醒", "info": "说明"}
_GROUPS = {
    "F1": "信息栏的写法",
    "F2": "字段的内容",
    "N3": "文件和文件夹",
    "R4": "引用",
    "B5": "正文",
    "C6": "栏目表",
    "S7": "网站设置",
    "V8": "效力和文件关系",
    "P9": "公示",
    "A1": "审校",
    "Y1": "同义词表",
    "T1": "标点符号",
    "T2": "字符",
    "T3": "日期、文号和数字",
    "T4": "层次、附件、表格和正文的写法",
    "T5": "用词",
    "D6": "个人信息",
    "X7": "接受检查结果的说明和词表",
}


def write_reference(docs: Path) -> Iterator[Path]:
    """Write the generated pages and yield their paths."""
    # Its rules parse HTML, for which a check before each commit should not wait.
    from policysite.audit.rules_page import audit_rules_page

    pages = {"fields.md": fields_page, "rules.md": rules_page, "audit-rules.md": audit_rules_page}
    for name, page in pages.items():
        path = docs / name
        path.write_text(page(), "utf-8")
        yield path


def fields_page() -> str:
    """Return the table of fields for each kind of content."""
    parts = [f"# 信息栏字段\n\n{_NOTE}"]
    parts.append("字段名写中文或英文都可以。打 * 的必填，其余需要时才写，不用的整行删掉。\n")
    common = {row.key for row in specs(CommonFields)}
    for kind, model in _KINDS.items():
        rows = list(specs(model))
        if model is not ArticleFields:
            names = "、".join(row.spec.label for row in rows if row.key in common)
            parts.append(f"## {kind}\n\n可用：{names}。\n")
            if own := [row for row in rows if row.key not in common]:
                parts.append(_table(own))
            continue
        parts.append(f"## {kind}\n")
        for group in dict.fromkeys(row.spec.group for row in rows):
            parts.append(f"### {group}\n\n{_table(r for r in rows if r.spec.group == group)}")
    return "\n".join(parts)


def _table(rows: Iterable[Named]) -> str:
    lines = ["| 字段 | 英文名 | 说明 | 例子 |", "| --- | --- | --- | --- |"]
    for row in rows:
        star = " *" if row.required else ""
        spec = row.spec
        lines.append(f"| {spec.label}{star} | `{row.key}` | {spec.help} | {spec.example} |")
    return "\n".join(lines) + "\n"


def rules_page() -> str:
    """Return every code with its level, text and reason."""
    parts = [f"# 检查规则\n\n{_NOTE}"]
    parts.append("“错误”会挡住发布，“提醒”不会。花括号里是具体的内容。\n")
    parts.append(
        "“提示”先说哪里错了，再说怎么改；提示下面可以用 fix 自动改正的，检查结果里会写明。"
        "命令行里用 `python3 tasks.py explain T101` 也能看到。T 和 D 开头的，确有理由的可以写明理由保留，"
        "写法见[编辑手册](editing.md)。\n"
    )
    for prefix, title in _GROUPS.items():
        parts.append(f"## {title}\n")
        parts.append("| 代码 | 级别 | 提示 | 为什么 |\n| --- | --- | --- | --- |")
        for code, message in MESSAGES.items():
            if code.startswith(prefix):
                level = _LEVELS[message.level]
                text = message.text.replace("|", "\\|")
                parts.append(f"| {code} | {level} | {text} | {message.why} |")
        parts.append("")
        found = (code for code in MESSAGES if code.startswith(prefix))
        parts += [part for code in found if (part := _details(code, MESSAGES[code]))]
    return "\n".join([*parts, _precision()])


def _precision() -> str:
    """Return how often each rule is right, for all rules of the text together."""
    said = (
        "检查文字的规则都在两种文字上试过：122部公开的法律法规（74万字），命中24处以下的全部看过，更多的抽看24处；"
        "没有任何问题的示例文章，46条规则各埋设10处错误，看找到几处、另外误报几处（460处里找到459处，误报2处）。"
        "没有命中的，只说明在规范的文字上不误报。"
    )
    rows = [f"| [{c}](#{c.lower()}) | {m.precision} |" for c, m in MESSAGES.items() if m.precision]
    return "\n".join(
        ["## 准确程度一览\n", f"{said}\n", "| 代码 | 结果 |", "| --- | --- |", *rows, ""]
    )


def _details(code: str, message: Message) -> str:
    """Return basis, examples and precision of a rule, where it has any."""
    lines = [f"- 依据：{message.basis}"] if message.basis else []
    lines += [f"- 准确程度：{message.precision}"] if message.precision else []
    for title, example in (("错误", message.wrong), ("正确", message.right)):
        if example:
            lines.append(f"\n{title}：\n\n```text\n{visible(example)}\n```")
    return "\n".join([f"### {code}\n", *lines, ""]) if lines else ""


def visible(text: str) -> str:
    """Name the characters that nobody would see on the page."""
    return "".join(f"⟨U+{ord(c):04X}⟩" if c in "\u200b\ue123" else c for c in text)
