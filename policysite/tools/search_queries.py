"""What `bench-search` looks up: queries as readers of a union's site type them, in two sets.

The first set was at hand while the search was made; how many terms are looked up and how hits are
ranked was chosen by it. The second, of other queries, only judges.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, dataclass


@dataclass(frozen=True, slots=True)
class QuerySet:
    """Queries by what they ask of a search.

    `phrases` are found where they stand as they are: what counts for precision. `mixed` has
    numbers, Latin words and what stands between them. Of `several` words all are wanted.
    `questions` are as people speak: the words hardly stand so in any text, and looser matches have
    to follow. `short_forms` are led to the long ones by the synonym list.
    """

    name: str
    phrases: tuple[str, ...]
    mixed: tuple[str, ...]
    several: tuple[str, ...]
    questions: tuple[str, ...]
    short_forms: tuple[str, ...]

    def __iter__(self) -> Iterator[str]:
        """Yield every query."""
        _, *kinds = astuple(self)
        for queries in kinds:
            yield from queries


KNOWN = QuerySet(
    name="调试用的查询",
    phrases=(
        "职工代表大会", "工会经费", "劳动合同", "工资集体协商", "女职工特殊保护", "加班工资", "最低工资",
        "工伤认定", "经济补偿", "社会保险费", "工会主席", "劳动争议", "安全生产责任", "产假", "带薪年休假",
        "拖欠工资", "平等协商", "厂务公开", "劳动模范", "职业病防治", "基层工会", "困难职工", "竞业限制",
        "互助保障", "法律援助", "新就业形态劳动者", "高温天气", "技能竞赛", "疗休养", "经费审查",
    ),
    mixed=(
        "2024年", "15日内", "30%", "第三十九条", "1.5倍", "12351", "7月1日起施行", "APP",
        "2025年度工会经费",
    ),
    several=("工会 经费", "女职工 产假", "劳动合同 解除 补偿", "职工 休假 工资"),
    questions=(
        "加班费怎么算", "拖欠农民工工资怎么办", "女职工产假多少天", "困难职工怎么申请帮扶", "工会经费怎么计提",
    ),
    short_forms=("职代会", "五险一金"),
)  # fmt: skip

HELD_OUT = QuerySet(
    name="没有用来调试的查询",
    phrases=(
        "集体合同", "劳动保障监察", "试用期", "无固定期限劳动合同", "医疗期", "哺乳期", "工会会员", "职工董事",
        "工会组织", "劳务派遣", "农民工", "未成年工", "解除劳动合同", "停工留薪期", "伤残等级", "生育津贴",
        "失业保险金", "综合计算工时", "劳动能力鉴定", "仲裁委员会", "民主管理", "职业技能培训", "夜班劳动",
        "工资支付", "劳动报酬", "最低生活保障", "职工教育经费", "工会委员会", "女职工委员会", "安全生产监督管理",
        "重大事故隐患", "就业服务", "女职工劳动保护", "劳动关系协调", "民主协商", "休息休假", "工会干部", "会费",
        "送温暖", "补助标准",
    ),
    mixed=(
        "2023年", "三十日内", "48小时", "第二十四条", "150%", "1月1日起", "3倍", "PDF", "20%", "60日",
    ),
    several=(
        "最低工资 标准", "工伤 停工留薪", "仲裁 时效 一年", "安全 培训 农民工", "会员 会费 交纳",
    ),
    questions=("试用期最长多久", "被辞退有没有补偿", "怎么申请工伤认定", "会费交多少", "年休假可以折算工资吗"),
    short_forms=("劳模", "职工之家"),
)  # fmt: skip

SETS = (KNOWN, HELD_OUT)
