"""无障碍: what can be told from the page itself; the browser suite runs axe for the rest."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from policysite.audit import basis
from policysite.audit.basis import Basis
from policysite.audit.kinds import READABLE, SHOWN, Kind
from policysite.audit.page import Element, Page, words
from policysite.audit.rule import ERROR, WARNING, Fault, Indicator, PageRule
from policysite.problems import Level

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NO_LABEL = ("hidden", "submit", "button", "reset", "image")
_POPUP = re.compile(r"window\.open\s*\(|\balert\s*\(|showModalDialog")
_FLOATING = re.compile(r"飘窗|浮窗|floatad|float-ad|ad-float|popup-ad", re.IGNORECASE)


def no_language(page: Page) -> Iterator[Fault]:
    """Find pages that do not say they are in Chinese, so that they are read out in another."""
    said = page.tree.get("lang") or page.tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    if not said or not said.lower().startswith("zh"):
        yield Fault(page.tree.sourceline or 0, f'lang="{said}"' if said else "没有 lang")


def no_title(page: Page) -> Iterator[Fault]:
    """Find pages without a title."""
    if not page.title:
        yield Fault(0, page.url)


def not_one_heading(page: Page) -> Iterator[Fault]:
    """Find pages with no main heading, or with several."""
    count = len(page.by_tag["h1"])
    if count != 1:
        yield Fault(0, "没有 h1" if not count else f"有 {count} 个 h1")


def skipped_levels(page: Page) -> Iterator[Fault]:
    """Find the first heading that stands more than one level below the one before it."""
    last = 0
    for heading in page.tree.iter(*_HEADINGS):
        level = int(heading.tag[1])
        if last and level > last + 1:
            yield Fault(heading.sourceline or 0, f"“{words(heading)[:30]}”从 h{last} 跳到 h{level}")
            return
        last = level


def pictures_without_words(page: Page) -> Iterator[Fault]:
    """Find pictures for which nothing is said to those who do not see them."""
    for image in page.by_tag["img"]:
        if image.get("alt") is None and not image.get("aria-label"):
            yield Fault(image.sourceline or 0, (image.get("src") or "")[:80])


def fields_without_label(page: Page) -> Iterator[Fault]:
    """Find form fields that do not say what to fill in."""
    labelled = {label.get("for") for label in page.by_tag["label"]}
    for tag in ("input", "select", "textarea"):
        for element in page.by_tag[tag]:
            if (element.get("type") or "").lower() in _NO_LABEL or element.get("id") in labelled:
                continue
            if not _names_itself(element):
                yield Fault(element.sourceline or 0, element.get("name") or tag)


def _names_itself(element: Element) -> bool:
    named = any(element.get(name) for name in ("aria-label", "aria-labelledby", "title"))
    return named or any(True for _ in element.iterancestors("label"))


def tables_without_heads(page: Page) -> Iterator[Fault]:
    """Find tables of data without header cells."""
    for table in page.main.iter("table"):
        rows = sum(1 for _ in table.iter("tr"))
        if rows < 2 or table.get("role") == "presentation" or any(True for _ in table.iter("th")):
            continue
        yield Fault(table.sourceline or 0, words(table)[:30])


def no_skip_link(page: Page) -> Iterator[Fault]:
    """Find pages on which whoever uses the keyboard goes through all navigation each time."""
    first = page.by_tag["a"][:3]
    if not any((a.get("href") or "").startswith("#") for a in first):
        yield Fault(0, page.url)


def zoom_blocked(page: Page) -> Iterator[Fault]:
    """Find pages that do not let readers make them larger."""
    for meta in page.metas:
        content = meta.content.replace(" ", "").lower()
        limit = re.search(r"maximum-scale=(\d+(?:\.\d+)?)", content)
        if meta.name.lower() != "viewport":
            continue
        if re.search(r"user-scalable=(?:no|0)", content) or (limit and float(limit[1]) < 2):
            yield Fault(meta.line, meta.content)


def popups(page: Page) -> Iterator[Fault]:
    """Find windows that open, float or move by themselves."""
    for element in (*page.by_tag["marquee"], *page.by_tag["blink"]):
        yield Fault(element.sourceline or 0, f"<{element.tag}>")
    for script in page.by_tag["script"]:
        if found := _POPUP.search(script.text or ""):
            yield Fault(script.sourceline or 0, found[0])
    for element in page.by_tag["div"]:
        name = f"{element.get('id') or ''} {element.get('class') or ''}"
        if _FLOATING.search(name):
            yield Fault(element.sourceline or 0, name.strip())


def repeated_ids(page: Page) -> Iterator[Fault]:
    """Find ids that stand on a page twice, so that labels and links reach the wrong element."""
    count = Counter(page.tree.xpath("//@id"))
    if several := sorted(name for name, times in count.items() if times > 1):
        yield Fault(0, "、".join(several[:5]))


def silent_media(page: Page) -> Iterator[Fault]:
    """Find videos without captions, and media that play by themselves or without controls."""
    for video in page.by_tag["video"]:
        if not any(t.get("kind") in ("captions", "subtitles") for t in video.iter("track")):
            yield Fault(video.sourceline or 0, "视频没有字幕")
    for media in (*page.by_tag["video"], *page.by_tag["audio"]):
        if media.get("autoplay") is not None:
            yield Fault(media.sourceline or 0, "自动播放")
        if media.get("controls") is None:
            yield Fault(media.sourceline or 0, "没有播放按钮")


def nameless_frames(page: Page) -> Iterator[Fault]:
    """Find frames that do not say what is in them."""
    for frame in (*page.by_tag["iframe"], *page.by_tag["frame"]):
        if not frame.get("title"):
            yield Fault(frame.sourceline or 0, (frame.get("src") or frame.tag)[:80])


def _rule(
    code: str,
    level: Level,
    check: Callable[[Page], Iterable[Fault]],
    wrong: str,
    fix: str,
    sources: tuple[Basis, ...] = (basis.ACCESS_LAW, basis.WCAG),
    kinds: frozenset[Kind] = SHOWN,
) -> PageRule:
    return PageRule(
        code=code, indicator=Indicator.ACCESS, union=level, strict=level, check=check, wrong=wrong,
        fix=fix, basis=sources, kinds=kinds,
    )  # fmt: skip


RULES = (
    _rule("A11Y-LANG", ERROR, no_language, "页面没有注明语言是中文：{detail}。",
          "写 <html lang=\"zh-CN\">，读屏软件才会用中文朗读。", kinds=READABLE),
    _rule("A11Y-TITLE", ERROR, no_title, "页面没有标题：{detail}。", "在 head 里写 title。",
          kinds=READABLE),
    _rule("A11Y-H1", WARNING, not_one_heading, "页面应当有一个一级标题，现在{detail}。",
          "每页用一个 h1 写标题。"),
    _rule("A11Y-HEADINGS", WARNING, skipped_levels, "标题跳了级：{detail}。", "标题逐级使用。"),
    _rule("A11Y-ALT", ERROR, pictures_without_words, "图片没有文字说明：{detail}。",
          "写 alt；只起装饰作用的写 alt=\"\"。", (basis.ACCESS_LAW, basis.WCAG_ALT)),
    _rule("A11Y-LABEL", ERROR, fields_without_label, "输入框没有说明：{detail}。",
          "用 label 说明填什么。"),
    _rule("A11Y-TH", WARNING, tables_without_heads, "表格没有表头：“{detail}”。",
          "表头用 th；用表格排版的写 role=\"presentation\"。"),
    _rule("A11Y-SKIP", WARNING, no_skip_link, "没有“跳到正文”的链接：{detail}。",
          "在页面开头加一个指向正文的链接。"),
    _rule("A11Y-ZOOM", ERROR, zoom_blocked, "不允许读者放大页面：{detail}。",
          "去掉 user-scalable=no 和 maximum-scale。", (basis.ACCESS_LAW, basis.ELDER_ZOOM)),
    _rule("A11Y-POPUP", ERROR, popups, "有弹窗、飘窗或者滚动文字：{detail}。", "去掉它们。",
          (basis.ELDER_POPUP,)),
    _rule("A11Y-ID", WARNING, repeated_ids, "同一个 id 用了几次：{detail}。", "每个 id 在一页里只用一次。"),
    _rule("A11Y-MEDIA", WARNING, silent_media, "音视频不便使用：{detail}。",
          "加字幕和播放按钮，不要自动播放。", (basis.ACCESS_LAW, basis.ELDER_MEDIA, basis.WCAG)),
    _rule("A11Y-FRAME", WARNING, nameless_frames, "框架没有说明内容：{detail}。", "给 iframe 写 title。",
          kinds=READABLE),
    _rule("A11Y-FRAMESET", ERROR, lambda page: [Fault(0, page.url)],
          "页面用框架（frameset）拼成：{detail}。", "改成普通页面：框架页无法收藏，手机和读屏软件打不开。",
          (basis.ELDER_TECHNOLOGY,), frozenset({Kind.FRAMES})),
)  # fmt: skip
