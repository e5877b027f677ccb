"""Every address belongs to one page."""

from __future__ import annotations

from collections.abc import Iterator

from policysite.model.content import COLUMN_TABLE, Content
from policysite.problems import Problem, problem

# What the site itself writes at fixed addresses.
_OWN = (
    "/", "/404.html", "/archive/", "/feed.xml", "/robots.txt", "/sitemap.html", "/sitemap.xml",
    "/topics/",
)  # fmt: skip


def address_clashes(content: Content) -> Iterator[Problem]:
    """Yield a problem for every address that two pages want; the first one keeps it."""
    taken = dict.fromkeys(_OWN, "网站本身")
    taken |= {c.url: f"{content.shown}/{COLUMN_TABLE}" for c in content.columns if not c.is_page}
    for manuscript in content.manuscripts:
        owner = taken.setdefault(manuscript.url, manuscript.path)
        if owner != manuscript.path:
            yield problem("N306", manuscript.path, url=manuscript.url, other=owner)
    for manuscript in content.manuscripts:
        for address in manuscript.fields.old_addresses:
            line = manuscript.lines["old_addresses"]
            if address in taken:
                other = taken[address]
                yield problem("N306", manuscript.path, line, url=address, other=other)
            taken.setdefault(address, manuscript.path)
