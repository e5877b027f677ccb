"""公示与撤回: a 公示 says how to object and how long; what was withdrawn leaves no trace."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from policysite.audit import basis
from policysite.audit.facts import PageFacts
from policysite.audit.kinds import READABLE, Kind
from policysite.audit.rule import ERROR, INFO, WARNING, Found, Indicator, MemberRule, SiteRule
from policysite.audit.search_index import FOLDER
from policysite.audit.site import AuditedSite
from policysite.model.notice import SHORTEST
from policysite.model.workdays import count_workdays

_ARTICLES = frozenset({Kind.ARTICLE})
_MACHINES = (".xml", ".json", ".txt", ".csv")
_ATTACHMENTS = ("attachments/", "uploads/", "files/", "download/")


def incomplete_notices(_: AuditedSite, page: PageFacts) -> Iterator[Found]:
    """Find 公示 without their period or without a way to object."""
    if not page.notice:
        return
    parts = (
        ("公示开始日期", page.notice.start),
        ("公示截止日期", page.notice.end),
        ("联系方式", page.notice.has_contact),
    )
    if lacking := [name for name, there in parts if not there]:
        yield Found(page.path, 0, "、".join(lacking))


def short_notices(_: AuditedSite, page: PageFacts) -> Iterator[Found]:
    """Find 公示 that run for less than five working days."""
    notice = page.notice
    if notice and notice.start and notice.start <= notice.end:
        first, last = date.fromisoformat(notice.start), date.fromisoformat(notice.end)
        days = count_workdays(first, last)[0]
        if days < SHORTEST:
            yield Found(page.path, 0, f"{notice.start} 至 {notice.end}，{days} 个工作日")


def outdated_notices(site: AuditedSite, page: PageFacts) -> Iterator[Found]:
    """Find 公示 that say they run although they are over."""
    notice = page.notice
    if notice and notice.says_open and notice.end and notice.end < site.today.isoformat():
        yield Found(page.path, 0, f"截止 {notice.end}")


def traces_in_pages(site: AuditedSite, page: PageFacts) -> Iterator[Found]:
    """Find pages that lead to something withdrawn."""
    if page.kind in (Kind.WITHDRAWN, Kind.REDIRECT):
        return
    for target in map(site.target, page.links if site.withdrawn else ()):
        if target and (url := site.withdrawn.get(target.file)):
            yield Found(page.path, 0, url)


def traces_in_data(site: AuditedSite) -> Iterator[Found]:
    """Find feeds, site maps, search data and other files for machines that know of it still."""
    withdrawn = [url for _, url in sorted(site.withdrawn.items())]
    if not withdrawn:
        return
    for name, text in site.texts(*_MACHINES):
        for url in withdrawn:
            if url in text:
                yield Found(name, 0, url)
    for url in withdrawn:
        if site.search_index and url in site.search_index.urls:
            yield Found(f"{FOLDER}/manifest.json", 0, url)


def orphaned_attachments(site: AuditedSite) -> Iterator[Found]:
    """Find attachments to which no page leads: what a withdrawn article left behind, it may be."""
    left = {name for name in site.files if name.startswith(_ATTACHMENTS)}
    for page in site.pages if left else ():
        left -= {
            target.file for target in map(site.target, (*page.links, *page.resources)) if target
        }
    for name in sorted(left):
        yield Found(name, 0, name)


RULES = (
    MemberRule(
        code="NOTICE-PARTS", indicator=Indicator.NOTICES, union=ERROR, strict=ERROR,
        kinds=_ARTICLES, basis=(basis.NOTICE_PARTS,), wrong="公示没有写明{detail}。",
        fix="写明公示的起止日期、联系人、电话、邮箱和地址。", check=incomplete_notices,
    ),
    MemberRule(
        code="NOTICE-SHORT", indicator=Indicator.NOTICES, union=WARNING, strict=WARNING,
        kinds=_ARTICLES, basis=(basis.NOTICE_PERIOD,),
        wrong=f"公示不足 {SHORTEST} 个工作日：{{detail}}。", fix="延长公示，或者在正文说明依据。",
        check=short_notices,
    ),
    MemberRule(
        code="NOTICE-OVER", indicator=Indicator.NOTICES, union=INFO, strict=WARNING,
        kinds=_ARTICLES, basis=(basis.NOTICE_PARTS,), wrong="公示已经结束，页面还写着“公示中”：{detail}。",
        fix="重新生成网站，公示状态会按日期更新；考虑撤下名单。", check=outdated_notices,
    ),
    MemberRule(
        code="WITHDRAWN", indicator=Indicator.NOTICES, union=ERROR, strict=ERROR, kinds=READABLE,
        basis=(basis.WITHDRAWAL,), wrong="还有链接指向已经撤回的内容：{detail}。",
        fix="去掉这个链接。", check=traces_in_pages,
    ),
    SiteRule(
        code="WITHDRAWN-DATA", indicator=Indicator.NOTICES, union=ERROR, strict=ERROR,
        basis=(basis.WITHDRAWAL,), wrong="订阅源、网站地图或者检索数据里还有已经撤回的内容：{detail}。",
        fix="重新生成网站；用别的工具生成的数据要一起更新。", check=traces_in_data,
    ),
    SiteRule(
        code="WITHDRAWN-FILE", indicator=Indicator.NOTICES, union=WARNING, strict=WARNING,
        basis=(basis.WITHDRAWAL,), wrong="没有页面链接这个附件：{detail}。",
        fix="撤回内容的附件要一起删除；还有用的，请在页面里列出来。", check=orphaned_attachments,
    ),
)  # fmt: skip
