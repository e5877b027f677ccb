"""信息更新: home page and columns that stand still or empty, and what carries no date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from policysite.audit import basis
from policysite.audit.dates import first_date
from policysite.audit.facts import PageFacts
from policysite.audit.kinds import Kind
from policysite.audit.page import Page
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
from policysite.audit.site import NEWS_DAYS, NOTICE_DAYS, AuditedSite, ColumnState, norm_days

HOME_DAYS = 14
TOO_MANY_NEWS, TOO_MANY, TOO_MANY_EMPTY = 5, 10, 5
"""How many columns fail a whole site (国办秘函〔2019〕19号 单项否决 “栏目不更新”)."""
_COLUMNS = frozenset({Kind.COLUMN})
_HOME = frozenset({Kind.HOME})


def no_home(site: AuditedSite) -> Iterator[Found]:
    """Find a folder with pages but without a home page, which visitors would not get."""
    if len(site.pages) and not site.home:
        yield Found("", 0, "index.html")


def stale_home(site: AuditedSite) -> Iterator[Found]:
    """Find a home page whose newest entry is older than two weeks; undated counts as not updated."""
    if not site.home:
        return
    newest = site.newest_on_home()
    if not newest:
        yield Found(site.home.path, 0, "首页上没有带日期的内容")
    elif (age := _age(newest, site)) > HOME_DAYS:
        yield Found(site.home.path, 0, f"最新一条是 {newest}，已经 {age} 天")


def _age(newest: str, site: AuditedSite) -> int:
    return (site.today - date.fromisoformat(newest)).days


def is_stale(column: ColumnState, site: AuditedSite) -> bool:
    """Return whether a column has had nothing new within its interval."""
    if column.days is None or column.is_archived or is_empty(column):
        return False
    age = column.age(site.today)
    return age is None or age > column.days


def is_empty(column: ColumnState) -> bool:
    """Return whether a column shows nothing: no entries and hardly a word."""
    return not column.count and not column.page.has_content


def stale_columns(site: AuditedSite) -> Iterator[Found]:
    """Find columns without anything new within their interval."""
    for column in site.columns:
        if is_stale(column, site):
            said = f"最新一条是 {column.newest}" if column.newest else "没有带日期的内容"
            detail = f"“{column.name}”{said}，应当 {column.days} 天内有更新"
            yield Found(column.page.path, 0, detail)


def many_stale_columns(site: AuditedSite) -> Iterator[Found]:
    """Find a site on which so many columns are stale that it fails as a whole."""
    stale = [column for column in site.columns if is_stale(column, site)]
    listed = [c for c in stale if norm_days(c.page) in (NEWS_DAYS, NOTICE_DAYS)]
    if len(listed) >= TOO_MANY_NEWS or len(stale) >= TOO_MANY:
        yield Found("", 0, f"{len(stale)} 个栏目，其中动态、通知和政策文件类 {len(listed)} 个")


def empty_columns(site: AuditedSite) -> Iterator[Found]:
    """Find columns with nothing in them."""
    for column in site.columns:
        if is_empty(column):
            yield Found(column.page.path, 0, f"“{column.name}”")


def many_empty_columns(site: AuditedSite) -> Iterator[Found]:
    """Find a site on which so many columns are empty that it fails as a whole."""
    empty = [column for column in site.columns if is_empty(column)]
    if len(empty) >= TOO_MANY_EMPTY:
        yield Found("", 0, f"{len(empty)} 个")


def undated_articles(page: Page) -> Iterator[Fault]:
    """Find articles that show readers no date."""
    shown = any(first_date(e.get("datetime") or "") for e in page.by_tag["time"])
    if not shown and not first_date(page.text[:800]):
        yield Fault(0, page.heading)


def undated_entries(site: AuditedSite, page: PageFacts) -> Iterator[Found]:
    """Find lists that lead to articles without saying when they are from."""
    if page.kind not in (Kind.COLUMN, Kind.HOME):
        return
    undated = [
        target.heading
        for row in page.rows
        if not row.date and (target := site.page_at(row.target))
        if target.kind is Kind.ARTICLE
    ]
    if undated:
        yield Found(page.path, 0, f"“{undated[0]}”等 {len(undated)} 条")


RULES = (
    SiteRule(
        code="HOME-NONE", indicator=Indicator.UPDATES, union=ERROR, strict=ERROR,
        basis=(basis.DESIGN_REST,), wrong="没有首页（{detail}）。",
        fix="重新生成网站；检查的是网站的一部分时，这一条可以不管。", check=no_home,
    ),
    SiteRule(
        code="HOME-STALE", indicator=Indicator.UPDATES, union=ERROR, strict=ERROR, sweeping=True,
        basis=(basis.VETO,), kinds=_HOME,
        wrong=f"首页超过 {HOME_DAYS} 天没有更新：{{detail}}。",
        fix="发布新内容；首页只是入口的，让它显示各栏目的最新内容。", check=stale_home,
    ),
    SiteRule(
        code="COL-STALE", indicator=Indicator.UPDATES, union=WARNING, strict=WARNING,
        basis=(basis.VETO,), kinds=_COLUMNS,
        wrong="栏目没有按期更新：{detail}。",
        fix="发布新内容；不再更新的栏目在 columns.toml 写 archived = true，并从导航里撤下。",
        check=stale_columns,
    ),
    SiteRule(
        code="COL-STALE-MANY", indicator=Indicator.UPDATES, union=ERROR, strict=ERROR,
        sweeping=True, basis=(basis.VETO,),
        wrong="没有按期更新的栏目太多：{detail}。",
        fix=f"动态、通知公告、政策文件类达到 {TOO_MANY_NEWS} 个，或者全部达到 {TOO_MANY} 个，整个网站不合格。先更新这些栏目。",
        check=many_stale_columns,
    ),
    SiteRule(
        code="COL-EMPTY", indicator=Indicator.UPDATES, union=WARNING, strict=WARNING,
        basis=(basis.VETO, basis.DESIGN), kinds=_COLUMNS,
        wrong="栏目 {detail} 没有内容。", fix="补上内容，或者先不开这个栏目。", check=empty_columns,
    ),
    SiteRule(
        code="COL-EMPTY-MANY", indicator=Indicator.UPDATES, union=ERROR, strict=ERROR,
        sweeping=True, basis=(basis.VETO,),
        wrong="空白栏目太多：{detail}。",
        fix=f"空白栏目达到 {TOO_MANY_EMPTY} 个，整个网站不合格。补上内容或者撤下栏目。",
        check=many_empty_columns,
    ),
    PageRule(
        code="DATE-MISSING", indicator=Indicator.UPDATES, union=ERROR, strict=ERROR,
        basis=(basis.UNDATED, basis.PARTY_SITES), kinds=frozenset({Kind.ARTICLE}),
        wrong="页面上看不到发布日期：“{detail}”。", fix="在标题下面写明发布日期和时间。",
        check=undated_articles,
    ),
    MemberRule(
        code="LIST-DATE", indicator=Indicator.UPDATES, union=WARNING, strict=WARNING,
        basis=(basis.UNDATED,), kinds=_COLUMNS | _HOME,
        wrong="列表里有内容没有注明日期：{detail}。", fix="让列表的每一条都显示发布日期。",
        check=undated_entries,
    ),
)  # fmt: skip
