"""What a template knows of an article: the manuscript, rendered and with its record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from markupsafe import Markup

from policysite.model.columns import Column
from policysite.model.fields import ArticleFields, Spec, Status, is_document, specs
from policysite.model.manuscript import AnyManuscript
from policysite.pages.attachment import Attachment, compose_attachment
from policysite.pages.dates import date_cn
from policysite.pages.pictures import NO_PICTURES, Picture, published_size, set_pictures
from policysite.text.rendered import Heading, Rendered
from policysite.text.summary import summarise
from policysite.text.typography import compose_plain

if TYPE_CHECKING:
    from policysite.pages.title_index import Title


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One line of a policy document's record table."""

    key: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class NoticePeriod:
    """The period of a 公示 as of the build date; `is_list_gone`: its list has been withdrawn."""

    start: date | None
    end: date | None
    label: str
    is_open: bool
    contact: str
    phone: str
    email: str
    address: str
    is_list_gone: bool


@dataclass(frozen=True, slots=True)
class Banner:
    """效力状态 as shown to readers; `sentence` links the documents that it names."""

    code: str
    label: str
    tone: str
    sentence: Markup


@dataclass(frozen=True, slots=True)
class Article:
    """One article, page or topic as templates see it; every attribute is always set."""

    slug: str
    url: str
    save_as: str
    source_path: str
    title: str
    subtitle: str
    date: datetime | None
    updated: datetime | None
    column: Column | None
    summary: str
    source: str
    source_url: str
    author: str
    editor: str
    keywords: tuple[str, ...]
    html: Markup
    text: str
    toc: tuple[Heading, ...]
    attachments: tuple[Attachment, ...]
    image: Picture | None
    pinned: bool
    headline: bool
    status: Status
    meta: ArticleFields | None
    record: tuple[RecordRow, ...]
    validity: Banner | None
    notice: NoticePeriod | None
    topics: tuple[str, ...]
    old_addresses: tuple[str, ...]
    files: frozenset[str] = field(default=frozenset())
    markdown: str = field(default="", repr=False)

    @property
    def doc_number(self) -> str:
        """Return 发文字号, or an empty string."""
        return str(self.meta.doc_number) if self.meta and self.meta.doc_number else ""

    @property
    def issuers(self) -> tuple[str, ...]:
        """Return 发文机关, or nothing."""
        return self.meta.issuer if self.meta else ()

    @property
    def doc_type(self) -> str:
        """文种, or an empty string."""
        return (self.meta and self.meta.doc_type) or ""

    @property
    def subject(self) -> str:
        """主题分类, or an empty string."""
        return (self.meta and self.meta.subject) or ""

    @property
    def filed(self) -> Title:
        """Where it stands in the index of titles."""
        # Only the search asks, and it takes the dictionaries of sounds.
        from policysite.pages.title_index import file_title

        assert self.date, "an article in a list has its date"
        return file_title(self.url, self.title, self.issuers, self.date.date())

    @property
    def is_listed(self) -> bool:
        """Whether lists, feeds and search engines may name it."""
        return self.status is Status.PUBLISHED

    @property
    def is_policy(self) -> bool:
        """Whether this is a policy document, which has a record and a validity."""
        return bool(self.meta and is_document(self.meta))

    @property
    def cite(self) -> str:
        """Return the form in which officials cite a document."""
        number = f"（{self.doc_number}）" if self.doc_number else ""
        return quoted(self.title) + number

    def unpinned(self) -> Article:
        """Return the article as it stands in lists where nothing is pinned."""
        return replace(self, pinned=False)


def quoted(title: str) -> str:
    """Return a title in 书名号, those inside it made single (GB/T 15834—2011 4.15.3.2).

    >>> quoted("关于印发《经费办法》的通知")
    '《关于印发〈经费办法〉的通知》'
    """
    return f"《{title.translate(_SINGLE)}》"


