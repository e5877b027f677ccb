"""What `bench-search` looks up: fifty queries as readers of a union's site type them."""

from __future__ import annotations

PHRASES = (
    "职工代表大会", "工会经费", "劳动合同", "工资集体协商", "女职工特殊保护", "加班工资", "最低工资",
    "工伤认定", "经济补偿", "社会保险费", "工会主席", "劳动争议", "安全生产责任", "产假", "带薪年休假",
    "拖欠工资", "平等协商", "厂务公开", "劳动模范", "职业病防治", "基层工会", "困难职工", "竞业限制",
    "互助保障", "法律援助", "新就业形态劳动者", "高温天气", "技能竞赛", "疗休养", "经费审查",
)  # fmt: skip
"""Found where they stand as they are: what counts for recall and precision."""

MIXED = (
    "2024年", "15日内", "30%", "第三十九条", "1.5倍", "12351", "7月1日起施行", "APP", "2025年度工会经费",
)  # fmt: skip
"""Numbers, Latin words and what stands between them."""

SEVERAL = ("工会 经费", "女职工 产假", "劳动合同 解除 补偿", "职工 休假 工资")
"""Words with a space between: all of them are wanted."""

QUESTIONS = (
    "加班费怎么算", "拖欠农民工工资怎么办", "女职工产假多少天", "困难职工怎么申请帮扶", "工会经费怎么计提",
)  # fmt: skip
"""As people speak: the words hardly stand so in any text, and looser matches have to follow."""

SHORT_FORMS = ("职代会", "五险一金")
"""Short names, which the synonym list leads to the long ones."""

QUERIES = (*PHRASES, *MIXED, *SEVERAL, *QUESTIONS, *SHORT_FORMS)
