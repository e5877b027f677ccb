"""页头页脚: who the site belongs to and how to reach them, on every page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from policysite.audit import basis, footer
from policysite.audit.basis import Basis
from policysite.audit.facts import PageFacts
from policysite.audit.kinds import SHOWN, Kind
from policysite.audit.page import Page, words
from policysite.audit.rule import (
    ERROR,
    WARNING,
    Fault,
    Found,
    Indicator,
    MemberRule,
    PageRule,
    SiteRule,
)
from policysite.audit.site import AuditedSite
from policysite.problems import Level

_HOME = frozenset({Kind.HOME})
_ITEMS = (
    footer.SPONSOR, footer.CONTACT, footer.ADDRESS, footer.ICP, footer.POLICE, footer.BADGE,
    footer.ID_CODE, footer.MAP, footer.CORRECTION,
)  # fmt: skip


def _absent_at_home(item: str) -> Callable[[AuditedSite], Iterator[Found]]:
    def check(site: AuditedSite) -> Iterator[Found]:
        if site.home and item not in site.home.footer:
            yield Found(site.home.path, 0, item)

    return check


def poorer_footers(site: AuditedSite, page: PageFacts) -> Iterator[Found]:
    """Find pages whose foot lacks what the home page's has."""
    wanted = site.home.footer if site.home and page.kind in SHOWN else ()
    if lacking := [item for item in _ITEMS if item in wanted and item not in page.footer]:
        yield Found(page.path, 0, "、".join(lacking))


def nameless_header(page: Page) -> Iterator[Fault]:
    """Find pages whose head does not show the site's name."""
    name = page.meta("SiteName")
    if not name:
        return
    said = words(page.header) if page.header is not None else ""
    images = page.header.iter("img") if page.header is not None else ()
    if name not in said and not any(name in (img.get("alt") or "") for img in images):
        yield Fault(0, name)


def _item(
    code: str, item: str, fix: str, union: Level | None, strict: Level | None, *sources: Basis
) -> SiteRule:
    return SiteRule(
        code=code, indicator=Indicator.FRAME, union=union, strict=strict, kinds=_HOME,
        basis=sources, wrong="首页底部没有{detail}。", fix=fix, check=_absent_at_home(item),
    )  # fmt: skip


RULES = (
    _item("FOOT-SPONSOR", footer.SPONSOR, "写明“主办单位：”和单位全称。", ERROR, ERROR,
          basis.DESIGN_REST),
    _item("FOOT-CONTACT", footer.CONTACT, "写明能打通的电话或者能收到的邮箱。", ERROR, ERROR,
          basis.DESIGN_REST, basis.VETO),
    _item("FOOT-ADDRESS", footer.ADDRESS, "写明办公地址。", WARNING, WARNING, basis.DESIGN_REST),
    _item("FOOT-ICP", footer.ICP, "写上备案号，并链接到 https://beian.miit.gov.cn/。", ERROR, ERROR,
          basis.ICP),
    _item("FOOT-POLICE", footer.POLICE,
          "写上十四位的备案号，并链接到 https://beian.mps.gov.cn/ 的查询网址。", ERROR, ERROR,
          basis.POLICE, basis.POLICE_FORM),
    _item("FOOT-BADGE", footer.BADGE, "向机构编制部门申领网站标识，挂在底部并链接到标识页面。",
          WARNING, WARNING, basis.BADGE),
    _item("FOOT-IDCODE", footer.ID_CODE, "写上十位网站标识码。", None, ERROR, basis.DESIGN_REST),
    _item("FOOT-MAP", footer.MAP, "加上“网站地图”的链接。", ERROR, ERROR, basis.DESIGN_REST),
    _item("FOOT-CORRECTION", footer.CORRECTION, "加上纠错的入口：“网站纠错”链接到邮箱或者电话。",
          WARNING, ERROR, basis.DESIGN_REST, basis.UNION_CORRECTION),
    MemberRule(
        code="FOOT-PAGES", indicator=Indicator.FRAME, union=WARNING, strict=WARNING, kinds=SHOWN,
        basis=(basis.DESIGN_REST,),
        wrong="这一页的底部没有首页底部的{detail}。", fix="所有页面用同一个页脚。",
        check=poorer_footers,
    ),
    PageRule(
        code="HEAD-NAME", indicator=Indicator.FRAME, union=WARNING, strict=WARNING,
        basis=(basis.DESIGN_REST, basis.DEDUCTION),
        wrong="页头没有显示网站名称“{detail}”。", fix="每一页的页头都显示网站的规范名称。",
        check=nameless_header,
    ),
)  # fmt: skip
