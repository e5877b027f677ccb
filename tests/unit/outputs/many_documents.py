"""Policy documents by the thousand, as different from one another as those of a busy union."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from random import Random

from markupsafe import Markup

from policysite.model.values import CHINA, DocNumber
from policysite.pages.article import Article, Banner
from tests.unit.making import make_article


def _words(text: str) -> list[str]:
    return text.split()


_PLACES = _words(
    "青川市 临江市 云麓市 南屏市 东泽市 全省 省直机关 产业园区 乡镇街道 重点工程 中小企业 民营企业"
)
_PEOPLE = _words(
    "职工 女职工 农民工 困难职工 退休职工 新就业形态劳动者 货车司机 快递员 外卖配送员 网约车司机 劳动模范 工匠 "
    "青年职工 产业工人 一线职工 基层工会干部 社会化工会工作者 劳动争议调解员 职工代表 会员 户外劳动者 环卫工人"
)
_THINGS = _words(
    "送温暖 送清凉 金秋助学 医疗互助 互助保障 法律援助 集体协商 民主管理 厂务公开 劳动竞赛 技能比武 创新工作室 "
    "职工书屋 心理关爱 疗休养 体检 职业病防治 安全生产月 工资专项合同 经费收支 预算编制 经费审查 财务检查 资产管理 "
    "换届选举 建会入会 会员实名登记 先进集体评选 五一劳动奖 工人先锋号 模范职工之家 读书活动 文艺汇演 运动会 "
    "托管服务 母婴室建设 单身联谊 就业招聘 创业扶持 技能培训 学历提升 信访接待 舆情应对 网上练兵 数据统计 档案整理 "
    "调查研究 干部培训 党风廉政 值班值守 节日慰问 普惠服务 服务站点建设 平台企业建会 欠薪治理 高温津贴 女职工特殊保护"
)
_VERBS = _words(
    "做好 开展 加强 规范 推进 组织 申报 评选推荐 印发 调整 进一步做好 部署 总结 督促检查"
)
_ENDS = _words("工作 活动 有关事项 经费补助 试点 示范单位 实施方案 管理办法 工作要点 考核评价 情况")
_ISSUERS = (
    ("示总工发", ("示例省总工会",)),
    ("示总工办发", ("示例省总工会办公室",)),
    ("示总工审", ("示例省总工会经费审查委员会",)),
    ("示总工发", ("示例省总工会", "示例省人力资源和社会保障厅")),
)
_KINDS = ("通知",) * 7 + ("意见", "决定", "公告", "批复")
_SUBJECTS = _words("工会经费 权益保障 劳动经济 宣传教育 组织建设 法律服务 女职工 综合工作")
_STATES = (
    *[Banner("in-force", "有效", "ok", Markup())] * 7,
    *[Banner("repealed", "废止", "bad", Markup())] * 2,
    Banner("amended", "已修改", "info", Markup()),
)


def make_documents(number: int) -> tuple[Article, ...]:
    """Return `number` documents of 26 years, newest first; always the same ones."""
    random = Random(12)
    numbers = {(agency, year): count(1) for agency, _ in _ISSUERS for year in range(2000, 2027)}
    documents = []
    for place in range(number):
        date = datetime(2000, 1, 4, 9, tzinfo=CHINA) + timedelta(days=place * 9800 // number)
        agency, issuer = random.choice(_ISSUERS)
        doc_number = DocNumber(agency, date.year, next(numbers[agency, date.year]))
        documents.append(_make_document(random, place, date, issuer, doc_number))
    return tuple(reversed(documents))


def _make_document(
    random: Random, place: int, date: datetime, issuer: tuple[str, ...], number: DocNumber
) -> Article:
    kind = random.choice(_KINDS)
    year = f"{date.year}年" if random.random() < 0.6 else ""
    words = [random.choice(words) for words in (_VERBS, _PLACES, _PEOPLE, _THINGS, _ENDS)]
    title = f"{' '.join(issuer)}关于{words[0]}{year}{''.join(words[1:])}的{kind}"
    plain = make_article()
    assert plain.meta
    subject = random.choice(_SUBJECTS)
    meta = replace(plain.meta, doc_number=number, issuer=issuer, doc_type=kind, subject=subject)
    slug = f"{_SLUGS[words[2]]}-{_SLUGS[words[3]]}-{place}"
    return replace(
        plain, slug=slug, url=f"/{date.year}/{slug}.html", title=title, date=date, meta=meta,
        validity=random.choice(_STATES),
    )  # fmt: skip


def _pinyin(word: str) -> str:
    from pypinyin import lazy_pinyin

    return "-".join(lazy_pinyin(word))


_SLUGS = {word: _pinyin(word) for word in (*_PEOPLE, *_THINGS)}
