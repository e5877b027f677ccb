"""One HTML file as the rules see it: parsed once, however broken it is.

lxml rather than selectolax: it is half as fast (0.6 against 0.26 ms for a page of ours, see
docs/decisions/0017) but knows the line of every element, and a finding without its line is a
search for a needle.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from lxml import etree

from policysite.audit.encoding import decode
from policysite.audit.kinds import Kind

Element = Any  # lxml ships no types

TAG_NAMES = (
    "SiteName", "SiteDomain", "SiteIDCode",
    "ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType",
    "ArticleTitle", "PubDate", "ContentSource",
    "Keywords", "Author", "Description", "Image", "Url",
)  # fmt: skip
"""The tags of 国办发〔2017〕47号 附件《网页设计规范》, in its order."""
_ARTICLE_TAGS = {"articletitle", "pubdate", "contentsource"}
_COLUMN_TAGS = {"columnname", "columntype"}
_ARTICLE_TYPES = {"Article", "NewsArticle", "Legislation", "BlogPosting", "Report"}
_TEXT = etree.XPath("string()")
_HAS_SCRIPTS = etree.XPath("boolean(.//script | .//style | .//template | .//noscript)")
_WITHOUT_SCRIPTS = etree.XPath(
    ".//text()[not(ancestor::script or ancestor::style or ancestor::template or ancestor::noscript)]"
)
_WITHDRAWN = re.compile(r"(?:内容|文章|文件|页面)(?:已经?|被)(?:撤回|撤下|撤销发布)")
_FOOT = re.compile(r"\b(?:site-)?(?:foot|footer|copyright|bottom)\b", re.IGNORECASE)
_HEAD = re.compile(r"\b(?:site-)?(?:head|header|banner|top)\b", re.IGNORECASE)
_MAIN = re.compile(r"\b(?:main|content|article|body|container)\b", re.IGNORECASE)


class Meta(NamedTuple):
    """A <meta name>: as written, with its content and line."""

    name: str
    content: str
    line: int


class Page:
    """A parsed page. `path` is its file below the audited folder, with slashes."""

    def __init__(self, path: str, data: bytes) -> None:
        self.path = path
        self.url = url_of(path)
        self.size = len(data)
        self.decoded = decode(data)
        self.tree = _parse(self.decoded.text)
        self.by_tag: Mapping[str, list[Element]] = _by_tag(self.tree)

    @cached_property
    def kind(self) -> Kind:
        """What the page is, from its marks: tags first, then schema.org and Open Graph."""
        if self.tree is None:
            return Kind.UNREADABLE
        if self.refresh:
            return Kind.REDIRECT
        if self.by_tag["frameset"]:
            return Kind.FRAMES
        if self.url == "/":
            return Kind.HOME
        if self.path.rpartition("/")[2] in ("404.html", "404.htm"):
            return Kind.ERROR
        if self._is_withdrawn:
            return Kind.WITHDRAWN
        names = {meta.name.lower() for meta in self.metas}
        if names & _ARTICLE_TAGS or self._is_article:
            return Kind.ARTICLE
        return Kind.COLUMN if names & _COLUMN_TAGS else Kind.OTHER

    @property
    def _is_withdrawn(self) -> bool:
        if "data-withdrawn" in self.decoded.text:
            return bool(self.tree.xpath("boolean(//*[@data-withdrawn])"))
        return self.noindex and len(self.text) < 400 and bool(_WITHDRAWN.search(self.text))

    @property
    def _is_article(self) -> bool:
        types = {kind for data in self.linked_data for kind in _listed(data.get("@type"))}
        declared = any(
            e.get("property") == "og:type" and (e.get("content") or "") == "article"
            for e in self.by_tag["meta"]
        )
        return declared or bool(types & _ARTICLE_TYPES)

    @cached_property
    def metas(self) -> tuple[Meta, ...]:
        """Every <meta name>, in the order of the page."""
        return tuple(
            Meta(e.get("name").strip(), (e.get("content") or "").strip(), e.sourceline or 0)
            for e in self.by_tag["meta"]
            if e.get("name")
        )

    def meta(self, name: str) -> str:
        """Return the content of the first tag of that exact name."""
        return next((meta.content for meta in self.metas if meta.name == name), "")

    @cached_property
    def noindex(self) -> bool:
        """Whether search engines are told to leave the page alone."""
        return any(m.name.lower() == "robots" and "noindex" in m.content for m in self.metas)

    @cached_property
    def refresh(self) -> str:
        """The address to which the page leads on by itself."""
        for element in self.by_tag["meta"]:
            if (element.get("http-equiv") or "").lower() == "refresh":
                _, found, target = (element.get("content") or "").partition("=")
                if found:
                    return target.strip(" '\"")
        return ""

    @cached_property
    def host(self) -> str:
        """The site's own host, as the page states it."""
        canonical = next(
            (e.get("href") or "" for e in self.by_tag["link"] if e.get("rel") == "canonical"), ""
        )
        return self.meta("SiteDomain") or host_of(canonical)

    @cached_property
    def title(self) -> str:
        """The text of <title>."""
        heads = [e for e in self.by_tag["title"] if _parent(e) != "svg"]
        return words(heads[0]) if heads else ""

    @cached_property
    def heading(self) -> str:
        """The text of the first <h1>, or what the title says before the site's name."""
        heads = [words(e) for e in self.by_tag["h1"]]
        return next((head for head in heads if head), re.split(r" [-_|—] ", self.title)[0])

    @cached_property
    def main(self) -> Element:
        """The element with the page's own content."""
        roles = self.by_tag["main"] or self.tree.xpath("//*[@role='main']")
        return roles[0] if roles else next(self._named(_MAIN), self.tree)

    @cached_property
    def header(self) -> Element:
        """The masthead, or None."""
        found = [e for e in self.by_tag["header"] if _parent(e) in ("body", "div")]
        return found[0] if found else next(self._named(_HEAD), None)

    @cached_property
    def footer(self) -> Element:
        """The part at the foot of the page, or None."""
        found = self.by_tag["footer"] or list(self._named(_FOOT))
        return found[-1] if found else None

    def _named(self, pattern: re.Pattern[str]) -> Iterator[Element]:
        for tag in ("div", "section", "td", "table"):
            for element in self.by_tag[tag]:
                if pattern.search(f"{element.get('id') or ''} {element.get('class') or ''}"):
                    yield element

    @cached_property
    def text(self) -> str:
        """The words of the page's own content."""
        return words(self.main)

    @cached_property
    def linked_data(self) -> tuple[Mapping[str, Any], ...]:
        """The objects of JSON-LD; what is no JSON is left out."""
        return tuple(_objects(self.by_tag["script"]))

    def resolve(self, address: str) -> str:
        """Return an address as seen from this page: a path on this site, or whole."""
        address = address.strip()
        if address.startswith("/") and not address.startswith("//") and "/." not in address:
            return address
        try:
            return urljoin(self.url, address)
        except ValueError:
            return address


