"""opensearch.xml: lets a browser search this site from its own address bar (OpenSearch 1.1)."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

from policysite.pages.search import SEARCH
from policysite.pages.site import Site
from policysite.settings import SiteSettings

FILE = "opensearch.xml"
_NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"
_LONGEST_NAME = 16


def plan_opensearch(site: Site) -> Iterator[tuple[str, str]]:
    """Yield file and text of the description, where there is a search to describe."""
    if site.settings.search:
        yield FILE, write_opensearch(site.settings)


def write_opensearch(site: SiteSettings) -> str:
    """Return the description of the site's search."""
    root = ElementTree.Element("OpenSearchDescription", xmlns=_NAMESPACE)
    name = site.short_name or site.name
    for tag, text in (
        ("ShortName", name[:_LONGEST_NAME]),
        ("Description", f"在{site.name}网站查找"),
        ("Language", "zh-CN"),
        ("InputEncoding", "UTF-8"),
    ):
        ElementTree.SubElement(root, tag).text = text
    template = f"{site.absolute(SEARCH.url)}?q={{searchTerms}}"
    ElementTree.SubElement(root, "Url", type="text/html", template=template)
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(root, "unicode")}\n'
