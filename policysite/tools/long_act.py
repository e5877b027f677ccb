"""A made-up act of the length of a law, for what only length puts to the test."""

from __future__ import annotations

from pathlib import Path

from policysite.text.numerals import to_chinese

SLUG = "long-act"
CHAPTERS, CLAUSES = 12, 240
_FILE = f"policies/documents/2026-11-20-{SLUG}.md"
_FRONT = """\
---
标题: 示例省总工会关于印发《示例省工会工作规则汇编》的通知
发布日期: 2026-11-20 09:00
摘要: 共十二章二百四十条，用来检查很长的文件在手机上读起来是否顺畅。
发文字号: 示总工发〔2026〕99号
发文机关:
  - 示例省总工会
文种: 通知
成文日期: 2026-11-19
---
"""
# Lengths without a common factor, so that no two clauses of the act are the same.
_SUBJECTS = (
    "基层工会委员会", "省级产业工会", "县（市、区）总工会", "乡镇（街道）工会", "企业工会主席",
    "职工代表大会专门小组", "工会经费审查委员会", "工会女职工委员会", "工会劳动法律监督委员会",
    "区域性行业性工会联合会", "新就业形态劳动者所在的工会",
)  # fmt: skip
_DUTIES = (
    "应当定期听取职工对劳动报酬、工作时间和休息休假的意见，汇总后向本单位提出书面建议",
    "负责组织职工参加职业技能培训和竞赛，并为取得优异成绩的职工办理登记和奖励手续",
    "应当参与涉及职工切身利益的规章制度的讨论，对不适当的内容提出修改意见",
    "在发生劳动争议时先行调解，调解不成的，支持职工依法申请仲裁或者提起诉讼",
    "应当公开经费收支、重大活动和会员关心的事项，接受会员和上级工会的监督",
    "为生活困难的职工建立档案，按照规定的标准给予帮扶，并对相关信息保密",
    "应当在高温、严寒和汛期组织检查劳动保护措施，发现隐患时要求立即整改",
)
_LIMITS = (
    "相关材料自办结之日起保存三年。",
    "情况复杂的，经上级工会同意，可以延长三十日。",
    "具体办法由市总工会结合本地实际制定，报省总工会备案。",
    "没有正当理由不履行的，由上级工会责令限期改正。",
    "所需经费列入本级工会年度预算，不足部分由上级工会补助。",
)


def write_long_act(content: Path) -> None:
    """Add the act to a copy of the sample site's content."""
    (content / _FILE).write_text(f"{_FRONT}\n{long_act()}", "utf-8")


def long_act() -> str:
    """Return the body of the act."""
    lines = []
    for number in range(CLAUSES):
        if number % (CLAUSES // CHAPTERS) == 0:
            chapter = number * CHAPTERS // CLAUSES + 1
            lines.append(f"第{to_chinese(chapter)}章 工会工作的第{to_chinese(chapter)}个方面")
        lines.append(f"第{to_chinese(number + 1)}条 {_clause(number)}")
    return "\n\n".join(lines) + "\n"


def _clause(number: int) -> str:
    choices = (_SUBJECTS, _DUTIES, _LIMITS, _SUBJECTS[::-1], _DUTIES[::-1])
    subject, duty, limit, other, task = (choice[number % len(choice)] for choice in choices)
    return f"{subject}{duty}。{other}{task}；{limit}"
