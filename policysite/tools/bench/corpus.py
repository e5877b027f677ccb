"""Made-up Chinese articles of the shape and length that unions publish, the same ones every time.

Words follow Zipf's law, as those of real texts do: what a generator keeps of words and how well
its output compresses then are what they would be. No article says anything true.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from itertools import accumulate, islice, product

from policysite.text.numerals import to_chinese

FIRST, LAST = datetime(2010, 1, 4, 9), datetime(2026, 11, 20, 17)  # noqa: DTZ001 -- China's
COLUMNS = {
    "policies": (
        "政策文件",
        {"documents": "规范性文件", "readings": "政策解读", "plans": "规划计划"},
    ),
    "news": ("工会动态", {"province": "省级动态", "cities": "市县动态", "grassroots": "基层动态"}),
    "notices": ("通知公告", {"calls": "通知", "lists": "公示公告", "tenders": "采购招标"}),
    "study": ("学习交流", {"theory": "理论研究", "cases": "工作案例", "models": "先进事迹"}),
}
"""Two levels: slug → (name, {slug: name})."""

_AREAS = (
    "基层", "企业", "职工", "会员", "劳动", "安全", "技能", "经费", "组织", "民主", "女职工", "农民工",
    "就业", "帮扶", "法律", "文化", "健康", "互助", "网络", "产业", "园区", "乡镇", "建筑", "快递",
    "教育", "医疗", "财务", "审查", "班组", "工匠", "创新", "竞赛", "协商", "合同", "工资", "休息",
)  # fmt: skip
_MATTERS = (
    "管理", "服务", "培训", "监督", "保障", "建设", "评价", "调解", "宣传", "统计", "档案", "考核",
    "补助", "申报", "登记", "选举", "协调", "指导", "检查", "公开", "评选", "救助", "咨询", "研究",
    "平台", "站点", "队伍", "制度", "活动", "项目", "资金", "标准", "方案", "机制", "台账", "联系点",
)  # fmt: skip
_ACTS = (
    "开展", "落实", "完善", "推进", "加强", "规范", "组织", "建立", "明确", "汇总", "报送", "公布",
    "听取", "核实", "受理", "办理", "改进", "细化", "统筹", "跟进", "试行", "推广", "评估", "通报",
)  # fmt: skip
_LINKS = ("，并", "，同时", "，进一步", "；", "，按规定", "，及时", "，逐项", "，会同有关部门")
_OPENINGS = (
    "各市总工会应当",
    "各产业工会要",
    "有关单位应",
    "基层工会可以",
    "省总工会",
    "各县级工会要",
)
_TITLES = (
    "关于{act}{word}工作的通知", "关于{act}{word}和{other}的意见", "{word}实施办法解读",
    "{word}工作推进会召开", "关于公布{word}名单的公告", "{word}与{other}的实践和思考",
)  # fmt: skip
_DOC_TYPES = ("通知", "意见", "公告", "通报")


@dataclass(frozen=True, slots=True)
class Entry:
    """An article: its `column` as policies/documents, Markdown `body`, and, for policies, a record.

    `number` counts from the oldest; `date` is China's, to the minute, and never that of another.
    """

    number: int
    column: str
    title: str
    date: datetime
    keywords: tuple[str, ...]
    body: str
    record: tuple[tuple[str, str], ...] = field(default=())

    @property
    def slug(self) -> str:
        """Return the name in the address: a000012."""
        return f"a{self.number:06}"

    @property
    def url(self) -> str:
        """Return the address that every generator is told to use."""
        return f"/{self.date.year}/{self.slug}.html"


def make_corpus(count: int, seed: int = 1) -> Iterator[Entry]:
    """Yield `count` articles of 2–5 KB, oldest first."""
    # To the minute, so that every generator puts the articles into the same order.
    step = min((LAST - FIRST) / max(count, 1), timedelta(days=1)) // timedelta(minutes=1)
    for number in range(count):
        yield _entry(number, LAST - timedelta(minutes=step * (count - number)), seed)


def _entry(number: int, date: datetime, seed: int) -> Entry:
    # Each article has dice of its own: a larger corpus begins like a smaller one.
    writer = _Writer(random.Random(f"{seed}-{number}"))  # noqa: S311 -- no secrets here
    column = writer.dice.choice(_leaves())
    keywords = tuple(dict.fromkeys(writer.word() for _ in range(writer.dice.randint(2, 4))))
    is_document = column == "policies/documents"
    return Entry(
        number=number,
        column=column,
        title=writer.title(),
        date=date,
        keywords=keywords,
        body=writer.body(is_act=is_document and writer.dice.random() < 0.4),
        record=tuple(_record(writer, number, date)) if is_document else (),
    )


def _leaves() -> tuple[str, ...]:
    return tuple(f"{top}/{leaf}" for top, (_, leaves) in COLUMNS.items() for leaf in leaves)


def _record(writer: _Writer, number: int, date: datetime) -> Iterator[tuple[str, str]]:
    yield "发文字号", f"示总工发〔{date.year}〕{number + 1}号"
    yield "发文机关", "示例省总工会"
    yield "文种", writer.dice.choice(_DOC_TYPES)
    yield "主题分类", writer.dice.choice(_AREAS)
    yield "成文日期", f"{date - timedelta(days=2):%Y-%m-%d}"
    yield "主送机关", "各市总工会，各省级产业工会"
    yield "公开属性", "主动公开"


@cache
def _vocabulary() -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Return some 2,600 words, the most frequent first, and their weights summed up."""
    words = [*_AREAS, *_MATTERS, *("".join(pair) for pair in product(_AREAS, _MATTERS))]
    words += ["".join(pair) for pair in product(_AREAS, _AREAS) if pair[0] != pair[1]]
    random.Random("vocabulary").shuffle(words)  # noqa: S311 -- no secrets here
    return tuple(words), tuple(accumulate(1 / (rank + 2.7) for rank in range(len(words))))


