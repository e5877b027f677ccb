"""What the rules rest on: each norm with its clause and with how surely we know its text.

A web team that is told of a fault will look the norm up. So a clause is named only where its text
was read, and a norm known from a copy or from memory says so itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Certainty(StrEnum):
    """How surely the text of a norm is known."""

    READ = "已核对原文"
    COPY = "据转载核对，引用时请再看原文"
    MEMORY = "未核对原文，引用前请先查证"
    OURS = "本系统的约定，不是规范条文"


@dataclass(frozen=True, slots=True)
class Basis:
    """One norm: the document, the place in it (may be empty) and the certainty of both."""

    document: str
    clause: str
    certainty: Certainty

    def __str__(self) -> str:
        """Return what reports print."""
        clause = f"，{self.clause}" if self.clause else ""
        return f"{self.document}{clause}（{self.certainty}）"


_DESIGN = "国办发〔2017〕47号附件《网页设计规范》"
_INDICATORS = "国办秘函〔2019〕19号检查指标"
_ELDER = "工业和信息化部《互联网网站适老化通用设计规范》（2021年）"

TAGS = Basis(_DESIGN, "网页标签表", Certainty.COPY)
TAGS_BY_PAGE = Basis(_DESIGN, "各类页面用哪些标签", Certainty.MEMORY)
DESIGN = Basis(_DESIGN, "发布时间、空白栏目、打开时间、站内搜索", Certainty.COPY)
DESIGN_REST = Basis(_DESIGN, "页头、页脚、链接和页面展现", Certainty.MEMORY)
VETO = Basis(_INDICATORS, "第一部分“单项否决”", Certainty.COPY)
DEDUCTION = Basis(_INDICATORS, "第二部分“扣分指标”", Certainty.MEMORY)
UNDATED = Basis("政府网站普查的说明", "未注明信息发布时间的视为不更新", Certainty.COPY)
CIRCULARS = Basis("各地政府网站检查通报", "列举的错误", Certainty.COPY)
ICP = Basis("《互联网信息服务管理办法》", "第十二条、第二十二条", Certainty.READ)
POLICE = Basis("公安机关互联网站备案的查询网址", "", Certainty.COPY)
POLICE_FORM = Basis("公安机关互联网站备案", "备案号的格式", Certainty.MEMORY)
BADGE = Basis("党政机关、事业单位网站标识挂标要求", "", Certainty.COPY)
UNION_CORRECTION = Basis("参照“我为政府网站找错”设纠错邮箱或电话", "", Certainty.MEMORY)
PARTY_SITES = Basis(
    "宁波市北仑区党群网站考核指标", "信息要有标题、发布日期、正文、来源", Certainty.COPY
)
UNION_SOURCES = Basis("扬州市总工会公众号办法", "转发要明确信息来源", Certainty.COPY)
SECURITY = Basis("《互联网政务应用安全管理规定》", "外部链接检查", Certainty.MEMORY)
ACCESS_LAW = Basis("《中华人民共和国无障碍环境建设法》", "第三十二条", Certainty.READ)
ELDER_ZOOM = Basis(_ELDER, "1.2.3", Certainty.COPY)
ELDER_POPUP = Basis(_ELDER, "2.4.1", Certainty.COPY)
ELDER_MEDIA = Basis(_ELDER, "2.3", Certainty.COPY)
ELDER_TECHNOLOGY = Basis(_ELDER, "4.1—4.2", Certainty.COPY)
WCAG = Basis("WCAG 2.2 AA 级", "", Certainty.MEMORY)
WCAG_ALT = Basis("WCAG 2.2", "1.1.1", Certainty.COPY)
NUMBER = Basis("GB/T 9704—2012", "7.2.5", Certainty.COPY)
KINDS = Basis("《党政机关公文处理工作条例》", "第八条", Certainty.COPY)
INTERNAL_KINDS = Basis("请示、报告、议案是内部行文", "", Certainty.MEMORY)
SIGNED_FIRST = Basis("公文先成文后发布", "", Certainty.MEMORY)
VALIDITY = Basis("2025年政策文件清理情况调查", "失效文件要清理并标明", Certainty.COPY)
VALIDITY_STATES = Basis("规范性文件的效力状态", "到期即失效", Certainty.MEMORY)
EXPLANATION = Basis("郑州市2016年关于政策解读的规定", "最迟三个工作日内解读", Certainty.COPY)
NOTICE_PERIOD = Basis("工会系统公示的通行做法", "不少于五个工作日", Certainty.COPY)
NOTICE_PARTS = Basis("湖北省直机关工会2024年公示", "公示所列事项", Certainty.READ)
WITHDRAWAL = Basis("撤稿要清除列表、检索和附件", "", Certainty.MEMORY)
PERSONAL = Basis(
    "《中华人民共和国个人信息保护法》", "第六条、第二十五条、第二十八条", Certainty.READ
)
ID_NUMBER = Basis("GB 11643—1999", "校验码", Certainty.READ)
CAREFUL_WORDS = Basis("新华社《新闻信息报道中的禁用词和慎用词》", "", Certainty.COPY)
PUNCTUATION = Basis("GB/T 15834—2011", "", Certainty.COPY)
OURS = Basis("本系统的约定", "", Certainty.OURS)
