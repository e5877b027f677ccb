"""政策文件: number, kind and dates, validity that readers see, and ties that hold both ways."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from operator import attrgetter

from policysite.audit import basis
from policysite.audit.dates import first_date
from policysite.audit.facts import PageFacts
from policysite.audit.kinds import Kind
from policysite.audit.rule import ERROR, INFO, WARNING, Found, Indicator, MemberRule
from policysite.audit.site import AuditedSite
from policysite.model.fields import DOC_TYPES
from policysite.model.values import parse_doc_number
from policysite.model.workdays import count_workdays

_ARTICLES = frozenset({Kind.ARTICLE})
_INTERNAL = ("请示", "报告", "议案")
_TITLE_KIND = re.compile(rf"({'|'.join(DOC_TYPES)})(?:（.{{1,12}}）)?$")
SOON = 3
"""Working days within which a document is explained."""


def malformed_numbers(_: AuditedSite, page: PageFacts) -> Iterator[Found]:
    """Find 发文字号 in any form but 机关代字〔2026〕12号."""
    number = page.document.number if page.document else ""
    if number and str(parse_doc_number(number) or "") != number:
        yield Found(page.path, 0, number)


def wrong_kinds(_: AuditedSite, page: PageFacts) -> Iterator[Found]:
    """Find 文种 that do not exist, or other than the title's last word."""
    kind = page.document.doc_type if page.document else ""
    said = _TITLE_KIND.search(page.heading)
    if kind and kind not in DOC_TYPES:
        yield Found(page.path, 0, f"没有“{kind}”这种文种")
    elif kind and said and said[1] != kind:
        yield Found(page.path, 0, f"标题是“{said[1]}”，文种写的是“{kind}”")


def internal_documents(_: AuditedSite, page: PageFacts) -> Iterator[Found]:
    """Find documents of a kind that is not meant for the public."""
    if page.document and page.document.doc_type in _INTERNAL:
        yield Found(page.path, 0, page.document.doc_type)


def published_before_signed(_: AuditedSite, page: PageFacts) -> Iterator[Found]:
    """Find documents that were published before they came to be."""
    signed, published = page.document.signed if page.document else "", first_date(page.published)
    if signed and published and published < signed:
        yield Found(page.path, 0, f"成文 {signed}，发布 {published}")


def unmarked_ends(site: AuditedSite, page: PageFacts) -> Iterator[Found]:
    """Find documents that no longer hold, whose pages do not say so."""
    document, today = page.document, site.today.isoformat()
    if not document:
        return
    if document.expires and document.expires < today and not document.has_ended:
        yield Found(page.path, 0, f"有效期到 {document.expires}")
    if (document.effective or document.signed or page.published[:10]) <= today:
        for target in map(site.page_at, document.ends):
            if target and target.document and not target.document.has_ended:
                yield Found(target.path, 0, f"已由 {document.number or page.url} 废止或替代")


def one_way_changes(site: AuditedSite, page: PageFacts) -> Iterator[Found]:
    """Find documents that change or end another one which does not lead back."""
    document = page.document
    for address in (*document.ends, *document.changes) if document else ():
        target = site.page_at(address)
        if target and not _leads_to(site, target, page):
            yield Found(target.path, 0, f"没有指向 {page.url} 的链接")


def one_way_explanations(site: AuditedSite, page: PageFacts) -> Iterator[Found]:
    """Find 解读 and documents of which only one leads to the other."""
    for other in map(site.page_at, (*page.explains, *page.explained_by)):
        if other and other.kind is Kind.ARTICLE and not _leads_to(site, other, page):
            yield Found(other.path, 0, f"没有指向 {page.url} 的链接")


def explanations_of_nothing(site: AuditedSite, page: PageFacts) -> Iterator[Found]:
    """Find articles in a 解读 column that lead to no document."""
    if not page.is_listed or page.column_type != "政策解读" or page.explains:
        return
    targets = map(site.page_at, page.links)
    if not any(target and target.document and target.path != page.path for target in targets):
        yield Found(page.path, 0, page.heading)


