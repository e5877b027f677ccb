"""docs/audit-rules.md, generated from the rules themselves."""

from __future__ import annotations

from collections.abc import Iterator

from policysite.audit.outputs import LEVELS
from policysite.audit.rule import Indicator, Rule
from policysite.audit.rules import RULES
from policysite.problems import Level


def audit_rules_page() -> str:
    """Return every rule with its levels, basis and remedy."""
    return "\n".join(_parts()) + "\n"


def _parts() -> Iterator[str]:
    yield "# 网站检查的规则\n"
    yield "本页由 `invoke docs` 生成，请不要直接修改。怎样检查、怎样计分，见 [audit.md](audit.md)。\n"
    yield (
        "“union”和“gov-strict”两栏是这条规则在两套要求里的级别，“—”表示不查。打 * 的属于单项否决。"
        "依据后面的括号写明我们有没有核对过原文：引用之前，凡不是“已核对原文”的，请先查证。"
    )
    for indicator in Indicator:
        yield f"\n## {indicator}\n"
        yield "| 代码 | union | gov-strict | 提示 | 怎么改 | 依据 |"
        yield "| --- | --- | --- | --- | --- | --- |"
        for rule in RULES.values():
            if rule.indicator is indicator:
                yield _row(rule)


def _row(rule: Rule) -> str:
    star = " *" if rule.sweeping else ""
    basis = "；".join(str(each) for each in rule.basis)
    cells = (
        f"{rule.code}{star}", _level(rule.union), _level(rule.strict),
        rule.wrong.replace("{detail}", "……"), rule.fix, basis,
    )  # fmt: skip
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _level(level: Level | None) -> str:
    return LEVELS[level] if level else "—"


def _cell(text: str) -> str:
    """Return text that Markdown leaves as it is."""
    return text.replace("|", "\\|").replace("<", "&lt;").replace(">", "&gt;")
