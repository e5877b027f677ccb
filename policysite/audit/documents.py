"""Reads policy documents, 公示 and 解读 from pages: JSON-LD first, then labelled rows and words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from policysite.audit.dates import first_date, stated_period
from policysite.audit.facts import DocumentFacts, NoticeFacts
from policysite.audit.page import Element, Page, words

_LABELS = {
    "number": ("发文字号", "文号", "发文号"),
    "doc_type": ("文种", "公文种类"),
    "signed": ("成文日期", "发文日期", "签发日期", "生成日期"),
    "effective": ("施行日期", "生效日期", "实施日期"),
    "expires": ("失效日期", "有效期至", "有效期截止"),
    "start": ("公示开始", "公示开始时间", "公示起始日期"),
    "end": ("公示截止", "公示结束", "公示截止时间", "公示截止日期"),
    "contact": ("联系人", "联系电话", "电子邮箱", "联系地址", "监督电话", "举报电话"),
}
_KEYS = {label: key for key, labels in _LABELS.items() for label in labels}
_SAID = re.compile(r"^([\u4e00-\u9fff]{2,8})\s?[:：]\s?(\S.*)$")
_LEAD = 900
"""What a reader sees of a document before its text, in characters."""
_ENDED = re.compile(
    r"已(?:经)?(?:失效|废止)"
    r"|本(?:文件|办法|通知|规定|意见)[^。]{0,40}(?:失效|废止)|(?:效力|有效性)[^，。]{0,6}(?:失效|废止)"
)
_REACHABLE = re.compile(r"(?:电话|邮箱|地址|联系人|受理部门)\S{0,40}[\d@\u4e00-\u9fff]{2}")
_ENDING = ("legislationRepeals", "legislationChanges")
_CHANGING = ("legislationAmends",)
_EXPLAINS = re.compile(r"(?:本文解读|解读的文件|本文回答|政策原文|原文件)")
_EXPLAINED = re.compile(r"(?:解读|图解|政策问答)")


def read_labels(page: Page) -> Mapping[str, str]:
    """Return what stands beside the labels we know, in `dl`, tables and `标签：值` lines."""
    found: dict[str, str] = {}
    for label, value in _labelled(page):
        key = _KEYS.get(re.sub(r"[\s\u3000:：]", "", label))
        if key and value:
            found.setdefault(key, value)
    return found


def _labelled(page: Page) -> Iterator[tuple[str, str]]:
    for label in page.by_tag["dt"]:
        value = label.getnext()
        if value is not None:
            yield words(label), words(value)
    for label in (*page.by_tag["th"], *page.by_tag["td"]):
        value = label.getnext()
        if value is not None and value.tag == "td" and len(label) < 4:
            yield words(label), words(value)
    for line in (*page.by_tag["li"], *page.by_tag["span"], *page.by_tag["p"]):
        if len(line) < 4 and (said := _SAID.match((line.text or "").strip())):
            yield said[1], said[2]


def read_document(page: Page) -> DocumentFacts | None:
    """Return what a page says of itself as a policy document, None if it is none."""
    labels = read_labels(page)
    data = next((d for d in page.linked_data if d.get("@type") == "Legislation"), {})
    number = labels.get("number") or str(data.get("legislationIdentifier") or "")
    if not number and not labels.get("doc_type"):
        return None
    return DocumentFacts(
        number=number,
        doc_type=labels.get("doc_type", ""),
        signed=first_date(labels.get("signed", "")) or str(data.get("legislationDate") or ""),
        effective=first_date(labels.get("effective", ""))
        or str(data.get("legislationDateOfApplicability") or ""),
        expires=first_date(labels.get("expires", "")) or str(data.get("expires") or ""),
        has_ended=_says_it_ended(page),
        ends=tuple(_references(page, data, _ENDING)),
        changes=tuple(_references(page, data, _CHANGING)),
    )


def _says_it_ended(page: Page) -> bool:
    """Return whether a banner of its own begins with the word, or the text before the text says so."""
    for banner in page.main.iterdescendants("div", "p", "section"):
        if "banner" in (banner.get("class") or ""):
            return words(banner).startswith(("失效", "废止"))
    return bool(_ENDED.search(page.text[:_LEAD].replace(page.heading, " ")))


def read_notice(page: Page) -> NoticeFacts | None:
    """Return what a page says as a 公示, None if it is none."""
    if not re.search(r"公示(?:公告|（.{1,12}）)?$", page.heading):
        return None
    labels = read_labels(page)
    start, end = stated_period(page.text)
    return NoticeFacts(
        start=first_date(labels.get("start", "")) or start,
        end=first_date(labels.get("end", "")) or end,
        has_contact="contact" in labels or bool(_REACHABLE.search(page.text)),
        says_open="公示中" in page.text[:_LEAD],
    )


def read_explanations(page: Page) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the documents that a page explains, and the pages that explain it."""
    explains: list[str] = []
    explained: list[str] = []
    for data in page.linked_data:
        explains += _references(page, data, ("about",))
    for tag in ("h2", "h3", "h4"):
        for heading in page.by_tag[tag]:
            said = words(heading)
            if len(said) > 12:
                continue
            if _EXPLAINS.search(said):
                explains += _links_below(page, heading)
            elif _EXPLAINED.search(said) and _stands_beside_text(heading):
                explained += _links_below(page, heading)
    return tuple(dict.fromkeys(explains)), tuple(dict.fromkeys(explained))


def _stands_beside_text(heading: Element) -> bool:
    """Return whether a heading is of a list beside the text, not in it or on a list page."""
    holder = heading.getparent()
    return holder.tag in ("section", "div", "aside") and any(
        True for _ in holder.iterancestors("aside", "article")
    )


def _links_below(page: Page, heading: Element) -> Iterator[str]:
    return (page.resolve(a.get("href")) for a in heading.getparent().iter("a") if a.get("href"))


def _references(page: Page, data: Mapping[str, Any], keys: tuple[str, ...]) -> Iterator[str]:
    for key in keys:
        value = data.get(key)
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict) and isinstance(each.get("@id"), str):
                yield page.resolve(each["@id"])
