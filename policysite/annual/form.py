"""The rows of 政府网站工作年度报表 that content can tell, and those that a person must fill in.

The form's wording and order are from memory, as the report itself says: the published form of the
year is what counts.
"""

from __future__ import annotations

from typing import NamedTuple

from policysite.annual.figures import Figures
from policysite.settings import SiteSettings

BY_HAND = ""
"""What only the people of the site know: visits, messages answered, drills."""


class Row(NamedTuple):
    """A row of the form; an empty value is filled in by hand."""

    group: str
    name: str
    value: str


def form_rows(figures: Figures, site: SiteSettings) -> tuple[Row, ...]:
    """Return the form."""
    count = figures.by_type
    news = count.get("工作动态", 0)
    about = sum(count.get(name, 0) for name in ("概况信息", "机构职能", "负责人信息"))
    opened = sum(number for name, number in count.items() if name.startswith("信息公开"))
    passed = f"{figures.audits_passed}" if figures.audits else BY_HAND
    return (
        Row("网站基本信息", "网站名称", site.name),
        Row("网站基本信息", "首页网址", site.absolute("/")),
        Row("网站基本信息", "主办单位", site.sponsor),
        Row("网站基本信息", "网站标识码", site.id_code),
        Row("网站基本信息", "ICP备案号", site.icp),
        Row("网站基本信息", "公安机关备案号", site.police_record),
        Row("访问量（次）", "独立用户访问总量", BY_HAND),
        Row("访问量（次）", "网站总访问量", BY_HAND),
        Row("信息发布（条）", "总数", str(figures.published)),
        Row("信息发布（条）", "概况类信息更新量", str(about)),
        Row("信息发布（条）", "动态类信息更新量", str(news)),
        Row("信息发布（条）", "信息公开目录信息更新量", str(opened)),
        Row("信息发布（条）", "政策文件", str(figures.documents)),
        Row("专栏专题（个）", "维护数量", str(figures.topics)),
        Row("专栏专题（个）", "新开设数量", BY_HAND),
        Row("解读回应", "解读材料数量（条）", str(figures.explanations)),
        Row("解读回应", "回应公众关注热点或者重大舆情数量（次）", BY_HAND),
        Row("互动交流", "收到留言数量（条）", BY_HAND),
        Row("互动交流", "办结留言数量（条）", BY_HAND),
        Row("安全防护", "安全检测评估次数", BY_HAND),
        Row("网站检查", "检查次数", str(len(figures.audits)) if figures.audits else BY_HAND),
        Row("网站检查", "没有错误的次数", passed),
    )
