"""The policy in every page allows what the page has, and nothing else."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from tests.build import builds
from tests.build.reading import BuiltSite, Page

# Of these types a browser runs nothing or only fetches; JSON-LD is data, which no policy touches.
DATA = {"application/ld+json"}


def policy(page: Page) -> dict[str, list[str]]:
    """Return a page's policy: the sources of each directive."""
    [text] = page.tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    parts = (part.split() for part in text.split(";"))
    return {name: sources for name, *sources in parts}


def proper(site: BuiltSite) -> list[Page]:
    """Return the pages that are more than a redirect."""
    return [page for page in site.pages.values() if not page.is_redirect]


def hashes(page: Page) -> set[str]:
    """Return the hashes of the scripts written into a page, from its source as it is."""
    found = re.findall(r"<script\b([^>]*)>(.*?)</script>", page.source, re.DOTALL)
    inline = [
        text
        for attributes, text in found
        if "src=" not in attributes and not any(kind in attributes for kind in DATA)
    ]
    assert inline
    return {f"'sha256-{b64encode(sha256(t.encode()).digest()).decode()}'" for t in inline}


def test_the_policy_allows_exactly_the_scripts_that_a_page_has(site: BuiltSite) -> None:
    """By their hashes; one that is no longer there would allow what nobody looks at."""
    for page in proper(site):
        [own, *allowed] = policy(page)["script-src"]
        assert own == "'self'"
        assert set(allowed) == hashes(page), page.url


def test_the_policy_stands_before_all_that_it_is_about(site: BuiltSite) -> None:
    """A policy in a page holds for what follows it (CSP3 4.3)."""
    for page in proper(site):
        place = page.source.index('http-equiv="Content-Security-Policy"')
        assert place < min(page.source.index("<script"), page.source.index("<link")), page.url


def test_nothing_is_allowed_but_our_own_files(site: BuiltSite) -> None:
    """No other site, nothing written into attributes, no address to move all links to."""
    for page in proper(site):
        found = policy(page)
        assert found.pop("default-src") == ["'none'"]
        assert found.pop("base-uri") == ["'none'"]
        assert found.pop("img-src") == ["'self'", "data:"]
        del found["script-src"]
        assert set(map(tuple, found.values())) == {("'self'",)}


def test_no_page_has_what_its_policy_forbids(site: BuiltSite) -> None:
    """Styles and handlers in attributes, style elements, frames, files from elsewhere."""
    for page in proper(site):
        tree = page.tree
        assert tree.xpath("//@style | //style | //iframe | //object | //embed | //base") == []
        assert tree.xpath("//@*[starts-with(name(), 'on')]") == []
        for address in tree.xpath("//img/@src | //source/@src | //script/@src | //form/@action"):
            assert address.startswith(("/", "data:image/")), address
            assert not address.startswith("//"), address


def test_a_changed_script_is_allowed_by_itself(tmp_path: Path) -> None:
    """The hash is computed from the partial at each build."""
    config = builds.copy_theme(tmp_path)
    partial = tmp_path / "theme/templates/partials/preferences.html"
    partial.write_text("<script>/* 另一段 */</script>\n", "utf-8")
    builds.build(tmp_path / "output", config=config)
    home = BuiltSite(tmp_path / "output").page("/")
    assert "另一段" in home.source
    assert set(policy(home)["script-src"][1:]) == hashes(home)
