"""The <head> of every kind of page: title, description, government meta tags, JSON-LD, feeds.

The government tags are those of 国办发〔2017〕47号 附件《网页设计规范》, in its order. That norm binds
government sites; a union follows it as the best there is. A tag without a value is left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from markupsafe import Markup

from policysite.model.columns import Column
from policysite.pages.article import Article
from policysite.pages.page import Alternate, Head
from policysite.settings import SiteSettings

Tags = Iterable[tuple[str, str]]


def home_head(site: SiteSettings) -> Head:
    """Return the home page's head."""
    keywords = "，".join(site.keywords)
    column = [
        ("ColumnName", "首页"),
        ("ColumnDescription", site.description),
        ("ColumnKeywords", keywords),
        ("ColumnType", "首页"),
    ]
    organisation = {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": site.name,
        "url": site.absolute("/"),
        "inLanguage": "zh-CN",
        "publisher": {"@type": "Organization", "name": site.sponsor},
        **({"potentialAction": _search_action(site)} if site.search else {}),
    }
    return Head(
        title=site.name,
        description=site.description,
        url=site.absolute("/"),
        kind="home",
        keywords=site.keywords,
        meta=_filled([*_site_tags(site), *column]),
        json_ld=_json_ld(organisation),
        feeds=(_site_feed(site),),
    )


def _search_action(site: SiteSettings) -> dict[str, object]:
    return {
        "@type": "SearchAction",
        "target": {
            "@type": "EntryPoint",
            "urlTemplate": site.absolute("/search/?q={search_term_string}"),
        },
        "query-input": "required name=search_term_string",
    }


def column_head(site: SiteSettings, column: Column, url: str, part: str = "") -> Head:
    """Return a column page's head; `part` names a later page of its list."""
    name = f"{column.name}（{part}）" if part else column.name
    parent = f" - {column.parent_name}" if column.parent_name else ""
    return Head(
        title=f"{name}{parent} - {site.name}",
        description=f"{column.description}{part}" if part else column.description,
        url=site.absolute(url),
        kind="column",
        keywords=column.keywords,
        meta=_filled([*_site_tags(site), *_column_tags(column)]),
        feeds=(
            _site_feed(site),
            (f"{column.name} - {site.name}", f"{column.url}feed.xml"),
        ),
    )


def article_head(site: SiteSettings, article: Article, data: Mapping[str, object]) -> Head:
    """Return an article's head; `data` is what it tells machines in JSON-LD."""
    assert article.date, "an article has its date"
    assert article.column, "an article has its column from its folder"
    image = site.absolute(article.image.url) if article.image else ""
    article_tags = [
        ("ArticleTitle", article.title),
        ("PubDate", f"{article.date:%Y-%m-%d %H:%M}"),
        ("ContentSource", article.source),
        ("Keywords", "，".join(article.keywords)),
        ("Author", article.author or article.editor),
        ("Description", article.summary),
        ("Image", image),
        ("Url", site.absolute(article.url)),
    ]
    return Head(
        title=f"{article.title} - {article.column.name} - {site.name}",
        description=article.summary,
        url=site.absolute(article.url),
        kind="article",
        keywords=article.keywords,
        noindex=not article.is_listed,
        image=image,
        meta=_filled([*_site_tags(site), *_column_tags(article.column), *article_tags]),
        json_ld=_json_ld(data),
        feeds=(_site_feed(site),),
        alternates=article_forms(article) if article.is_listed and site.open_data else (),
    )


def page_head(site: SiteSettings, page: Article, column: Column | None) -> Head:
    """Return a fixed page's head; one that is a column has the column's tags as well."""
    tags = [*_site_tags(site), *(_column_tags(column) if column else ())]
    return Head(
        title=f"{page.title} - {site.name}",
        description=page.summary,
        url=site.absolute(page.url),
        kind="page",
        keywords=page.keywords,
        noindex=not page.is_listed,
        image=site.absolute(page.image.url) if page.image else "",
        meta=_filled(tags),
        feeds=(_site_feed(site),),
    )


def plain_head(
    site: SiteSettings,
    title: str,
    description: str,
    url: str,
    kind: str,
    *,
    noindex: bool = False,
    column: Column | None = None,
) -> Head:
    """Return the head of a page that is neither column nor article.

    A list that is no folder of content, such as a 专题, still is a 栏目 to inspectors: `column`.
    """
    return Head(
        title=f"{title} - {site.name}",
        description=description,
        url=site.absolute(url),
        kind=kind,
        noindex=noindex,
        meta=_filled([*_site_tags(site), *(_column_tags(column) if column else ())]),
        feeds=(_site_feed(site),),
    )


def gathered_column(
    name: str, description: str, url: str, keywords: tuple[str, ...] = (), type_: str = "其他"
) -> Column:
    """Return what a list that gathers from many columns says of itself in its tags."""
    words = keywords or (name,)
    return Column("", name, description or name, words, type_, url.strip("/"), url)


def _site_tags(site: SiteSettings) -> Tags:
    return [("SiteName", site.name), ("SiteDomain", site.domain), ("SiteIDCode", site.id_code)]


def _column_tags(column: Column) -> Tags:
    return [
        ("ColumnName", column.name),
        ("ColumnDescription", column.description),
        ("ColumnKeywords", "，".join(column.keywords)),
        ("ColumnType", column.type),
    ]


def _filled(tags: Tags) -> tuple[tuple[str, str], ...]:
    return tuple((name, content) for name, content in tags if content)


def article_forms(article: Article) -> tuple[Alternate, ...]:
    """Return an article's forms for machines, which stand beside its page."""
    stem = article.url.removesuffix(".html")
    return (
        Alternate("application/json", "本文的数据", f"{stem}.json"),
        Alternate("text/markdown", "本文的 Markdown 原文", f"{stem}.md"),
    )


def _site_feed(site: SiteSettings) -> tuple[str, str]:
    return (site.name, "/feed.xml")


def _json_ld(data: Mapping[str, object]) -> Markup:
    """Return JSON that is safe inside <script>: no `<` can end the element."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c")
    return Markup(text)  # noqa: S704 -- `<` is escaped above