class _Writer:
    """Writes with dice."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice

    def word(self) -> str:
        words, weights = _vocabulary()
        return self.dice.choices(words, cum_weights=weights)[0]

    def title(self) -> str:
        form = self.dice.choice(_TITLES)
        return form.format(act=self.dice.choice(_ACTS), word=self.word(), other=self.word())

    def body(self, *, is_act: bool) -> str:
        """Return 2–5 KB of Markdown."""
        size = self.dice.randint(2000, 5000)
        blocks: list[str] = [self.paragraph()]
        written = _size(blocks[0])
        parts = self.act() if is_act else self.report()
        while written < size - 300:
            blocks.append(next(parts))
            written += _size(blocks[-1])
        return "\n\n".join(blocks) + "\n"

    def act(self) -> Iterator[str]:
        """Yield 第一章, 第一条 with （一） below them, for ever."""
        chapter = clause = 0
        while True:
            chapter += 1
            yield f"第{to_chinese(chapter)}章 {self.word()}"
            for _ in range(self.dice.randint(2, 6)):
                clause += 1
                yield f"第{to_chinese(clause)}条 {self.paragraph()}"
                if self.dice.random() < 0.3:
                    yield from (f"（{to_chinese(n)}）{self.clause()}；" for n in (1, 2))
                    yield f"（三）{self.clause()}。"

    def report(self) -> Iterator[str]:
        """Yield 一、 and （一） with paragraphs, lists and tables below them, for ever."""
        section = 0
        while True:
            section += 1
            yield f"{to_chinese(section)}、{self.word()}"
            for number in range(1, self.dice.randint(2, 4)):
                yield f"（{to_chinese(number)}）{self.word()}。{self.paragraph()}"
                yield from islice(self.extras(), self.dice.randint(0, 1))

    def extras(self) -> Iterator[str]:
        """Yield a list, a table or a paragraph with marked-up words, for ever."""
        while True:
            yield self.dice.choice((self.bullets, self.table, self.marked, self.paragraph))()

    def clause(self) -> str:
        matters = "、".join(self.word() for _ in range(self.dice.randint(1, 3)))
        return f"{self.dice.choice(_ACTS)}{matters}{self.dice.choice(_MATTERS)}工作"

    def sentence(self) -> str:
        parts = [self.clause() for _ in range(self.dice.randint(1, 3))]
        return self.dice.choice(_OPENINGS) + self.dice.choice(_LINKS).join(parts) + "。"

    def paragraph(self) -> str:
        return "".join(self.sentence() for _ in range(self.dice.randint(1, 4)))

    def marked(self) -> str:
        link = f"[{self.word()}](https://www.example.org/{self.dice.randint(1, 999)}/)"
        return f"**{self.clause()}。**{self.sentence()}详情见{link}。"

    def bullets(self) -> str:
        return "\n".join(f"- {self.clause()}" for _ in range(self.dice.randint(3, 6)))

    def table(self) -> str:
        rows = ["| 序号 | 事项 | 名额 |", "| --- | --- | --- |"]
        for number in range(1, self.dice.randint(4, 8)):
            rows.append(f"| {number} | {self.word()} | {self.dice.randint(1, 60)} |")
        return "\n".join(rows)


def _size(text: str) -> int:
    return len(text.encode()) + 2