def late_explanations(site: AuditedSite, page: PageFacts) -> Iterator[Found]:
    """Find 解读 that came more than three working days after their document."""
    for target in map(site.page_at, page.explains):
        days = _workdays_between(target, page) if target else 0
        if target and days > SOON:
            yield Found(page.path, 0, f"文件发布后第 {days} 个工作日才解读（{target.url}）")


def _workdays_between(earlier: PageFacts, later: PageFacts) -> int:
    first, last = first_date(earlier.published), first_date(later.published)
    if not first or not last or last <= first:
        return 0
    count, _ = count_workdays(date.fromisoformat(first), date.fromisoformat(last))
    return count - 1


def _leads_to(site: AuditedSite, page: PageFacts, target: PageFacts) -> bool:
    return any(t is not None and t.file == target.path for t in map(site.target, page.links))


RULES = (
    MemberRule(
        code="DOCNO", indicator=Indicator.DOCUMENTS, union=ERROR, strict=ERROR, kinds=_ARTICLES,
        basis=(basis.NUMBER,), wrong="发文字号“{detail}”不合规范。",
        fix="写成“机关代字〔年份〕序号号”，例如 示总工发〔2026〕12号：六角括号，不加“第”，序号前不加 0。",
        check=malformed_numbers,
    ),
    MemberRule(
        code="DOCKIND", indicator=Indicator.DOCUMENTS, union=WARNING, strict=WARNING,
        kinds=_ARTICLES, basis=(basis.KINDS,), wrong="文种不对：{detail}。",
        fix="从十五种法定公文里选，并和标题最后的文种一致。", check=wrong_kinds,
    ),
    MemberRule(
        code="DOC-INTERNAL", indicator=Indicator.DOCUMENTS, union=WARNING, strict=WARNING,
        kinds=_ARTICLES, basis=(basis.INTERNAL_KINDS,), wrong="“{detail}”一般不对外公开。",
        fix="核实能不能公开；不能公开的请撤回。", check=internal_documents,
    ),
    MemberRule(
        code="DOCDATE", indicator=Indicator.DOCUMENTS, union=ERROR, strict=ERROR, kinds=_ARTICLES,
        basis=(basis.SIGNED_FIRST,), wrong="发布日期早于成文日期：{detail}。", fix="核对这两个日期。",
        check=published_before_signed,
    ),
    MemberRule(
        code="VALID-BANNER", indicator=Indicator.DOCUMENTS, union=ERROR, strict=ERROR,
        kinds=_ARTICLES, basis=(basis.VALIDITY, basis.VALIDITY_STATES),
        wrong="文件已经失效，页面上没有标明：{detail}。",
        fix="在正文前面标明“失效”或者“废止”；重新生成网站，效力状态会按日期更新。", check=unmarked_ends, once=attrgetter("path"),
    ),
    MemberRule(
        code="VALID-ONEWAY", indicator=Indicator.DOCUMENTS, union=WARNING, strict=WARNING,
        kinds=_ARTICLES, basis=(basis.VALIDITY,),
        wrong="这个文件被修改、废止或者替代，页面上{detail}。", fix="两个文件要互相链接。",
        check=one_way_changes,
    ),
    MemberRule(
        code="EXPLAIN-ONEWAY", indicator=Indicator.DOCUMENTS, union=WARNING, strict=ERROR,
        kinds=_ARTICLES, basis=(basis.DEDUCTION,), wrong="政策文件和解读没有互相链接：{detail}。",
        fix="文件页面列出它的解读，解读页面列出它解读的文件。", check=one_way_explanations,
    ),
    MemberRule(
        code="EXPLAIN-NOTHING", indicator=Indicator.DOCUMENTS, union=WARNING, strict=WARNING,
        kinds=_ARTICLES, basis=(basis.DEDUCTION,), wrong="解读没有链接到所解读的文件：“{detail}”。",
        fix="在信息栏写“解读: 发文字号”。", check=explanations_of_nothing,
    ),
    MemberRule(
        code="EXPLAIN-LATE", indicator=Indicator.DOCUMENTS, union=INFO, strict=INFO,
        kinds=_ARTICLES, basis=(basis.EXPLANATION,), wrong="解读晚了：{detail}。",
        fix=f"解读和文件同时发布，最迟不超过 {SOON} 个工作日。", check=late_explanations,
    ),
)  # fmt: skip
