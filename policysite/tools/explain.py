"""`explain`: why a rule is there, what it stands on, and an example of wrong and right."""

from __future__ import annotations

import re
from difflib import get_close_matches

from policysite.lint.rules import ACCEPTABLE
from policysite.messages import MESSAGES
from policysite.tools.reference import visible

LEVELS = {
    "error": "错误，不改不能发布",
    "warning": "提醒，建议改",
    "info": "说明，供参考",
}

_BLANK = re.compile(r"\{\w+\}")


class UnknownCode(KeyError):
    """There is no such code; the text names what may have been meant."""


def explain(code: str) -> str:
    """Return all there is to say of a code.

    Raises:
        UnknownCode: no message has this code.

    """
    code = code.upper()
    if code not in MESSAGES:
        near = get_close_matches(code, list(MESSAGES), n=6)
        near = sorted(near, key=lambda other: other[:2] != code[:2])[:3]
        hint = f"你是不是想查 {'、'.join(near)}？" if near else "全部代码见 docs/rules.md。"
        raise UnknownCode(f"没有 {code} 这个代码。{hint}")
    message = MESSAGES[code]
    parts = [
        f"{code}（{LEVELS[message.level]}）",
        f"提示：{_BLANK.sub('……', message.text)}",
        f"为什么：{message.why}",
    ]
    parts += [f"依据：{message.basis}"] if message.basis else []
    parts += [f"错误的写法：\n{_indented(message.wrong)}"] if message.wrong else []
    parts += [f"正确的写法：\n{_indented(message.right)}"] if message.right else []
    parts += [f"准不准：{message.precision}"] if message.precision else []
    if code in ACCEPTABLE:
        parts.append(f"确有理由保留的，在这一段前面写：<!-- lint-disable {code} 理由 -->")
    return "\n".join(parts) + "\n"


def _indented(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in visible(text).splitlines())
