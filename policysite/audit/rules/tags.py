"""页面标签: the meta tags of 国办发〔2017〕47号 附件《网页设计规范》."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from policysite.audit import basis
from policysite.audit.dates import dates_in, first_date
from policysite.audit.facts import PageFacts
from policysite.audit.kinds import Kind
from policysite.audit.page import TAG_NAMES, Page
from policysite.audit.rule import (
    ERROR,
    INFO,
    WARNING,
    Fault,
    Found,
    Indicator,
    MemberRule,
    PageRule,
)
from policysite.audit.site import AuditedSite
from policysite.model.column_rows import COLUMN_TYPES

_SITE, _COLUMN, _ARTICLE = TAG_NAMES[:2], TAG_NAMES[3:7], TAG_NAMES[7:10]
_REQUIRED = TAG_NAMES[:10]
"""No ordinary tag has one of these names in another case, as `keywords` is to `Keywords`."""
_FORM = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")
_WITH_COLUMN = frozenset({Kind.HOME, Kind.COLUMN, Kind.ARTICLE})
_ARTICLES = frozenset({Kind.ARTICLE})


def _absent(page: Page, names: Sequence[str]) -> Iterator[Fault]:
    """Yield one fault that names every tag which is not there in any case."""
    there = {meta.name.lower() for meta in page.metas}
    if missing := [name for name in names if name.lower() not in there]:
        yield Fault(0, "、".join(missing))


def missing_site_tags(page: Page) -> Iterator[Fault]:
    """Find pages without the name or domain of the site."""
    return _absent(page, _SITE)


def missing_id_code(page: Page) -> Iterator[Fault]:
    """Find pages without 网站标识码."""
    return _absent(page, ("SiteIDCode",))


def missing_column_tags(page: Page) -> Iterator[Fault]:
    """Find home, column and article pages that do not say what column they are."""
    return _absent(page, _COLUMN)


def missing_article_tags(page: Page) -> Iterator[Fault]:
    """Find articles without title, time or source in their tags."""
    return _absent(page, _ARTICLE)


def misplaced_tags(page: Page) -> Iterator[Fault]:
    """Find tags of an article on a page that is none."""
    for meta in page.metas:
        if meta.name in _ARTICLE:
            yield Fault(meta.line, f"{page.kind}上有 {meta.name}")


def empty_tags(page: Page) -> Iterator[Fault]:
    """Find tags of the norm that say nothing."""
    for meta in page.metas:
        if meta.name in TAG_NAMES and not meta.content:
            yield Fault(meta.line, meta.name)


def wrong_case(page: Page) -> Iterator[Fault]:
    """Find tags of the norm that are not written as the norm writes them."""
    right = {name.lower(): name for name in _REQUIRED}
    for meta in page.metas:
        name = right.get(meta.name.lower())
        if name and name != meta.name:
            yield Fault(meta.line, f"{meta.name}（应为 {name}）")


def repeated_tags(page: Page) -> Iterator[Fault]:
    """Find tags of the norm that stand on a page more than once."""
    count = Counter(meta.name for meta in page.metas if meta.name in TAG_NAMES)
    for meta in page.metas:
        if count.pop(meta.name, 0) > 1:
            yield Fault(meta.line, meta.name)


def disordered_tags(page: Page) -> Iterator[Fault]:
    """Find the first tag that stands before one which the norm puts ahead of it."""
    places = [(TAG_NAMES.index(m.name), m) for m in page.metas if m.name in TAG_NAMES]
    for (place, meta), (following, other) in pairwise(places):
        if following < place:
            yield Fault(other.line, f"{other.name} 应在 {meta.name} 前面")
            return


def unknown_column_type(page: Page) -> Iterator[Fault]:
    """Find types of columns that the norm does not know, and home pages of another type."""
    for meta in page.metas:
        if meta.name != "ColumnType" or not meta.content:
            continue
        if page.kind is Kind.HOME and meta.content != "首页":
            yield Fault(meta.line, f"首页写成了“{meta.content}”")
        elif page.kind is not Kind.HOME and meta.content not in COLUMN_TYPES:
            yield Fault(meta.line, f"“{meta.content}”")


def wrong_date_form(page: Page) -> Iterator[Fault]:
    """Find times of publication that are not written as 2026-03-15 09:30."""
    for meta in page.metas:
        if meta.name != "PubDate" or not meta.content:
            continue
        if not _FORM.fullmatch(meta.content) or not first_date(meta.content):
            yield Fault(meta.line, meta.content)


def other_date_shown(page: Page) -> Iterator[Fault]:
    """Find articles that show readers another day of publication than machines."""
    stated = first_date(page.meta("PubDate"))
    shown = set(dates_in(f"{page.text[:800]} {page.text[-400:]}"))
    shown |= {first_date(e.get("datetime") or "") for e in page.by_tag["time"]}
    if stated and shown - {""} and stated not in shown:
        yield Fault(0, f"标签是 {stated}，页面上是 {min(shown - {''})}")


def future_dates(site: AuditedSite, page: PageFacts) -> Iterator[Found]:
    """Find articles that say they are published after the day of the audit."""
    if page.published and first_date(page.published) > site.today.isoformat():
        yield Found(page.path, 0, page.published)


_BY_PAGE = (basis.TAGS, basis.TAGS_BY_PAGE)
RULES = (
    PageRule(
        code="META-SITE", indicator=Indicator.TAGS, union=ERROR, strict=ERROR, basis=_BY_PAGE,
        wrong="缺少网站标签 {detail}。",
        fix="在 head 里补上，内容是网站的规范名称和域名。本系统生成的页面由 pelicanconf.py 的 SITE 填写。",
        check=missing_site_tags,
    ),
    PageRule(
        code="META-IDCODE", indicator=Indicator.TAGS, union=None, strict=ERROR, basis=_BY_PAGE,
        wrong="缺少网站标签 {detail}（网站标识码）。",
        fix="补上十位网站标识码；没有标识码的工会网站请用 union 要求检查，不要写空标签。",
        check=missing_id_code,
    ),
    PageRule(
        code="META-COL", indicator=Indicator.TAGS, union=ERROR, strict=ERROR, basis=_BY_PAGE,
        wrong="缺少栏目标签 {detail}。", fix="补上所在栏目的名称、说明、关键词和类型；首页的关键词在 pelicanconf.py 的 SITE 里。",
        check=missing_column_tags, kinds=_WITH_COLUMN,
    ),
    PageRule(
        code="META-ART", indicator=Indicator.TAGS, union=ERROR, strict=ERROR, basis=_BY_PAGE,
        wrong="缺少内容页标签 {detail}。", fix="补上标题、发布时间和来源。",
        check=missing_article_tags, kinds=_ARTICLES,
    ),
    PageRule(
        code="META-PLACE", indicator=Indicator.TAGS, union=WARNING, strict=WARNING,
        basis=(basis.TAGS_BY_PAGE,), wrong="标签用在了别的页面上：{detail}。",
        fix="内容页标签只写在内容页上。", check=misplaced_tags,
        kinds=frozenset({Kind.HOME, Kind.ERROR, Kind.WITHDRAWN}),
    ),
    PageRule(
        code="META-EMPTY", indicator=Indicator.TAGS, union=ERROR, strict=ERROR, basis=(basis.TAGS,),
        wrong="标签 {detail} 没有内容。", fix="填上内容；可选的标签没有内容时整个去掉。",
        check=empty_tags,
    ),
    PageRule(
        code="META-CASE", indicator=Indicator.TAGS, union=ERROR, strict=ERROR, basis=_BY_PAGE,
        wrong="标签名的大小写不对：{detail}。", fix="按规范的大小写书写，检查程序按名称逐字核对。",
        check=wrong_case,
    ),
    PageRule(
        code="META-TWICE", indicator=Indicator.TAGS, union=ERROR, strict=ERROR, basis=_BY_PAGE,
        wrong="标签 {detail} 写了不止一次。", fix="每个标签在一页里只留一个。",
        check=repeated_tags,
    ),
    PageRule(
        code="META-ORDER", indicator=Indicator.TAGS, union=INFO, strict=WARNING,
        basis=(basis.TAGS_BY_PAGE,),
        wrong="标签的次序和规范不同：{detail}。", fix="按网站、栏目、内容页标签的次序排列。",
        check=disordered_tags,
    ),
    PageRule(
        code="META-TYPE", indicator=Indicator.TAGS, union=WARNING, strict=WARNING,
        basis=(basis.TAGS,),
        wrong="ColumnType 不是规范列出的类型：{detail}。",
        fix="改成规范里的类型；规范没有列出的栏目，本系统写“其他”。",
        check=unknown_column_type, kinds=_WITH_COLUMN,
    ),
    PageRule(
        code="META-DATE", indicator=Indicator.TAGS, union=ERROR, strict=ERROR, basis=(basis.TAGS,),
        wrong="PubDate 写成了“{detail}”。", fix="写成 2026-03-15 09:30：年-月-日 时:分，24 小时制。",
        check=wrong_date_form, kinds=_ARTICLES,
    ),
    PageRule(
        code="META-DATE-SHOWN", indicator=Indicator.TAGS, union=ERROR, strict=ERROR,
        basis=(basis.DESIGN, basis.VETO),
        wrong="PubDate 和页面上的发布日期不一致：{detail}。",
        fix="核对发布日期，让标签和页面一致。", check=other_date_shown, kinds=_ARTICLES,
    ),
    MemberRule(
        code="META-FUTURE", indicator=Indicator.TAGS, union=ERROR, strict=ERROR,
        basis=(basis.VETO,), sweeping=True, kinds=_ARTICLES,
        wrong="发布时间 {detail} 还没有到。", fix="核对发布日期；要定时发布的，到时间再生成。",
        check=future_dates,
    ),
)  # fmt: skip
