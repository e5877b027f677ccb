"""Settings, snippets and tasks of VS Code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from policysite.model.fields import ArticleFields, Named, specs
from policysite.tools.field_forms import Form, form_of

# Between the lines of --- the language is YAML to VS Code.
_SCOPE = "markdown,yaml"


def snippets() -> dict[str, Any]:
    """Return a snippet for each field and for what is often begun: type its name, press Tab."""
    snippets: dict[str, Any] = {}
    for title, (prefix, body) in _BEGINNINGS.items():
        snippets[title] = {"scope": _SCOPE, "prefix": prefix, "body": body}
    for row in specs(ArticleFields):
        snippets[f"字段：{row.spec.label}"] = {
            "scope": _SCOPE,
            "prefix": [row.spec.label, row.key],
            "body": _snippet_of(form_of(ArticleFields, row), row),
            "description": row.spec.help or row.spec.label,
        }
    return snippets


_DOCUMENT = (
    "---", "标题: ${1:关于……的通知}", "发布日期: $CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE",
    "状态: 草稿", "发文字号: ${2:示总工发〔$CURRENT_YEAR〕1号}", "发文机关:", "  - ${3:示例省总工会}",
    "文种: 通知", "成文日期: ${4:$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE}", "---", "", "$0",
)  # fmt: skip
_NEWS = (
    "---", "标题: $1", "发布日期: $CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE", "状态: 草稿",
    "来源: $2", "责任编辑: $3", "---", "", "$0",
)  # fmt: skip
_NOTICE = (
    "---", "标题: ${1:关于……的公示}", "发布日期: $CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE", "状态: 草稿",
    "公示开始: $2", "公示截止: $3", "联系人: $4", "联系电话: $5", "---", "", "$0",
)  # fmt: skip
_BEGINNINGS: Mapping[str, tuple[list[str], tuple[str, ...]]] = {
    "新文章": (["文章", "article"], _NEWS),
    "政策文件": (["公文", "document"], _DOCUMENT),
    "公示": (["公示", "notice"], _NOTICE),
    "写明理由接受检查结果": (["接受", "disable"], ("<!-- lint-disable ${1:T101} ${2:理由} -->",)),
    "照录原文": (["原文", "original"], ("<!-- 原文 -->", "$TM_SELECTED_TEXT$0", "<!-- 原文完 -->")),
    "图片": (["图片", "image"], ('![${1:图上是什么}](/images/${2:2026/file.jpg} "${3:图题}")',)),
    "落款": (
        ["落款", "signature"],
        ('<p class="signature">${1:示例省总工会}<br>${2:2026年3月12日}</p>',),
    ),
}


def _snippet_of(form: Form, row: Named) -> list[str]:
    label, example = row.spec.label, row.spec.example.replace("}", "\\}")
    match form:
        case Form.CHOICE:
            return [f"{label}: ${{1|{','.join(row.spec.choices)}|}}"]
        case Form.YES_NO:
            return [f"{label}: ${{1|是,否|}}"]
        case Form.LIST | Form.FILES:
            return [f"{label}:", f"  - ${{1:{example}}}"]
    return [f"{label}: ${{1:{example}}}"]


SETTINGS: Mapping[str, Any] = {
    "files.encoding": "utf8",
    "files.eol": "\n",
    "files.insertFinalNewline": True,
    "files.associations": {"*.md": "markdown"},
    # Full-width marks are right in Chinese; invisible characters are not.
    "editor.unicodeHighlight.ambiguousCharacters": False,
    "editor.unicodeHighlight.invisibleCharacters": True,
    "[markdown]": {
        "editor.wordWrap": "on",
        "editor.quickSuggestions": {"other": "on", "comments": "off", "strings": "off"},
        "editor.snippetSuggestions": "top",
        "editor.autoClosingQuotes": "never",
    },
}
"""How VS Code saves and shows manuscripts."""


def tasks() -> dict[str, Any]:
    """Return tasks that show what `check` finds in the panel of problems, beside the text."""
    matchers = [
        {
            "owner": f"policysite-{level}",
            "fileLocation": ["relative", "${workspaceFolder}"],
            "severity": level,
            "pattern": {
                "regexp": rf"^{shown} (.+?):(\d+):(\d+)-(\d+) \[([A-Z]\d{{3}})\] (.*)$",
                "file": 1, "line": 2, "column": 3, "endColumn": 4, "code": 5, "message": 6,
            },
        }
        for level, shown in (("error", "错误"), ("warning", "提醒"), ("info", "说明"))
    ]  # fmt: skip
    names = {"检查": "check --format vscode", "自动改正": "fix", "预览": "serve"}
    all_tasks = [
        {
            "label": label,
            "type": "shell",
            "command": f"python3 tasks.py {task}",
            "windows": {"command": f"py tasks.py {task}"},
            "problemMatcher": matchers if label == "检查" else [],
        }
        for label, task in names.items()
    ]
    all_tasks[0]["group"] = {"kind": "test", "isDefault": True}
    return {"version": "2.0.0", "tasks": all_tasks}
