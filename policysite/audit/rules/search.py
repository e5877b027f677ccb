"""站内检索: that there is one, and that it knows every article."""

from __future__ import annotations

from collections.abc import Iterator

from policysite.audit import basis
from policysite.audit.facts import PageFacts
from policysite.audit.kinds import Kind
from policysite.audit.rule import ERROR, WARNING, Found, Indicator, MemberRule, SiteRule
from policysite.audit.site import AuditedSite

_ARTICLES = frozenset({Kind.ARTICLE})


def no_search(site: AuditedSite) -> Iterator[Found]:
    """Find a site whose home page offers no search."""
    if site.home and not site.home.has_search:
        yield Found(site.home.path, 0, "")


def unsearchable_articles(site: AuditedSite, page: PageFacts) -> Iterator[Found]:
    """Find articles whose title the site's own search does not know.

    A site without an index is not judged.
    """
    index = site.search_index
    if index and page.is_listed and not index.knows(page.heading, page.url):
        yield Found(page.path, 0, page.heading)


RULES = (
    SiteRule(
        code="SEARCH-NONE", indicator=Indicator.SEARCH, union=WARNING, strict=WARNING,
        basis=(basis.DESIGN, basis.DEDUCTION), kinds=frozenset({Kind.HOME}),
        wrong="首页没有站内搜索。{detail}", fix="在页头加上搜索框或者搜索页的链接。", check=no_search,
    ),
    MemberRule(
        code="SEARCH-TITLE", indicator=Indicator.SEARCH, union=ERROR, strict=ERROR,
        basis=(basis.DEDUCTION,), kinds=_ARTICLES,
        wrong="站内搜索的索引里没有这篇：“{detail}”。", fix="重新生成网站和检索索引。",
        check=unsearchable_articles,
    ),
)  # fmt: skip