def url_of(path: str) -> str:
    """Return the address at which a server shows a file.

    >>> url_of("index.html"), url_of("news/index.html"), url_of("2026/a.html")
    ('/', '/news/', '/2026/a.html')
    """
    folder, _, name = path.rpartition("/")
    if name.lower() in ("index.html", "index.htm"):
        return f"/{folder}/" if folder else "/"
    return f"/{path}"


def words(element: Element) -> str:
    """Return the text of an element without scripts and styles, spaces made one."""
    text = "".join(_WITHOUT_SCRIPTS(element)) if _HAS_SCRIPTS(element) else _TEXT(element)
    return " ".join(text.split())


@lru_cache(maxsize=4096)
def host_of(address: str) -> str:
    """Return the host of a whole address, empty if there is none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _parse(text: str) -> Element:
    """Return the root, or None if nothing of a page is there."""
    if "<" not in text:
        return None
    # NUL ends the text for libxml2; the rest of such a page would not be looked at.
    data = text.replace("\0", "").encode("utf-8", "replace")
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.LxmlError:
        return None
    return root if root is not None and root.tag == "html" else None


def _by_tag(root: Element) -> Mapping[str, list[Element]]:
    found: defaultdict[str, list[Element]] = defaultdict(list)
    if root is not None:
        for element in root.iter(etree.Element):
            found[element.tag].append(element)
    return found


def _objects(scripts: list[Element]) -> Iterator[Mapping[str, Any]]:
    for script in scripts:
        if script.get("type") != "application/ld+json":
            continue
        try:
            data = json.loads(_whole(script.text or ""))
        except ValueError:
            continue
        yield from (each for each in _listed(data) if isinstance(each, dict))


def _whole(text: str) -> str:
    """Return JSON without escapes of half characters, which no file can hold afterwards."""
    return re.sub(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}", "\ufffd", text)


def _listed(value: object) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _parent(element: Element) -> str:
    parent = element.getparent()
    return str(parent.tag) if parent is not None else ""
