"""What the site tells of an article as data: the one definition of files, schema and table.

`docs/open-data.md` explains every field to people; a test keeps it complete.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import MISSING, dataclass, field, replace
from typing import Any, ClassVar

from policysite.model.fields import ArticleFields, labels
from policysite.outputs.absolute import absolute_links
from policysite.pages.article import Article, NoticePeriod
from policysite.pages.attachment import Attachment as PageAttachment
from policysite.pages.site import Site
from policysite.pages.typed_relations import TypedRelation, typed_relations

_LABELS = labels(ArticleFields)


def _said(description: str, default: Any = MISSING) -> Any:
    """Return an entry as the schema describes it."""
    return field(default=default, metadata={"description": description})


def _named(key: str, default: Any = "") -> Any:
    """Return an optional entry with the Chinese name that the field has everywhere."""
    return _said(_LABELS[key], default)


class _Part:
    # What the schema says of each part; pydantic, which writes it, is loaded for nothing else.
    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid"}


@dataclass(frozen=True, kw_only=True)
class ColumnName(_Part):
    """栏目。"""

    path: str = _said("栏目路径，例如 policies/documents")
    name: str = _said("栏目名称")


@dataclass(frozen=True, kw_only=True)
class Attachment(_Part):
    """附件。"""

    name: str = _said("附件名称")
    url: str = _said("网址")
    kind: str = _said("文件种类，例如 Word 文档")
    size: str = _said("大小，例如 38 KB")


@dataclass(frozen=True, kw_only=True)
class Validity(_Part):
    """效力状态，以网站生成的那一天为准。"""

    code: str = _said(
        "in-force 有效，trial 试行，not-yet 尚未施行，amended 已修改，"
        "partial 部分失效，expired 失效，repealed 废止"
    )
    label: str = _said("中文名称")
    note: str = _said("一句话说明", "")


@dataclass(frozen=True, kw_only=True)
class Relation(_Part):
    """与另一篇的关系。"""

    kind: str = _said("关系代码，例如 repeals 废止了对方，repealed_by 被对方废止")
    label: str = _said("关系的中文名称")
    url: str = _said("对方的网址")
    title: str = _said("对方的标题")
    doc_number: str = _said("对方的发文字号", "")


@dataclass(frozen=True, kw_only=True)
class Notice(_Part):
    """公示期和联系方式。"""

    start: dt.date | None = _said("公示的第一天", None)
    end: dt.date | None = _said("公示的最后一天", None)
    contact: str = _said("联系人", "")
    phone: str = _said("联系电话", "")
    email: str = _said("电子邮箱", "")
    address: str = _said("联系地址", "")


@dataclass(frozen=True, kw_only=True)
class Record(_Part):
    """一篇文章；没有内容的项不写。"""

    id: str = _said("短名，全站唯一，不会改变")
    url: str = _said("网址")
    title: str = _said("标题")
    subtitle: str = _named("subtitle")
    date: dt.datetime = _said("发布日期")
    updated: dt.datetime | None = _named("updated", None)
    column: ColumnName = _said("栏目")
    summary: str = _named("summary")
    keywords: tuple[str, ...] = _named("keywords", ())
    source: str = _named("source")
    source_url: str = _named("source_url")
    author: str = _named("author")
    editor: str = _named("editor")
    image: str = _said("配图的网址", "")
    attachments: tuple[Attachment, ...] = _named("attachments", ())
    topics: tuple[str, ...] = _named("topics", ())
    index_number: str = _named("index_number")
    doc_number: str = _named("doc_number")
    issuer: tuple[str, ...] = _named("issuer", ())
    doc_type: str = _named("doc_type")
    subject: str = _named("subject")
    subject_words: tuple[str, ...] = _named("subject_words", ())
    signed_on: dt.date | None = _named("signed_on", None)
    effective_on: dt.date | None = _named("effective_on", None)
    expires_on: dt.date | None = _named("expires_on", None)
    recipients: str = _named("recipients")
    disclosure: str = _named("disclosure")
    signer: str = _named("signer")
    validity: Validity | None = _named("validity", None)
    relations: tuple[Relation, ...] = _said("文件关系", ())
    notice: Notice | None = _said("公示", None)
    html: str = _said("正文（HTML），只在单篇数据里有", "")


@dataclass(frozen=True, kw_only=True)
class Catalogue(_Part):
    """全部政策文件，从新到旧。"""

    site: str = _said("网站名称")
    url: str = _said("网站网址")
    data_schema: str = _said("本数据格式的网址")
    documents: tuple[Record, ...] = _said("政策文件，不含正文")


# What a record says in the words of the front matter, as it stands there.
_AS_WRITTEN = (
    "index_number", "doc_type", "subject", "subject_words", "issuer", "signed_on", "effective_on",
    "expires_on", "recipients", "disclosure", "signer",
)  # fmt: skip


def write_record(site: Site, article: Article) -> Record:
    """Return what the site tells of an article, without its text."""
    assert article.date, "an article has its date"
    assert article.column, "an article has its column from its folder"
    absolute = site.settings.absolute
    state = article.validity
    return Record(
        id=article.slug,
        url=absolute(article.url),
        title=article.title,
        subtitle=article.subtitle,
        date=article.date,
        updated=article.updated,
        column=ColumnName(path=article.column.path, name=article.column.name),
        summary=article.summary,
        keywords=article.keywords,
        source=article.source,
        source_url=article.source_url,
        author=article.author,
        editor=article.editor,
        image=absolute(article.image.url) if article.image else "",
        attachments=tuple(_attachment(site, file) for file in article.attachments),
        topics=listed_topics(site, article),
        doc_number=article.doc_number,
        **{key: getattr(article.meta, key) for key in _AS_WRITTEN if article.is_policy},
        validity=Validity(code=state.code, label=state.label, note=state.sentence.striptags())
        if state
        else None,
        relations=tuple(_relations(site, typed_relations(site, article))),
        notice=_notice(article.notice) if article.notice else None,
    )


def with_text(record: Record, site: Site, article: Article) -> Record:
    """Return an article's record with its text."""
    html = absolute_links(_COMMENT.sub("", article.html), site.settings, article.url)
    return replace(record, html=html)


# What an editor noted for the editors; no browser shows it, but data are read line by line.
_COMMENT = re.compile(r"<!--.*?-->\s*", re.DOTALL)


def listed_topics(site: Site, article: Article) -> tuple[str, ...]:
    """Return the topics of an article that lists name."""
    listed = {topic.slug for topic in site.topics if topic.is_listed}
    return tuple(slug for slug in article.topics if slug in listed)


def _attachment(site: Site, file: PageAttachment) -> Attachment:
    return Attachment(
        name=file.name, url=site.settings.absolute(file.url), kind=file.kind, size=file.size
    )


def _relations(site: Site, found: Iterator[TypedRelation]) -> Iterator[Relation]:
    for relation in found:
        for article in relation.articles:
            yield Relation(
                kind=relation.kind,
                label=relation.label,
                url=site.settings.absolute(article.url),
                title=article.title,
                doc_number=article.doc_number,
            )


def _notice(notice: NoticePeriod) -> Notice:
    return Notice(
        start=notice.start,
        end=notice.end,
        contact=notice.contact,
        phone=notice.phone,
        email=notice.email,
        address=notice.address,
    )
