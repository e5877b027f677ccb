"""What the site tells of an article as data: the one definition of files, schema and table.

`docs/open-data.md` explains every field to people; a test keeps it complete.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from policysite.model.fields import ArticleFields, labels
from policysite.outputs.feeds import absolute_links
from policysite.pages.article import Article, NoticePeriod
from policysite.pages.attachment import Attachment as PageAttachment
from policysite.pages.site import Site
from policysite.pages.typed_relations import TypedRelation, typed_relations

_LABELS = labels(ArticleFields)


def _field(key: str, default: Any = "") -> Any:
    """Return an optional entry with the Chinese name that the field has everywhere."""
    return Field(default=default, description=_LABELS[key])


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class ColumnName(_Part):
    """栏目。"""

    path: str = Field(description="栏目路径，例如 policies/documents")
    name: str = Field(description="栏目名称")


class Attachment(_Part):
    """附件。"""

    name: str = Field(description="附件名称")
    url: str = Field(description="网址")
    kind: str = Field(description="文件种类，例如 Word 文档")
    size: str = Field(description="大小，例如 38 KB")


class Validity(_Part):
    """效力状态，以网站生成的那一天为准。"""

    code: str = Field(
        description="in-force 有效，trial 试行，not-yet 尚未施行，amended 已修改，"
        "partial 部分失效，expired 失效，repealed 废止"
    )
    label: str = Field(description="中文名称")
    note: str = Field(default="", description="一句话说明")


class Relation(_Part):
    """与另一篇的关系。"""

    kind: str = Field(description="关系代码，例如 repeals 废止了对方，repealed_by 被对方废止")
    label: str = Field(description="关系的中文名称")
    url: str = Field(description="对方的网址")
    title: str = Field(description="对方的标题")
    doc_number: str = Field(default="", description="对方的发文字号")


class Notice(_Part):
    """公示期和联系方式。"""

    start: dt.date | None = Field(default=None, description="公示的第一天")
    end: dt.date | None = Field(default=None, description="公示的最后一天")
    contact: str = Field(default="", description="联系人")
    phone: str = Field(default="", description="联系电话")
    email: str = Field(default="", description="电子邮箱")
    address: str = Field(default="", description="联系地址")


class Record(_Part):
    """一篇文章；没有内容的项不写。"""

    id: str = Field(description="短名，全站唯一，不会改变")
    url: str = Field(description="网址")
    title: str = Field(description="标题")
    subtitle: str = _field("subtitle")
    date: dt.datetime = Field(description="发布日期")
    updated: dt.datetime | None = _field("updated", None)
    column: ColumnName = Field(description="栏目")
    summary: str = _field("summary")
    keywords: tuple[str, ...] = _field("keywords", ())
    source: str = _field("source")
    source_url: str = _field("source_url")
    author: str = _field("author")
    editor: str = _field("editor")
    image: str = Field(default="", description="配图的网址")
    attachments: tuple[Attachment, ...] = _field("attachments", ())
    topics: tuple[str, ...] = _field("topics", ())
    index_number: str = _field("index_number")
    doc_number: str = _field("doc_number")
    issuer: tuple[str, ...] = _field("issuer", ())
    doc_type: str = _field("doc_type")
    subject: str = _field("subject")
    subject_words: tuple[str, ...] = _field("subject_words", ())
    signed_on: dt.date | None = _field("signed_on", None)
    effective_on: dt.date | None = _field("effective_on", None)
    expires_on: dt.date | None = _field("expires_on", None)
    recipients: str = _field("recipients")
    disclosure: str = _field("disclosure")
    signer: str = _field("signer")
    validity: Validity | None = _field("validity", None)
    relations: tuple[Relation, ...] = Field(default=(), description="文件关系")
    notice: Notice | None = Field(default=None, description="公示")
    html: str = Field(default="", description="正文（HTML），只在单篇数据里有")


class Catalogue(_Part):
    """全部政策文件，从新到旧。"""

    site: str = Field(description="网站名称")
    url: str = Field(description="网站网址")
    data_schema: str = Field(description="本数据格式的网址")
    documents: tuple[Record, ...] = Field(description="政策文件，不含正文")


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
    return record.model_copy(update={"html": html})


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