_SINGLE = str.maketrans("《》", "〈〉")


def compose_article(
    manuscript: AnyManuscript,
    rendered: Rendered,
    files: Mapping[str, Path],
    *,
    site_name: str,
    today: date,
    validity: Banner | None = None,
    pictures: Mapping[str, Picture] = NO_PICTURES,
    used: frozenset[str] = frozenset(),
) -> Article:
    """Bring together what a page says of one manuscript.

    `files` maps a path under content/ to its file; `used` are those that the manuscript uses.
    """
    fields = manuscript.fields
    article = fields if isinstance(fields, ArticleFields) else None
    attached = tuple(compose_attachment(ref.name, ref.target, files) for ref in fields.attachments)
    return Article(
        slug=manuscript.slug,
        url=manuscript.url,
        save_as=manuscript.save_as,
        source_path=manuscript.source,
        title=compose_plain(fields.title),
        subtitle=compose_plain(article.subtitle) if article else "",
        date=article.date if article else None,
        updated=fields.updated,
        column=manuscript.column,
        summary=compose_plain(fields.summary)
        or summarise(rendered.text, headings=[heading.text for heading in rendered.headings]),
        source=(article.source or site_name) if article else "",
        source_url=article.source_url if article else "",
        author=article.author if article else "",
        editor=article.editor if article else "",
        keywords=fields.keywords,
        html=Markup(set_pictures(rendered.html, pictures)),  # noqa: S704 -- our own renderer's
        text=rendered.text,
        toc=rendered.headings,
        attachments=attached,
        image=_picture(fields.image, fields.image_alt, files, pictures),
        pinned=_is_pinned(article, today),
        headline=bool(article and article.headline),
        status=manuscript.status,
        meta=article,
        record=tuple(_record(article)) if article and is_document(article) else (),
        validity=validity,
        notice=_notice(article, today) if article else None,
        topics=tuple(ref.text for ref in article.topics) if article else (),
        old_addresses=fields.old_addresses,
        markdown=manuscript.body,
        files=used,
    )


def _picture(
    target: str, alt: str, files: Mapping[str, Path], pictures: Mapping[str, Picture]
) -> Picture | None:
    if not target:
        return None
    if picture := pictures.get(target):
        return replace(picture, alt=alt)
    width, height = published_size(files[target])
    return Picture("/" + quote(target), alt, width, height)


def _is_pinned(fields: ArticleFields | None, today: date) -> bool:
    if fields is None:
        return False
    if isinstance(fields.pinned, bool):
        return fields.pinned
    return today <= fields.pinned


def day_states(fields: ArticleFields | None, today: date) -> tuple[object, ...]:
    """Return all that the day alone makes of an article's fields: is it pinned, does a 公示 run."""
    return (_is_pinned(fields, today), _notice(fields, today) if fields else None)


def _record(fields: ArticleFields) -> Iterator[RecordRow]:
    for row in specs(ArticleFields):
        value = getattr(fields, row.key)
        if row.spec.record and value:
            yield RecordRow(row.key, row.spec.label, _shown(value, row.spec))
    yield RecordRow("date", "发布日期", date_cn(fields.date))


def _shown(value: object, spec: Spec) -> str:
    if isinstance(value, date):
        return date_cn(value)
    if isinstance(value, tuple):
        return "；".join(value) if spec.label == "主题词" else "、".join(value)
    return str(value)


def _notice(fields: ArticleFields, today: date) -> NoticePeriod | None:
    start, end = fields.notice_start, fields.notice_end
    if start is None and end is None:
        return None
    if start and today < start:
        label = "未开始"
    elif end and today > end:
        label = "已结束"
    else:
        label = "公示中"
    return NoticePeriod(
        start,
        end,
        label,
        label == "公示中",
        fields.contact,
        fields.phone,
        fields.email,
        fields.address,
        is_list_gone=label == "已结束" and bool(fields.notice_withdraw_list),
    )
