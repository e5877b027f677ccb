"""页面性能: what a page weighs and where its parts come from; and files that are no pages."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from policysite.audit import basis
from policysite.audit.facts import PageFacts
from policysite.audit.kinds import SHOWN, Kind
from policysite.audit.page import Page, host_of
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

PAGE_BYTES = 600 * 1000
"""What a phone on slow 4G (1.6 Mbit/s) gets in the three seconds that the norm allows."""
PICTURE_BYTES = 300 * 1000
_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".bmp", ".svg")
_ALTERNATIVES = (".webp", ".avif")
_REMOTE = (("script", "src"), ("link", "href"), ("iframe", "src"))
_FILES = frozenset({Kind.UNREADABLE})


def heavy_pages(site: AuditedSite, page: PageFacts) -> Iterator[Found]:
    """Find pages that weigh more, with what they load, than can come in three seconds."""
    total = page.size + sum(_weights(site, page.resources))
    if total > PAGE_BYTES and page.kind in SHOWN:
        yield Found(page.path, 0, f"{total // 1000} KB")


def _weights(site: AuditedSite, resources: tuple[str, ...]) -> Iterator[int]:
    """Yield the bytes of what is loaded; of a picture in several forms a browser takes one."""
    for target in map(site.target, resources):
        if target and target.file and not target.file.lower().endswith(_ALTERNATIVES):
            yield target.size


def heavy_pictures(site: AuditedSite, page: PageFacts) -> Iterator[Found]:
    """Find pictures that pages show and that weigh too much."""
    for target in map(site.target, page.resources if page.kind in SHOWN else ()):
        if target and target.size > PICTURE_BYTES and target.file.lower().endswith(_PICTURES):
            yield Found(page.path, 0, f"{target.file}，{target.size // 1000} KB")


def remote_parts(page: Page) -> Iterator[Fault]:
    """Find scripts, styles, fonts and frames that come from other hosts."""
    for tag, attribute in _REMOTE:
        for element in page.by_tag[tag]:
            if tag == "link" and "stylesheet" not in (element.get("rel") or "").lower():
                continue
            host = host_of(page.resolve(element.get(attribute) or ""))
            if host and host != page.host:
                yield Fault(element.sourceline or 0, f"{host}（{tag}）")


def unsized_pictures(page: Page) -> Iterator[Fault]:
    """Find pages on which the text jumps when pictures arrive."""
    unsized = [i for i in page.by_tag["img"] if not (i.get("width") and i.get("height"))]
    if unsized:
        yield Fault(unsized[0].sourceline or 0, f"{len(unsized)} 张")


def unreadable_files(page: Page) -> Iterator[Fault]:
    """Find files that are named like pages and are none."""
    yield Fault(0, "文件是空的" if not page.size else "里面没有网页内容")


def damaged_text(page: Page) -> Iterator[Fault]:
    """Find pages with bytes that are no text in any encoding."""
    if not page.decoded.is_text or "\ufffd" in page.text:
        yield Fault(0, page.decoded.encoding)


def other_encodings(page: Page) -> Iterator[Fault]:
    """Find pages in another encoding than UTF-8, or such as do not say theirs."""
    decoded = page.decoded
    if decoded.encoding not in ("utf-8", "utf-8-sig"):
        yield Fault(0, f"编码是 {decoded.encoding.upper()}")
    elif not decoded.declared:
        yield Fault(0, "没有注明编码")


RULES = (
    MemberRule(
        code="PERF-PAGE", indicator=Indicator.WEIGHT, union=WARNING, strict=WARNING, kinds=SHOWN,
        basis=(basis.DESIGN, basis.OURS), wrong="页面连同图片和样式太大：{detail}。",
        fix=f"减到 {PAGE_BYTES // 1000} KB 以内（慢速 4G 三秒能打开）：压缩图片，去掉不用的脚本。",
        check=heavy_pages,
    ),
    MemberRule(
        code="PERF-IMAGE", indicator=Indicator.WEIGHT, union=WARNING, strict=WARNING, kinds=SHOWN,
        basis=(basis.DESIGN, basis.OURS), wrong="图片太大：{detail}。",
        fix=f"缩小到 {PICTURE_BYTES // 1000} KB 以内；本系统会自动压缩照片。", check=heavy_pictures, once=attrgetter("detail"),
    ),
    PageRule(
        code="PERF-REMOTE", indicator=Indicator.WEIGHT, union=WARNING, strict=WARNING, kinds=SHOWN,
        basis=(basis.OURS, basis.ELDER_POPUP), wrong="从别的网站加载内容：{detail}。",
        fix="放到自己的网站上：对方停用或者被篡改，自己的页面就坏了。", check=remote_parts,
    ),
    PageRule(
        code="PERF-SIZES", indicator=Indicator.WEIGHT, union=INFO, strict=INFO, kinds=SHOWN,
        basis=(basis.OURS,), wrong="图片没有写宽和高：{detail}。", fix="写 width 和 height，打开时文字才不会跳动。",
        check=unsized_pictures,
    ),
    PageRule(
        code="FILE-UNREADABLE", indicator=Indicator.WEIGHT, union=ERROR, strict=ERROR, kinds=_FILES,
        basis=(basis.DESIGN_REST,), wrong="文件打开不是网页：{detail}。",
        fix="重新生成或者上传；不是网页的文件不要用 .html 结尾。", check=unreadable_files,
    ),
    PageRule(
        code="FILE-DAMAGED", indicator=Indicator.WEIGHT, union=ERROR, strict=ERROR, kinds=SHOWN,
        basis=(basis.DESIGN_REST,), wrong="页面里有乱码（按 {detail} 读）。", fix="用 UTF-8 重新保存。",
        check=damaged_text,
    ),
    PageRule(
        code="FILE-ENCODING", indicator=Indicator.WEIGHT, union=WARNING, strict=WARNING, kinds=SHOWN,
        basis=(basis.ELDER_TECHNOLOGY, basis.OURS), wrong="页面不是注明了的 UTF-8：{detail}。",
        fix="用 UTF-8 保存，并在 head 开头写 <meta charset=\"utf-8\">。", check=other_encodings,
    ),
)  # fmt: skip
