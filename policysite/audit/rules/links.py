"""链接可用: dead, hidden and empty links, and what a page needs but does not get."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from policysite.audit import basis
from policysite.audit.facts import PageFacts
from policysite.audit.kinds import READABLE, SHOWN, Kind
from policysite.audit.page import Element, Page, host_of, words
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
from policysite.model.links import LOCAL

PAGE_ENDINGS = (".html", ".htm", ".shtml", "/")
_LINKING = READABLE | {Kind.REDIRECT}
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])"
    r"|(?:left|top|text-indent)\s*:\s*-\d{3,}",
    re.IGNORECASE,
)
_OFFICIAL = (
    ".gov.cn",
    ".conac.cn",
    ".acftu.org",
    ".people.com.cn",
    ".xinhuanet.com",
    ".news.cn",
    ".workercn.cn",
)


def is_page(path: str) -> bool:
    """Return whether an address leads to a page rather than to a file."""
    name = path.rpartition("/")[2]
    return path.endswith(PAGE_ENDINGS) or "." not in name


def _missing(site: AuditedSite, addresses: tuple[str, ...]) -> Iterator[str]:
    for address in addresses:
        target = site.target(address)
        if target and not target.file:
            yield unquote(target.path)


def dead_pages(site: AuditedSite, page: PageFacts) -> Iterator[Found]:
    """Find links to pages of this site that are not there."""
    for path in _missing(site, page.links):
        if is_page(path.partition("?")[0]):
            yield Found(page.path, 0, path)


def dead_files(site: AuditedSite, page: PageFacts) -> Iterator[Found]:
    """Find attachments, pictures, styles and scripts of this site that are not there."""
    for path in _missing(site, page.links):
        if not is_page(path.partition("?")[0]):
            yield Found(page.path, 0, path)
    for path in _missing(site, page.resources):
        yield Found(page.path, 0, path)


def dead_anchors(site: AuditedSite, page: PageFacts) -> Iterator[Found]:
    """Find links to places on pages of this site that the pages do not have."""
    for target in map(site.target, page.links):
        if target is None or _is_for_scripts(target.fragment):
            continue
        there = page if target.file == page.path else site.pages.get(target.file)
        if there and not {target.fragment, unquote(target.fragment)} & set(there.ids):
            yield Found(page.path, 0, f"{target.path}#{unquote(target.fragment)}")


def _is_for_scripts(fragment: str) -> bool:
    """Return whether a fragment names no element: `#top` is the head of any page (HTML standard),
    `#/…`, `#!…` and `#:~:text=` are read by scripts and browsers.
    """
    return fragment in ("", "top") or fragment.startswith(("/", ":~:", "!"))


def dead_outside(site: AuditedSite, page: PageFacts) -> Iterator[Found]:
    """Find links to other sites that did not answer when they were tried."""
    for address in page.links if site.dead else ():
        if (reason := site.dead.get(address)) and site.target(address) is None:
            yield Found(page.path, 0, f"{address}（{reason}）")


def local_links(page: Page) -> Iterator[Fault]:
    """Find links that only work on the machine or in the office of whoever made them."""
    for element in page.by_tag["a"]:
        href = (element.get("href") or "").strip()
        if LOCAL.match(href):
            yield Fault(element.sourceline or 0, href[:120])


def hidden_links(page: Page) -> Iterator[Fault]:
    """Find links to other hosts that readers cannot see: what intruders leave behind (暗链)."""
    for link in page.by_tag["a"]:
        host = host_of((link.get("href") or "").strip())
        if not host or host == page.host:
            continue
        around = [link, *_ancestors(link, 3)]
        invisible = any(_HIDING.search(e.get("style") or "") for e in around)
        if invisible or not _shows_something(link):
            yield Fault(link.sourceline or 0, link.get("href").strip()[:120])


def empty_links(page: Page) -> Iterator[Fault]:
    """Find links on this site without a word, and such as lead nowhere."""
    for link in page.by_tag["a"]:
        href = link.get("href")
        line = link.sourceline or 0
        if href is None or host_of(href.strip()) not in ("", page.host):
            continue
        if href.strip() in ("", "#") or href.strip().lower().startswith("javascript:"):
            yield Fault(line, f"“{words(link)[:30]}”没有网址")
        elif not _shows_something(link):
            yield Fault(line, f"{href.strip()[:80]} 没有文字")


def _shows_something(link: Element) -> bool:
    if (link.text or "").strip() or link.get("aria-label") or link.get("title") or words(link):
        return True
    named = (e.get("alt") or e.get("aria-label") for e in link.iter("img", "svg", "input"))
    return any(named) or any(True for _ in link.iter("title"))


def _ancestors(element: Element, count: int) -> Iterator[Element]:
    for _, found in zip(range(count), element.iterancestors(), strict=False):
        yield found


def unannounced_departures(page: Page) -> Iterator[Fault]:
    """Find links to sites that are not official, without a word that the reader leaves."""
    for link in page.by_tag["a"]:
        host = host_of((link.get("href") or "").strip())
        if not host or host == page.host or f".{host}".endswith(_OFFICIAL):
            continue
        if "noopener" not in (link.get("rel") or "") and not link.get("data-leave"):
            yield Fault(link.sourceline or 0, urlsplit(link.get("href").strip()).netloc)


RULES = (
    MemberRule(
        code="LINK-INT", indicator=Indicator.LINKS, union=ERROR, strict=ERROR, kinds=_LINKING,
        basis=(basis.DEDUCTION, basis.DESIGN_REST),
        wrong="链接打不开，站内没有这个页面：{detail}。", fix="改成正确的网址，或者去掉链接。",
        check=dead_pages,
    ),
    MemberRule(
        code="LINK-FILE", indicator=Indicator.LINKS, union=ERROR, strict=ERROR, kinds=_LINKING,
        basis=(basis.DEDUCTION, basis.DESIGN_REST),
        wrong="附件、图片或者样式文件不存在：{detail}。", fix="补上文件，或者去掉引用。",
        check=dead_files,
    ),
    MemberRule(
        code="LINK-ANCHOR", indicator=Indicator.LINKS, union=ERROR, strict=ERROR, kinds=_LINKING,
        basis=(basis.DESIGN_REST,),
        wrong="链接指向的位置不存在：{detail}。", fix="核对 # 后面的名称，它要和目标页面里的 id 一致。",
        check=dead_anchors,
    ),
    MemberRule(
        code="LINK-EXT", indicator=Indicator.LINKS, union=WARNING, strict=WARNING, kinds=_LINKING,
        basis=(basis.DEDUCTION, basis.SECURITY),
        wrong="外部链接打不开：{detail}。", fix="核对网址；对方已经停用的，去掉链接。",
        check=dead_outside,
    ),
    PageRule(
        code="LINK-LOCAL", indicator=Indicator.LINKS, union=ERROR, strict=ERROR, kinds=READABLE,
        basis=(basis.DEDUCTION,),
        wrong="链接只在制作者的电脑或者内网里有效：{detail}。",
        fix="换成网上的网址，或者把文件作为附件上传。", check=local_links,
    ),
    PageRule(
        code="LINK-HIDDEN", indicator=Indicator.LINKS, union=WARNING, strict=ERROR, kinds=READABLE,
        basis=(basis.DESIGN_REST, basis.VETO),
        wrong="有读者看不见的外部链接（疑似暗链）：{detail}。",
        fix="查清它是怎么来的，删掉；可能是网站被入侵留下的。", check=hidden_links,
    ),
    PageRule(
        code="LINK-EMPTY", indicator=Indicator.LINKS, union=WARNING, strict=WARNING,
        basis=(basis.DESIGN_REST, basis.WCAG),
        wrong="空链接：{detail}。", fix="填上网址和文字；只起按钮作用的改用 button。", kinds=SHOWN,
        check=empty_links,
    ),
    PageRule(
        code="LINK-LEAVE", indicator=Indicator.LINKS, union=INFO, strict=INFO, kinds=SHOWN,
        basis=(basis.DESIGN_REST,),
        wrong="离开本站的链接没有提示：{detail}。",
        fix="非政府、非工会网站的链接加上离站提示和 rel=\"noopener\"。", check=unannounced_departures,
    ),
)  # fmt: skip
