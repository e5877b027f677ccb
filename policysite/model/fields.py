"""The table of fields: the one truth for reader, check, `new`, page, meta tags and docs.

A field is one annotated line: how it is read, its Chinese label and what the docs say of it.
`docs/fields.md` is generated from here; adding a field is adding its line.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Annotated, TypeVar, cast, get_type_hints

from policysite.model import values as read
from policysite.model.scalars import Value


@dataclass(frozen=True, slots=True)
class Spec:
    """What people need to know of one field."""

    label: str
    help: str
    example: str = ""
    group: str = "通用"
    record: bool = False
    """Shown in the record table of a policy document."""
    meta: str = ""
    """Name of the government meta tag it fills (国办发〔2017〕47号 附件)."""
    choices: tuple[str, ...] = ()
    """All that may be written, where that is fixed."""


class Status(StrEnum):
    """Publication state of an article."""

    PUBLISHED = "published"
    DRAFT = "draft"
    HIDDEN = "hidden"
    WITHDRAWN = "withdrawn"
    SCHEDULED = "scheduled"
    """Derived: published with a date that is still to come."""


STATUS_LABELS = {
    Status.PUBLISHED: "已发布",
    Status.DRAFT: "草稿",
    Status.HIDDEN: "隐藏",
    Status.WITHDRAWN: "撤回",
    Status.SCHEDULED: "定时发布",
}

# 党政机关公文处理工作条例（中办发〔2012〕14号）第八条
DOC_TYPES = (
    "决议", "决定", "命令", "公报", "公告", "通告", "意见", "通知",
    "通报", "报告", "请示", "批复", "议案", "函", "纪要",
)  # fmt: skip
VALIDITIES = ("有效", "尚未施行", "已修改", "部分失效", "废止", "失效", "试行")
DISCLOSURES = ("主动公开", "依申请公开", "不予公开")


def _choice(*choices: str) -> read.Reader:
    def read_choice(value: Value, _: read.Notes) -> str:
        scalar = read.single(value)
        if scalar.text not in choices:
            near = read.suggestion(scalar.text, choices)
            listed = "、".join(choices)
            read.fault("F207", scalar, value=scalar.text, choices=listed, suggestion=near)
        return scalar.text

    return read_choice


def _read_status(value: Value, _: read.Notes) -> Status:
    scalar = read.single(value)
    chosen = {label: status for status, label in STATUS_LABELS.items()}
    chosen |= {status.value: status for status in Status} | {"发布": Status.PUBLISHED}
    chosen = {name: s for name, s in chosen.items() if s is not Status.SCHEDULED}
    if scalar.text.lower() not in chosen:
        labels = tuple(label for s, label in STATUS_LABELS.items() if s is not Status.SCHEDULED)
        near = read.suggestion(scalar.text, labels)
        listed = "、".join(labels)
        read.fault("F207", scalar, value=scalar.text, choices=listed, suggestion=near)
    return chosen[scalar.text.lower()]


_text = read.read_text
_list = read.read_list
_date = read.read_date
_moment = read.read_moment
_yes_no = read.read_yes_no
_refs = read.read_references
_path = read.read_path

References = tuple[read.Reference, ...]


# fmt: off
@dataclass(frozen=True, kw_only=True)
class CommonFields:
    """What articles, fixed pages and topics share."""

    title: Annotated[str, _text, Spec(
        "标题", "一行写完，末尾不加标点。", "关于做好2026年送清凉工作的通知", meta="ArticleTitle")]
    summary: Annotated[str, _text, Spec(
        "摘要", "一两句话，不超过120字；不写就从正文开头截取。", "明确送清凉工作的时间、对象和标准。",
        meta="Description")] = ""
    keywords: Annotated[tuple[str, ...], _list, Spec(
        "关键词", "每项一行；用于检索和相关内容。", "高温津贴", meta="Keywords")] = ()
    updated: Annotated[dt.datetime | None, _moment, Spec(
        "更新日期", "发布后改过内容才写。", "2026-03-20 16:00")] = None
    image: Annotated[str, _path, Spec(
        "配图", "content 里的图片，从 images/ 写起。", "images/2026/heatstroke.jpg",
        meta="Image")] = ""
    image_alt: Annotated[str, _text, Spec(
        "配图说明", "有配图时必填：图上是什么。", "工会干部向一线职工发放防暑用品")] = ""
    attachments: Annotated[
        tuple[read.AttachmentRef, ...], read.read_attachments, Spec(
        "附件", "每项一行：“- 名称: 文件”，文件从 attachments/ 写起。",
        "申报表: attachments/2026/form.docx")] = ()
    status: Annotated[Status, _read_status, Spec(
        "状态", "草稿（不发布）、已发布、隐藏（有网址，不进列表）、撤回（改成撤回说明页）。",
        "草稿", choices=("草稿", "已发布", "隐藏", "撤回"))] = Status.PUBLISHED
    old_addresses: Annotated[
        tuple[str, ...], read.read_addresses, Spec(
        "旧地址", "搬家前的站内地址，会自动跳到新地址。", "/zcwj/2021/1023.html")] = ()


@dataclass(frozen=True, kw_only=True)
class PageFields(CommonFields):
    """Front matter of a fixed page (机构简介, 联系我们 …)."""


@dataclass(frozen=True, kw_only=True)
class TopicFields(CommonFields):
    """Front matter of a topic (专题)."""

    articles: Annotated[tuple[read.Reference, ...], _refs, Spec(
        "文章", "有先后的文章，按阅读顺序写短名；其余写了这个专题的文章排在后面。",
        "collective-contract")] = ()


@dataclass(frozen=True, kw_only=True)
class ArticleFields(CommonFields):
    """Front matter of an article."""

    date: Annotated[dt.datetime, _moment, Spec(
        "发布日期", "和文件名里的日期是同一天，可加时间；晚于今天的，到时才发布。",
        "2026-03-15 09:30", meta="PubDate")]
    subtitle: Annotated[str, _text, Spec("副标题", "标题下面的小标题。", "——以青川市为例")] = ""
    source: Annotated[str, _text, Spec(
        "来源", "发布单位或转载来源；不写用网站名称。", "示例省总工会办公室",
        meta="ContentSource")] = ""
    source_url: Annotated[str, read.read_web_address, Spec(
        "来源网址", "转载时写原文网址。", "https://www.example.org/1.html")] = ""
    author: Annotated[str, _text, Spec("作者", "署名作者。", "林晓禾", meta="Author")] = ""
    editor: Annotated[str, _text, Spec("责任编辑", "本篇的责任编辑。", "周予安")] = ""
    pinned: Annotated[dt.date | bool, read.read_pinned, Spec(
        "置顶", "写“是”，或写置顶到哪一天。", "2026-04-30")] = False
    headline: Annotated[bool, _yes_no, Spec("头条", "写“是”就作首页头条，取最新一篇。", "是")] = False
    withdrawn_reason: Annotated[str, _text, Spec(
        "撤回说明", "撤回后给读者看的原因。", "内容有误，已重新发布。")] = ""
    topics: Annotated[tuple[read.Reference, ...], _refs, Spec(
        "专题", "content/topics 里的文件名，不带 .md。", "new-employment")] = ()
    series: Annotated[str, _text, Spec(
        "系列", "连载的名称，各篇写得一样；网址由它得来，定了不要改。", "产改十问")] = ""
    series_number: Annotated[int | None, read.read_number, Spec(
        "系列序号", "连载的第几篇；不写按发布日期排在后面。", "2")] = None
    related: Annotated[References, _refs, Spec(
        "相关内容", "人工指定的相关文章，写短名。", "collective-contract")] = ()

    index_number: Annotated[str, _text, Spec(
        "索引号", "信息公开目录的编号。", "SZGH/2026-00012", "政策文件", record=True)] = ""
    doc_number: Annotated[read.DocNumber | None, read.read_doc_number, Spec(
        "发文字号", "机关代字、年份、序号，年份用六角括号。", "示总工发〔2026〕12号", "政策文件",
        record=True)] = None
    issuer: Annotated[tuple[str, ...], _list, Spec(
        "发文机关", "联合发文时每个机关一行，主办机关在前。", "示例省总工会", "政策文件", record=True)] = ()
    doc_type: Annotated[str, _choice(*DOC_TYPES), Spec(
        "文种", "十五种公文之一。", "通知", "政策文件", record=True, choices=DOC_TYPES)] = ""
    subject: Annotated[str, _text, Spec("主题分类", "", "工会经费", "政策文件", record=True)] = ""
    subject_words: Annotated[tuple[str, ...], _list, Spec(
        "主题词", "每项一行。", "经费", "政策文件", record=True)] = ()
    signed_on: Annotated[dt.date | None, _date, Spec(
        "成文日期", "落款的日期。", "2026-03-12", "政策文件", record=True)] = None
    effective_on: Annotated[dt.date | None, _date, Spec(
        "施行日期", "从哪天起施行。", "2026-07-01", "政策文件", record=True)] = None
    expires_on: Annotated[dt.date | None, _date, Spec(
        "失效日期", "有效期的最后一天。", "2028-06-30", "政策文件", record=True)] = None
    validity: Annotated[str, _choice(*VALIDITIES), Spec(
        "效力状态", "一般不写，由日期和文件之间的关系得出。", "部分失效", "政策文件",
        choices=VALIDITIES)] = ""
    recipients: Annotated[str, _text, Spec(
        "主送机关", "", "各市总工会，各省级产业工会", "政策文件", record=True)] = ""
    disclosure: Annotated[str, _choice(*DISCLOSURES), Spec(
        "公开属性", "", "主动公开", "政策文件", record=True, choices=DISCLOSURES)] = ""
    signer: Annotated[str, _text, Spec("签发人", "上行文才写。", "李某某", "政策文件", record=True)] = ""

    interprets: Annotated[References, _refs, Spec(
        "解读", "本文解读的文件：短名或发文字号。", "示总工发〔2026〕12号", "文件关系")] = ()
    answers: Annotated[References, _refs, Spec(
        "问答", "本文回答的是哪个文件的问题。", "示总工发〔2026〕12号", "文件关系")] = ()
    based_on: Annotated[References, _refs, Spec(
        "依据", "本文件依据的文件。", "示总工发〔2025〕3号", "文件关系")] = ()
    repeals: Annotated[References, _refs, Spec(
        "废止", "本文件废止的文件。", "示总工发〔2021〕8号", "文件关系")] = ()
    amends: Annotated[References, _refs, Spec(
        "修改", "本文件修改的文件。", "示总工发〔2021〕8号", "文件关系")] = ()
    replaces: Annotated[References, _refs, Spec(
        "替代", "本文件是哪个文件的新版本。", "示总工发〔2021〕8号", "文件关系")] = ()
    forwards: Annotated[References, _refs, Spec(
        "转发", "本文件转发的文件。", "示总工发〔2026〕2号", "文件关系")] = ()
    implements: Annotated[References, _refs, Spec(
        "配套", "本文件是哪个文件的配套文件。", "示总工发〔2026〕2号", "文件关系")] = ()

    notice_start: Annotated[dt.date | None, _date, Spec(
        "公示开始", "公示的第一天。", "2026-11-18", "公示")] = None
    notice_end: Annotated[dt.date | None, _date, Spec(
        "公示截止", "公示的最后一天，不少于5个工作日。", "2026-11-25", "公示")] = None
    contact: Annotated[str, _text, Spec("联系人", "", "组织部 陈老师", "公示")] = ""
    phone: Annotated[str, _text, Spec("联系电话", "写办公电话。", "000-12345678", "公示")] = ""
    email: Annotated[str, _text, Spec("电子邮箱", "", "zzb@example.org", "公示")] = ""
    address: Annotated[str, _text, Spec("联系地址", "", "示例省青川市工人路1号", "公示")] = ""
    notice_withdraw_list: Annotated[bool | None, _yes_no, Spec(
        "公示结束后撤下名单", "写“是”，过了公示截止就撤下附件和正文里的表格；不写按网站设置。", "是",
        "公示")] = None


# fmt: on
def is_document(fields: ArticleFields) -> bool:
    """Return whether an article is a 公文: most have a number, a 公告 may have its kind alone."""
    return bool(fields.doc_number or fields.doc_type)


RELATIONS = (
    "interprets",
    "answers",
    "based_on",
    "repeals",
    "amends",
    "replaces",
    "forwards",
    "implements",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Named:
    """One row of the field table."""

    key: str
    spec: Spec
    required: bool
    read: read.Reader


T = TypeVar("T")


def _once(find: Callable[[type[CommonFields]], T]) -> Callable[[type[CommonFields]], T]:
    """Keep what is found of each kind; mypy sees no hash in a type whose objects have one."""
    return cast(Callable[[type[CommonFields]], T], cache(find))


@_once
def specs(model: type[CommonFields]) -> tuple[Named, ...]:
    """Return the rows of one kind's table, in the order they are written in front matter."""
    hints = get_type_hints(model, include_extras=True)
    return tuple(
        Named(each.name, spec, each.default is MISSING, reader)
        for each in fields(model)
        for reader, spec in [hints[each.name].__metadata__]
    )


@_once
def labels(model: type[CommonFields]) -> Mapping[str, str]:
    """Return the Chinese name of every field by its key."""
    return MappingProxyType({row.key: row.spec.label for row in specs(model)})


@_once
def spellings(model: type[CommonFields]) -> Mapping[str, str]:
    """Return every accepted name of a field, lower case, to its key."""
    names = {name: row.key for row in specs(model) for name in (row.key, row.spec.label)}
    return MappingProxyType({name.lower(): key for name, key in names.items()})
