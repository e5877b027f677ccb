"""Every address belongs to one page."""

from __future__ import annotations

from collections.abc import Iterator

from policysite.model.content import COLUMN_TABLE, Content
from policysite.problems import Problem, problem

_SITE = "网站本身"
# What the site itself writes at fixed addresses.
_OWN = (
    "/", "/404.html", "/archive/", "/feed.css", "/feed.xml", "/robots.txt", "/sitemap.html", "/sitemap.xml",
    "/library/", "/search/", "/topics/",
)  # fmt: skip
# Where it writes what depends on the articles: years, style sheets.
_OWN_FOLDERS = ("/archive/", "/assets/", "/compare/", "/data/", "/library/", "/search/", "/series/")


def address_clashes(content: Content) -> Iterator[Problem]:
    """Yield a problem for every address that two pages want; the first one keeps it."""
    taken = dict.fromkeys(map(_file, _OWN), _SITE)
    taken |= {name: f"{content.shown}/{name}" for name in content.files}
    lists = [column.url for column in content.columns if not column.is_page]
    table = f"{content.shown}/{COLUMN_TABLE}"
    taken |= {_file(url): table for address in lists for url in (address, f"{address}feed.xml")}
    for manuscript in content.manuscripts:
        owner = taken.setdefault(manuscript.save_as, manuscript.path)
        if owner != manuscript.path:
            yield problem("N306", manuscript.path, url=manuscript.url, other=owner)
    own = (*_OWN_FOLDERS, *(f"{address}page-" for address in lists))
    for manuscript in content.manuscripts:
        for address in manuscript.fields.old_addresses:
            other = _SITE if address.startswith(own) else taken.get(_file(address))
            if other:
                line = manuscript.lines["old_addresses"]
                yield problem("N306", manuscript.path, line, url=address, other=other)
            taken.setdefault(_file(address), manuscript.path)


def _file(address: str) -> str:
    """Return the file of an address: /a/ and /a/index.html are one page."""
    return address.removeprefix("/") + ("index.html" if address.endswith("/") else "")
